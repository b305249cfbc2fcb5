"""Postings: which rows hold a term, and how much. A row is known by its number; rows ascend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]
Held = tuple[Rows, Floats]
NOWHERE: Held = (np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Segment:
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


def segment_of(counted: Sequence[Counter[str]], first: int) -> Segment:
    """Rows from number `first` on, each with what its terms weigh."""
    place = {term: n for n, term in enumerate(sorted({term for weights in counted for term in weights}))}
    terms = np.fromiter((place[term] for weights in counted for term in weights), np.int64)
    rows = np.repeat(np.arange(first, first + len(counted), dtype=np.int32), [len(weights) for weights in counted])
    values = np.fromiter((value for weights in counted for value in weights.values()), np.float32)
    return _sorted_segment(place, terms, rows, values)


def _sorted_segment(place: Mapping[str, int], terms: NDArray[np.int64], rows: Rows, weights: Floats) -> Segment:
    order = np.argsort(terms, kind="stable")
    starts = np.searchsorted(terms[order], np.arange(len(place) + 1)).astype(np.int64)
    return Segment(place, starts, rows[order], weights[order])


def merged(segments: Sequence[Segment]) -> Segment:
    """Segments of which no two hold the same row, as one."""
    names = sorted({term for segment in segments for term in segment.terms})
    place = {term: n for n, term in enumerate(names)}
    terms = [np.repeat([place[t] for t in s.terms], np.diff(s.starts)) for s in segments]
    rows, weights = np.concatenate([s.rows for s in segments]), np.concatenate([s.weights for s in segments])
    return _sorted_segment(place, np.concatenate(terms), rows, weights)


def among(held: Held, live: NDArray[np.bool_]) -> Held:
    """What is held by the rows that count."""
    rows, weights = held
    alive = live[rows]
    return rows[alive], weights[alive]


def _where(held: Floats) -> Held:
    rows = np.flatnonzero(held).astype(np.int32)
    return rows, held[rows]


def together(held: Sequence[Held], count: int) -> Held:
    """Rows that hold one of several, with all that they hold. `count` is how many rows there are."""
    held = [one for one in held if len(one[0])]
    if len(held) < 2:
        return held[0] if held else NOWHERE
    total = np.zeros(count, np.float32)
    for rows, weights in held:
        total[rows] += weights
    return _where(total)


def most(held: Sequence[Held], count: int) -> Held:
    """Rows that hold one of several, with the most that they hold of one. `count` is how many rows there are."""
    held = [one for one in held if len(one[0])]
    if len(held) < 2:
        return held[0] if held else NOWHERE
    best = np.zeros(count, np.float32)
    for rows, weights in held:
        best[rows] = np.maximum(best[rows], weights)
    return _where(best)


def least(held: Sequence[Held]) -> Held:
    """The rows that hold all, with the least that they hold of one."""
    rows, fewest = min(held, key=lambda one: len(one[0]))
    for others, weights in held:
        if others is not rows and len(rows):
            at = np.minimum(np.searchsorted(others, rows), len(others) - 1)
            both = others[at] == rows
            rows, fewest = rows[both], np.minimum(fewest, weights[at])[both]
    return rows, fewest
