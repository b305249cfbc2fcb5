"""From question to hits: both searches, fused by score, within what the asker may see and what counts on the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant import defining, meant, peildatum, tables
from assistant.model import Asked, Hit
from assistant.question import Query, understand
from corpus.citation import Reference
from corpus.library import Library
from corpus.model import Document, Edition, Passage, Source
from corpus.references import References
from corpus.validity import AUTHORITY
from corpus.vectors import Vector
from ingest import dutch
from ingest.candidates import Found
from ingest.index import SearchIndex
from ingest.lexical import Sought
from ingest.shelf import Filter

CANDIDATES = 100
# So many of the best are read again, where a second ranking is configured, and how much that counts beside the first.
READ_AGAIN = 30
SECOND = 0.5
# Passages of one named article: a long one is cut by lid.
_MOST_NAMED = 4
# So many of the best are read for tables that they refer to.
_READ_FOR_TABLES = 3
# How much meaning counts beside words; see decisions/0009 for the measurements.
DENSE = 0.65
# What a passage gains, beside a score of 0 to 1, that stands in a document that the question names, or in an article that practice
# calls by its words, or that says what the thing is that the question asks the meaning of.
GAIN_INSIDE = 0.25
GAIN_CALLED = 0.35
GAIN_DEFINES = 0.35


class Searchable(Protocol):
    """An index of passages: the library's own, or one of passages from outside that is being measured."""

    def search(self, vector: Vector, words: Sequence[Sought], allowed: Filter, count: int) -> list[Found]: ...


class QueryEmbedder(Protocol):
    name: str

    def query(self, question: str) -> Vector: ...


class SecondReader(Protocol):
    """Reads a question and a text together; a higher score is a better answer."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]: ...


Ranking = list[tuple[Found, float]]


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds passages. Holds no state of its own."""

    library: Library
    index: SearchIndex
    embedder: QueryEmbedder
    second: SecondReader | None = None

    def understood(self, asked: Asked) -> Query:
        """The question as it is read beside this library: its gemeenten and the names of its regelingen."""
        return understand(asked, self.library.gemeenten(), self.library.laws())

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
        called = {p: nickname.name for nickname in meant.called(query) for p in self._passages([nickname.reference], query, asked, inside)}
        names = {passage.id: name for passage, name in called.items()}
        resembling = ranked(self.index, vector, query, allowed, inside=inside, called=self._found(list(called), vector))
        resembling = self._meaning_first(query, resembling)[: max(2 * count, READ_AGAIN if self.second else 0)]
        named = self._named(query, asked, vector, inside)
        exact = {candidate.passage_id for candidate, _ in named}
        sources = self.library.sources([candidate.passage_id for candidate, _ in (*named, *resembling)])
        if self.second is not None:
            resembling = read_again(self.second, query.core, resembling, {key: _whole(source) for key, source in sources.items()})
        held = distinct([*named, *(pair for pair in resembling if pair[0].passage_id not in exact)], sources)
        best = self._with_tables(held[: max(count, len(named))], sources, vector)
        ids = [candidate.passage_id for candidate, _ in best]
        vectors = self.library.vectors.of_passages(self.embedder.name, ids)
        sections = self.library.sections_of([sources[key].passage for key in ids])
        pages = {key: tuple(self.library.pages(key)) for key in {sources[of].edition.id for of in ids}}
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
            )
            for candidate, score in best
            if (made := vectors.get(key := candidate.passage_id)) is not None and (source := sources[key])
        ]

    def _meaning_first(self, query: Query, ranking: Ranking) -> Ranking:
        """The ranking of a question for a meaning: what gives it gains."""
        if not (thing := defining.asked(query)):
            return ranking
        sources = self.library.sources([candidate.passage_id for candidate, _ in ranking])
        gives = {key for key, source in sources.items() if defining.says(source.passage.text, thing)}
        gained = [(one, (score + GAIN_DEFINES * (one.passage_id in gives)) / (1 + GAIN_DEFINES * bool(gives))) for one, score in ranking]
        return sorted(gained, key=lambda pair: -pair[1])

    def _with_tables(self, best: Ranking, sources: dict[str, Source], vector: Vector) -> Ranking:
        """The ranking, as long as it was, with behind the best few the tables that they refer to, and the beginning of the table that
        they go on with; `sources` gains theirs."""
        held, shown = list[tuple[Found, float]](), {candidate.passage_id for candidate, _ in best}
        for place, (candidate, score) in enumerate(best):
            held.append((candidate, score))
            source = sources[candidate.passage_id]
            numbers = tables.referred(source.passage.text)
            if place < _READ_FOR_TABLES and (numbers or tables.goes_on(source.passage.text)):
                every = self.library.passages(source.edition.id)
                wanted = {p.id for p in every if numbers & tables.captioned(p.text)} | _begun(source.passage, every)
                beside = [p for p in every if p.id in wanted and p.id not in shown]
                sources |= {p.id: replace(source, passage=p) for p in beside}
                shown |= {p.id for p in beside}
                held += [(one, score) for one in self._found(beside, vector)]
        return held[: len(best)]

    def _named(self, query: Query, asked: Asked, vector: Vector, inside: frozenset[str]) -> Ranking:
        """The passages of the articles that the question names by number and regeling: they come before all that resembles."""
        return [(found, 1.0) for found in self._found(self._passages(query.references, query, asked, inside), vector)]

    def _passages(self, references: Sequence[Reference], query: Query, asked: Asked, inside: frozenset[str]) -> list[Passage]:
        """Where these articles stand in what the asker may see, on the day asked; one of no regeling in what the question names."""
        held = References(self.library)
        passages: list[Passage] = []
        unnamed = bool(inside) and not all(reference.law for reference in references)
        local = meant.repeated(query, (d for d in self.library.documents() if d.id in inside)) if unnamed else []
        for reference in references:
            for document in held.documents_named(reference.law, query.gemeenten) if reference.law else local:
                allowed = (asked.scopes is None or document.scope in asked.scopes) and (not asked.kinds or document.kind in asked.kinds)
                edition = held.edition_on(document, asked.as_of) if allowed else None
                passages += held.passages_of(reference, edition)[:_MOST_NAMED] if edition is not None else []
        return passages

    def _found(self, passages: Sequence[Passage], vector: Vector) -> list[Found]:
        """Passages as candidates, by their meaning alone."""
        made = self.library.vectors.of_passages(self.embedder.name, [p.id for p in passages])
        return [Found(p.id, float(made[p.id].passage @ vector), 0.0) for p in passages if p.id in made]


