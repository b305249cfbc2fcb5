"""Rows that are added to: an array with room at its end, so that adding one does not move all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)


@dataclass(slots=True)
class Grown(Generic[T]):
    """`rows` is what was added so far. A view: it is not to be written to, and stays as it is when more is added."""

    rows: NDArray[T]
    _room: NDArray[T] | None = field(default=None, repr=False)

    def add(self, more: NDArray[T]) -> None:
        """Add rows of the same shape behind the others."""
        count, total = len(self.rows), len(self.rows) + len(more)
        if count == 0:
            self.rows, self._room = more, None
            return
        if self._room is None or len(self._room) < total:
            self._room = np.empty((max(total, count * 3 // 2), *self.rows.shape[1:]), self.rows.dtype)
            self._room[:count] = self.rows
        self._room[count:total] = more
        self.rows = self._room[:total]
