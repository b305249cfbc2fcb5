"""The story of a question on one screen: understand, retrieve, write, verify, emit. Knows no HTTP and no database tables."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain
from time import perf_counter
from typing import Literal

from assistant import comparing, lacking, small_talk
from assistant.check.verify import Verifier
from assistant.compare import Comparer
from assistant.find.articles import Articles
from assistant.find.retrieve import Retriever
from assistant.lacking import Shelves
from assistant.model import Answer, Asked, Citation, Hit, Said, Searched, Sentence
from assistant.understand.parts import Part
from assistant.understand.parts import parts as parted
from assistant.understand.question import Query
from assistant.write import Progress, Remark, Waiting, Writer
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Started:
    id: str


@dataclass(frozen=True, slots=True)
class Sources:
    """What was found, and the day that it was searched for."""

    hits: tuple[Hit, ...]
    as_of: date


Event = Started | Sources | Waiting | Sentence | Citation | Answer


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, part by part, with what it rests on. `beside` tells what the parts are where they stand beside each other, `remark`
    what the writer adds."""

    parts: Sequence[Said]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    model: str
    beside: Literal["gemeente", "stuk", "wanneer"] | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions; one for the whole service, without state of its own."""

    library: Library
    retriever: Retriever
    writer: Writer
    comparer: Comparer

    def stream(self, asked: Asked) -> Iterator[Event]:
        """The answer as it comes: started, sources, verified sentences one by one, citations, and at last all of it."""
        clock = _Clock()
        identity = f"a-{secrets.token_hex(10)}"
        yield Started(identity)
        asked = self.retriever.dated(asked)
        query = self.retriever.understood(asked)
        shelves = Shelves.seen(self.library, asked)
        told = (yield from self._talked(query, asked, shelves, clock)) or (yield from self._compared(asked, shelves, clock))
        told = told or (yield from self._written(asked, shelves, clock))
        clock.mark("write")
        yield from told.citations
        absent = lacking.not_in_library(shelves, query, asked, self.retriever)
        unheld = Articles(self.library).absent(query, asked, told.hits)
        empty = lacking.missing(told.parts, query, asked, told.hits, lacking.asked_by_name(absent, query, shelves.names), unheld)
        missing = " ".join(filter(None, (told.remark, empty))) or None
        yield Answer(
            id=identity,
            question=asked.question,
            form=asked.form,
            status=lacking.completeness(told.parts, missing),
            sentences=_once(told.parts),
            citations=told.citations,
            missing=missing,
            searched=Searched(
                documents=len(shelves.documents),
                gemeenten=tuple(sorted(shelves.names.name(code) for code in query.gemeenten)),
                kinds=tuple(kind.value for kind in asked.kinds),
                not_in_library=absent,
                unknown=query.unknown if told.parts else (),
            ),
            model=told.model,
            as_of=asked.as_of,
            created_at=datetime.now(UTC),
            timings=clock.marks,
            read_as=asked.read_as,
            beside=tuple(told.parts) if told.beside else (),
            beside_each=told.beside or "gemeente",
        )

    def answer(self, asked: Asked) -> Answer:
        """The whole answer at once."""
        *_, last = self.stream(asked)
        assert isinstance(last, Answer)
        return last

    def _talked(self, query: Query, asked: Asked, shelves: Shelves, clock: _Clock) -> Generator[Event, None, Told | None]:
        """What is said back to what is no question to the documents."""
        said = small_talk.reply(query, shelves, lambda: self.retriever.retrieve(query, asked))
        if said is None:
            return None
        clock.mark("retrieve")
        yield Sources((), asked.as_of)
        return Told((), (), (), self.writer.name, remark=said)

    def _written(self, asked: Asked, shelves: Shelves, clock: _Clock) -> Generator[Event, None, Told]:
        """Each part of the question: retrieved, written, verified."""
        parts = parted(asked, shelves.names)
        several = len(parts) > 1 and parts[0].gemeente is not None
        documents = len(parts) > 1 and all(part.document for part in parts)
        times = len(parts) > 1 and all(part.when for part in parts)
        queries = [self.retriever.understood(part.asked) for part in parts]
        held = any(part.gemeente in shelves.gemeenten for part in parts)
        found = [
            [] if several and held and part.gemeente not in shelves.gemeenten else self._about(query, part, shelves)
            for part, query in zip(parts, queries, strict=True)
        ]
        clock.mark("retrieve")
        hits = tuple(chain.from_iterable(found))
        yield Sources(hits, asked.as_of)
        verifier = Verifier(hits, asked.as_of)
        said: list[Said] = []
        given: set[Sentence] = set()
        remarks: dict[str, Remark] = {}
        progress = Progress(followed_on=asked.read_as is not None)
        for n, (part, query) in enumerate(zip(parts, queries, strict=True)):
            sentences: list[Sentence] = []
            for told in self.writer.write(query, part.asked, found[n], progress):
                if isinstance(told, Waiting):
                    yield told
                elif isinstance(told, Remark):
                    remarks[told.text] = told
                elif (sentence := verifier.accept(told.shifted(sum(map(len, found[:n]))))) is not None:
                    clock.mark("first_sentence", once=True)
                    sentences.append(sentence)
                    if sentence not in given:
                        given.add(sentence)
                        yield sentence
            said.append(shelves.said(part, sentences))
        model = next((remark.model for remark in remarks.values() if not progress.by_model), self.writer.name)
        differs = len({part.sentences for part in said}) > 1
        each: Literal["gemeente", "stuk", "wanneer"] | None = (
            "gemeente" if several else "stuk" if documents else "wanneer" if times else None
        )
        beside = each if differs else None
        return Told(said, verifier.citations, hits, model, beside, " ".join(remarks) or None)

    def _about(self, query: Query, part: Part, shelves: Shelves) -> list[Hit]:
        """What was found that can answer a part: of a document that it names only that, and nothing where it is about articles that do
        not exist."""
        found = shelves.about(query, self.retriever.retrieve(query, part.asked))
        inside = [hit for hit in found if hit.inside] if part.document else []
        absent = Articles(self.library).absent(query, part.asked, found)
        return [] if absent and len(absent) == len(query.references) else inside or found

    def _compared(self, asked: Asked, shelves: Shelves, clock: _Clock) -> Generator[Event, None, Told | None]:
        """Gemeenten side by side, where the question asks for that and at least one of them says something."""
        wanted = comparing.wanted(asked.meant, shelves.names, shelves.gemeenten)
        if wanted is None:
            return None
        row = self.comparer.compare([wanted.topic], replace(asked, gemeenten=wanted.gemeenten)).rows[0]
        said, citations = comparing.said(row, shelves.names)
        if not citations:
            return None
        clock.mark("retrieve")
        hits = tuple(hit for cell in row.cells for hit in cell.hits)
        yield Sources(hits, asked.as_of)
        clock.mark("first_sentence")
        for part in said:
            yield from part.sentences
        return Told(said, tuple(citations), hits, self.comparer.quotes.name, beside="gemeente")


def _once(parts: Sequence[Said]) -> tuple[Sentence, ...]:
    return tuple(dict.fromkeys(sentence for part in parts for sentence in part.sentences))


class _Clock:
    """Seconds since the question came in, by stage."""

    def __init__(self, now: Callable[[], float] = perf_counter) -> None:
        self._now, self._start = now, now()
        self.marks: dict[str, float] = {}

    def mark(self, stage: str, *, once: bool = False) -> None:
        if not (once and stage in self.marks):
            self.marks[stage] = round(self._now() - self._start, 4)
