"""The built-in writer: it chooses and orders the sentences of the hits that answer the question, and quotes them to the letter.

It cannot make anything up and needs no language model. A fact takes one to three sentences; a list is given whole, with the
line that announces it; a table row with the row that names its columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.forms import QUOTES, ROOM
from assistant.model import Asked, Form, Hit
from assistant.text.words import Words
from assistant.understand.question import LOOKING_UP, Query, Wanted
from assistant.write import Cite, Draft, Progress, around, enough, evidence, signs, target
from assistant.write.evidence import Evidence
from assistant.write.order import article_of, in_order, text_of_article, with_heads
from assistant.write.units import Unit
from corpus.gemeenten import Gemeenten


@dataclass(frozen=True, slots=True)
class _Room:
    """How many sentences an answer takes; each has at least the share `near` of the best one's score, and `surest` of its odds."""

    most: int
    near: float
    surest: float


# From this score on the best sentence is sure, and the rest only distracts. Below it the answer is as likely in what comes next: a
# partial answer is the worse one (decisions/0016).
_SURE = 0.85
_BESIDE_SURE = _Room(4, 0.5, 0.05)
_BESIDE_UNSURE = _Room(7, 0.1, 0.03)
# What a sentence beside the best one gains.
_BESIDE = 1.3
# Characters of an article about the subject of which the rules are asked.
_WHOLE_RULES = 1_500
# The forms that bring together what several sources say.
_WIDE = (Form.SAMENVATTING, Form.MEMO)
# The forms of what there is to do: what a word means is no step.
_TO_DO = (Form.STAPPEN, Form.CHECKLIST)


@dataclass(frozen=True, slots=True)
class QuotingWriter:
    """`rarity` tells how telling a word is in the library, `gemeenten` which municipalities there are."""

    rarity: Callable[[str], float]
    gemeenten: Callable[[], Gemeenten]
    name: str = QUOTES

    def write(self, query: Query, asked: Asked, hits: Sequence[Hit], _so_far: Progress | None = None, /) -> Iterator[Draft]:
        if any(hit.listed for hit in hits):
            yield from _headings(hits)
            return
        weighed = _answering(query, hits, evidence.weigh(query, hits, self.rarity, self.gemeenten()))
        if asked.form in _TO_DO and query.wanted is not Wanted.DEFINITION:
            weighed = [e for e in weighed if not _is_definition(e.unit)] or weighed
        for unit in _choice(query, asked, hits, weighed):
            text = hits[unit.hit].source.passage.text[unit.start : unit.end]
            yield Draft(text, (Cite(unit.hit, unit.start, unit.end),), quote=True)


def _headings(hits: Sequence[Hit]) -> Iterator[Draft]:
    """The headings that are the list that is asked for."""
    for n, hit in enumerate(hits):
        for start, end in hit.listed:
            yield Draft(hit.source.passage.text[start:end], (Cite(n, start, end),), quote=True)


def _answering(query: Query, hits: Sequence[Hit], weighed: list[Evidence]) -> list[Evidence]:
    """What an answer may be made of: nothing where nothing answers, and of an article that is named only that article."""
    named = [e for e in weighed if hits[e.unit.hit].named]
    exact = named and not signs.asks_tally(query)
    if not exact and (query.looks_up or not enough.answers(query, weighed)):
        return []
    if not named:
        return _of_article(query, weighed) if signs.ASKS_ARTICLE.search(query.text) else weighed
    return _of_article(query, named) or named


def _choice(query: Query, asked: Asked, hits: Sequence[Hit], weighed: Sequence[Evidence]) -> list[Unit]:
    """The units that are given, in the order in which they are read."""
    by_place = {(e.unit.hit, e.unit.place): e.unit for e in weighed}
    named = [e for e in weighed if hits[e.unit.hit].named]
    best = next((e for e in weighed if not e.unit.is_heading), None)
    if named and (query.looks_up or _asks_text(query, hits, named)):
        chosen = text_of_article(hits, weighed)
    elif best is not None and not named and _whole_article(query, asked, hits, best):
        chosen = text_of_article(hits, [e for e in weighed if article_of(hits, e.unit) == article_of(hits, best.unit)], _WHOLE_RULES)
    else:
        room = _room(asked, best)
        # Of several articles that are named each has its say.
        chosen = [unit for some in _by_article(query, hits, weighed, named) for unit in _chosen(query, hits, some, by_place, room)]
    return with_heads(chosen, by_place) if query.wanted is Wanted.ARTICLE else chosen


