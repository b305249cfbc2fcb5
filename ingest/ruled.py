"""Tables by the lines drawn around their cells: which text stands in which cell, and which rows and columns a cell covers. Pure."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest import clean
from ingest.blocks import Role
from ingest.load import grid
from ingest.printed import Line

# Points: lines of one border that are drawn apart differ less than this.
_NEAR = 3.0
# Characters. A frame around whole stretches of text is no cell of a table.
_LONGEST = 1_500
_MOST_CELLS = 4_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: upright or level, where it lies, and from where to where it runs. Points from bottom left."""

    upright: bool
    at: float
    start: float
    end: float


def tables(page: Sequence[Line], rules: Iterable[Rule]) -> list[Line]:
    """The lines of a page, those of each ruled table replaced by one line per row."""
    given = list(page)
    for group in _connected(_joined(rules)):
        frame = _Frame.of(group)
        if frame is None:
            continue
        inside = [line for line in given if frame.holds(line)]
        made = frame.rows(inside)
        if made:
            at = next(n for n, line in enumerate(given) if line is inside[0])
            rest = {id(line) for line in inside}
            given = [*(line for line in given[:at] if id(line) not in rest), *made, *(line for line in given[at:] if id(line) not in rest)]
    return given


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, those that lie in line and touch as one."""
    made: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.upright, round(r.at), r.start)):
        last = next((m for m in reversed(made[-8:]) if m.upright == rule.upright and abs(m.at - rule.at) < _NEAR), None)
        if last is not None and rule.start <= last.end + _NEAR and last.start <= rule.end + _NEAR:
            made.remove(last)
            made.append(replace(last, start=min(last.start, rule.start), end=max(last.end, rule.end)))
        else:
            made.append(rule)
    return [rule for rule in made if rule.end - rule.start > 2 * _NEAR]


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups that touch each other: each may be a table."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touched = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if not any(group is one for one in touched)]
        groups.append([rule, *(other for group in touched for other in group)])
    return groups


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.upright != other.upright
        and other.start - _NEAR <= one.at <= other.end + _NEAR
        and one.start - _NEAR <= other.at <= one.end + _NEAR
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The borders of a table: where its columns and rows are parted, left to right and top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rules: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> _Frame | None:
        """The frame that the rules make: at least two rows of two columns."""
        level = [rule for rule in rules if not rule.upright]
        upright = [rule for rule in rules if rule.upright]
        if not level or not upright:
            return None
        xs = _apart([*(r.at for r in upright), min(r.start for r in level), max(r.end for r in level)])
        ys = _apart([*(r.at for r in level), min(r.start for r in upright), max(r.end for r in upright)])[::-1]
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
            return None
        return cls(tuple(xs), tuple(ys), tuple(rules))

    def holds(self, line: Line) -> bool:
        middle = line.y + line.size * 0.25
        return self.xs[0] < (line.x + line.right) / 2 < self.xs[-1] and self.ys[-1] < middle < self.ys[0]

    def rows(self, lines: Sequence[Line]) -> list[Line]:
        """The rows as lines with cells; none where the lines do not fit the frame."""
        cells = self._cells()
        texts: dict[tuple[int, int], list[Line]] = {}
        for line in lines:
            row = sum(1 for y in self.ys[1:-1] if line.y + line.size * 0.25 < y)
            first, last = (max(0, min(bisect(self.xs, x) - 1, len(self.xs) - 2)) for x in (line.x + 2, line.right - 2))
            if cells is None or cells.get((row, first)) != cells.get((row, last)):
                return []
            texts.setdefault(cells[row, first], []).append(line)
        if cells is None or len(texts) < 2 or len({corner for _, corner in texts}) < 2:
            return []
        said = {corner: _text(held) for corner, held in texts.items()}
        if max(map(len, said.values())) > _LONGEST:
            return []
        return list(self._lines(cells, said, texts))

    def _lines(
        self, cells: dict[tuple[int, int], tuple[int, int]], said: dict[tuple[int, int], str], texts: dict[tuple[int, int], list[Line]]
    ) -> Iterator[Line]:
        some = next(iter(texts.values()))[0]
        for n, row in enumerate(grid.blocks(list(self._table(cells, said)))):
            parts = tuple(row.text.split(" | ")) if row.role is Role.ROW else ()
            y = self.ys[0] - (self.ys[0] - self.ys[-1]) * (n + 0.5) / (len(self.ys) - 1)
            bold = not parts and all(line.bold for held in texts.values() for line in held if line.text == row.text)
            yield Line(row.text, self.xs[0], y, some.size, bold, self.xs[-1], some.page, parts)

    def _table(self, cells: dict[tuple[int, int], tuple[int, int]], said: dict[tuple[int, int], str]) -> Iterator[list[grid.Cell]]:
        covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for place, corner in cells.items():
            covered.setdefault(corner, []).append(place)
        for row in range(len(self.ys) - 1):
            yield [
                grid.Cell(said.get(corner, ""), len({c for _, c in places}), len({r for r, _ in places}))
                for corner, places in sorted(covered.items())
                if corner[0] == row
            ]

    def _cells(self) -> dict[tuple[int, int], tuple[int, int]] | None:
        """Of each place (row, column) the top left place of the cell that covers it; None where a cell is no rectangle."""
        height, width = len(self.ys) - 1, len(self.xs) - 1
        corner = {(row, column): (row, column) for row in range(height) for column in range(width)}
        for row in range(height):
            for column in range(width):
                middle_y, middle_x = (self.ys[row] + self.ys[row + 1]) / 2, (self.xs[column] + self.xs[column + 1]) / 2
                if column and not self._parted(True, self.xs[column], middle_y):
                    _merge(corner, (row, column - 1), (row, column))
                if row and not self._parted(False, self.ys[row], middle_x):
                    _merge(corner, (row - 1, column), (row, column))
        for top in set(corner.values()):
            places = [place for place, at in corner.items() if at == top]
            if len(places) != len({r for r, _ in places}) * len({c for _, c in places}):
                return None
        return corner

    def _parted(self, upright: bool, at: float, across: float) -> bool:
        return any(r.upright == upright and abs(r.at - at) < _NEAR and r.start - 1 <= across <= r.end + 1 for r in self.rules)


def _merge(corner: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = sorted((corner[one], corner[other]))
    if first != second:
        for place, at in corner.items():
            if at == second:
                corner[place] = first


def _apart(places: Iterable[float]) -> list[float]:
    """The places in order, of those that lie near each other the first."""
    found = sorted(places)
    return [found[0], *(after for before, after in pairwise(found) if after - before >= _NEAR)]


def _text(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        text = clean.join(text, line.text)
    return text
