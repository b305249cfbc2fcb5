"""What has to be shown with a unit for it to be understood: the list that it announces or stands in, the table of its row with
columns and caption, the sentence that it leans on, the table that it refers to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.find import defining
from assistant.model import Hit
from assistant.text import tables
from assistant.understand.question import Query, Wanted
from assistant.write.units import Unit

# Characters. A list or table up to this size is given whole; a longer one only when a list is asked for.
WHOLE_LIST = 700
# Characters of a sentence that is shown only because another leans on it.
_LEANING = 300

# Who asks this asks what a rule allows.
ALLOWED = (Wanted.YES_NO, Wanted.CONDITION)

Placed = Mapping[tuple[int, int], Unit]


def whole(query: Query, unit: Unit, by_place: Placed) -> list[Unit]:
    """A unit with what has to be shown with it: the list it announces or stands in, the table of its row, or its head alone."""
    if unit.announces:
        return [unit, *_run(unit, by_place, lambda u: u.is_row or u.depth > unit.depth)]
    head = by_place.get(unit.head) if unit.head is not None else None
    # The columns of a table that stands in one passage are one of its rows.
    lead = [head] if head is not None and (head.hit != unit.hit or not head.is_row) else []
    caption = _caption(unit, by_place) if unit.is_row else []
    if defining.says(unit.text, defining.asked(query)):
        return [*lead, unit, *_run(unit, by_place, lambda u: u.depth > max(unit.depth, 1))]
    if (unit.is_item and not unit.is_lid) or unit.is_row:
        # Columns that come back at the top of a page are said once.
        family = [*caption, *(u for u in _family(unit, by_place) if u is head or head is None or u.text != head.text)]
        size = sum(len(member.text) for member in family)
        # The columns alone say nothing.
        whole = query.wanted in (Wanted.LIST, Wanted.CONDITION) and (unit.is_item or head is None)
        if size <= WHOLE_LIST or (whole and size <= 4 * WHOLE_LIST):
            return [*lead, *family]
    before = by_place.get((unit.hit, unit.place - 1))
    after = by_place.get((unit.hit, unit.place + 1))
    around = [before] if before is not None and head is None and unit.leans and _stands(before, unit) else []
    behind = [after] if after is not None and after.leans and _stands(after, unit) else []
    if query.wanted in ALLOWED and unit.is_lid:
        # What a lid allows, its next sentence often takes back.
        rest = _run(unit, by_place, lambda u: u.section == unit.section and not (u.is_lid or u.is_heading or u.is_row))
        behind = rest if rest and sum(len(u.text) for u in rest) <= WHOLE_LIST else behind
    return [*caption, *([head] if head is not None else []), *around, unit, *behind]


def _caption(row: Unit, by_place: Placed) -> list[Unit]:
    """The caption of the table that a row stands in, if it has one."""
    hit, first = row.head or (row.hit, row.place)
    above = by_place.get((hit, first - 1))
    return [above] if above is not None and tables.is_caption(above.text) else []


def _stands(other: Unit, unit: Unit) -> bool:
    """Whether another unit may be shown with this one: running text of the same section, and not too long."""
    return other.section.path == unit.section.path and not (other.is_heading or other.is_row) and len(other.text) <= _LEANING


def _run(unit: Unit, by_place: Placed, belongs: Callable[[Unit], bool]) -> list[Unit]:
    """The units after this one that belong to it."""
    found: list[Unit] = []
    while (after := by_place.get((unit.hit, unit.place + 1 + len(found)))) is not None and belongs(after):
        found.append(after)
    return found


def _family(unit: Unit, by_place: Placed) -> list[Unit]:
    """All items of the list, with what stands under each, or rows of the table, that a unit is one of."""

    def alike(other: Unit) -> bool:
        return other.is_row if unit.is_row else other.depth >= unit.depth and other.is_lid == unit.is_lid

    first = unit
    while (before := by_place.get((unit.hit, first.place - 1))) is not None and alike(before):
        first = before
    return [first, *_run(first, by_place, alike)]


def referred(hits: Sequence[Hit], unit: Unit, by_place: Placed) -> list[Unit]:
    """The tables that a unit refers to by number, of the same edition and not too long: each with its caption."""
    if unit.is_row or not (numbers := tables.referred(unit.text)):
        return []
    edition = hits[unit.hit].source.edition.id
    held = [u for u in by_place.values() if hits[u.hit].source.edition.id == edition and numbers & tables.captioned(u.text)]
    whole = [[caption, *_run(caption, by_place, lambda u: u.is_row)] for caption in held]
    return [part for table in whole if len(table) > 1 and sum(len(u.text) for u in table) <= 2 * WHOLE_LIST for part in table]