def _room(asked: Asked, best: Evidence | None) -> _Room:
    if asked.form in ROOM:
        return _Room(*ROOM[asked.form], 0.0)
    return _BESIDE_SURE if best is not None and best.score >= _SURE else _BESIDE_UNSURE


def _asks_text(query: Query, hits: Sequence[Hit], named: Sequence[Evidence]) -> bool:
    """Whether a question asks what an article of a local document says, and nothing of it in particular: beside words for that it
    holds only those of the title."""
    title = Words.of(hits[named[0].unit.hit].source.document.title)
    rest = (s for s in query.sought if s.word not in LOOKING_UP and not s.word[0].isdigit())
    return signs.ASKS_ARTICLE.search(query.text) is not None and all(title.strength(s) >= 0.5 for s in rest)


def _is_definition(unit: Unit) -> bool:
    return any(re.search(r"\bbegrip|\bdefinitie", heading, re.IGNORECASE) for heading in unit.section.path)


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
    apart: dict[tuple[str, str | None, str | None], list[Evidence]] = {}
    for one in weighed:
        apart.setdefault(article_of(hits, one.unit), []).append(one)
    return list(apart.values())


def _whole_article(query: Query, asked: Asked, hits: Sequence[Hit], best: Evidence) -> bool:
    """Whether all of the article that the best unit stands in is the answer: where the rules on a subject are asked and nothing
    particular of them, or the question calls the article by name. A summary and a memo look wider."""
    if asked.form in _WIDE or best.unit.section.locator.article is None or target.of(query.text).sort is not None:
        return False
    return query.wanted is Wanted.RULES or (bool(hits[best.unit.hit].called) and bool(best.features["titled"]))


def _chosen(
    query: Query,
    hits: Sequence[Hit],
    weighed: Sequence[Evidence],
    by_place: dict[tuple[int, int], Unit],
    room: _Room,
) -> list[Unit]:
    """The best units, each with what it needs to be understood, and the tables that they refer to; near duplicates once."""
    turns = _in_turn(weighed)
    # Beside what gives the meaning that was asked, nothing else is said.
    turns = [e for e in turns if e.features["meaning"]] or turns
    chosen: dict[tuple[int, int], Unit] = {}
    seen: set[str] = set()
    said = 0
    for candidate in turns:
        unit = candidate.unit
        if said >= room.most:
            break
        weak = said and (candidate.score < room.near * turns[0].score or candidate.odds < room.surest * turns[0].odds)
        if weak or (unit.hit, unit.place) in chosen or _plain(unit) in seen:
            continue
        whole = around.whole(query, unit, by_place)
        for part in (*whole, *(row for one in whole for row in around.referred(hits, one, by_place))):
            chosen[part.hit, part.place] = part
            seen.add(_plain(part))
        said += 1
    if query.wanted in around.ALLOWED:
        chosen |= _first_leden(query, hits, list(chosen.values()), by_place)
    return in_order(query, hits, list(chosen.values()))


def _first_leden(query: Query, hits: Sequence[Hit], chosen: Sequence[Unit], by_place: around.Placed) -> dict[tuple[int, int], Unit]:
    """The first lid of each article of which later leden are given: what they add to says little without it."""
    given = Counter(article_of(hits, unit) for unit in chosen if unit.is_lid)
    several = {article for article, leden in given.items() if leden > 1}
    opening = (u for u in by_place.values() if u.is_lid and u.text.startswith("1.") and article_of(hits, u) in several)
    whole = [around.whole(query, lid, by_place) for lid in opening]
    return {(u.hit, u.place): u for lid in whole if sum(len(u.text) for u in lid) <= around.WHOLE_LIST for u in lid}


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


def _plain(unit: Unit) -> str:
    return " ".join(unit.text.split()).lower()
