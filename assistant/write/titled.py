"""Whether the heading above a unit says what was asked for: then what stands under it is the answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.model import Hit
from assistant.text.words import Words
from assistant.understand.question import Query, Wanted
from assistant.write.units import Unit

# So much of the question the heading has to say, by what is wanted: of an article, of any section, and of an article that the question
# calls by name.
_OF_ARTICLE = {Wanted.ARTICLE: 0.33, Wanted.RULES: 0.33}
_OF_SECTION = {Wanted.DEFINITION: 0.8}
_OF_CALLED = {Wanted.CONDITION: 0.33, Wanted.YES_NO: 0.6}
# Words of such a question that say nothing of what it is about.
_FRAME = frozenset(
    "artikel artikelen apv gaat geldt gelden gold regels bepaling bepalingen staat stond zegt zei regelt geregeld gemeente verordening oude vorige "
    "iemand geven opleggen burgemeester".split()
)


def is_of_article(query: Query, unit: Unit) -> bool:
    """Whether an article is asked for, or the rules on something, and a unit stands in one."""
    return query.wanted in _OF_ARTICLE and unit.section.locator.article is not None


def is_titled(query: Query, hit: Hit, unit: Unit, rare: Mapping[str, float]) -> bool:
    """Whether the heading above a unit of a hit says what was asked for. `rare` tells how telling each word of the question is."""
    enough: dict[Wanted, float] = _OF_ARTICLE if is_of_article(query, unit) else {}
    if not unit.is_heading:
        enough = enough | _OF_SECTION | (_OF_CALLED if hit.called else {})
    return query.wanted in enough and _said(query, hit, unit, rare) >= enough[query.wanted]


def _said(query: Query, hit: Hit, unit: Unit, rare: Mapping[str, float]) -> float:
    """How much of what is asked about stands in the heading of a unit itself; the name of its document is no part of that."""
    title = Words.of(hit.source.document.title)
    called, heading = Words.of(hit.called), Words.of(" ".join((*unit.section.path[-1:], hit.called)))
    asked = [s for s in query.sought if s.word not in _FRAME and (title.strength(s) < 0.7 or called.strength(s) >= 0.7)]
    total = sum(rare[s.word] for s in asked)
    return sum(heading.strength(s) * rare[s.word] for s in asked) / total if total else 0.0
