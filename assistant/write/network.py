"""What the features of a unit say together: their weighted sum, and one hidden layer over them and over what the question is after.

The layer was trained beside the sum on five thousand questions with the sentences that answer them, none about the documents that the
product is measured with (decisions/0016). The file holds for each input its row of `into` by name, and `shift`, `out`, `rest`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.write.weights import WEIGHTS

_FILE = Path(__file__).with_name("network.npz")
# How the file names what a question is after.
_AFTER = "after "
Floats = NDArray[np.float32]


def scores(read: Sequence[Mapping[str, float]], after: Sequence[str]) -> list[float]:
    """How likely each unit answers, from 0 to 1, by its features. `after` names what the question is after: its kind, and the sort of
    thing. What the network has not learned counts in the sum alone."""
    if not read:
        return []
    net = _network()
    held = np.array([[features[name] for name in WEIGHTS] for features in read], np.float32)
    hidden = held @ net.into + sum((net.after[name] for name in after if name in net.after), net.shift)
    made: list[float] = (1 / (1 + np.exp(-(held @ net.summed + _gelu(hidden) @ net.out + net.rest).astype(np.float64)))).tolist()
    return made


def _gelu(x: Floats) -> Floats:
    made: Floats = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return made


@dataclass(frozen=True, slots=True)
class _Network:
    """`summed` and `into` have a row for each of WEIGHTS, shapes (f,) and (f, h), zero in `into` for what was not learned; `after` holds
    what is added for each thing a question may be after, `shift` what always is, `out` the way out, each (h,)."""

    summed: Floats
    into: Floats
    after: Mapping[str, Floats]
    shift: Floats
    out: Floats
    rest: Floats


@cache
def _network() -> _Network:
    with np.load(_FILE) as held:
        into, shift, out, rest = (held[name].astype(np.float32) for name in ("into", "shift", "out", "rest"))
        rows = dict(zip(map(str, held["names"]), into, strict=True))
    after = {name.removeprefix(_AFTER): row for name, row in rows.items() if name.startswith(_AFTER)}
    learned = np.stack([rows.get(name, np.zeros_like(shift)) for name in WEIGHTS])
    return _Network(np.array(list(WEIGHTS.values()), np.float32), learned, after, shift, out, rest)
