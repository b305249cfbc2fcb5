"""The built-in writer: it chooses and orders the sentences of the hits that answer the question, and quotes them to the letter.

It cannot make anything up and needs no language model. A fact takes one to three sentences; a list is given whole, with the
line that announces it; a table row with the row that names its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.model import Asked, Hit
from assistant.question import Query, Wanted
from assistant.write import Cite, Draft, evidence
from assistant.write.evidence import Evidence
from assistant.write.units import Unit

NAME = "citaat"
# A sentence joins the answer when it scores at least this share of the best one.
_NEAR_BEST = 0.6
_MOST_SENTENCES = 3
_LONGEST_LIST = 20


@dataclass(frozen=True, slots=True)
class QuotingWriter:
    """`rarity` tells how telling a word is in the library."""

    rarity: Callable[[str], float]
    name: str = NAME

    def write(self, query: Query, asked: Asked, hits: Sequence[Hit]) -> Iterator[Draft]:
        weighed = evidence.weigh(query, hits, self.rarity)
        if not evidence.answers(weighed):
            return
        by_place = {(e.unit.hit, e.unit.place): e.unit for e in weighed}
        chosen = _chosen(query, weighed, by_place)
        for unit in sorted(chosen, key=lambda u: (_first_hit(chosen, hits, u), u.start)):
            text = hits[unit.hit].source.passage.text[unit.start : unit.end]
            yield Draft(text, (Cite(unit.hit, unit.start, unit.end),), quote=True)


def _first_hit(chosen: Sequence[Unit], hits: Sequence[Hit], unit: Unit) -> tuple[int, int]:
    """Documents in the order of their best hit; inside a document, in the order of its text."""
    document = hits[unit.hit].source.edition.id
    first = min(other.hit for other in chosen if hits[other.hit].source.edition.id == document)
    return first, hits[unit.hit].source.passage.ordinal


def _chosen(query: Query, weighed: Sequence[Evidence], by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    best = weighed[0]
    chosen: dict[tuple[int, int], Unit] = {}
    said: list[frozenset[str]] = []
    seen: set[str] = set()
    for candidate in weighed:
        enough = len(said) >= _MOST_SENTENCES or candidate.score < _NEAR_BEST * best.score
        if said and enough:
            break
        unit = candidate.unit
        if (unit.hit, unit.place) in chosen or unit.is_heading or " ".join(unit.text.split()).lower() in seen:
            continue
        for part in _whole(query, unit, by_place):
            chosen[(part.hit, part.place)] = part
            seen.add(" ".join(part.text.split()).lower())
        said.append(candidate.covered)
    return list(chosen.values())


def _whole(query: Query, unit: Unit, by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    """What has to be shown with a unit for it to be understood: the list it announces, or the line that announces it."""
    announces = unit.text.rstrip().endswith(":")
    if announces:
        return [unit, *_items_after(unit, by_place)]
    head = by_place.get((unit.hit, unit.head)) if unit.head is not None else None
    if unit.is_item and query.wanted is Wanted.LIST:
        return ([head] if head else []) + _siblings(unit, by_place)
    return ([head] if head else []) + [unit]


def _items_after(unit: Unit, by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    found: list[Unit] = []
    while len(found) < _LONGEST_LIST:
        after = by_place.get((unit.hit, unit.place + 1 + len(found)))
        if after is None or not (after.is_item or after.is_row or not found):
            break
        found.append(after)
    return found


def _siblings(unit: Unit, by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    first = unit
    while (before := by_place.get((unit.hit, first.place - 1))) is not None and before.is_item:
        first = before
    return [first, *[u for u in _items_after(first, by_place) if u.is_item]]
