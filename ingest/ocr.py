"""Reads what a PDF only shows: scans, and pages whose layer of text is no text. The only caller of ocrmypdf, which is an extra.

ocrmypdf runs as a process of its own in a folder of its own, with limits; what it makes is read in the sandbox like any other
file. The original stays what is kept. Without ocrmypdf a PDF that is mostly scan is refused.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import Refused
from ingest import legible, sandbox
from ingest.blocks import Loaded
from ingest.load import formats

MAX_PAGES = 400
# A page takes some three seconds; these bound one that does not end.
PAGE_SECONDS, START_SECONDS = 20, 60
MEMORY_BYTES = 1024 * 1024 * 1024
FILE_BYTES = 1024 * 1024 * 1024
_MEGAPIXELS = "64"
_LETTERS = 20

_NOT_INSTALLED = (
    "De PDF is een scan of heeft een onbruikbare tekstlaag, en tekstherkenning (OCR) is hier niet geïnstalleerd."
    " Laat de beheerder ‘make ocr’ uitvoeren, of lever een exemplaar met tekst aan."
)
_FAILED = (
    "De PDF is een scan of heeft een onbruikbare tekstlaag, en de tekstherkenning (OCR) is er niet in geslaagd haar te lezen."
    " Lever een scherpere scan of een exemplaar met tekst aan."
)
_TOO_MANY = f"De scan heeft meer dan {MAX_PAGES} pagina’s zonder tekst. Splits haar in delen."


def load(data: bytes, media_type: str) -> Loaded:
    """The content of a file as the sandbox reads it, with the text of its pictures where that can be recognised.

    Raises Refused where the file cannot be read, or is mostly pictures of text that cannot be recognised here.
    """
    loaded = sandbox.load(data, media_type)
    if media_type != formats.MEDIA_TYPES[".pdf"]:
        return loaded
    unread = sorted({*loaded.pictures, *legible.garbled(loaded.blocks)})
    if not unread:
        return loaded
    try:
        return _with_recognised(data, loaded, unread)
    except Refused:
        if 2 * len(unread) > len(loaded.page_labels):
            raise
        return loaded


def is_installed() -> bool:
    """Whether ocrmypdf is there, and tesseract with its Dutch."""
    if find_spec("ocrmypdf") is None or shutil.which("tesseract") is None:
        return False
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return "nld" in languages.stdout.split()


def _with_recognised(data: bytes, loaded: Loaded, unread: Sequence[int]) -> Loaded:
    if not is_installed():
        raise Refused(_NOT_INSTALLED)
    if len(unread) > MAX_PAGES:
        raise Refused(_TOO_MANY)
    again = sandbox.load(_recognise(data, unread), formats.MEDIA_TYPES[".pdf"])
    letters: Counter[int | None] = Counter()
    for block in again.blocks:
        letters[block.page] += sum(map(str.isalpha, block.text))
    recognised = tuple(page for page in unread if letters[page] >= _LETTERS)
    if not recognised:
        raise Refused(_FAILED)
    # What the file says of itself and what it hides is told by the original, not by the copy that was made of it.
    return replace(again, page_labels=loaded.page_labels, properties=loaded.properties, hidden=loaded.hidden, recognised=recognised)


def _recognise(data: bytes, pages: Sequence[int]) -> bytes:
    """The PDF with the text of these pages recognised anew; its other pages as they are."""
    with tempfile.TemporaryDirectory(prefix="oov-ocr-") as folder:
        source, made = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        seconds = START_SECONDS + PAGE_SECONDS * len(pages)
        command = [sys.executable, "-m", "ingest.ocr", str(seconds), *_arguments(pages), str(source), str(made)]
        environment = {**sandbox.environment(), "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
        finally:
            _end(process)
        if process.returncode != 0 or not made.is_file():
            raise Refused(_FAILED)
        return made.read_bytes()


def _arguments(pages: Sequence[int]) -> list[str]:
    """What is asked of ocrmypdf: these pages painted, set upright and read anew; no Ghostscript, no shrinking, one page at a time."""
    return [
        *("--quiet", "--language", "nld", "--mode", "force", "--pages", ",".join(map(str, pages)), "--rotate-pages", "--deskew"),
        *("--output-type", "pdf", "--rasterizer", "pypdfium", "--optimize", "0", "--jobs", "1", "--max-image-mpixels", _MEGAPIXELS),
        *("--invalidate-digital-signatures", "--tagged-pdf-mode", "ignore", "--tesseract-timeout", str(PAGE_SECONDS)),
    ]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process with what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _main() -> None:
    """Set the limits, for this process and all that it starts, and become ocrmypdf."""
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.execv(sys.executable, [sys.executable, "-m", "ocrmypdf", *sys.argv[2:]])  # noqa: S606 - our own program, by list


if __name__ == "__main__":
    _main()
