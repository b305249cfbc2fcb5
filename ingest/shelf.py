"""An edition as it stands in the index, and what a search may find of it. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Edition, Kind, content_id
from corpus.validity import speaks
from corpus.vectors import Vector
from ingest.grown import Grown
from ingest.lexical import Fields, LexicalIndex


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search may find. None is no restriction; `gemeenten` restricts local documents only, national ones stay in."""

    on: date
    scopes: frozenset[str] | None = None
    gemeenten: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None
    documents: frozenset[str] | None = None


@dataclass(slots=True)
class Shelf:
    """An edition with its rows. `last` tells that its document has no newer one, `current` that it is in today's partition."""

    document: Document
    edition: Edition
    rows: range
    signature: str
    last: bool = True
    current: bool = False

    @property
    def partition(self) -> str:
        return f"{self.document.scope}-{'nu' if self.current else 'toen'}"

    def allows(self, allowed: Filter) -> bool:
        d = self.document
        return (
            (allowed.scopes is None or d.scope in allowed.scopes)
            and (allowed.gemeenten is None or d.gemeente is None or d.gemeente in allowed.gemeenten)
            and (allowed.kinds is None or d.kind in allowed.kinds)
            and (allowed.documents is None or d.id in allowed.documents)
            and speaks(d, self.edition, allowed.on, last=self.last)
        )


@dataclass(slots=True)
class Rows:
    """All rows that were added since the last rebuild; those of removed editions belong to no shelf any more."""

    ids: list[str] = field(default_factory=list)
    shelf: list[str] = field(default_factory=list)
    stacked: Grown[np.float16] = field(default_factory=lambda: Grown(np.empty((0, 0), np.float16)))
    lexical: LexicalIndex = field(default_factory=LexicalIndex)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def vectors(self) -> NDArray[np.float16]:
        """One a row, at length 1."""
        return self.stacked.rows

    def cosines(self, rows: NDArray[np.int64], vector: Vector) -> NDArray[np.float32]:
        """The cosine of a vector with each of these rows; before anything was added, no row has a width."""
        if not len(rows):
            return np.empty(0, np.float32)
        return np.asarray(self.vectors[rows].astype(np.float32) @ vector, np.float32)

    def add(self, ids: Sequence[str], edition_id: str, vectors: NDArray[np.float16], fields: Sequence[Fields]) -> range:
        """Add the passages of an edition; answers with their rows."""
        first = len(self.ids)
        self.ids += ids
        self.shelf += [edition_id] * len(ids)
        self.stacked.add(vectors)
        self.lexical.add(fields)
        return range(first, first + len(ids))

    def forget(self, rows: range) -> None:
        """Say of rows that they belong to no edition any more."""
        self.shelf[rows.start : rows.stop] = [""] * len(rows)

    def of_shelves(self) -> dict[str, range]:
        """The rows of each edition, by its id: they stand together, for an edition is added whole."""
        found: dict[str, range] = {}
        first = 0
        for key, run in groupby(self.shelf):
            last = first + sum(1 for _ in run)
            if key:
                found[key] = range(first, last)
            first = last
        return found


def title(document: Document, edition: Edition) -> str:
    """The title as it is searched: with the words of the file name, which a curator chose."""
    return f"{document.title} {Path(edition.filename).stem.replace('-', ' ').replace('_', ' ')}"


def signature(document: Document, edition: Edition) -> str:
    """Changes when anything that the index knows of an edition changes."""
    return content_id("s", asdict(document), asdict(edition))
