"""Reads a stranger's file in a process of its own, with limits on time, memory and output. Trusts nothing that comes back.

A parser that hangs, eats memory or crashes ends that process and not the assistant; the file is refused.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from typing import Any

from corpus.errors import Refused
from ingest.blocks import Loaded

CPU_SECONDS = 25
# For a process that only waits: on a busy machine the seconds of computing take far longer than that.
WALL_SECONDS = 180
MEMORY_BYTES = 512 * 1024 * 1024
OUTPUT_BYTES = 64 * 1024 * 1024
# Text that comes back is read on without limits, so it has to look like a document: 3,000 full pages are some 10 MB, and a
# paragraph of 100,000 letters is thirty pages without a white line.
TEXT_BYTES = 16 * 1024 * 1024
LONGEST_BLOCK, MOST_BLOCKS = 100_000, 200_000

_TOO_LONG = f"Het bestand kost meer dan {CPU_SECONDS} seconden leestijd en is afgebroken. Splits het of lever een eenvoudiger export aan."
_TOO_LARGE = "Het bestand vraagt te veel geheugen om veilig te lezen. Splits het of lever een eenvoudiger export aan."
_SHAPELESS = (
    f"Het bestand is geen document: het heeft een alinea van meer dan {LONGEST_BLOCK} tekens of meer dan {MOST_BLOCKS} alinea’s."
    " Splits het of lever een gewone export aan."
)
_CRASHED = "Het bestand is zo beschadigd dat het niet kan worden gelezen. Maak het opnieuw aan vanuit het bronbestand."


def load(data: bytes, media_type: str) -> Loaded:
    """The content of a file. Raises Refused with the reason where it cannot be read within the limits."""
    try:
        said = json.loads(limited("ingest.sandbox", data, _CRASHED, media_type))
        if "refused" in said:
            raise Refused(str(said["refused"]))
        return Loaded.from_wire(said)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(_CRASHED) from error


def limited(module: str, data: bytes, crashed: str, *arguments: str) -> bytes:
    """What a module of ours says of a stranger's data, run as a process that calls `limit` first.

    Raises Refused where it takes too long or too much, or dies; `crashed` is what is said then.
    """
    try:
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False, env=environment())
    except subprocess.TimeoutExpired:
        raise Refused(_TOO_LONG) from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused(_TOO_LONG)
    if done.returncode != 0 or len(done.stdout) > OUTPUT_BYTES:
        raise Refused(_TOO_LARGE if b"MemoryError" in done.stderr or len(done.stdout) > OUTPUT_BYTES else crashed)
    return done.stdout


def environment() -> dict[str, str]:
    """What a process that reads a stranger's file may know of ours: no settings, so no keys."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OOV_")}


def limit() -> None:
    """Limit this process: seconds, memory, no files written."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    limit()
    from ingest.load import formats

    try:
        loaded = formats.load(sys.stdin.buffer.read(), sys.argv[1])
        if len(loaded.blocks) > MOST_BLOCKS or any(len(block.text) > LONGEST_BLOCK for block in loaded.blocks):
            raise Refused(_SHAPELESS)
        said = _wire(loaded.to_wire())
        if len(said) > TEXT_BYTES:
            raise Refused(_TOO_LARGE)
    except Refused as refused:
        said = _wire({"refused": str(refused)})
    sys.stdout.buffer.write(said)


def _wire(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


if __name__ == "__main__":
    _main()
