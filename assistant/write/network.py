"""What the features of a unit say together: their weighted sum, and one hidden layer over them and over what the question is after.

The layer was trained beside the sum on five thousand questions with the sentences that answer them, none about the documents that the
product is measured with (decisions/0016). The file holds for each input its row of `into` by name, and `shift`, `out`, `rest`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.write.weights import WEIGHTS

_FILE = Path(__file__).with_name("network.npz")
Floats = NDArray[np.float32]


def scores(read: Sequence[Mapping[str, float]], after: Sequence[str]) -> list[float]:
    """How likely each unit answers, from 0 to 1, by its features. `after` names what the question is after: its kind, and the sort of
    thing. What the network has not learned counts in the sum alone."""
    if not read:
        return []
    into, shift, out, rest = _network()
    names, unknown = list(read[0]), np.zeros_like(shift)
    held = np.array([[features[name] for name in names] for features in read], np.float32)
    summed = held @ np.array([WEIGHTS[name] for name in names], np.float32)
    asked = sum((into.get(f"after {name}", unknown) for name in after), unknown)
    hidden = held @ np.stack([into.get(name, unknown) for name in names]) + asked + shift
    made: list[float] = (1 / (1 + np.exp(-(summed + _gelu(hidden) @ out + rest).astype(np.float64)))).tolist()
    return made


def _gelu(x: Floats) -> Floats:
    made: Floats = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return made


@cache
def _network() -> tuple[dict[str, Floats], Floats, Floats, Floats]:
    """The rows of the inputs by name, each of shape (h,); the shift and the way out, both (h,); and what is left, a number."""
    with np.load(_FILE) as held:
        parts = {name: held[name].astype(np.float32) for name in ("into", "shift", "out", "rest")}
        names = [str(name) for name in held["names"]]
    return dict(zip(names, parts["into"], strict=True)), parts["shift"], parts["out"], parts["rest"]
