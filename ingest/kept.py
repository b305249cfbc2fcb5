"""The index on disk: arrays first, then, in one step, the manifest that names them. Knows no library and no search."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import Busy
from ingest import dutch
from ingest.grown import Grown
from ingest.lexical import LexicalIndex
from ingest.shelf import Rows, Shelf

FORMAT = 1
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """An index as it was written down. `shelves` holds, by edition, its signature and its partition."""

    rows: Rows
    chroma: str
    shelves: Mapping[str, Mapping[str, str]]


def hold(folder: Path) -> Any:
    """Hold the index of a folder for this process until what is returned is closed. Raises Busy where another holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Busy(
            "De bibliotheek is in gebruik door een ander proces (de server, of een andere invoer). Wacht, of stop dat eerst."
        ) from None
    return file


def exists(folder: Path) -> bool:
    return (folder / _MANIFEST).exists()


def write(folder: Path, model: str, chroma: str, rows: Rows, shelves: Mapping[str, Shelf], generation: int) -> None:
    name = f"index-{generation}-{len(rows.ids)}.npz"
    arrays = {"ids": np.array(rows.ids, "S40"), "shelf": np.array(rows.shelf, "S40"), "vectors": rows.vectors}
    unfinished = folder / "unfinished"
    with unfinished.open("wb") as file:
        np.savez(file, **arrays, **rows.lexical.to_arrays())  # type: ignore[arg-type]
    unfinished.replace(folder / name)
    said = {
        "format": FORMAT,
        "terms": dutch.VERSION,
        "model": model,
        "arrays": name,
        "chroma": chroma,
        "shelves": {key: {"signature": shelf.signature, "partition": shelf.partition} for key, shelf in shelves.items()},
    }
    unfinished.write_text(json.dumps(said), encoding="utf-8")
    unfinished.replace(folder / _MANIFEST)
    for old in folder.glob("index-*.npz"):
        if old.name != name:
            old.unlink(missing_ok=True)


def read(folder: Path, model: str) -> Kept | None:
    """What was written down, or None where there is nothing usable: missing, damaged, of another model or another format."""
    try:
        said = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if (said["format"], said["terms"], said["model"]) != (FORMAT, dutch.VERSION, model):
            return None
        with np.load(folder / said["arrays"], allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        lexical = LexicalIndex.from_arrays(arrays)
        rows = Rows([i.decode() for i in arrays["ids"]], [s.decode() for s in arrays["shelf"]], Grown(arrays["vectors"]), lexical)
        if not len(rows.ids) == len(rows.shelf) == len(rows.vectors) == len(rows.lexical):
            return None
        return Kept(rows, str(said["chroma"]), dict(said["shelves"]))
    except Exception:
        return None
