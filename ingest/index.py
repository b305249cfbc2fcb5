"""What is searched: full text and vectors of every passage, with who may see it and when it counts. A cache of the truth.

It may be missing, damaged or behind at any start: `open` makes it good from the library, without embedding again. One process
holds it for writing; another that only asks questions reads a copy and searches the vectors exactly.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.model import Document, Edition
from corpus.validity import Status, status
from corpus.vectors import Vector
from ingest import dense, kept
from ingest.candidates import Found, best, candidates
from ingest.dense import DenseIndex
from ingest.lexical import Fields, Sought
from ingest.shelf import Filter, Rows, Shelf, signature, title

# Below this many allowed rows, scoring all of them exactly is faster than asking Chroma and filtering.
_EXACT = 6_000
# So many neighbours are asked of Chroma at most; where too few of them are allowed, all allowed rows are scored.
_MOST_ASKED = 1_000
_KEPT_PARTS = 64
log = logging.getLogger(__name__)


class SearchIndex(Protocol):
    """What the rest of the house knows of an index."""

    def replace(self, document: Document, edition: Edition) -> None: ...
    def remove(self, edition_id: str) -> None: ...
    def search(self, vector: Vector, words: Sequence[Sought], allowed: Filter, count: int) -> list[Found]: ...
    def rarity(self, word: str) -> float: ...
    def holds(self, sought: Sought, allowed: Filter) -> bool: ...
    def meant(self, word: str, allowed: Filter) -> str | None: ...
    def check(self) -> list[str]: ...
    def rebuild(self) -> None: ...
    def save(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of an index that a filter allows: which rows, how many, and what share of each partition."""

    live: NDArray[np.bool_]
    total: int
    shares: Mapping[str, float]


