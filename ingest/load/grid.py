"""The rows of a table as they are read: what stands in a merged cell stands in each row and column that the cell covers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, Role

_CELLS = " | "
# An empty cell keeps its place: without it all that follows would shift to the wrong column.
EMPTY = "–"
# A file can say that a cell is a million columns wide.
_MOST_COLUMNS = 60
# Characters. A longer text is said once, not again in each row that it covers.
_LONG = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a file has it: its text, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def blocks(table: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    """Each row as a block; a row with one text is a paragraph. Two rows that together name the columns become one."""
    table = [row for row in table if row]
    rows = _headed(table, _spread(table))
    used = [column for column in range(max(map(len, rows), default=0)) if any(row[column] for row in rows)]
    for row in rows:
        texts = [row[column] for column in used]
        said = list(dict.fromkeys(filter(None, texts)))
        if len(said) == 1:
            yield Block(said[0], Role.PARAGRAPH)
        elif said:
            yield Block(_CELLS.join(text or EMPTY for text in texts), Role.ROW)


def _spread(table: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The texts by row and column, all rows equally long."""
    held: dict[tuple[int, int], str] = {}
    for at, row in enumerate(table):
        column = 0
        for n, cell in enumerate(row):
            while (at, column) in held:
                column += 1
            wide = max(1, min(cell.columns, _MOST_COLUMNS - column))
            # A label over the first columns of a row of figures ("Totaal") names the row once; elsewhere it holds for each column.
            once = (n == 0 and at > 0 and wide > 1) or len(cell.text) > _LONG
            for down in range(max(1, min(cell.rows, len(table) - at))):
                for across in range(wide):
                    held[at + down, column + across] = cell.text if not once or (not down and not across) else ""
            column += wide
    width = max((column for _, column in held), default=-1) + 1
    return [[held.get((at, column), "") for column in range(width)] for at in range(len(table))]


def _headed(table: Sequence[Sequence[Cell]], rows: list[list[str]]) -> list[list[str]]:
    """The rows, the first two as one where the second only says which column under a shared head is which."""
    if len(rows) < 3 or not 1 < len(table[0]) < len(rows[0]):
        return rows
    shared = [wide for cell in table[0] for wide in [cell.columns > 1] * min(cell.columns, _MOST_COLUMNS)]
    top, below = rows[0], rows[1]
    parts = [after for after, wide in zip(below, shared, strict=False) if wide]
    rest = [(first, after) for first, after, wide in zip(top, below, shared, strict=False) if not wide]
    if not all(parts) or any(map(str.isdecimal, "".join(parts))) or any(after not in ("", first) for first, after in rest):
        return rows
    return [[" ".join(dict.fromkeys(filter(None, pair))) for pair in zip(top, below, strict=True)], *rows[2:]]
