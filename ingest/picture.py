"""A page of a PDF as it is printed, with a quote marked: a PNG, painted in a process with limits. Keeps nothing.

The quote is looked for by its letters and figures alone, so that hyphens, ligatures and line ends do not matter; where a
running head or a note stands in between, its parts are marked.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Iterator, Sequence

from ingest import sandbox

MEDIA = "image/png"
# Letters that a part of a quote has at least, to be marked on its own.
_PART = 12
_CANNOT = "Deze pagina kan niet worden getoond. Lees de tekst van de bron, of vraag uw curator om het origineel."
# Painting takes a process and a core: at most this many at once, the rest waits its turn.
_turns = threading.BoundedSemaphore(2)


def painted(data: bytes, page: int, words: str = "", where: float = 0.0) -> bytes:
    """A page (from 1) as PNG, with `words` marked. Where they stand there more than once, those nearest to `where`, the part
    of the page (0 to 1) that comes before them. Raises Refused for what cannot be painted within the limits."""
    asked = json.dumps({"page": page, "words": words, "where": where}).encode() + b"\n"
    with _turns:
        return sandbox.limited("ingest.load.paint", asked + data, _CANNOT)


def plain(text: str) -> str:
    """Letters and figures alone, in one form."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def found(page: str, words: str, where: float) -> Iterator[tuple[int, int]]:
    """Where words stand in the plain letters of a page: all of them nearest to `where`, else the longest parts that are there."""
    whole = plain(words)
    if not whole:
        return
    begin = _nearest(page, whole, where * len(page))
    if begin is not None:
        yield begin, begin + len(whole)
        return
    pieces, first, last = [plain(word) for word in words.split()], 0, where * len(page)
    while first < len(pieces):
        count = next((n for n in range(len(pieces) - first, 0, -1) if _stands(page, pieces[first : first + n])), 0)
        if count:
            part = "".join(pieces[first : first + count])
            place = _nearest(page, part, last)
            assert place is not None
            yield place, place + len(part)
            last = place + len(part)
        first += max(count, 1)


def _stands(page: str, pieces: Sequence[str]) -> bool:
    part = "".join(pieces)
    return len(part) >= _PART and part in page


def _nearest(page: str, part: str, to: float) -> int | None:
    places, at = [], page.find(part)
    while at >= 0:
        places.append(at)
        at = page.find(part, at + 1)
    return min(places, key=lambda place: abs(place - to), default=None)
