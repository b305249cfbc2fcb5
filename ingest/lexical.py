"""Full text: BM25 over Dutch terms, with fields, and compounds met halfway ("signalen van ondermijning" finds
"ondermijningssignalen"). Knows rows by number only.

Own code, not SQLite's FTS5: it scores every row in one pass of numpy, so that fusion sees the true score of each
candidate, and it can weigh the parts of a compound below the word itself. decisions/0005 has the measurements.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest import dutch

K1, B = 1.2, 0.6
# What a word counts for in each field of a passage.
TITLE, PATH, TEXT = 0.6, 1.0, 1.0
# What a compound counts for when only a part of it is asked, and a part when the compound is asked.
COMPOUND, PART = 0.6, 0.5
# What a word of nearly the same meaning counts for.
SYNONYM = 0.5
_SHORTEST_PART = 4
_MOST_COMPOUNDS = 60

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Fields:
    """The text of a passage as it is searched."""

    title: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """Postings by term: rows and weights of term i at `starts[i]:starts[i + 1]`. `terms` is sorted."""

    terms: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: Rows
    weights: Floats

    def postings(self, term: str) -> tuple[Rows, Floats]:
        at = self.terms.get(term)
        if at is None:
            return _NONE, _NO_WEIGHTS
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.rows[span], self.weights[span]


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, with phrases that mean nearly the same; a phrase counts where all its words stand."""

    word: str
    also: tuple[tuple[str, ...], ...] = ()


_NONE = np.empty(0, np.int32)
_NO_WEIGHTS = np.empty(0, np.float32)


