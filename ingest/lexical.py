"""Full text: BM25 over Dutch terms, with fields, and compounds met halfway ("signalen van ondermijning" finds
"ondermijningssignalen"). Knows rows by number only.

Own code, not SQLite's FTS5: it scores every row in one pass of numpy, so that fusion sees the true score of each
candidate, and it can weigh the parts of a compound below the word itself. decisions/0005 has the measurements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.slips import SHORTEST
from ingest import dutch
from ingest.grown import Grown
from ingest.vocabulary import Vocabulary

K1, B = 1.2, 0.6
# What a word counts for in each field of a passage.
TITLE, PATH, TEXT = 0.6, 1.0, 1.0
# What a compound counts for when only a part of it is asked, and a part when the compound is asked.
COMPOUND, PART = 0.6, 0.5
# What a word of nearly the same meaning counts for.
SYNONYM = 0.5

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
    _forms: Counter[str] = field(default_factory=Counter)
    _vocabulary: Vocabulary | None = None

    def __len__(self) -> int:
        return len(self._lengths.rows)

    def add(self, passages: Sequence[Fields]) -> None:
        """Add passages as the next rows."""
        if not passages:
            return
        read = [_read(fields) for fields in passages]
        counted = [weights for weights, _ in read]
        for _, forms in read:
            self._forms.update(forms)
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

    def stands(self, sought: Sought, live: NDArray[np.bool_]) -> bool:
        """Whether a word, or one of its phrases, stands in a row that counts."""
        if self._lives(dutch.stem(sought.word), live):
            return True
        every = (self._frequencies(sought.word), *map(self._phrase, sought.also))
        return any(bool(live[rows].any()) for rows, _ in every)

    def meant(self, word: str, live: NDArray[np.bool_]) -> str | None:
        """Which word in the rows that count one that is written in none was probably meant to be. Where its stem, or what it is made of,
        does stand there, that is only another way to write the same."""
        other = self._words().meant(word, lambda term: self._lives(term, live))
        if other is None or dutch.stem(other) == dutch.stem(word):
            return other
        return None if self.stands(Sought(word), live) else other

    def _lives(self, term: str, live: NDArray[np.bool_]) -> bool:
        return bool(live[self._plain(term)[0]].any())

    def _phrase(self, phrase: Sequence[str]) -> Held:
        return self._least([self._frequencies(word) for word in phrase])

    def _frequencies(self, word: str) -> Held:
        """Which rows hold a word, and how much: itself, compounds with it, and its own parts where it is a compound."""
        held = [self._plain(dutch.stem(word))]
        held += [(rows, COMPOUND * weights) for rows, weights in map(self._plain, self._words().compounds(word))]
        parts = self._words().parts(word)
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

    def _words(self) -> Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = Vocabulary((term for segment in self._segments for term in segment.terms), self._known, self._forms)
        return self._vocabulary

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays, to be kept on disk."""
        if len(self._segments) > 1:
            self._segments = [_merged(self._segments)]
        if not self._segments:
            return {"lex_lengths": self._lengths.rows}
        s = self._segments[0]
        return {
            "lex_lengths": self._lengths.rows,
            "lex_terms": _lines(s.terms),
            "lex_starts": s.starts,
            "lex_rows": s.rows,
            "lex_weights": s.weights,
            "lex_forms": _lines(self._forms),
            "lex_written": np.array(list(self._forms.values()), np.int32),
        }

    @classmethod
    def from_arrays(cls, kept: Mapping[str, NDArray[np.generic]]) -> LexicalIndex:
        lengths = np.asarray(kept["lex_lengths"], np.float32)
        if "lex_terms" not in kept:
            return cls([], Grown(lengths))
        segment = _Segment(
            {term: n for n, term in enumerate(_from_lines(kept["lex_terms"]))},
            np.asarray(kept["lex_starts"], np.int64),
            np.asarray(kept["lex_rows"], np.int32),
            np.asarray(kept["lex_weights"], np.float32),
        )
        forms = Counter(dict(zip(_from_lines(kept["lex_forms"]), kept["lex_written"].tolist(), strict=True)))
        return cls([segment], Grown(lengths), forms)


def _read(fields: Fields) -> tuple[Counter[str], set[str]]:
    """What the terms of a passage weigh, and its words as they are written, as far as a slip may be told from them."""
    counted, forms = Counter[str](), set[str]()
    for text, weight in ((fields.title, TITLE), (fields.path, PATH), (fields.text, TEXT)):
        words = dutch.words(text)
        forms.update(word for word in words if len(word) >= SHORTEST and word.isalpha())
        for term, times in Counter(dutch.stem(word) for word in words if dutch.carries(word)).items():
            counted[term] += weight * times  # type: ignore[assignment]
    return counted, forms


def _lines(words: Iterable[str]) -> NDArray[np.generic]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _from_lines(kept: NDArray[np.generic]) -> list[str]:
    return bytes(np.asarray(kept, np.uint8)).decode().split("\n") if len(kept) else []


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
