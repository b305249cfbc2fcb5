"""From what a PDF draws to its printed lines, without running heads and page numbers. Pure; knows positions, not PDF."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.sentences import list_mark
from ingest import clean

# Points. Two texts on one line differ less than this share of their size in height.
_SAME_LINE = 0.45
# A gap of more than this many times the size of the letters parts two cells.
_CELL_GAP = 0.95
_MARGIN_SHARE = 0.09


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one line of a table cell: its text, where it begins and ends (points from bottom left), its size.

    `cells` is filled when the lines of a table row have been put together.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    right: float
    page: int
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text as the file draws it: from `x` to `right` on the baseline `y`."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    right: float


def lines(fragments: Iterable[Fragment], page: int) -> list[Line]:
    """Join what is drawn on one line; keep cells of a table row apart."""
    drawn: list[list[Fragment]] = []
    for piece in fragments:
        last = drawn[-1][-1] if drawn else None
        if last is not None and abs(last.y - piece.y) <= _SAME_LINE * max(last.size, piece.size) and piece.x >= last.right - piece.size:
            drawn[-1].append(piece)
        else:
            drawn.append([piece])
    made = [line for pieces in drawn for line in _cells(pieces, page)]
    return [line for line in made if line.text]


def _cells(pieces: Sequence[Fragment], page: int) -> Iterator[Line]:
    """What is drawn on one height as one line, or as several where wide gaps part the cells of a table."""
    gaps = [after.x - before.right for before, after in itertools.pairwise(pieces)]
    justified = len(gaps) > 1 and max(gaps) < 2.2 * pieces[0].size and max(gaps) - min(gaps) < 0.2 * max(gaps)
    besides = [*pieces[1:2], *pieces[:-1]] if len(pieces) > 1 else pieces
    pieces = [_raised(piece, beside) for piece, beside in zip(pieces, besides, strict=True)]
    held, text = [pieces[0]], pieces[0].text
    for piece, gap in zip(pieces[1:], gaps, strict=True):
        if gap > _CELL_GAP * piece.size and not justified and list_mark(text + " ").strip() != text.strip():
            yield _line(held, text, page)
            held, text = [piece], piece.text
        else:
            held.append(piece)
            text += ("" if text.endswith(" ") or gap < 0.15 * piece.size else " ") + piece.text
    yield _line(held, text, page)


def _raised(piece: Fragment, beside: Fragment) -> Fragment:
    """The number of a note, or the power of a unit: small digits above the line that the text beside them stands on."""
    small = piece.size <= 0.85 * beside.size and piece.y > beside.y + 0.1 * beside.size
    return replace(piece, text=clean.raised(piece.text)) if small and piece.text.strip().isdigit() else piece


def _line(pieces: Sequence[Fragment], text: str, page: int) -> Line:
    # The size is that of most of the text: the mark of a list is often drawn in a font with taller letters.
    first, most = pieces[0], max(pieces, key=lambda piece: len(piece.text.strip()))
    return Line(clean.line(text), first.x, first.y, most.size, all(p.bold for p in pieces), pieces[-1].right, page)


def without_running_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Drop what comes back in the margin of the pages, and lone page numbers there; not a year that heads a column."""
    counted: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        counted.update({_masked(line.text) for line in page if _in_margin(line, height)})
    often = {text for text, count in counted.items() if count >= 2 and count >= 0.3 * len(pages)}

    def running(line: Line, page: Sequence[Line], height: float) -> bool:
        text = _masked(line.text)
        if line.cells or not _in_margin(line, height) or _is_column_head(line, page):
            return False
        return text in often or re.fullmatch(r"(?:pagina|blad|p\.)?\s*#(?:\s*(?:van|/|-)\s*#)?", text) is not None

    return [[line for line in page if not running(line, page, height)] for page, height in zip(pages, heights, strict=True)]


def _is_column_head(line: Line, page: Sequence[Line]) -> bool:
    """Whether a line stands in the head of a table that begins a page: several lone numbers on one height, and what stands there too."""
    beside = [other for other in page if abs(other.y - line.y) <= _SAME_LINE * line.size]
    return sum(other.text.strip().isdigit() for other in beside) > 1


def _in_margin(line: Line, height: float) -> bool:
    return line.y < _MARGIN_SHARE * height or line.y > (1 - _MARGIN_SHARE) * height


def _masked(text: str) -> str:
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", text.lower()).strip()
