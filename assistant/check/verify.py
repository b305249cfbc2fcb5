"""A sentence against what it cites. Pure. What fails is not shown.

A quote equals its source to the letter. Every number, date, amount and article of a sentence stands in a passage it cites, and so
does every name; it speaks of what its source speaks of, and does not say the opposite where it is nearly one of its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from assistant.check import claims
from assistant.model import Citation, Hit, Sentence
from assistant.text import figures
from assistant.write import Cite, Draft
from corpus.model import Locator
from corpus.sentences import list_mark, without_notes

_MARK = re.compile(r"\s*\[\d+(?:\s*[,;-]\s*\d+)*\]")


class Verifier:
    """Turns drafts into sentences and keeps the citations they rest on, numbered in order of first use."""

    def __init__(self, hits: Sequence[Hit], as_of: date) -> None:
        self._hits = hits
        self._as_of = as_of
        self._citations: list[Citation] = []
        self.dropped = 0

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations)

    def accept(self, draft: Draft) -> Sentence | None:
        """The sentence, or None where it does not hold; then it is counted in `dropped`."""
        cites = [cite for cite in draft.cites if self._exists(cite)]
        if not cites or not draft.text.strip() or not self._holds(draft, cites):
            self.dropped += 1
            return None
        numbers = tuple(dict.fromkeys(self._number(cite) for cite in cites))
        return Sentence(draft.text, numbers, draft.quote)

    def shows(self, cite: Cite) -> bool:
        """Whether a citation holds this stretch already."""
        passage = self._hits[cite.hit].source.passage
        start, end = passage.start + cite.start, passage.start + cite.end
        return any(c.source.passage.id == passage.id and c.start <= start and end <= c.end for c in self._citations)

    def _exists(self, cite: Cite) -> bool:
        return 0 <= cite.hit < len(self._hits) and 0 <= cite.start < cite.end <= len(self._hits[cite.hit].source.passage.text)

    def _holds(self, draft: Draft, cites: Sequence[Cite]) -> bool:
        if draft.quote:
            cite = cites[0]
            return len(cites) == 1 and draft.text == self._hits[cite.hit].source.passage.text[cite.start : cite.end]
        sources = [self._hits[cite.hit].source for cite in cites]
        held = "\n".join(source.passage.text for source in sources)
        about = "\n".join(" ".join((source.document.title, *source.passage.path)) for source in sources)
        whole = f"{about}\n{held}"
        return not (
            unsupported(draft.text, held)
            or claims.strangers(draft.text, whole)
            or claims.foreign(draft.text, whole)
            or claims.twisted(draft.text, held)
        )

    def _number(self, cite: Cite) -> int:
        """The number of the citation that holds this stretch; one that it continues is made longer."""
        hit = self._hits[cite.hit]
        passage = hit.source.passage
        for i, known in enumerate(self._citations):
            if known.source.passage.id != passage.id:
                continue
            start, end = known.start - passage.start, known.end - passage.start
            if start <= cite.start and cite.end <= end:
                return known.n
            if cite.start >= end and not passage.text[end : cite.start].strip():
                self._citations[i] = self._citation(known.n, hit, Cite(cite.hit, start, cite.end))
                return known.n
        self._citations.append(self._citation(len(self._citations) + 1, hit, cite))
        return len(self._citations)

    def _citation(self, n: int, hit: Hit, cite: Cite) -> Citation:
        passage = hit.source.passage
        start, end = passage.start + cite.start, passage.start + cite.end
        locator = _place(hit, start, end)
        page = next((page.number for page in reversed(hit.pages) if page.start <= start), passage.page)
        return Citation(
            n=n,
            source=hit.source,
            locator=str(replace(locator, page=page) if locator != Locator() else passage.locator),
            page=page,
            quote=passage.text[cite.start : cite.end],
            start=start,
            end=end,
            score=hit.score,
            as_of=self._as_of,
        )


def _place(hit: Hit, start: int, end: int) -> Locator:
    """Where a stretch stands: in one part of the document, or in several leden of one article."""
    inside = [section.locator for section in hit.sections if section.start < end and section.end > start]
    if not inside:
        return hit.source.passage.locator
    if inside[0].article is not None and all(place.same_article(inside[0]) for place in inside):
        return replace(inside[0], leden=tuple(dict.fromkeys(lid for place in inside for lid in place.leden)))
    return inside[0]


def unsupported(sentence: str, held: str) -> list[str]:
    """The numbers, dates, amounts and articles of a sentence that the text it cites does not hold; its number in a list is none."""
    said = _MARK.sub("", sentence)
    # What is quoted may bear the number of a note; what a model writes raised is read as the number it looks like.
    said = without_notes(said) if said in held else said
    known = _figures(held)
    return [figure.said for figure in figures.figures(said[len(list_mark(said)) :]) if not figures.holds(known, figure, held)]


@lru_cache(maxsize=64)
def _figures(held: str) -> tuple[figures.Figure, ...]:
    """Of a text that many sentences are held against."""
    return tuple(figures.figures(without_notes(held), numbered=True))
