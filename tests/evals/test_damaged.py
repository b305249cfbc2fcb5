"""Damaged PDFs end readable or refused; the whole thousand is measured by `python -m evals.damaged 1000`."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from evals import damaged
from ingest import sandbox


def test_forty_damaged_pdfs_end_readable_or_refused_within_the_limits() -> None:
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(damaged.read, damaged.damaged(40, seed=7)))
    assert {one.outcome for one in ended} == {"readable", "refused"}, [one for one in ended if one.outcome == "error"]
    assert max(one.seconds for one in ended) < sandbox.WALL_SECONDS + 5
    assert not [one.reason for one in ended if "\n" in one.reason]


def test_the_same_seed_gives_the_same_damage() -> None:
    assert list(damaged.damaged(6, seed=3)) == list(damaged.damaged(6, seed=3))
    assert list(damaged.damaged(6, seed=3)) != list(damaged.damaged(6, seed=4))


@pytest.mark.parametrize("spoil", damaged.DAMAGES, ids=lambda spoil: spoil.__name__)
def test_every_damage_changes_a_file(spoil: damaged.Damage) -> None:
    (data,) = [path.read_bytes() for path in damaged.DOCUMENTS.glob("convenant*.pdf")]
    assert any(spoil(data, random.Random(n)) != data for n in range(3))
