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
from ingest.postings import NOWHERE, Floats, Held, Segment, among, least, merged, most, segment_of, together
from ingest.vocabulary import Vocabulary

K1, B = 1.2, 0.6
# What a word counts for in each field of a passage.
TITLE, PATH, TEXT = 0.6, 1.0, 1.0
# What a compound counts for when only a part of it is asked, and a part when the compound is asked.
COMPOUND, PART = 0.6, 0.5
# What a word of nearly the same meaning counts for.
SYNONYM = 0.5


@dataclass(frozen=True, slots=True)
class Fields:
    """The text of a passage as it is searched."""

    title: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, with phrases that mean nearly the same; a phrase counts where all its words stand."""

    word: str
    also: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class LexicalIndex:
    """Rows are added at the end and never change; what is removed is left to the caller's mask.

    The postings of a word are handled as the rows that hold it with how much they hold: what a question costs grows with how
    often its words stand in the library, not with the library.
    """

    _segments: list[Segment] = field(default_factory=list)
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
        self._segments.append(segment_of(counted, len(self)))
        self._lengths.add(np.array([sum(c.values()) for c in counted], np.float32))
        self._vocabulary = None
        # Of two neighbours the older is at least twice as large: few segments to look in, and each posting is moved seldom.
        while len(self._segments) > 1 and len(self._segments[-2].rows) < 2 * len(self._segments[-1].rows):
            self._segments[-2:] = [merged(self._segments[-2:])]

    def scores(self, question: Sequence[Sought], live: NDArray[np.bool_]) -> Floats:
        """BM25 of every row for what is sought. `live` tells which rows count, for document frequencies too; others get 0."""
        total = np.zeros(len(self), np.float32)
        count = int(live.sum())
        if not count:
            return total
        lengths = self._lengths.rows
        mean = max(float(np.dot(lengths, live) / count), 1.0)
        for sought in dict.fromkeys(question):
            rows, held = among(self._frequencies(sought.word), live)
            df = len(rows)
            if sought.also:
                near = most([among(self._phrase(phrase), live) for phrase in sought.also], len(self))
                rows, held = most([(rows, held), (near[0], SYNONYM * near[1])], len(self))
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
        return least([self._frequencies(word) for word in phrase])

    def _frequencies(self, word: str) -> Held:
        """Which rows hold a word, and how much: itself, compounds with it, and its own parts where it is a compound."""
        held = [self._plain(dutch.stem(word))]
        held += [(rows, COMPOUND * weights) for rows, weights in map(self._plain, self._words().compounds(word))]
        parts = self._words().parts(word)
        if parts:
            rows, weights = least([self._plain(part) for part in parts])
            held.append((rows, PART * weights))
        return together(held, len(self))

    def _plain(self, term: str) -> Held:
        found = [segment.postings(term) for segment in self._segments if term in segment.terms]
        if len(found) < 2:
            return found[0] if found else NOWHERE
        return np.concatenate([rows for rows, _ in found]), np.concatenate([weights for _, weights in found])

    def _known(self, term: str) -> bool:
        return any(term in segment.terms for segment in self._segments)

    def _words(self) -> Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = Vocabulary((term for segment in self._segments for term in segment.terms), self._known, self._forms)
        return self._vocabulary

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Everything as arrays, to be kept on disk."""
        if len(self._segments) > 1:
            self._segments = [merged(self._segments)]
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
        segment = Segment(
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
