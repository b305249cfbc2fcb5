"""How well each unit of the hits answers the question: its features, and the score that they give together. Pure.

A unit is read in its place: the headings above it, the line that announces its list, its neighbours (decisions/0006 and 0016).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.find import defining
from assistant.model import Hit
from assistant.text.words import Words
from assistant.understand.question import Query, Wanted
from assistant.write import network, signs, target, titled, units
from assistant.write.target import Sort
from assistant.write.units import Unit
from assistant.write.whose import Whose
from corpus.gemeenten import Gemeenten
from corpus.model import Kind
from corpus.validity import AUTHORITY
from ingest import dutch

# Which share of the rest of a question its passage holds where a verb counts.
_SPOKEN = 0.25
# How near in meaning a unit comes that has nothing to do with the question (decisions/0017).
_FAR = 0.825
_RULE = AUTHORITY[Kind.BELEIDSREGEL]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A unit with what speaks for it; `score` is between 0 and 1."""

    unit: Unit
    features: Mapping[str, float]
    score: float

    @property
    def odds(self) -> float:
        """The score as odds: near 1 scores lie close together, odds do not."""
        return self.score / (1 - self.score + 1e-9)


def weigh(query: Query, hits: Sequence[Hit], rarity: Callable[[str], float], gemeenten: Gemeenten) -> list[Evidence]:
    """All units with their scores, best first. `rarity` tells how telling a word is in the library."""
    reading = _Reading(query, hits, rarity, gemeenten)
    return sorted(reading.evidence(), key=lambda evidence: -evidence.score)


