"""One order from two searches: scores fused, gains added, a second reading mixed in, what says the same merged. Pure but for the searching."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.understand.question import Query
from corpus.model import Source
from corpus.validity import AUTHORITY
from corpus.vectors import Vector
from ingest.candidates import Found
from ingest.lexical import Sought
from ingest.shelf import Filter

_WORD = re.compile(r"\w+")

CANDIDATES = 100
# So many of the best are read again, where a second ranking is configured, and how much that counts beside the first.
READ_AGAIN = 30
SECOND = 0.5
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


class SecondReader(Protocol):
    """Reads a question and a text together; a higher score is a better answer."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]: ...


Ranking = list[tuple[Found, float]]


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


def with_meaning(ranking: Ranking, gives: set[str]) -> Ranking:
    """The ranking in which the passages that give the meaning that was asked gain."""
    most = GAIN_DEFINES if gives else 0.0
    raised = [(one, (score + most * (one.passage_id in gives)) / (1 + most)) for one, score in ranking]
    return sorted(raised, key=lambda pair: -pair[1])


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
        key = (source.document.gemeente, tuple(_WORD.findall(source.passage.text.lower())))
        place = places.setdefault(key, len(kept))
        if place == len(kept):
            kept.append((candidate, score))
        elif _weight(source) > _weight(sources[kept[place][0].passage_id]):
            kept[place] = (candidate, kept[place][1])
    return kept


def _weight(source: Source) -> tuple[bool, int, date]:
    return not source.edition.concept, AUTHORITY[source.document.kind], source.edition.valid_from or date.min


def scaled(scores: NDArray[np.float64], floor: float | None = None) -> NDArray[np.float64]:
    """Scores as shares of the width between the lowest, or `floor`, and the highest."""
    if not len(scores):
        return scores
    low = scores.min() if floor is None else floor
    width = scores.max() - low
    return (scores - low) / width if width > 0 else np.zeros_like(scores)
