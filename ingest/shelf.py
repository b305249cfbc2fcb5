"""An edition as it stands in the index, and what a search may find of it. Pure values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document, Edition, Kind, content_id
from corpus.validity import speaks
from ingest.lexical import Fields, LexicalIndex


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search may find. None is no restriction; `gemeenten` restricts local documents only, national ones stay in."""

    on: date
    scopes: frozenset[str] | None = None
    gemeenten: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None


@dataclass(slots=True)
class Shelf:
    """An edition with its rows. `last` tells that its document has no newer one, `current` that it is in today's partition."""

    document: Document
    edition: Edition
    rows: list[int]
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
            and speaks(d, self.edition, allowed.on, last=self.last)
        )


@dataclass(slots=True)
class Rows:
    """All rows that were added since the last rebuild; those of removed editions belong to no shelf any more."""

    ids: list[str] = field(default_factory=list)
    shelf: list[str] = field(default_factory=list)
    vectors: NDArray[np.float16] = field(default_factory=lambda: np.empty((0, 0), np.float16))
    lexical: LexicalIndex = field(default_factory=LexicalIndex)

    def add(self, ids: Sequence[str], edition_id: str, vectors: NDArray[np.float16], fields: Sequence[Fields]) -> list[int]:
        """Add the passages of an edition; answers with their rows."""
        first = len(self.ids)
        self.ids += ids
        self.shelf += [edition_id] * len(ids)
        self.vectors = vectors if first == 0 else np.concatenate([self.vectors, vectors])
        self.lexical.add(fields)
        return list(range(first, first + len(ids)))

    def forget(self, rows: Sequence[int]) -> None:
        """Say of rows that they belong to no edition any more."""
        for row in rows:
            self.shelf[row] = ""

    def of_shelves(self) -> dict[str, list[int]]:
        """The rows of each edition, by its id."""
        found: dict[str, list[int]] = {}
        for row, key in enumerate(self.shelf):
            if key:
                found.setdefault(key, []).append(row)
        return found


def title(document: Document, edition: Edition) -> str:
    """The title as it is searched: with the words of the file name, which a curator chose."""
    return f"{document.title} {Path(edition.filename).stem.replace('-', ' ').replace('_', ' ')}"


def signature(document: Document, edition: Edition) -> str:
    """Changes when anything that the index knows of an edition changes."""
    return content_id("s", asdict(document), asdict(edition))