class LocalIndex:
    """The index of one data folder: full text in memory, vectors in Chroma and, for exact scores, in memory."""

    def __init__(self, library: Library, folder: Path, model: str, *, writer: bool, today: date) -> None:
        self._library, self._folder, self._model = library, folder, model
        self._writer, self._today = writer, today
        self._lock = threading.RLock()
        self._shelves: dict[str, Shelf] = {}
        self._rows = Rows()
        self._parts: dict[Filter, _Part] = {}
        self._dense: DenseIndex | None = None
        self._chroma = ""
        self._held: Any = None

    # --- opening and keeping ------------------------------------------------------------------------------------

    def open(self) -> None:
        """Take what is on disk, check it, bring it up to date; rebuild where it cannot be trusted."""
        if self._writer:
            self._held = kept.hold(self._folder)
        usable = self._take(kept.read(self._folder, self._model))
        if not self._writer:
            self._catch_up()
        elif usable and self._dense_is_sound():
            self._dense = DenseIndex(self._folder / self._chroma)
            self._catch_up()
        else:
            if kept.exists(self._folder):
                log.warning("De zoekindex is beschadigd of verouderd en wordt opnieuw gemaakt uit de bibliotheek.")
            self.rebuild()

    def save(self) -> None:
        """Write the index down. A reader writes nothing."""
        with self._lock:
            if self._writer:
                kept.write(self._folder, self._model, self._chroma, self._rows, self._shelves, self._library.generation())

    def close(self) -> None:
        self.save()
        if self._held is not None:
            self._held.close()

    # --- changing -----------------------------------------------------------------------------------------------

    def replace(self, document: Document, edition: Edition) -> None:
        """Put an edition in, or bring what is known of it up to date."""
        with self._lock:
            mark = signature(document, edition)
            held = self._shelves.get(edition.id)
            if held is not None and held.signature == mark:
                return
            self.remove(edition.id)
            self._parts.clear()
            self._shelves[edition.id] = Shelf(document, edition, self._add_rows(document, edition), mark)
            self._settle(document.id, fresh=edition.id)

    def remove(self, edition_id: str) -> None:
        with self._lock:
            held = self._shelves.pop(edition_id, None)
            if held is not None:
                self._parts.clear()
                self._rows.forget(held.rows)
                if self._dense is not None:
                    self._dense.drop(held.partition, held.rows)
                self._settle(held.document.id)

    def rebuild(self) -> None:
        """Make the index anew from the library."""
        with self._lock:
            self._shelves, self._rows = {}, Rows()
            self._parts.clear()
            if self._writer:
                self._chroma = f"chroma-{secrets.token_hex(4)}"
                self._dense = DenseIndex(self._folder / self._chroma)
            self._catch_up()
            for folder in self._folder.glob("chroma-*"):
                if self._writer and folder.name != self._chroma:
                    shutil.rmtree(folder, ignore_errors=True)

    # --- searching ----------------------------------------------------------------------------------------------

    def search(self, vector: Vector, words: Sequence[Sought], allowed: Filter, count: int) -> list[Found]:
        """The `count` best by cosine and the `count` best by full text, each with both scores."""
        with self._lock:
            part = self._part(allowed)
            if not part.total:
                return []
            return candidates(self._rows, vector, words, part.live, self._nearest(vector, part, count), count)

    def rarity(self, word: str) -> float:
        """How telling a word is in this library: its inverse document frequency, in natural logarithms."""
        with self._lock:
            return float(np.log((1 + len(self._rows)) / (1 + self._rows.lexical.document_frequency(word))))

    def holds(self, sought: Sought, allowed: Filter) -> bool:
        """Whether a word, or what means nearly the same, stands in anything that a filter allows."""
        with self._lock:
            return self._rows.lexical.stands(sought, self._part(allowed).live)

    def meant(self, word: str, allowed: Filter) -> str | None:
        """Which word in what a filter allows one that stands in none of it was probably meant to be; None where no slip makes one."""
        with self._lock:
            return self._rows.lexical.meant(word, self._part(allowed).live)

    def check(self) -> list[str]:
        """What is wrong with the index, one line each; nothing when it is in order."""
        with self._lock:
            wanted = {edition.id for edition in self._library.editions()}
            absent, surplus = len(wanted - set(self._shelves)), len(set(self._shelves) - wanted)
            found = [f"{absent} editie(s) ontbreken in de zoekindex"] * bool(absent)
            found += [f"{surplus} editie(s) in de zoekindex staan niet in de bibliotheek"] * bool(surplus)
            if self._dense is not None and not self._dense_is_sound():
                found.append("de vectorindex (Chroma) is onvolledig of beschadigd")
            return found

    # --- inside -------------------------------------------------------------------------------------------------

    def _part(self, allowed: Filter) -> _Part:
        """The part of the index that a filter allows; kept until the index changes, for most questions come with the same few."""
        found = self._parts.get(allowed)
        if found is None:
            live, held, total = np.zeros(len(self._rows), np.bool_), Counter[str](), Counter[str]()
            for shelf in self._shelves.values():
                total[shelf.partition] += len(shelf.rows)
                if shelf.allows(allowed):
                    live[shelf.rows.start : shelf.rows.stop] = True
                    held[shelf.partition] += len(shelf.rows)
            if len(self._parts) >= _KEPT_PARTS:
                self._parts.clear()
            shares = {name: rows / total[name] for name, rows in held.items() if rows}
            found = self._parts[allowed] = _Part(live, held.total(), shares)
        return found

    def _nearest(self, vector: Vector, part: _Part, count: int) -> NDArray[np.int64]:
        if self._dense is not None and part.total > _EXACT:
            # Of each partition so many that, when what is not allowed is taken out, `count` are left.
            found = [
                self._dense.nearest(name, vector, count if share == 1 else min(int(1.5 * count / share) + 10, _MOST_ASKED))
                for name, share in part.shares.items()
            ]
            rows, cosines = np.concatenate([r for r, _ in found]), np.concatenate([c for _, c in found])
            allowed = part.live[rows]
            if allowed.sum() >= count:
                return np.asarray(rows[allowed][best(cosines[allowed], count)], np.int64)
        rows = np.flatnonzero(part.live)
        return rows[best(self._rows.cosines(rows, vector), count)]

    def _add_rows(self, document: Document, edition: Edition) -> range:
        passages = self._library.texts.passages(edition.id)
        made = self._library.vectors.of_edition(self._model, edition.id)
        vectors = np.stack([made[p.id] for p in passages]).astype(np.float16)
        fields = [Fields(title(document, edition), " ".join(p.path), p.text) for p in passages]
        return self._rows.add([p.id for p in passages], edition.id, vectors, fields)

    def _settle(self, document_id: str, fresh: str | None = None) -> None:
        """Say again, for the editions of a document, which is the last and which is current; move what changed partition."""
        self._parts.clear()
        shelves = [shelf for shelf in self._shelves.values() if shelf.document.id == document_id]
        newest = max((s.edition.valid_from or date.min for s in shelves if not s.edition.concept), default=date.min)
        for shelf in shelves:
            before = shelf.partition
            shelf.last = shelf.edition.concept or (shelf.edition.valid_from or date.min) >= newest
            shelf.current = status(shelf.document, shelf.edition, self._today) in (Status.GELDEND, Status.CONCEPT)
            is_fresh = shelf.edition.id == fresh
            if self._dense is not None and (is_fresh or shelf.partition != before):
                if not is_fresh:
                    self._dense.drop(before, shelf.rows)
                self._dense.put(shelf.partition, shelf.rows, self._rows.vectors[shelf.rows.start : shelf.rows.stop].astype(np.float32))

    def _catch_up(self) -> None:
        """Make the index hold what the library shows, whatever it held before."""
        wanted = {edition.id: edition for edition in self._library.editions()}
        documents = {document.id: document for document in self._library.documents()}
        for key in set(self._shelves) - set(wanted):
            self.remove(key)
        for edition in wanted.values():
            self.replace(documents[edition.document_id], edition)
        for document_id in documents:
            self._settle(document_id)
        self.save()

    def _take(self, found: kept.Kept | None) -> bool:
        """Take up an index as it was kept. Shelves that the library does not know any more are left out."""
        if found is None:
            return False
        self._rows, self._chroma = found.rows, found.chroma
        rows = found.rows.of_shelves()
        editions = {edition.id: edition for edition in self._library.editions()}
        documents = {document.id: document for document in self._library.documents()}
        for key, said in found.shelves.items():
            if (edition := editions.get(key)) is not None:
                current = said["partition"].endswith("-nu")
                self._shelves[key] = Shelf(
                    documents[edition.document_id], edition, rows.get(key, range(0)), said["signature"], current=current
                )
        return True

    def _dense_is_sound(self) -> bool:
        expected: dict[str, int] = {}
        for shelf in self._shelves.values():
            expected[shelf.partition] = expected.get(shelf.partition, 0) + len(shelf.rows)
        if not len(self._rows):
            return not expected
        return dense.check(self._folder / self._chroma, expected, self._rows.vectors[-1].astype(np.float32))
