"""What is searched: full text and vectors of every passage, with who may see it and when it counts. A cache of the truth.

It may be missing, damaged or behind at any start: `open_index` makes it good from the library, without embedding again.
One process holds it for writing; another that only asks questions reads a copy and searches the vectors exactly.
"""

from __future__ import annotations

import fcntl
import json
import logging
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Busy
from corpus.library import Library
from corpus.model import Document, Edition, Kind, content_id
from corpus.validity import Status, speaks, status
from corpus.vectors import Vector
from ingest import dense, dutch
from ingest.dense import DenseIndex
from ingest.lexical import Fields, LexicalIndex, Sought

FORMAT = 1
# Below this many allowed rows, scoring all of them exactly is faster than asking Chroma and filtering.
_EXACT = 6_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search may find. None is no restriction; `gemeenten` restricts local documents only, national ones stay in."""

    on: date
    scopes: frozenset[str] | None = None
    gemeenten: frozenset[str] | None = None
    kinds: frozenset[Kind] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: its cosine with the question and its full-text score."""

    passage_id: str
    cosine: float
    bm25: float


class SearchIndex(Protocol):
    """What the rest of the house knows of an index."""

    def replace(self, document: Document, edition: Edition) -> None: ...
    def remove(self, edition_id: str) -> None: ...
    def search(self, vector: Vector, words: Sequence[Sought], allowed: Filter, count: int) -> list[Found]: ...
    def rarity(self, word: str) -> float: ...
    def check(self) -> list[str]: ...
    def rebuild(self) -> None: ...
    def save(self) -> None: ...
    def close(self) -> None: ...


@dataclass(slots=True)
class _Shelf:
    """An edition as it stands in the index."""

    document: Document
    edition: Edition
    last: bool
    rows: list[int]
    signature: str
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
class _Rows:
    """All rows that were ever added since the last rebuild; those of removed editions belong to no shelf any more."""

    ids: list[str] = field(default_factory=list)
    shelf: list[str] = field(default_factory=list)
    vectors: NDArray[np.float16] = field(default_factory=lambda: np.empty((0, 0), np.float16))
    lexical: LexicalIndex = field(default_factory=LexicalIndex)

    def add(self, ids: Sequence[str], edition_id: str, vectors: NDArray[np.float16], fields: Sequence[Fields]) -> list[int]:
        first = len(self.ids)
        self.ids += ids
        self.shelf += [edition_id] * len(ids)
        self.vectors = vectors if first == 0 else np.concatenate([self.vectors, vectors])
        self.lexical.add(fields)
        return list(range(first, first + len(ids)))


