"""From question to hits: both searches, fused by score, within what the asker may see and what counts on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from assistant.find import defining, known, outline
from assistant.find.articles import Articles
from assistant.find.ranking import READ_AGAIN, Ranking, SecondReader, distinct, ranked, read_again, with_meaning
from assistant.model import Asked, Hit
from assistant.text import tables
from assistant.understand import meant, peildatum
from assistant.understand.question import Query, understand
from corpus.library import Library
from corpus.model import Document, Edition, Passage, Source
from corpus.vectors import Vector
from ingest.candidates import Found
from ingest.index import SearchIndex
from ingest.shelf import Filter

# So many of the best are read for tables that they refer to.
_READ_FOR_TABLES = 3
# So many documents are read for a list that their headings are.
_READ_FOR_LISTS = 3


class QueryEmbedder(Protocol):
    name: str

    def query(self, question: str) -> Vector: ...


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages. Holds no state of its own."""

    library: Library
    index: SearchIndex
    embedder: QueryEmbedder
    second: SecondReader | None = None

    def understood(self, asked: Asked) -> Query:
        """The question as it is read beside this library: its gemeenten, the names of its regelingen, the words that it does not know."""
        query = understand(replace(asked, read_as=self.spelled(asked)), self.library.gemeenten(), self.library.laws())
        return known.unknown(Articles(self.library).counted(query, asked), asked, self.index)

    def spelled(self, asked: Asked) -> str:
        """The question with the slips of the keyboard set right."""
        return known.spelled(asked, self.index, self.library.gemeenten())

    def dated(self, asked: Asked) -> Asked:
        """The question on the day that it speaks of itself, where it does and no other day was chosen."""
        if asked.day_given:
            return asked
        day = peildatum.of(asked.meant, lambda: self._meant(asked), asked.as_of)
        return replace(asked, as_of=day) if day is not None else asked

    def _meant(self, asked: Asked) -> list[tuple[Document, Edition]]:
        """What the asker may see of the gemeenten that the question is about and of none, each document with each of its editions."""
        about = self.understood(asked).gemeenten
        seen = (d for d in self.library.documents() if asked.scopes is None or d.scope in asked.scopes)
        owners = {d.id: d for d in seen if not about or d.gemeente in (None, *about)}
        return [(owners[edition.document_id], edition) for edition in self.library.editions() if edition.document_id in owners]

    def retrieve(self, query: Query, asked: Asked, count: int = 10) -> list[Hit]:
        """The best `count` passages, best first."""
        allowed = Filter(
            on=asked.as_of,
            scopes=asked.scopes,
            gemeenten=frozenset(query.gemeenten) or None,
            kinds=frozenset(asked.kinds) or None,
        )
        vector = self.embedder.query(query.core)
        inside = meant.documents(query, self.library.documents)
        articles = Articles(self.library)
        called = {p: nickname.name for nickname in meant.called(query) for p in articles.passages([nickname.reference], query, asked)}
        names = {passage.id: name for passage, name in called.items()}
        resembling = ranked(self.index, vector, query, allowed, inside=inside, called=self._found(list(called), vector))
        resembling = self._meaning_first(query, resembling)[: max(2 * count, READ_AGAIN if self.second else 0)]
        # The passages of the articles that the question names by number and regeling come before all that resembles.
        named = [(found, 1.0) for found in self._found(articles.passages(query.references, query, asked), vector)]
        exact = {candidate.passage_id for candidate, _ in named}
        sources = self.library.texts.sources([candidate.passage_id for candidate, _ in (*named, *resembling)])
        if self.second is not None:
            resembling = read_again(self.second, query.core, resembling, {key: _whole(source) for key, source in sources.items()})
        held = distinct([*named, *(pair for pair in resembling if pair[0].passage_id not in exact)], sources)
        listed = {} if named else self._listed(query, held[:count], sources, inside)
        held = self._first(list(listed), held, sources, vector)
        best = self._with_tables(held[: max(count, len(named), len(listed))], sources, vector)
        ids = [candidate.passage_id for candidate, _ in best]
        vectors = self.library.vectors.of_passages(self.embedder.name, ids)
        sections = self.library.texts.sections_of([sources[key].passage for key in ids])
        pages = {key: tuple(found) for key, found in self.library.texts.pages_of([sources[of].edition.id for of in ids]).items()}
        return [
            Hit(
                source,
                float(score),
                candidate.cosine,
                candidate.bm25,
                sections[key],
                made,
                made.sentences @ vector,
                key in exact,
                pages[source.edition.id],
                names.get(key, ""),
                source.document.id in inside,
                listed.get(key, ()),
            )
            for candidate, score in best
            if (made := vectors.get(key := candidate.passage_id)) is not None and (source := sources[key])
        ]

    def _meaning_first(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking of a question for a meaning: what gives it gains."""
        if not (thing := defining.asked(query)):
            return ranking
        texts = self.library.texts.of([candidate.passage_id for candidate, _ in ranking])
        gives = {key for key, text in texts.items() if defining.says(text, thing)}
        return with_meaning(ranking, gives)

    def _listed(
        self, query: Query, best: Ranking, sources: dict[str, Source], inside: frozenset[str]
    ) -> dict[str, tuple[tuple[int, int], ...]]:
        """The headings that are together what the question asks for, in the first of the best documents that has such: by passage, in the order
        of the document, the stretches of its text that they are. `sources` gains the passages."""
        found = list({sources[candidate.passage_id].edition.id: sources[candidate.passage_id] for candidate, _ in best}.values())
        names = self.library.gemeenten()
        for source in sorted(found, key=lambda source: source.document.id not in inside)[:_READ_FOR_LISTS]:
            about = (source.document.title, source.document.kind.value, *(names.name(code) for code in (source.document.gemeente,) if code))
            sections = outline.listed(query, " ".join(about), partial(self.library.texts.sections, source.edition.id))
            if not sections:
                continue
            passages = self.library.texts.passages(source.edition.id)
            stretches: dict[str, tuple[tuple[int, int], ...]] = {}
            for section in sections:
                passage = next(p for p in passages if p.start <= section.start < p.end)
                start, heading = section.start - passage.start, section.path[-1]
                if passage.text.startswith(heading, start):
                    stretches[passage.id] = (*stretches.get(passage.id, ()), (start, start + len(heading)))
                    sources[passage.id] = replace(source, passage=passage)
            return stretches
        return {}

    def _first(self, ids: Sequence[str], held: Ranking, sources: dict[str, Source], vector: Vector) -> Ranking:
        """The ranking with these passages before all others."""
        first = self._found([sources[key].passage for key in ids], vector)
        return [*((one, 1.0) for one in first), *(pair for pair in held if pair[0].passage_id not in ids)]

    def _with_tables(self, best: Ranking, sources: dict[str, Source], vector: Vector) -> Ranking:
        """The ranking, as long as it was, with behind the best few the tables that they refer to, and the beginning of the table that
        they go on with; `sources` gains theirs."""
        held, shown = list[tuple[Found, float]](), {candidate.passage_id for candidate, _ in best}
        for place, (candidate, score) in enumerate(best):
            held.append((candidate, score))
            source = sources[candidate.passage_id]
            numbers = tables.referred(source.passage.text)
            if place < _READ_FOR_TABLES and (numbers or tables.goes_on(source.passage.text)):
                named = self.library.texts.passages(source.edition.id, holding="tabel ") if numbers else []
                wanted = [p for p in named if numbers & tables.captioned(p.text)] + self._begun(source.passage)
                beside = sorted({p.id: p for p in wanted if p.id not in shown}.values(), key=lambda p: p.ordinal)
                sources |= {p.id: replace(source, passage=p) for p in beside}
                shown |= {p.id for p in beside}
                held += [(one, score) for one in self._found(beside, vector)]
        return held[: len(best)]

    def _begun(self, passage: Passage) -> list[Passage]:
        """The passages before this one that hold the table in the middle of which it begins."""
        before: list[Passage] = []
        while tables.goes_on(passage.text) and (earlier := self.library.texts.before(passage)) is not None:
            before.append(earlier)
            passage = earlier
        return before

    def _found(self, passages: Sequence[Passage], vector: Vector) -> list[Found]:
        """Passages as candidates, by their meaning alone."""
        if not passages:
            return []
        made = self.library.vectors.of_passages(self.embedder.name, [p.id for p in passages])
        return [Found(p.id, float(made[p.id].passage @ vector), 0.0) for p in passages if p.id in made]


def _whole(source: Source) -> str:
    return "\n".join((source.document.title, " > ".join(source.passage.path), source.passage.text))
