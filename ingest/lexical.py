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
from ingest.grown import Grown

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
        """The rows that hold a term of this segment, ascending, with how much they hold."""
        at = self.terms[term]
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.rows[span], self.weights[span]


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, with phrases that mean nearly the same; a phrase counts where all its words stand."""

    word: str
    also: tuple[tuple[str, ...], ...] = ()


Held = tuple[Rows, Floats]
_NOWHERE: Held = (np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(slots=True)
class LexicalIndex:
    """Rows are added at the end and never change; what is removed is left to the caller's mask.

    The postings of a word are handled as the rows that hold it with how much they hold: what a question costs grows with how
    often its words stand in the library, not with the library.
    """

    _segments: list[_Segment] = field(default_factory=list)
    _lengths: Grown[np.float32] = field(default_factory=lambda: Grown(np.empty(0, np.float32)))
    _vocabulary: tuple[list[str], list[str]] | None = None

    def __len__(self) -> int:
        return len(self._lengths.rows)

    def add(self, passages: Sequence[Fields]) -> None:
        """Add passages as the next rows."""
        if not passages:
            return
        counted = [_weights(fields) for fields in passages]
        self._segments.append(_segment(counted, len(self)))
        self._lengths.add(np.array([sum(c.values()) for c in counted], np.float32))
        self._vocabulary = None
        # Of two neighbours the older is at least twice as large: few segments to look in, and each posting is moved seldom.
        while len(self._segments) > 1 and len(self._segments[-2].rows) < 2 * len(self._segments[-1].rows):
            self._segments[-2:] = [_merged(self._segments[-2:])]

    def scores(self, question: Sequence[Sought], live: NDArray[np.bool_]) -> Floats:
        """BM25 of every row for what is sought. `live` tells which rows count, for document frequencies too; others get 0."""
        total = np.zeros(len(self), np.float32)
        count = int(live.sum())
        if not count:
            return total
        lengths = self._lengths.rows
        mean = max(float(np.dot(lengths, live) / count), 1.0)
        for sought in dict.fromkeys(question):
            rows, held = _among(self._frequencies(sought.word), live)
            df = len(rows)
            if sought.also:
                near = self._most([_among(self._phrase(phrase), live) for phrase in sought.also])
                rows, held = self._most([(rows, held), (near[0], SYNONYM * near[1])])
                df = max(df, round(0.5 * len(rows) + 0.5))
            if df:
                idf = float(np.log(1 + (count - df + 0.5) / (df + 0.5)))
                norm = K1 * (1 - B + B * lengths[rows] / mean)
                total[rows] += idf * held * (K1 + 1) / (held + norm)
        return total

    def document_frequency(self, word: str) -> int:
        """In how many rows a word (as `dutch.words` gives it) stands, alone or in a compound."""
        return len(self._frequencies(word)[0])

    def _phrase(self, phrase: Sequence[str]) -> Held:
        return self._least([self._frequencies(word) for word in phrase])

    def _frequencies(self, word: str) -> Held:
        """Which rows hold a word, and how much: itself, compounds with it, and its own parts where it is a compound."""
        term = dutch.stem(word)
        held = [self._plain(term)]
        held += [(rows, COMPOUND * weights) for rows, weights in map(self._plain, self._compounds(word, term))]
        parts = self._parts(word)
        if parts:
            rows, weights = self._least([self._plain(part) for part in parts])
            held.append((rows, PART * weights))
        return self._sum(held)

    def _plain(self, term: str) -> Held:
        found = [segment.postings(term) for segment in self._segments if term in segment.terms]
        if len(found) < 2:
            return found[0] if found else _NOWHERE
        return np.concatenate([rows for rows, _ in found]), np.concatenate([weights for _, weights in found])

    def _sum(self, held: Sequence[Held]) -> Held:
        held = [one for one in held if len(one[0])]
        if len(held) < 2:
            return held[0] if held else _NOWHERE
        total = np.zeros(len(self), np.float32)
        for rows, weights in held:
            total[rows] += weights
        return _where(total)

    def _most(self, held: Sequence[Held]) -> Held:
        held = [one for one in held if len(one[0])]
        if len(held) < 2:
            return held[0] if held else _NOWHERE
        most = np.zeros(len(self), np.float32)
        for rows, weights in held:
            most[rows] = np.maximum(most[rows], weights)
        return _where(most)

    def _least(self, held: Sequence[Held]) -> Held:
        """The rows that hold all, with the least that they hold of one."""
        rows, least = min(held, key=lambda one: len(one[0]))
        for others, weights in held:
            if others is not rows and len(rows):
                at = np.minimum(np.searchsorted(others, rows), len(others) - 1)
                both = others[at] == rows
                rows, least = rows[both], np.minimum(least, weights[at])[both]
        return rows, least

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

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays, to be kept on disk."""
        if len(self._segments) > 1:
            self._segments = [_merged(self._segments)]
        if not self._segments:
            return {"lex_lengths": self._lengths.rows}
        s = self._segments[0]
        names = np.frombuffer("\n".join(s.terms).encode(), np.uint8)
        return {"lex_lengths": self._lengths.rows, "lex_terms": names, "lex_starts": s.starts, "lex_rows": s.rows, "lex_weights": s.weights}

    @classmethod
    def from_arrays(cls, kept: Mapping[str, NDArray[np.generic]]) -> LexicalIndex:
        lengths = np.asarray(kept["lex_lengths"], np.float32)
        if "lex_terms" not in kept:
            return cls([], Grown(lengths))
        names = bytes(np.asarray(kept["lex_terms"], np.uint8)).decode().split("\n")
        segment = _Segment(
            {term: n for n, term in enumerate(names)},
            np.asarray(kept["lex_starts"], np.int64),
            np.asarray(kept["lex_rows"], np.int32),
            np.asarray(kept["lex_weights"], np.float32),
        )
        return cls([segment], Grown(lengths))


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


def _merged(segments: Sequence[_Segment]) -> _Segment:
    names = sorted({term for segment in segments for term in segment.terms})
    place = {term: n for n, term in enumerate(names)}
    terms = [np.repeat([place[t] for t in s.terms], np.diff(s.starts)) for s in segments]
    rows, weights = np.concatenate([s.rows for s in segments]), np.concatenate([s.weights for s in segments])
    return _sorted_segment(place, np.concatenate(terms), rows, weights)


def _among(held: Held, live: NDArray[np.bool_]) -> Held:
    rows, weights = held
    alive = live[rows]
    return rows[alive], weights[alive]


def _where(held: Floats) -> Held:
    rows = np.flatnonzero(held).astype(np.int32)
    return rows, held[rows]


def _starting(ordered: list[str], prefix: str) -> Iterator[str]:
    at = bisect.bisect_left(ordered, prefix)
    while at < len(ordered) and ordered[at].startswith(prefix):
        yield ordered[at]
        at += 1
