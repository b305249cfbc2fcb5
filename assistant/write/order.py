"""In what order what was chosen is read: articles and passages by their best, each from its beginning; headings where they are asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.model import Hit
from assistant.understand.question import Query
from assistant.write import around
from assistant.write.evidence import Evidence
from assistant.write.units import Unit

# An article of an edition, or a passage by its number among the hits.
_Stretch = tuple[str, str | None, str | None] | int
# Characters of an article that can be read at once.
_WHOLE_ARTICLE = 3_000


def article_of(hits: Sequence[Hit], unit: Unit) -> tuple[str, str | None, str | None]:
    """The edition, the annex and the article that a unit stands in."""
    return hits[unit.hit].source.edition.id, unit.section.locator.annex, unit.section.locator.article


def text_of_article(hits: Sequence[Hit], weighed: Sequence[Evidence], most: int = _WHOLE_ARTICLE) -> list[Unit]:
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


def in_order(query: Query, hits: Sequence[Hit], chosen: Sequence[Unit]) -> list[Unit]:
    """Articles, and passages outside them, in the order of their best unit, each in the order of its own text. Who asks what is
    allowed reads the rule before its explanation."""
    first: dict[_Stretch, int] = {}
    for n, unit in enumerate(chosen):
        first.setdefault(_stretch(hits, unit), n)

    def turn(unit: Unit) -> tuple[bool, int, int]:
        explains = query.wanted in around.ALLOWED and any("toelichting" in heading.lower() for heading in unit.section.path)
        return explains, first[_stretch(hits, unit)], hits[unit.hit].source.passage.start + unit.start

    return sorted(chosen, key=turn)


def _stretch(hits: Sequence[Hit], unit: Unit) -> _Stretch:
    """What is read on end: an article of an edition, or a passage where there are no articles."""
    return article_of(hits, unit) if unit.section.locator.article is not None else unit.hit


def with_heads(chosen: Sequence[Unit], by_place: Mapping[tuple[int, int], Unit]) -> list[Unit]:
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
