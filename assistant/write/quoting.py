"""The built-in writer: it chooses and orders the sentences of the hits that answer the question, and quotes them to the letter.

It cannot make anything up and needs no language model. A fact takes one to three sentences; a list is given whole, with the
line that announces it; a table row with the row that names its columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.forms import QUOTES, ROOM
from assistant.model import Asked, Form, Hit
from assistant.question import Query, Wanted
from assistant.write import Cite, Draft, Progress, enough, evidence, target
from assistant.write.evidence import Evidence
from assistant.write.units import Unit
from corpus.gemeenten import Gemeenten

# A sentence joins the answer when it scores at least this share of the best one.
_NEAR_BEST = 0.5
_MOST_SENTENCES = 4
# Nor where the odds of the best are twenty times its own: beside an answer that is sure, the rest only distracts.
_SUREST = 0.05
# What a sentence beside the best one gains.
_BESIDE = 1.3
# Characters. A list or table up to this size is given whole; a longer one only when a list is asked for.
_WHOLE_LIST = 700
_WHOLE_ARTICLE = 3_000
# The same where the rules on a subject are asked: those of the article about it.
_WHOLE_RULES = 1_500
# The forms that bring together what several sources say.
_WIDE = (Form.SAMENVATTING, Form.MEMO)
# Characters of a sentence that is shown only because another leans on it.
_LEANING = 300


@dataclass(frozen=True, slots=True)
class QuotingWriter:
    """`rarity` tells how telling a word is in the library, `gemeenten` which municipalities there are."""

    rarity: Callable[[str], float]
    gemeenten: Callable[[], Gemeenten]
    name: str = QUOTES

    def write(self, query: Query, asked: Asked, hits: Sequence[Hit], _so_far: Progress | None = None, /) -> Iterator[Draft]:
        weighed = evidence.weigh(query, hits, self.rarity, self.gemeenten())
        named = [e for e in weighed if hits[e.unit.hit].named]
        if not named and (query.looks_up or not enough.answers(query, weighed)):
            return
        weighed = _of_article(query, named) or named or weighed
        by_place = {(e.unit.hit, e.unit.place): e.unit for e in weighed}
        room = (*ROOM[asked.form], 0.0) if asked.form in ROOM else (_MOST_SENTENCES, _NEAR_BEST, _SUREST)
        best = next((e for e in weighed if not e.unit.is_heading), None)
        if query.looks_up and named:
            chosen = _article(hits, weighed)
        elif best is not None and not named and _whole_article(query, asked, hits, best):
            chosen = _article(hits, [e for e in weighed if _article_of(hits, e.unit) == _article_of(hits, best.unit)], _WHOLE_RULES)
        else:
            # Of several articles that are named each has its say.
            chosen = [unit for some in _by_article(query, hits, weighed, named) for unit in _chosen(query, some, by_place, *room)]
        if query.wanted is Wanted.ARTICLE:
            chosen = _with_heads(chosen, by_place)
        for unit in chosen:
            text = hits[unit.hit].source.passage.text[unit.start : unit.end]
            yield Draft(text, (Cite(unit.hit, unit.start, unit.end),), quote=True)


def _of_article(query: Query, named: Sequence[Evidence]) -> list[Evidence]:
    """Of the articles that the question names, the units that stand in them, and in the leden that it names."""
    asked = {str(reference.article).lower(): set(reference.leden) for reference in query.references}
    runs = any(reference.until for reference in query.references)

    def inside(evidence: Evidence) -> bool:
        where = evidence.unit.section.locator
        article = (where.article or "").lower()
        leden = asked.get(article, set())
        return runs or (article in asked and (not leden or not where.leden or bool(leden & set(where.leden))))

    return [evidence for evidence in named if inside(evidence)]


def _by_article(query: Query, hits: Sequence[Hit], weighed: Sequence[Evidence], named: Sequence[Evidence]) -> list[Sequence[Evidence]]:
    """The units by the article that they stand in, where the question names several one by one; else all of them."""
    if not named or len(query.references) < 2 or any(reference.until for reference in query.references):
        return [weighed]
    apart: dict[tuple[str, str | None], list[Evidence]] = {}
    for one in weighed:
        apart.setdefault(_article_of(hits, one.unit), []).append(one)
    return list(apart.values())


def _whole_article(query: Query, asked: Asked, hits: Sequence[Hit], best: Evidence) -> bool:
    """Whether all of the article that the best unit stands in is the answer: where the rules on a subject are asked and nothing
    particular of them, or the question calls the article by name. A summary and a memo look wider."""
    if asked.form in _WIDE or best.unit.section.locator.article is None or target.of(query.text).sort is not None:
        return False
    return query.wanted is Wanted.RULES or (bool(hits[best.unit.hit].called) and bool(best.features["titled"]))


def _article_of(hits: Sequence[Hit], unit: Unit) -> tuple[str, str | None]:
    """The edition and the article that a unit stands in."""
    return hits[unit.hit].source.edition.id, unit.section.locator.article


def _article(hits: Sequence[Hit], weighed: Sequence[Evidence], most: int = _WHOLE_ARTICLE) -> list[Unit]:
    """The text of an article in its own order, without headings, up to a size that can be read at once; of several editions one
    after the other, in the order of the hits."""
    first: dict[str, int] = {}
    for n, hit in enumerate(hits):
        first.setdefault(hit.source.edition.id, n)
    units = sorted(
        (e.unit for e in weighed if not e.unit.is_heading),
        key=lambda unit: (first[hits[unit.hit].source.edition.id], hits[unit.hit].source.passage.start + unit.start),
    )
    size, kept = 0, list[Unit]()
    for unit in units:
        size += len(unit.text)
        if kept and size > most:
            break
        kept.append(unit)
    return kept


def _chosen(
    query: Query, weighed: Sequence[Evidence], by_place: dict[tuple[int, int], Unit], most: int, near: float, surest: float
) -> list[Unit]:
    """The best units, each with what it needs to be understood; near duplicates once.

    Passages come in the order of their best unit; inside a passage the order of its text is kept.
    """
    turns = _in_turn(weighed)
    chosen: dict[int, dict[int, Unit]] = {}
    seen: set[str] = set()
    said = 0
    for candidate in turns:
        unit = candidate.unit
        if said and (said >= most or candidate.score < near * turns[0].score or candidate.odds < surest * turns[0].odds):
            break
        if unit.place in chosen.get(unit.hit, {}) or _plain(unit) in seen:
            continue
        for part in _whole(query, unit, by_place):
            chosen.setdefault(part.hit, {})[part.place] = part
            seen.add(_plain(part))
        said += 1
    return [units[place] for units in chosen.values() for place in sorted(units)]


def _in_turn(weighed: Sequence[Evidence]) -> list[Evidence]:
    """Best first; what stands beside the best sentence gains on what stands elsewhere, for an answer often runs on."""
    best = next((e.unit for e in weighed if not e.unit.is_heading), None)
    if best is None:
        return []

    def gained(evidence: Evidence) -> float:
        beside = evidence.unit.hit == best.hit and abs(evidence.unit.place - best.place) == 1
        return evidence.score * (_BESIDE if beside else 1.0)

    first, *rest = [e for e in weighed if not e.unit.is_heading]
    return [first, *sorted(rest, key=lambda e: -gained(e))]


def _with_heads(chosen: Sequence[Unit], by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    """The units, each article with its heading before it: who asks which article it is, reads that there."""
    shown: dict[tuple[int, int], Unit] = {}
    for unit in chosen:
        place = next(
            (p for p in range(unit.place, -1, -1) if (found := by_place.get((unit.hit, p))) is not None and found.is_heading), None
        )
        if place is not None and unit.section.locator.article is not None:
            shown[unit.hit, place] = by_place[unit.hit, place]
        shown[unit.hit, unit.place] = unit
    return list(shown.values())


def _plain(unit: Unit) -> str:
    return " ".join(unit.text.split()).lower()


def _whole(query: Query, unit: Unit, by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    """A unit with what has to be shown with it: the list it announces or stands in, the table of its row, or its head alone."""
    if unit.announces:
        return [unit, *_run(unit, by_place, lambda u: u.is_item or u.is_row)]
    head = by_place.get((unit.hit, unit.head)) if unit.head is not None else None
    lead = [head] if head is not None and not head.is_row else []
    if (unit.is_item and not unit.is_lid) or unit.is_row:
        family = _family(unit, by_place)
        size = sum(len(member.text) for member in family)
        if size <= _WHOLE_LIST or (query.wanted in (Wanted.LIST, Wanted.CONDITION) and unit.is_item and size <= 4 * _WHOLE_LIST):
            return [*lead, *family]
    before = by_place.get((unit.hit, unit.place - 1))
    after = by_place.get((unit.hit, unit.place + 1))
    around = [before] if before is not None and head is None and evidence.leans(unit) and _stands(before, unit) else []
    behind = [after] if after is not None and evidence.leans(after) and _stands(after, unit) else []
    return ([head] if head is not None else []) + [*around, unit, *behind]


def _stands(other: Unit, unit: Unit) -> bool:
    """Whether another unit may be shown with this one: running text of the same section, and not too long."""
    return other.section == unit.section and not (other.is_heading or other.is_row) and len(other.text) <= _LEANING


def _run(unit: Unit, by_place: dict[tuple[int, int], Unit], belongs: Callable[[Unit], bool]) -> list[Unit]:
    """The units after this one that belong to it."""
    found: list[Unit] = []
    while (after := by_place.get((unit.hit, unit.place + 1 + len(found)))) is not None and belongs(after):
        found.append(after)
    return found


def _family(unit: Unit, by_place: dict[tuple[int, int], Unit]) -> list[Unit]:
    """All items of the list, or rows of the table, that a unit is one of."""

    def alike(other: Unit) -> bool:
        return (other.is_item, other.is_row, other.is_lid) == (unit.is_item, unit.is_row, unit.is_lid)

    first = unit
    while (before := by_place.get((unit.hit, first.place - 1))) is not None and alike(before):
        first = before
    return [first, *_run(first, by_place, alike)]
