"""What damage does to reading: `python -m evals.damaged 1000` spoils the demo library's PDFs at random and reads each as an ingest does.

Each ends readable or refused with one line that says why; anything else is an error. Text recognition is left out.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Refused
from ingest import gates, sandbox, split, structure
from ingest.blocks import has_words
from ingest.load import formats

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
PDF = formats.MEDIA_TYPES[".pdf"]

Damage = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Ended:
    """How the reading of one damaged file ended: `readable`, `refused` or `error`; why; and the seconds it took."""

    outcome: str
    reason: str
    seconds: float


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Up to 64 bytes changed."""
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 64)):
        spoiled[chance.randrange(len(spoiled))] ^= chance.randint(1, 255)
    return bytes(spoiled)


def removed(data: bytes, chance: random.Random) -> bytes:
    """A stretch taken out."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 4_000) :]


def swapped(data: bytes, chance: random.Random) -> bytes:
    """Two stretches in each other's place."""
    a, b, c, d = sorted(chance.randrange(len(data)) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def truncated(data: bytes, chance: random.Random) -> bytes:
    """The end cut off."""
    return data[: chance.randrange(len(data) // 20, len(data))]


def repeated(data: bytes, chance: random.Random) -> bytes:
    """An object written once more, somewhere else."""
    objects: list[bytes] = re.findall(rb"\d+ 0 obj.*?endobj", data, re.DOTALL) or [b""]
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(objects) + data[place:]


def renumbered(data: bytes, chance: random.Random) -> bytes:
    """Numbers of the file's own bookkeeping (lengths, counts, references) changed."""
    spans = [found.span() for found in re.finditer(rb"(?<=[ \[])\d{1,10}(?=[ \]\n/>])", data)]
    for start, end in sorted(chance.sample(spans, min(len(spans), chance.randint(1, 8))), reverse=True):
        data = data[:start] + b"%d" % chance.choice((0, -1, 2**31, 10**12, chance.randint(0, 200))) + data[end:]
    return data


DAMAGES: tuple[Damage, ...] = (flipped, removed, swapped, truncated, repeated, renumbered)


def damaged(count: int, seed: int) -> Iterator[bytes]:
    """So many PDFs of the demo library, each with one to three damages; the same for the same seed."""
    sources = [path.read_bytes() for path in sorted(DOCUMENTS.glob("*.pdf"))]
    for n in range(count):
        chance = random.Random(f"{seed}/{n}")  # noqa: S311 - damage, not secrets
        data = chance.choice(sources)
        for damage in chance.sample(DAMAGES, chance.randint(1, 3)):
            data = damage(data, chance) or data
        yield data


def read(data: bytes) -> Ended:
    """Read a file as an ingest does, up to its passages."""
    started = time.perf_counter()
    try:
        loaded = sandbox.load(data, formats.media_type("x.pdf", data[:2048]))
        if not has_words(loaded.blocks):
            raise Refused("Er staat geen leesbare tekst in het bestand.")
        gates.findings(loaded)
        split.compose(structure.parts(loaded.blocks), loaded.page_labels)
        outcome, reason = "readable", ""
    except Refused as refused:
        outcome, reason = "refused", str(refused)
    except Exception as error:  # whatever it is, it is what this looks for
        outcome, reason = "error", repr(error)
    return Ended(outcome, reason, time.perf_counter() - started)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    ended: list[Ended] = []
    with ThreadPoolExecutor(2) as pool:
        for one in pool.map(read, damaged(count, seed)):
            ended.append(one)
            if len(ended) % 100 == 0:
                print(f"{len(ended):5} {dict(Counter(e.outcome for e in ended))}", flush=True)
    for (outcome, reason), number in Counter((e.outcome, e.reason) for e in ended).most_common():
        print(f"{number:5} {outcome} {reason}")
    outcomes = Counter(e.outcome for e in ended)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"{count} beschadigde PDF’s: {outcomes['readable']} leesbaar, {outcomes['refused']} geweigerd, {outcomes['error']} fout;"
        f" langzaamste {max(e.seconds for e in ended):.1f} s, meeste geheugen {most} MB"
    )
    sys.exit(1 if outcomes["error"] else 0)


if __name__ == "__main__":
    main()
