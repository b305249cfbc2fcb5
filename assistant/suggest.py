"""Next questions that the library can answer: made from what surrounds an answer's sources, and each answered before it is offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from assistant.answer import Answerer
from assistant.model import Answer, Asked, Citation
from assistant.reading import Reader
from assistant.text.figures import YEAR
from assistant.understand import dutch_questions as form
from assistant.understand import follow_up
from assistant.understand.follow_up import Turn
from corpus.library import Library
from corpus.model import Edition, Kind, Section, Source

_OFFERED, _TRIED = 3, 10
_NUMBERED = re.compile(r"^(?:artikel\s+\S+|bijlage\s+\w+|hoofdstuk\s+\w+|§\s*\S+|\d+(?:[.:]\d+)*\.?)\s*[:.\-–]?\s*", re.IGNORECASE)
# Headings that say nothing of what stands under them.
_BARE = re.compile(
    r"^(?:inleiding|voorwoord|status|algemeen|aanleiding|leeswijzer|slot\w*|citeertitel|inwerkingtreding.*|overgangs\w*|begrip\w*|definities|samenvatting|bijlagen?"
    r"|ondertekening|intrekking.*|hardheidsclausule|toelichting|wat (?:zien|willen|gaan|doen) .*|hoe .*we.*|doel|reikwijdte.*|totstandkoming"
    r"|wijziging.*|stand van zaken.*|evaluatie.*)$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"(?:^|\n)\s*(?:[a-z]{1,2}[.)]|[-•–])\s*(?P<term>[^:\n]{3,40}):\s")
_DEFINES = re.compile(r"begrip|definitie|betekenis", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a source that an answer rests on, or came near to."""

    source: Source
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question with what its answer has to cite."""

    question: str
    cites: Callable[[Citation], bool]


@dataclass(frozen=True, slots=True)
class Suggester:
    """`answerer` writes by quoting: a suggestion costs no language model."""

    library: Library
    answerer: Answerer
    reader: Reader

    def suggest(self, asked: Asked, anchors: Sequence[Anchor], earlier: Sequence[str] = ()) -> list[str]:
        """Up to three next questions, each of which was answered from the source that it was made of; none of those asked `earlier`."""
        near = list(anchors) or self._nearest(asked)
        kinds = (self._around(near), self._elsewhere(asked, near), self._defined(asked, near), self._earlier(asked, near))
        candidates = (candidate for turn in zip_longest(*kinds) for candidate in turn if candidate is not None)
        offered: list[str] = []
        said = {anchor.quote for anchor in anchors}
        tried: set[str] = set()
        known = {asked.question, asked.meant, *earlier}
        for candidate in candidates:
            if len(offered) == _OFFERED or len(tried) >= _TRIED:
                break
            if candidate.question in tried | known:
                continue
            tried.add(candidate.question)
            answer = self._answered(candidate.question, asked)
            new = {citation.quote for citation in answer.citations} - said
            if new and any(candidate.cites(citation) for citation in answer.citations):
                offered.append(candidate.question)
                said |= new
        return offered

    def _answered(self, question: str, asked: Asked) -> Answer:
        """The answer as the asker would get it in this conversation."""
        following = replace(asked, question=question, read_as=None)
        return self.answerer.answer(self.reader.read(following, [Turn(asked.meant)]))

    def _nearest(self, asked: Asked) -> list[Anchor]:
        """What came near to a question that was not answered, where it shares words with it."""
        retriever = self.answerer.retriever
        hits = retriever.retrieve(retriever.understood(asked), asked, 3)
        return [Anchor(hit.source, hit.source.passage.start, "") for hit in hits if hit.bm25 > 0]

    def _around(self, near: Sequence[Anchor]) -> Iterator[_Candidate]:
        """The articles or paragraphs beside those that were cited, after them first."""
        for anchor in near[:3]:
            edition = anchor.source.edition
            places = _headed(self.library.texts.sections(edition.id))
            own = max((n for n, (start, _, _) in enumerate(places) if start <= anchor.start), default=-1)
            order = [own + 1, own - 1, own + 2, own - 2] if anchor.quote else [own]
            for n in order:
                if 0 <= n < len(places):
                    start, end, heading = places[n]
                    yield _Candidate(self._about(anchor.source, heading), _within(edition, start, end))

    def _about(self, source: Source, heading: str) -> str:
        document = source.document
        if heading.endswith("?"):
            return heading
        said = heading if any(letter.isupper() for letter in heading[1:]) else heading[:1].lower() + heading[1:]
        if document.kind not in (Kind.APV, Kind.VERORDENING) or document.gemeente is None:
            return f"Wat staat er in ‘{document.title}’ over {said}?"
        return f"Wat geldt er voor {said} in {self.library.gemeenten().name(document.gemeente)}?"

    def _elsewhere(self, asked: Asked, near: Sequence[Anchor]) -> Iterator[_Candidate]:
        """The same, asked of another gemeente that has a document of the same kind."""
        names = self.library.gemeenten()
        first = near[0].source.document if near else None
        if first is None or first.gemeente is None or len(names.named_in(asked.meant)) > 1 or re.search(rf"\b{YEAR}\b", asked.meant):
            return
        for document in self.library.documents():
            if document.kind is first.kind and document.gemeente not in (None, first.gemeente):
                question = follow_up.elsewhere(form.bare(asked.meant), names.name(document.gemeente), names)
                yield _Candidate(form.sentence(question), _of(document.gemeente))

    def _defined(self, asked: Asked, near: Sequence[Anchor]) -> Iterator[_Candidate]:
        """A word of the question or its answer that the same document defines."""
        for anchor in near[:2]:
            said = f"{asked.meant} {anchor.quote}".lower()
            edition, text = anchor.source.edition, self.library.texts.whole(anchor.source.edition.id)
            for section in self.library.texts.sections(edition.id):
                if not _DEFINES.search(section.locator.heading or "") or section.start <= anchor.start < section.end:
                    continue
                for found in _DEFINED.finditer(text, section.start, section.end):
                    if re.search(rf"\b{re.escape(found['term'].lower())}\b", said):
                        question = f"Wat wordt verstaan onder ‘{found['term'].strip()}’ {_named(anchor.source, self.library)}?"
                        yield _Candidate(question, _within(edition, section.start, section.end))

    def _earlier(self, asked: Asked, near: Sequence[Anchor]) -> Iterator[_Candidate]:
        """What the edition before the cited one said: only where that was something else."""
        for anchor in near[:1]:
            if asked.as_of != date.today() and anchor.quote:
                return
            older = [
                e for e in self.library.editions(anchor.source.document.id) if e.valid_to and e.valid_to < asked.as_of and not e.concept
            ]
            for edition in reversed(older):
                year = (
                    next((y for y in (edition.valid_to.year, edition.valid_to.year - 1) if _speaks_at_end_of(edition, y)), None)
                    if edition.valid_to
                    else None
                )
                if year is not None:
                    yield _Candidate(f"En in {year}?", _from(edition))


def _headed(sections: Sequence[Section]) -> list[tuple[int, int, str]]:
    """(start, end, subject) of the parts of a text whose heading says what they are about; leden go with their article."""
    parts: dict[tuple[str, ...], tuple[int, int, str]] = {}
    for section in sections:
        subject = _NUMBERED.sub("", section.locator.heading or "").strip()
        deep = section.locator.article is not None or section.locator.section is not None
        if deep and 4 <= len(subject) <= 60 and not _BARE.match(subject):
            start = parts[section.path][0] if section.path in parts else section.start
            parts[section.path] = (start, section.end, subject)
    return sorted(parts.values())


def _named(source: Source, library: Library) -> str:
    document = source.document
    if document.kind is Kind.APV and document.gemeente:
        return f"in de APV van {library.gemeenten().name(document.gemeente)}"
    return f"in ‘{document.title}’"


def _within(edition: Edition, start: int, end: int) -> Callable[[Citation], bool]:
    return lambda citation: citation.source.edition.id == edition.id and citation.start < end and citation.end > start


def _of(gemeente: str | None) -> Callable[[Citation], bool]:
    return lambda citation: citation.source.document.gemeente == gemeente


def _from(edition: Edition) -> Callable[[Citation], bool]:
    return lambda citation: citation.source.edition.id == edition.id


def _speaks_at_end_of(edition: Edition, year: int) -> bool:
    last = date(year, 12, 31)
    return (edition.valid_from is None or edition.valid_from <= last) and (edition.valid_to is None or last <= edition.valid_to)