class LocalIndex:
    """The index of one data folder: full text in memory, vectors in Chroma and, for exact scores, in memory."""

    def __init__(self, library: Library, folder: Path, model: str, *, writer: bool, today: date) -> None:
        self._library, self._folder, self._model = library, folder, model
        self._writer, self._today = writer, today
        self._lock = threading.RLock()
        self._shelves: dict[str, _Shelf] = {}
        self._rows = _Rows()
        self._dense: DenseIndex | None = None
        self._held: Any = None
        self._name = "chroma-0"

    # --- opening and keeping ------------------------------------------------------------------------------------

    def open(self) -> None:
        """Take what is on disk, check it, bring it up to the library's generation; rebuild where it cannot be trusted."""
        if self._writer:
            self._held = _hold(self._folder)
        kept = self._load()
        if kept and not (self._writer and not self._dense_is_sound()):
            if self._writer:
                self._dense = DenseIndex(self._folder / self._name)
            self._catch_up()
        elif self._writer:
            if (self._folder / "manifest.json").exists():
                log.warning("De zoekindex is beschadigd of verouderd en wordt opnieuw gemaakt uit de bibliotheek.")
            self.rebuild()
        else:
            self._catch_up()

    def save(self) -> None:
        """Write the index down: the arrays first, then, in one step, the manifest that names them."""
        with self._lock:
            if not self._writer:
                return
            generation = self._library.generation()
            name = f"index-{generation}-{len(self._rows.ids)}.npz"
            arrays = {"ids": np.array(self._rows.ids, "S40"), "shelf": np.array(self._rows.shelf, "S40"), "vectors": self._rows.vectors}
            with (self._folder / "unfinished.npz").open("wb") as file:
                np.savez(file, **arrays, **self._rows.lexical.to_arrays())  # type: ignore[arg-type]
            (self._folder / "unfinished.npz").replace(self._folder / name)
            manifest = {
                "format": FORMAT,
                "terms": dutch.VERSION,
                "model": self._model,
                "arrays": name,
                "chroma": self._name,
                "generation": generation,
                "shelves": {key: {"signature": s.signature, "partition": s.partition} for key, s in self._shelves.items()},
            }
            unfinished = self._folder / "manifest.unfinished"
            unfinished.write_text(json.dumps(manifest), encoding="utf-8")
            unfinished.replace(self._folder / "manifest.json")
            for old in self._folder.glob("index-*.npz"):
                if old.name != name:
                    old.unlink(missing_ok=True)

    def close(self) -> None:
        self.save()
        if self._held is not None:
            self._held.close()

    # --- changing -----------------------------------------------------------------------------------------------

    def replace(self, document: Document, edition: Edition) -> None:
        """Put an edition in, or bring what is known of it up to date."""
        with self._lock:
            held = self._shelves.get(edition.id)
            if held is None or held.signature != _signature(document, edition):
                self.remove(edition.id)
                held = None
                rows = self._add_rows(document, edition)
            else:
                rows = held.rows
            self._shelves[edition.id] = _Shelf(document, edition, last=True, rows=rows, signature=_signature(document, edition))
            self._settle(document.id, moved={edition.id} if held is None else set())

    def remove(self, edition_id: str) -> None:
        with self._lock:
            held = self._shelves.pop(edition_id, None)
            if held is not None:
                if self._dense is not None:
                    self._dense.drop(held.partition, held.rows)
                self._settle(held.document.id, moved=set())

    def rebuild(self) -> None:
        """Make the index anew from the library; the old one serves until the new one stands."""
        with self._lock:
            old = self._name
            self._shelves, self._rows = {}, _Rows()
            if self._writer:
                self._name = f"chroma-{int(old.rsplit('-', 1)[1]) + 1}"
                shutil.rmtree(self._folder / self._name, ignore_errors=True)
                self._dense = DenseIndex(self._folder / self._name)
            self._catch_up()
            for folder in self._folder.glob("chroma-*"):
                if folder.name != self._name:
                    shutil.rmtree(folder, ignore_errors=True)

    # --- searching ----------------------------------------------------------------------------------------------

    def search(self, vector: Vector, words: Sequence[Sought], allowed: Filter, count: int) -> list[Found]:
        """The `count` best by cosine and the `count` best by full text, each with both scores."""
        with self._lock:
            open_shelves = {key: shelf for key, shelf in self._shelves.items() if shelf.allows(allowed)}
            live = np.zeros(len(self._rows.ids), np.bool_)
            for shelf in open_shelves.values():
                live[shelf.rows] = True
            if not live.any():
                return []
            bm25 = self._rows.lexical.scores(words, live)
            near = self._nearest(vector, live, {shelf.partition for shelf in open_shelves.values()}, count)
            full = _best(bm25, count)
            rows = np.unique(np.concatenate([near, full[bm25[full] > 0]]))
            cosines = self._rows.vectors[rows].astype(np.float32) @ vector
            return [Found(self._rows.ids[r], float(c), float(bm25[r])) for r, c in zip(rows, cosines, strict=True)]

    def _nearest(self, vector: Vector, live: NDArray[np.bool_], partitions: Iterable[str], count: int) -> NDArray[np.int64]:
        total = int(live.sum())
        if self._dense is None or total <= _EXACT:
            rows = np.flatnonzero(live)
            return rows[_best(self._rows.vectors[rows].astype(np.float32) @ vector, count)]
        # Enough from each partition that `count` are left when what is not allowed is taken out.
        wanted = min(int(count * len(live) / total) + count, 4 * count + 1_000)
        found = [self._dense.nearest(name, vector, wanted) for name in partitions]
        rows = np.concatenate([r for r, _ in found])
        cosines = np.concatenate([c for _, c in found])
        keep = live[rows]
        rows, cosines = rows[keep], cosines[keep]
        return rows[_best(cosines, count)]

    def rarity(self, word: str) -> float:
        """How telling a word is in this library: its inverse document frequency, in natural logarithms."""
        with self._lock:
            return float(np.log((1 + len(self._rows.ids)) / (1 + self._rows.lexical.document_frequency(word))))

    def check(self) -> list[str]:
        """What is wrong with the index, one line each; nothing when it is in order."""
        with self._lock:
            wanted = {edition.id for edition in self._library.editions()}
            found = []
            if wanted - set(self._shelves):
                found.append(f"{len(wanted - set(self._shelves))} editie(s) ontbreken in de zoekindex")
            if set(self._shelves) - wanted:
                found.append(f"{len(set(self._shelves) - wanted)} editie(s) in de zoekindex staan niet in de bibliotheek")
            if self._dense is not None and not self._dense_is_sound():
                found.append("de vectorindex (Chroma) is onvolledig of beschadigd")
            return found

    # --- inside -------------------------------------------------------------------------------------------------

    def _add_rows(self, document: Document, edition: Edition) -> list[int]:
        passages = self._library.passages(edition.id)
        kept = self._library.vectors.of_edition(self._model, edition.id)
        vectors = np.stack([kept[p.id] for p in passages]).astype(np.float16)
        fields = [Fields(_title(document, edition), " ".join(p.path), p.text) for p in passages]
        return self._rows.add([p.id for p in passages], edition.id, vectors, fields)

    def _settle(self, document_id: str, moved: set[str]) -> None:
        """Say again, for the editions of a document, which is the last and which is current; move what changed partition."""
        editions = [shelf for shelf in self._shelves.values() if shelf.document.id == document_id]
        newest = max((e.edition.valid_from or date.min for e in editions if not e.edition.concept), default=date.min)
        for shelf in editions:
            before = shelf.partition
            shelf.last = shelf.edition.concept or (shelf.edition.valid_from or date.min) >= newest
            shelf.current = status(shelf.document, shelf.edition, self._today) in (Status.GELDEND, Status.CONCEPT)
            if self._dense is None or not shelf.rows:
                continue
            if shelf.edition.id in moved:
                self._dense.put(shelf.partition, shelf.rows, self._rows.vectors[shelf.rows].astype(np.float32))
            elif shelf.partition != before:
                self._dense.drop(before, shelf.rows)
                self._dense.put(shelf.partition, shelf.rows, self._rows.vectors[shelf.rows].astype(np.float32))

    def _catch_up(self) -> None:
        wanted = {edition.id: edition for edition in self._library.editions()}
        documents = {document.id: document for document in self._library.documents()}
        for key in set(self._shelves) - set(wanted):
            self.remove(key)
        for edition in wanted.values():
            held, document = self._shelves.get(edition.id), documents[edition.document_id]
            if held is None or held.signature != _signature(document, edition):
                self.replace(document, edition)
        for document_id in documents:
            self._settle(document_id, moved=set())
        self.save()

    def _load(self) -> bool:
        """Read what is on disk into memory. False where there is nothing usable."""
        try:
            manifest = json.loads((self._folder / "manifest.json").read_text(encoding="utf-8"))
            if (manifest["format"], manifest["terms"], manifest["model"]) != (FORMAT, dutch.VERSION, self._model):
                return False
            with np.load(self._folder / manifest["arrays"], allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            rows = _Rows(
                [i.decode() for i in arrays["ids"]], [s.decode() for s in arrays["shelf"]], arrays["vectors"], LexicalIndex.from_arrays(arrays)
            )
        except (OSError, ValueError, KeyError, EOFError, IndexError):
            return False
        if len(rows.ids) != len(rows.vectors) or len(rows.ids) != len(rows.lexical):
            return False
        self._rows, self._name = rows, str(manifest["chroma"])
        self._shelves = dict(self._shelves_from(manifest["shelves"]))
        return True

    def _shelves_from(self, kept: dict[str, dict[str, str]]) -> Iterator[tuple[str, _Shelf]]:
        """The shelves that the library still knows, as they were; what changed since is caught up with later."""
        rows: dict[str, list[int]] = {}
        for n, key in enumerate(self._rows.shelf):
            rows.setdefault(key, []).append(n)
        editions = {edition.id: edition for edition in self._library.editions()}
        documents = {document.id: document for document in self._library.documents()}
        for key, said in kept.items():
            edition = editions.get(key)
            if edition is None:
                continue
            document, current = documents[edition.document_id], said["partition"].endswith("-nu")
            yield key, _Shelf(document, edition, last=True, rows=rows.get(key, []), signature=said["signature"], current=current)

    def _dense_is_sound(self) -> bool:
        expected: dict[str, int] = {}
        for shelf in self._shelves.values():
            expected[shelf.partition] = expected.get(shelf.partition, 0) + len(shelf.rows)
        if not self._rows.ids:
            return True
        return dense.check(self._folder / self._name, expected, self._rows.vectors[-1].astype(np.float32))


def _title(document: Document, edition: Edition) -> str:
    """The title with the words of the file name that curators chose."""
    return f"{document.title} {Path(edition.filename).stem.replace('-', ' ').replace('_', ' ')}"


def _signature(document: Document, edition: Edition) -> str:
    return content_id("s", asdict(document), asdict(edition))


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest scores, highest first; equal scores in order of place."""
    if len(scores) > 4 * count:
        some = np.argpartition(-scores, count)[: count + 1]
        some.sort()
        return some[np.argsort(-scores[some], kind="stable")][:count]
    return np.argsort(-scores, kind="stable")[:count]


def _hold(folder: Path) -> Any:
    """Hold the index for this process, or raise Busy."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Busy("De bibliotheek is in gebruik door een ander proces (de server of een andere invoer). Wacht, of doe het via de server.") from None
    return file
