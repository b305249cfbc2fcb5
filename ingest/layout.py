"""From the printed lines of a PDF to paragraphs, headings and table rows. Pure; knows positions, not PDF.

Reading order is the order in which the file draws its text: that is right for columns too. A jump upwards is a next
column, or, when it is small, a next cell of the same table row.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.sentences import list_mark
from ingest import clean
from ingest.blocks import Block, Role
from ingest.marks import Marks
from ingest.printed import Line

# Points.
_ROW_HEIGHT = 90


def blocks(pages: Sequence[Sequence[Line]]) -> tuple[Block, ...]:
    """The lines of all pages (running heads taken out) as blocks."""
    everything = [line for page in pages for line in page]
    if not everything:
        return ()
    look = _Look.of(everything)
    made: list[Block] = []
    marks = Marks()
    for page in pages:
        fresh = list(_page_blocks(_rows(list(_marked(page, marks))), look))
        if made and fresh and _goes_on(made[-1], fresh[0]):
            made[-1] = _across(made[-1], fresh.pop(0))
        made += fresh
    return _leveled(made)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is usual in this document: the size of its body text, its leading, and where full lines end (by where they begin)."""

    size: float
    leading: float
    full: dict[int, float]

    @classmethod
    def of(cls, everything: Sequence[Line]) -> _Look:
        sizes: Counter[float] = Counter()
        gaps: Counter[float] = Counter()
        ends: dict[int, list[float]] = defaultdict(list)
        # Tables are often set smaller than the text around them.
        told = [line for line in everything if not line.cells] or everything
        for line, after in zip(told, [*told[1:], None], strict=True):
            sizes[round(line.size, 1)] += len(line.text)
            ends[round(line.x / 20)].append(line.right)
            if after is not None and after.page == line.page and 0 < line.y - after.y < 3 * line.size:
                gaps[round((line.y - after.y) / line.size, 1)] += 1
        full = {x: sorted(rights)[int(0.9 * (len(rights) - 1))] for x, rights in ends.items()}
        return cls(sizes.most_common(1)[0][0], gaps.most_common(1)[0][0] if gaps else 1.2, full)

    def is_heading(self, line: Line) -> bool:
        if (
            len(line.text) > 140
            or list_mark(line.text).strip() in ("-", "•")
            or len(line.cells) > 1
            or not re.search(r"[A-Za-z]{2}", line.text)
        ):
            return False
        if line.size >= 1.12 * self.size:
            return True
        unfinished = not line.text.endswith((".", ";", ",")) or (len(line.text) < 70 and re.match(r"\d", line.text) is not None)
        return line.bold and unfinished and len(line.text) < 110

    def is_short(self, line: Line) -> bool:
        return line.right - line.x < 0.8 * (self.full.get(round(line.x / 20), 0) - line.x)


def _marked(page: Sequence[Line], marks: Marks) -> Iterator[Line]:
    """The lines with leden and onderdelen that are marked without a stop, also where their mark stands apart in the margin."""
    rest = iter(zip_longest(page, page[1:]))
    for line, after in rest:
        beside = after is not None and abs(after.y - line.y) < 3 and after.x >= line.right
        if after is not None and beside and marks.begins(f"{line.text} {after.text}"):
            yield replace(after, text=marks.written(f"{line.text} {after.text}"), x=line.x)
            next(rest)
        else:
            yield replace(line, text=marks.written(line.text))


def _rows(page: Sequence[Line]) -> Iterator[Line]:
    """Put the cells of one table row together. Cells are drawn after each other: each is a small jump up, to the right."""
    held: list[Line] = []
    for line in page:
        if line.cells:
            yield from _row(held)
            yield line
            held = []
            continue
        start = _row_start(held, line)
        if start is not None:
            yield from held[:start]
            held = [*held[start:], line]
        elif not _may_share_row(held, line):
            yield from _row(held)
            held = [line]
        else:
            held.append(line)
    yield from _row(held)


def _row_start(held: Sequence[Line], line: Line) -> int | None:
    """Where in the lines before this one its table row began: a line as high, to the left; or a run of lines around its height."""
    columns = {round(other.x) for other in held}
    if len(columns) > 1 and line.x > min(columns) + 2 and min(o.y for o in held) - 1.6 * line.size < line.y < held[0].y + 3:
        return 0
    left_of = [n for n, other in enumerate(held) if line.x >= other.x + 15 and other.y - line.y <= _ROW_HEIGHT]
    for n in left_of:
        if abs(held[n].y - line.y) < 3:
            return n
    for n in reversed(left_of):
        centre = sum(other.y for other in held[n:]) / (len(held) - n)
        if line.y > held[-1].y + 3 and abs(centre - line.y) < 3:
            return n
    return None