def ranked(
    index: Searchable,
    vector: Vector,
    query: Query,
    allowed: Filter,
    count: int = CANDIDATES,
    inside: frozenset[str] = frozenset(),
    called: Sequence[Found] = (),
) -> Ranking:
    """What an index holds for a question, best first: both searches fused. What every answer and every measurement goes through.

    `inside` are the documents that the question names: they are searched by themselves too, and their passages gain. So do those
    of the articles that are `called` by its words.
    """
    found = index.search(vector, query.sought, allowed, count)
    apart = index.search(vector, query.sought, replace(allowed, documents=inside), count) if inside else []
    every = {candidate.passage_id: candidate for candidate in (*called, *found, *apart)}
    gains = dict.fromkeys(every, 0.0)
    # An article is only called so where the question names its regeling, or none: then it is one of the passages inside.
    within = (*apart, *called) if inside and query.regelingen else apart
    for candidates, gain in ((within, GAIN_INSIDE), (called, GAIN_CALLED)):
        for key in {candidate.passage_id for candidate in candidates}:
            gains[key] += gain
    gained = np.array(list(gains.values()))
    scores = (fused(list(every.values())) + gained) / (1 + gained.max(initial=0.0))
    return sorted(zip(every.values(), map(float, scores), strict=True), key=lambda pair: -pair[1])


def _begun(passage: Passage, every: Sequence[Passage]) -> set[str]:
    """The ids of the passages before this one that hold the table in the middle of which it begins; `every` are those of its edition,
    in order."""
    before: set[str] = set()
    for earlier in reversed([p for p in every if p.end <= passage.start]):
        if not tables.goes_on(passage.text) or earlier.end != passage.start:
            break
        before.add(earlier.id)
        passage = earlier
    return before


def fused(found: Sequence[Found]) -> NDArray[np.float64]:
    """One score for each candidate: cosine and full text, each scaled to 0..1 over the candidates, mixed."""
    cosines = np.array([candidate.cosine for candidate in found])
    full = np.array([candidate.bm25 for candidate in found])
    return DENSE * scaled(cosines) + (1 - DENSE) * scaled(full, floor=0.0)


def read_again(reader: SecondReader, question: str, ranking: Ranking, texts: Mapping[str, str]) -> Ranking:
    """The best of a ranking in the order that both readings give them; who comes where changes, the scores at each place stay."""
    top = [pair for pair in ranking[:READ_AGAIN] if pair[0].passage_id in texts]
    first = scaled(np.array([score for _, score in top]))
    second = scaled(reader.scores(question, [texts[candidate.passage_id] for candidate, _ in top]))
    order = np.argsort(-((1 - SECOND) * first + SECOND * second), kind="stable")
    return [(top[place][0], score) for place, (_, score) in zip(order, top, strict=True)] + ranking[READ_AGAIN:]


def distinct(ranking: Ranking, sources: Mapping[str, Source]) -> Ranking:
    """Of passages with the same words, of one gemeente or of none, only one: that of the text with the highest authority, on the
    place of the first. What is not in `sources` is left out."""
    places: dict[tuple[str | None, tuple[str, ...]], int] = {}
    kept: Ranking = []
    for candidate, score in ranking:
        source = sources.get(candidate.passage_id)
        if source is None:
            continue
        key = (source.document.gemeente, tuple(dutch.words(source.passage.text)))
        place = places.setdefault(key, len(kept))
        if place == len(kept):
            kept.append((candidate, score))
        elif _weight(source) > _weight(sources[kept[place][0].passage_id]):
            kept[place] = (candidate, kept[place][1])
    return kept


def _weight(source: Source) -> tuple[bool, int, date]:
    return not source.edition.concept, AUTHORITY[source.document.kind], source.edition.valid_from or date.min


def _whole(source: Source) -> str:
    return "\n".join((source.document.title, " > ".join(source.passage.path), source.passage.text))


def scaled(scores: NDArray[np.float64], floor: float | None = None) -> NDArray[np.float64]:
    """Scores as shares of the width between the lowest, or `floor`, and the highest."""
    if not len(scores):
        return scores
    low = scores.min() if floor is None else floor
    width = scores.max() - low
    return (scores - low) / width if width > 0 else np.zeros_like(scores)