class _Reading:
    """The units of the hits, read once with the question in mind."""

    def __init__(self, query: Query, hits: Sequence[Hit], rarity: Callable[[str], float], gemeenten: Gemeenten) -> None:
        self.query, self.hits = query, hits
        self.units = [unit for unit in units.of(hits) if hits[unit.hit].named or not signs.is_formula(unit.text, query)]
        self.whose = Whose(query, hits, gemeenten)
        self.thing = defining.asked(query)
        self.asks_called = signs.asks_called(query)
        self.asks_exempt = signs.ASKS_EXEMPT.search(query.text) is not None
        self.asks_contents = signs.ASKS_CONTENTS.search(query.text) is not None
        self.asks_tally, self.years = signs.asks_tally(query), signs.tallied_years(query)
        self.asks_day = signs.ASKS_DAY.search(query.text) is not None
        self.target = target.of(query.text)
        self.focus = [word for word in self.target.focus if any(word == s.word for s in query.sought)]
        self.acted = target.acted(query.text) if query.wanted is Wanted.YES_NO else None
        self.rare = {sought.word: max(rarity(sought.word), 0.1) for sought in query.sought}
        self.total = sum(self.rare.values()) or 1.0
        self.rarest = max(self.rare, key=lambda word: self.rare[word], default="")
        self.names = [word for word in self.rare if word in query.names]
        self.nearest = max((unit.nearness for unit in self.units), default=1.0)
        self.closest = max((hit.cosine for hit in hits), default=0.0)
        self.own = [self._strengths(unit.text) for unit in self.units]
        self.at = {(unit.hit, unit.place): n for n, unit in enumerate(self.units)}
        self.whole = [self._strengths(" ".join((h.source.document.title, *h.source.passage.path, h.source.passage.text))) for h in hits]
        self.above = {key: self._strengths(" ".join(key)) for key in {self._headings(unit) for unit in self.units}}

    def evidence(self) -> list[Evidence]:
        """Each unit with its features, and the score that these give together."""
        read = [self._read_in_place(n) for n in range(len(self.units))]
        scores = network.scores(read, (self.query.wanted, *filter(None, [self.target.sort])))
        return [Evidence(unit, features, score) for unit, features, score in zip(self.units, read, scores, strict=True)]

    def _read_in_place(self, n: int) -> dict[str, float]:
        unit = self.units[n]
        own, above = self.own[n], self.above[self._headings(unit)]
        before, head = self._own_at(unit.hit, unit.place - 1), self._head(unit)
        leaning = float(unit.leans)
        place = {w: max(own[w], 0.8 * above[w], 0.7 * head[w], (0.8 if leaning else 0.5) * before[w]) for w in self.rare}
        return self._features(unit, own, above, before, head, place, self.whole[unit.hit], leaning)

    def _features(
        self,
        unit: Unit,
        own: Mapping[str, float],
        above: Mapping[str, float],
        before: Mapping[str, float],
        head: Mapping[str, float],
        place: Mapping[str, float],
        whole: Mapping[str, float],
        leaning: float,
    ) -> dict[str, float]:
        wanted, hit = self.query.wanted, self.hits[unit.hit]
        shows = float(self._shows(unit))
        listed = wanted in (Wanted.LIST, Wanted.CONDITION)
        in_article = titled.is_of_article(self.query, unit)
        read = unit.text if self.target.sort in (Sort.PERSON, Sort.PLACE) else self._read(unit)
        shown = float(
            target.shown(self.target, read) or (unit.is_row and target.tabled(self.target, f"{' '.join(unit.section.path)}\n{read}"))
        )
        lacks = float(self.target.sort is not None) - shown
        return {
            "bias": 1.0,
            "own": self._share(own),
            "place": self._share(place),
            "whole": self._share(whole),
            "above": self._share(above),
            "before": self._share(before),
            "head": self._share(head),
            "rarest_place": place.get(self.rarest, 0.0),
            "rarest_whole": whole.get(self.rarest, 0.0),
            "names_own": self._named(own, 0.0),
            "names_whole": self._named(whole, 1.0),
            "near": 10 * (unit.nearness - self.nearest),
            "near_absolute": 10 * (unit.nearness - _FAR),
            "passage": hit.score,
            "passage_near": 10 * (hit.cosine - self.closest),
            "first": 1 / (1 + unit.hit),
            "amount": shows * (wanted is Wanted.AMOUNT),
            "amount_fresh": float(wanted is Wanted.AMOUNT and self._brings_a_figure(unit)),
            "date": shows * (wanted is Wanted.DATE),
            "name": shows * (wanted is Wanted.NAME),
            "meaning": float(defining.says(unit.text, self.thing)),
            "defines": self._defines(unit) * (wanted is Wanted.DEFINITION),
            "reasons": float(wanted is Wanted.REASON and signs.REASONS.search(unit.text) is not None),
            "decides": float(wanted is Wanted.YES_NO and signs.DECIDES.search(unit.text) is not None),
            "day": float(wanted is Wanted.DATE and self.asks_day and signs.DAY.search(unit.text) is not None),
            "leans": leaning * self._share(before),
            "label": self._labelled(unit),
            "thing": shown * (self.target.sort not in (Sort.PERSON, Sort.PLACE)),
            "person": shown * (self.target.sort is Sort.PERSON),
            "placed": shown * (self.target.sort is Sort.PLACE),
            "article": float(in_article),
            "titled": float(titled.is_titled(self.query, hit, unit, self.rare)),
            "thing_none": lacks,
            "counted": float(target.counted(self.target, unit.text)),
            "held": float(target.held(self.target, read)),
            "uncounted": float(target.lost(self.target, lambda word: place.get(word, 0.5), self.years) or self._untold(unit)),
            "focus_own": self._focus(own, 0.0),
            "focus_place": self._focus(place, 0.5),
            "acts": self._acts(own, whole),
            "contains": float(self.asks_contents and self._says(unit, signs.CONTAINS)),
            "exempts": float(self.asks_exempt and self._says(unit, signs.EXEMPTS)),
            "called": float(bool(hit.called)),
            "inside": float(hit.inside),
            "rule_for_tally": float(self.asks_tally and AUTHORITY[hit.source.document.kind] >= _RULE),
            "measures": float(wanted is Wanted.MEASURE and signs.MEASURES.search(unit.text) is not None),
            "conditions": float(wanted is Wanted.CONDITION and signs.CONDITIONS.search(unit.text) is not None),
            "lists": float(listed and (unit.text.count(",") > 1 or self._heads(unit))),
            "list": float(unit.is_item) * listed,
            "announces": float(unit.announces),
            "announces_list": float(unit.announces) * listed,
            "announces_other": float(unit.announces) * lacks,
            "rival": float(self.whose.rival(unit)),
            "foreign": float(self.whose.foreign(unit)),
            "asks": float(signs.ASKS.search(unit.text) is not None),
            "short": float(len(unit.text) < 30),
            "long": float(len(unit.text) > 250),
            "item": float(unit.is_item),
            "row": float(unit.is_row),
        }

    def _untold(self, unit: Unit) -> bool:
        """Whether a unit does not tell how many there were in the year that is asked."""
        tally = bool(self.years and self.focus) and self.target.sort is Sort.COUNT
        return tally and not unit.is_row and not target.tallied(self.target, unit.text)

    def _shows(self, unit: Unit) -> bool:
        """Whether a unit shows the kind of thing that is asked for; what is asked by name has to be called by one."""
        pattern = signs.SHOWS.get(self.query.wanted)
        if self.asks_called:
            said = set(dutch.words(self.query.text))
            return any(not set(dutch.words(name)) & said for name in signs.PROPER.findall(unit.text))
        return pattern is not None and pattern.search(target.told(unit.text)) is not None

    def _brings_a_figure(self, unit: Unit) -> bool:
        """Whether a unit tells a figure that the question does not hold."""
        return bool(set(signs.FIGURE.findall(target.told(unit.text))) - set(signs.FIGURE.findall(self.query.text)))

    def _headings(self, unit: Unit) -> tuple[str, ...]:
        hit = self.hits[unit.hit]
        return (hit.source.document.title, *unit.section.path, hit.called)

    def _own_at(self, hit: int, place: int | None) -> Mapping[str, float]:
        n = self.at.get((hit, place)) if place is not None else None
        return self.own[n] if n is not None else dict.fromkeys(self.rare, 0.0)

    def _heads_of(self, unit: Unit) -> list[int]:
        """The line that announces a unit; for a row of a table its columns and its caption."""
        if unit.head is None:
            return []
        hit, place = unit.head
        caption = self.at.get((hit, place - 1)) if unit.is_row else None
        above = [caption] if caption is not None and self.units[caption].is_heading else []
        announced = self.at.get(unit.head)
        return above if announced is None else [*above, announced]

    def _head(self, unit: Unit) -> Mapping[str, float]:
        heads = self._heads_of(unit)
        return {word: max((self.own[n][word] for n in heads), default=0.0) for word in self.rare}

    def _read(self, unit: Unit) -> str:
        """A unit as it is read: a row with its columns and caption, which say what its figures are."""
        return "\n".join((*(self.units[n].text for n in self._heads_of(unit)), unit.text)) if unit.is_row else unit.text

    def _strengths(self, text: str) -> dict[str, float]:
        held = Words.of(text)
        return {sought.word: held.strength(sought) for sought in self.query.sought}

    def _share(self, strengths: Mapping[str, float]) -> float:
        return sum(strengths[word] * rare for word, rare in self.rare.items()) / self.total

    def _named(self, strengths: Mapping[str, float], without: float) -> float:
        return sum(strengths[word] for word in self.names) / len(self.names) if self.names else without

    def _focus(self, strengths: Mapping[str, float], without: float) -> float:
        """How well the words that say of what something is asked are held."""
        return max((strengths[word] for word in self.focus), default=without)

    def _acts(self, own: Mapping[str, float], whole: Mapping[str, float]) -> float:
        """How well a unit holds the verb of what is asked to do, in a passage that speaks of what it is done to."""
        others = {word: rare for word, rare in self.rare.items() if word != self.acted}
        spoken = sum(whole[word] * rare for word, rare in others.items()) / (sum(others.values()) or 1.0)
        return own.get(self.acted or "", 0.0) if spoken >= _SPOKEN else 0.0

    def _says(self, unit: Unit, sign: re.Pattern[str]) -> bool:
        """Whether a unit, or the line that announces it, holds a sign."""
        return any(sign.search(text) for text in (unit.text, *(self.units[n].text for n in self._heads_of(unit))))

    def _heads(self, unit: Unit) -> bool:
        """Whether items or rows come right after a unit."""
        after = self.at.get((unit.hit, unit.place + 1))
        return after is not None and (self.units[after].is_item or self.units[after].is_row)

    def _labelled(self, unit: Unit) -> float:
        """How much of the label before a colon or a bar the question asks for by name."""
        found = signs.LABEL.match(unit.text)
        return self._asked_of(found["label"]) if found is not None else 0.0

    def _defines(self, unit: Unit) -> float:
        """How much of what a unit says the meaning of is asked for."""
        found = defining.SAYS.match(unit.text)
        if found is None:
            return 0.0
        said = found["term"] or found["subject"]
        return max(self._share(self._strengths(said)), self._asked_of(said))

    def _asked_of(self, said: str) -> float:
        """Which share of the words of a name the question holds."""
        words = [word for word in dict.fromkeys(dutch.words(said)) if word not in dutch.STOP_WORDS]
        held = sum(strength >= 0.7 for strength in self._strengths(said).values())
        return min(1.0, held / len(words)) if words else 0.0