def _may_share_row(held: Sequence[Line], line: Line) -> bool:
    """Whether a line may be one more line of a cell: below the last, at the left edge of one of the row's cells."""
    if not held:
        return True
    last, top = held[-1], max(other.y for other in held)
    columns = {round(other.x) for other in held}
    if top - line.y > _ROW_HEIGHT or not 0 < last.y - line.y < 1.6 * last.size:
        return False
    if len(columns) > 1 and line.x <= min(columns) + 2:
        return False
    return any(abs(line.x - x) <= 2 for x in columns)


def _row(held: Sequence[Line]) -> Iterator[Line]:
    if not held:
        return
    columns: dict[int, list[str]] = {}
    for line in held:
        near = next((x for x in columns if abs(x - line.x) < 12), round(line.x))
        columns.setdefault(near, []).append(line.text)
    if len(columns) == 1 and len(held) > 1:
        yield from held
        return
    cells = tuple(" ".join(columns[x]) for x in sorted(columns))
    yield replace(held[0], text=" | ".join(cells), cells=cells) if len(cells) > 1 else held[0]


def _page_blocks(page: Iterable[Line], look: _Look) -> Iterator[Block]:
    held: list[Line] = []
    for line in page:
        if held and not _same_block(held, line, look):
            yield _block(held, look)
            held = []
        held.append(line)
    if held:
        yield _block(held, look)


def _same_block(held: Sequence[Line], line: Line, look: _Look) -> bool:
    first, last = held[0], held[-1]
    if _is_row(line) or _is_row(last) or list_mark(line.text):
        return False
    years = look.is_heading(first) and re.fullmatch(r"[\d\s/–-]+", line.text) is not None and line.bold == first.bold
    if look.is_heading(first) != (look.is_heading(line) or years) or abs(line.size - last.size) > 0.6:
        return False
    gap = (last.y - line.y) / last.size
    if gap > max(1.25 * look.leading, look.leading + 0.35):
        return False
    if gap < 0:
        return not _finished(last.text) and line.text[:1].islower()
    if look.is_heading(first):
        return first.bold == line.bold and not re.match(r"(?:Artikel|\d+(?:\.\d+)+)\b", line.text)
    if line.text[:1].islower():
        return True
    return not (look.is_short(last) and _finished(last.text)) and not (
        look.is_short(last) and not line.text[:1].islower() and len(held) == 1
    )


def _finished(text: str) -> bool:
    return re.search(r"[.:;?!][\"'”’)]*$", text) is not None


def _is_row(line: Line) -> bool:
    return len(line.cells) > 1


def _block(held: Sequence[Line], look: _Look) -> Block:
    first = held[0]
    if _is_row(first):
        cells = [cell for cell in first.cells if cell]
        mark = len(cells) == 2 and list_mark(cells[0] + " ") != ""
        return Block(" ".join(cells) if mark else " | ".join(cells), Role.ITEM if mark else Role.ROW, None, first.page)
    text = ""
    for line in held:
        text = clean.join(text, line.text)
    if look.is_heading(first):
        # The level is the size for now; `_leveled` turns sizes into levels.
        return Block(text, Role.HEADING, round(first.size * 10) + (1 if first.bold else 0), first.page)
    bullet = re.sub(r"^[•▪◦‣·]\s*", "- ", text)
    return Block(bullet, Role.ITEM if list_mark(bullet) else Role.PARAGRAPH, None, first.page)


def _goes_on(last: Block, fresh: Block) -> bool:
    prose = (Role.PARAGRAPH, Role.ITEM)
    return last.role in prose and fresh.role is Role.PARAGRAPH and fresh.text[:1].islower() and not _finished(last.text)


def _across(last: Block, fresh: Block) -> Block:
    joined = clean.join(last.text, fresh.text)
    turn = (len(joined) - len(fresh.text), fresh.page or 0)
    return replace(last, text=joined, turns=(*last.turns, turn))


def _leveled(made: Sequence[Block]) -> tuple[Block, ...]:
    """Headings get the rank of their size as level; where most are numbered, the numbers say it better."""
    headings = [block for block in made if block.role is Role.HEADING]
    numbered = sum(1 for h in headings if re.match(r"(?:\d+(?:\.\d+)*\.?\s|Artikel|Hoofdstuk|Afdeling|Paragraaf|Bijlage)", h.text))
    sizes = sorted({block.level or 0 for block in headings}, reverse=True)
    if numbered >= 0.5 * len(headings) or len(sizes) < 2:
        return tuple(replace(block, level=None) for block in made)
    return tuple(replace(b, level=sizes.index(b.level or 0) + 1) if b.role is Role.HEADING else b for b in made)
