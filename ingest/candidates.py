"""Which rows of an index may answer: the nearest in meaning and the best in words, each with both scores. Pure numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.vectors import Vector
from ingest.lexical import Sought
from ingest.shelf import Rows


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: its cosine with the question and its full-text score."""

    passage_id: str
    cosine: float
    bm25: float


def candidates(
    rows: Rows, vector: Vector, words: Sequence[Sought], live: NDArray[np.bool_], near: NDArray[np.int64], count: int
) -> list[Found]:
    """The rows `near` and the `count` best by full text, of those that are live."""
    bm25 = rows.lexical.scores(words, live)
    full = best(bm25, count)
    chosen = np.unique(np.concatenate([near, full[bm25[full] > 0]]))
    cosines = rows.cosines(chosen, vector)
    return [Found(rows.ids[r], float(c), float(bm25[r])) for r, c in zip(chosen, cosines, strict=True)]


def best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest scores, highest first; equal scores in order of place."""
    if len(scores) > 4 * count:
        some = np.argpartition(-scores, count)[: count + 1]
        some.sort()
        return some[np.argsort(-scores[some], kind="stable")][:count]
    return np.argsort(-scores, kind="stable")[:count]
