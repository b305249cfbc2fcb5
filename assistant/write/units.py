"""The quotable units of the hits: sentences, list items, table rows, and runs of short lines; each with its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.model import Hit
from assistant.text import tables
from assistant.write import signs
from corpus.model import Section
from corpus.sentences import depth, list_mark

_SHORT_LINE = 60
_REFERS = re.compile(r"Voetnoot: (?:(?:.{0,60}\b)?[Zz]ie\b|.*(?:https?://|\b\w+\.(?:com|nl|org|eu)\b)|[^|]+ \| )")


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotable stretch of a hit: `start` and `end` count in the passage, `place` among the units of the hit.

    A caption of a table is a heading too. `head` is (hit, place) of the unit that announces its list, or of the row that names the columns
    of its table: that may stand in the hit before it.
    """

    hit: int
    place: int
    start: int
    end: int
    text: str
    section: Section
    is_heading: bool
    is_item: bool
    is_row: bool
    head: tuple[int, int] | None
    nearness: float

    @property
    def is_lid(self) -> bool:
        """A numbered lid of an article: it stands on its own, unlike an item of a list."""
        return self.depth == 1 and self.section.locator.article is not None

    @property
    def depth(self) -> int:
        """How deep an item stands in its list; 0 for what is no item."""
        return depth(self.text) if self.is_item else 0

    @property
    def leans(self) -> bool:
        """Whether it can only be understood with the one before it."""
        return self.place > 0 and signs.LEANS.match(self.text) is not None

    @property
    def announces(self) -> bool:
        return self.text.rstrip().endswith(":")


def of(hits: Sequence[Hit]) -> list[Unit]:
    """All units of the hits that say something, in order of the hits and of their text."""
    made: list[Sequence[Unit]] = [list(_of_hit(n, hit)) for n, hit in enumerate(hits)]
    for n in sorted(range(len(hits)), key=lambda n: hits[n].source.passage.start):
        made[n] = _under_columns(made[n], _last_before(hits, n, made))
    return [unit for units in made for unit in units]


def refers(text: str) -> bool:
    """Whether a line is a note that only names where more is to be read."""
    return _REFERS.match(text) is not None


def _last_before(hits: Sequence[Hit], n: int, made: Sequence[Sequence[Unit]]) -> Unit | None:
    """The last unit of the hit that a hit goes on from, where both are of one edition and nothing stands between them."""
    here = hits[n].source
    ends = (m for m, hit in enumerate(hits) if hit.source.edition.id == here.edition.id and hit.source.passage.end == here.passage.start)
    return next((made[m][-1] for m in ends if made[m]), None)


def _under_columns(units: Sequence[Unit], last: Unit | None) -> Sequence[Unit]:
    """The units, of which the rows that go on with the table of `last` have its columns as head."""
    if last is None or not last.is_row:
        return units
    columns = last.head or (last.hit, last.place)
    rows = list(takewhile(lambda unit: unit.is_row, units))
    return [*(replace(row, head=columns) for row in rows), *units[len(rows) :]]


def _of_hit(n: int, hit: Hit) -> Iterator[Unit]:
    passage = hit.source.passage
    announced: dict[int, int] = {}
    columns: int | None = None
    headings = {heading.strip() for section in hit.sections for heading in section.path}
    for place, (start, end, nearness) in enumerate(_lines(hit)):
        text = passage.text[start:end]
        if refers(text):
            continue
        section = _section(hit, passage.start + start)
        is_heading = tables.is_caption(text) or all(line.strip() in headings for line in text.splitlines() if line.strip())
        is_item, is_row = bool(list_mark(text)), tables.CELLS in text
        own = depth(text) if is_item else 0
        announced = {level: at for level, at in announced.items() if level < own}
        head = columns if is_row else announced[max(announced)] if is_item and announced else None
        yield Unit(n, place, start, end, text, section, is_heading, is_item, is_row, (n, head) if head is not None else None, nearness)
        columns = (place if columns is None else columns) if is_row else None
        if text.rstrip().endswith(":"):
            announced[own] = place


def _lines(hit: Hit) -> Iterator[tuple[int, int, float]]:
    """(start, end, nearness) of the units; a run of short bare lines ("Projectleider", a name, a post) is read as one."""
    text = hit.source.passage.text
    run: list[tuple[int, int, float]] = []
    for (start, end), nearness in zip(hit.embedding.spans, hit.nearness, strict=True):
        line = text[start:end]
        bare = (
            len(line) <= _SHORT_LINE
            and not line.rstrip().endswith((".", ":", ";", "?", "!", ","))
            and not list_mark(line)
            and tables.CELLS not in line
            and not tables.is_caption(line)
        )
        if run and (not bare or start - run[-1][1] > 2 or len(run) > 7):
            yield run[0][0], run[-1][1], max(near for _, _, near in run)
            run = []
        if bare:
            run.append((start, end, float(nearness)))
        else:
            yield start, end, float(nearness)
    if run:
        yield run[0][0], run[-1][1], max(near for _, _, near in run)


def _section(hit: Hit, offset: int) -> Section:
    for section in hit.sections:
        if section.start <= offset < section.end:
            return section
    p = hit.source.passage
    return Section(p.start, p.end, p.path, p.locator)