@dataclass(slots=True)
class LexicalIndex:
    """Rows are added at the end and never change; what is removed is left to the caller's mask."""

    _segments: list[_Segment] = field(default_factory=list)
    _lengths: Floats = field(default_factory=lambda: np.empty(0, np.float32))
    _vocabulary: tuple[list[str], list[str]] | None = None

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, passages: Sequence[Fields]) -> None:
        """Add passages as the next rows."""
        if not passages:
            return
        counted = [_weights(fields) for fields in passages]
        first = len(self._lengths)
        self._lengths = np.concatenate([self._lengths, np.array([sum(c.values()) for c in counted], np.float32)])
        self._segments.append(_segment(counted, first))
        self._vocabulary = None
        if len(self._segments) > 6:
            self._merge()

    def scores(self, question: Sequence[Sought], live: NDArray[np.bool_]) -> Floats:
        """BM25 of every row for what is sought. `live` tells which rows count, for document frequencies too; others get 0."""
        total = np.zeros(len(self._lengths), np.float32)
        count = int(live.sum())
        if not count:
            return total
        norm = K1 * (1 - B + B * self._lengths / max(float(self._lengths[live].mean()), 1.0))
        for sought in dict.fromkeys(question):
            found = self._frequencies(sought.word)
            df = int((live & (found > 0)).sum())
            if sought.also:
                found = np.maximum(found, SYNONYM * np.maximum.reduce([self._phrase(phrase) for phrase in sought.also]))
                df = max(df, round(0.5 * int((live & (found > 0)).sum()) + 0.5))
            if df:
                idf = np.log(1 + (count - df + 0.5) / (df + 0.5))
                total += np.where(live, idf * found * (K1 + 1) / (found + norm), 0).astype(np.float32)
        return total

    def _phrase(self, phrase: Sequence[str]) -> Floats:
        return np.asarray(np.minimum.reduce([self._frequencies(word) for word in phrase]), np.float32)

    def document_frequency(self, word: str) -> int:
        """In how many rows a word (as `dutch.words` gives it) stands, alone or in a compound."""
        return int((self._frequencies(word) > 0).sum())

    def _frequencies(self, word: str) -> Floats:
        """How much a row holds of a word: itself, compounds with it, and its own parts where it is a compound."""
        found = np.zeros(len(self._lengths), np.float32)
        term = dutch.stem(word)
        for other, weight in ((term, 1.0), *((c, COMPOUND) for c in self._compounds(word, term))):
            for segment in self._segments:
                rows, weights = segment.postings(other)
                found[rows] += weight * weights
        parts = self._parts(word)
        if parts:
            both = np.minimum.reduce([self._plain(part) for part in parts])
            found += PART * both
        return found

    def _plain(self, term: str) -> Floats:
        found = np.zeros(len(self._lengths), np.float32)
        for segment in self._segments:
            rows, weights = segment.postings(term)
            found[rows] += weights
        return found

    def _known(self, term: str) -> bool:
        return any(term in segment.terms for segment in self._segments)

    def _compounds(self, word: str, term: str) -> list[str]:
        """Terms of the library that are a compound with this word in front or at the end."""
        if len(term) < _SHORTEST_PART or word[0].isdigit():
            return []
        forward, backward = self._sorted_vocabulary()
        found = [other for other in _starting(forward, word) if self._is_rest(other[len(word) :])]
        found += [other[::-1] for other in _starting(backward, term[::-1]) if self._is_head(other[::-1][: -len(term)])]
        return [other for other in dict.fromkeys(found) if other != term][:_MOST_COMPOUNDS]

    def _is_rest(self, rest: str) -> bool:
        """Whether what follows a word in a compound is itself a word, after a linking letter if any."""
        return any(len(rest) - len(link) >= 3 and rest.startswith(link) and self._known(rest[len(link) :]) for link in ("", "s", "en", "e"))

    def _is_head(self, head: str) -> bool:
        return any(
            len(head) - len(link) >= 3 and head.endswith(link) and self._known(dutch.stem(head[: len(head) - len(link)]))
            for link in ("", "s", "en", "e")
        )

    def _parts(self, word: str) -> list[str]:
        """The two parts of a compound, as terms, where the library knows both; the longest first part wins."""
        if len(word) < 2 * _SHORTEST_PART or word[0].isdigit():
            return []
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            tail = dutch.stem(word[cut:])
            if not self._known(tail):
                continue
            for link in ("s", "en", "e", ""):
                head = word[: cut - len(link)] if link and word[:cut].endswith(link) else (word[:cut] if not link else "")
                if len(head) >= _SHORTEST_PART and self._known(dutch.stem(head)):
                    return [dutch.stem(head), tail]
        return []

    def _sorted_vocabulary(self) -> tuple[list[str], list[str]]:
        if self._vocabulary is None:
            terms = {term for segment in self._segments for term in segment.terms if len(term) > _SHORTEST_PART + 2 and term.isalpha()}
            self._vocabulary = sorted(terms), sorted(term[::-1] for term in terms)
        return self._vocabulary

    def _merge(self) -> None:
        names = sorted({term for segment in self._segments for term in segment.terms})
        place = {term: n for n, term in enumerate(names)}
        terms = [np.repeat([place[t] for t in s.terms], np.diff(s.starts)) for s in self._segments]
        self._segments = [
            _sorted_segment(
                place,
                np.concatenate(terms),
                np.concatenate([s.rows for s in self._segments]),
                np.concatenate([s.weights for s in self._segments]),
            )
        ]

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays, to be kept on disk."""
        if len(self._segments) > 1:
            self._merge()
        if not self._segments:
            return {"lex_lengths": self._lengths}
        s = self._segments[0]
        names = np.frombuffer("\n".join(s.terms).encode(), np.uint8)
        return {"lex_lengths": self._lengths, "lex_terms": names, "lex_starts": s.starts, "lex_rows": s.rows, "lex_weights": s.weights}

    @classmethod
    def from_arrays(cls, kept: Mapping[str, NDArray[np.generic]]) -> LexicalIndex:
        lengths = np.asarray(kept["lex_lengths"], np.float32)
        if "lex_terms" not in kept:
            return cls([], lengths)
        names = bytes(np.asarray(kept["lex_terms"], np.uint8)).decode().split("\n")
        segment = _Segment(
            {term: n for n, term in enumerate(names)},
            np.asarray(kept["lex_starts"], np.int64),
            np.asarray(kept["lex_rows"], np.int32),
            np.asarray(kept["lex_weights"], np.float32),
        )
        return cls([segment], lengths)


def _weights(fields: Fields) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text, weight in ((fields.title, TITLE), (fields.path, PATH), (fields.text, TEXT)):
        for term, times in Counter(dutch.terms(text)).items():
            counted[term] += weight * times  # type: ignore[assignment]
    return counted


def _segment(counted: Sequence[Counter[str]], first: int) -> _Segment:
    place = {term: n for n, term in enumerate(sorted({term for weights in counted for term in weights}))}
    terms = np.fromiter((place[term] for weights in counted for term in weights), np.int64)
    rows = np.repeat(np.arange(first, first + len(counted), dtype=np.int32), [len(weights) for weights in counted])
    values = np.fromiter((value for weights in counted for value in weights.values()), np.float32)
    return _sorted_segment(place, terms, rows, values)


def _sorted_segment(place: Mapping[str, int], terms: NDArray[np.int64], rows: Rows, weights: Floats) -> _Segment:
    order = np.argsort(terms, kind="stable")
    starts = np.searchsorted(terms[order], np.arange(len(place) + 1)).astype(np.int64)
    return _Segment(place, starts, rows[order], weights[order])


def _starting(ordered: list[str], prefix: str) -> Iterator[str]:
    at = bisect.bisect_left(ordered, prefix)
    while at < len(ordered) and ordered[at].startswith(prefix):
        yield ordered[at]
        at += 1
