"""The story of a question on one screen: understand, retrieve, write, verify, emit. Knows no HTTP and no database tables."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

from assistant.model import Answer, Asked, Citation, Completeness, Hit, Searched, Sentence
from assistant.question import Query
from assistant.retrieve import Retriever
from assistant.verify import Verifier
from assistant.write import Remark, Waiting, Writer
from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Started:
    id: str


@dataclass(frozen=True, slots=True)
class Sources:
    hits: tuple[Hit, ...]


Event = Started | Sources | Waiting | Sentence | Citation | Answer


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions; one for the whole service, without state of its own."""

    library: Library
    retriever: Retriever
    writer: Writer

    def stream(self, asked: Asked) -> Iterator[Event]:
        """The answer as it comes: started, sources, verified sentences one by one, citations, and at last all of it."""
        clock = _Clock()
        identity = f"a-{secrets.token_hex(10)}"
        yield Started(identity)
        query = self.retriever.understood(asked)
        hits = self.retriever.retrieve(query, asked)
        clock.mark("retrieve")
        yield Sources(tuple(hits))
        verifier = Verifier(hits, asked.as_of)
        sentences: list[Sentence] = []
        remark: Remark | None = None
        for said in self.writer.write(query, asked, hits):
            if isinstance(said, Waiting):
                yield said
            elif isinstance(said, Remark):
                remark = said
            elif (sentence := verifier.accept(said)) is not None:
                if not sentences:
                    clock.mark("first_sentence")
                sentences.append(sentence)
                yield sentence
        clock.mark("write")
        yield from verifier.citations
        yield Answer(
            id=identity,
            question=asked.question,
            form=asked.form,
            status=Completeness.NOT_FOUND if not sentences else Completeness.PARTIAL if remark else Completeness.COMPLETE,
            sentences=tuple(sentences),
            citations=verifier.citations,
            missing=" ".join([*([remark.text] if remark else []), *([] if sentences else [self._missing(query, asked, hits)])]) or None,
            searched=self._searched(query, asked),
            model=remark.model if remark else self.writer.name,
            as_of=asked.as_of,
            created_at=datetime.now(UTC),
            timings=clock.marks,
        )

    def answer(self, asked: Asked) -> Answer:
        """The whole answer at once."""
        *_, last = self.stream(asked)
        assert isinstance(last, Answer)
        return last

    def _missing(self, query: Query, asked: Asked, hits: list[Hit]) -> str:
        """What was not found, and what the library holds that comes nearest."""
        absent = [str(reference) for reference in query.references if reference.law]
        if query.looks_up and absent and not any(hit.named for hit in hits):
            return f"{' en '.join(absent)} staat niet in de bibliotheek, of niet in de editie die op {asked.as_of:%d-%m-%Y} gold."
        if not hits:
            return "De bibliotheek bevat geen stukken die bij deze vraag horen."
        nearest = dict.fromkeys(f"{h.source.document.title} ({h.source.passage.locator})" for h in hits[:3])
        return f"In de bibliotheek is geen antwoord gevonden op ‘{query.text}’. Het dichtst in de buurt: {'; '.join(nearest)}."

    def _searched(self, query: Query, asked: Asked) -> Searched:
        documents = [d for d in self.library.documents() if asked.scopes is None or d.scope in asked.scopes]
        held = {d.gemeente for d in documents}
        names = self.library.gemeenten()
        return Searched(
            documents=len(documents),
            gemeenten=tuple(sorted(names.name(code) for code in query.gemeenten)),
            kinds=tuple(kind.value for kind in asked.kinds),
            not_in_library=tuple(names.name(code) for code in query.gemeenten if code not in held),
        )


class _Clock:
    """Seconds since the question came in, by stage."""

    def __init__(self, now: Callable[[], float] = perf_counter) -> None:
        self._now, self._start = now, now()
        self.marks: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        self.marks[stage] = round(self._now() - self._start, 4)
