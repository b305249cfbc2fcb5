"""Nearest vectors with Chroma, embedded; the only importer of chromadb. Holds row numbers and vectors, no text.

It is a cache that may be thrown away: a process killed while it writes can leave it unreadable, and opening it can then
crash the opener. So `check` opens it in a child process first (this module, run as a script).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.vectors import Matrix, Vector

_PORTION = 5_000


class DenseIndex:
    """Vectors in named partitions. Rows are whole numbers; cosines between 1 and -1."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        self._open: dict[str, Any] = {c.name: c for c in self._client.list_collections()}

    def put(self, partition: str, rows: Sequence[int], vectors: Matrix) -> None:
        """Add rows, or put them in again. Vectors have length 1."""
        collection = self._collection(partition)
        for at in range(0, len(rows), _PORTION):
            collection.upsert(ids=[str(row) for row in rows[at : at + _PORTION]], embeddings=vectors[at : at + _PORTION])

    def drop(self, partition: str, rows: Sequence[int]) -> None:
        if partition in self._open:
            for at in range(0, len(rows), _PORTION):
                self._open[partition].delete(ids=[str(row) for row in rows[at : at + _PORTION]])

    def nearest(self, partition: str, vector: Vector, count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """(rows, cosines) of the nearest, best first."""
        if partition not in self._open or count < 1:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        found = self._open[partition].query(query_embeddings=[vector], n_results=count, include=["distances"])
        rows, distances = found["ids"][0], found["distances"][0]
        return np.array(rows, np.int64), 1 - np.array(distances, np.float32)

    def counts(self) -> dict[str, int]:
        return {name: int(collection.count()) for name, collection in self._open.items()}

    def _collection(self, partition: str) -> Any:
        if partition not in self._open:
            made = self._client.get_or_create_collection(partition, configuration={"hnsw": {"space": "ip"}}, embedding_function=None)
            self._open[partition] = made
        return self._open[partition]


def check(folder: Path, expected: Mapping[str, int], probe: Vector) -> bool:
    """Whether the index in a folder opens, holds what it should, and answers; tried in a process that may crash."""
    command = [sys.executable, "-m", "ingest.dense", str(folder)]
    asked = json.dumps({"probe": probe.tolist()})
    try:
        done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=120, check=False)
        found = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return False
    return found is not None and {k: v for k, v in found.items() if v} == {k: v for k, v in expected.items() if v}


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    folder.mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _main() -> None:
    opened = DenseIndex(Path(sys.argv[1]))
    probe = np.array(json.loads(sys.stdin.read())["probe"], np.float32)
    counts = opened.counts()
    for partition, count in counts.items():
        rows, _ = opened.nearest(partition, probe, min(count, 10))
        if len(rows) < min(count, 10):
            counts[partition] = -1
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    _main()
