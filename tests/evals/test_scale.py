"""The library that grows for the speed figures: real passages, other words, and our search over all of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.app import App
from evals import scale


def test_a_library_of_any_size_is_made_of_real_passages(demo: App, tmp_path: Path) -> None:
    real = scale.samples(demo.library, demo.embedder.name)
    leg = scale.ours(300, tmp_path, real[:40])
    assert leg.passages == 300
    assert set(leg.p50) == set(leg.p95) == set(scale.FILTERS)
    assert all(0 < leg.p50[name] <= leg.p95[name] for name in scale.FILTERS)
    assert leg.bare_p50 > 0
    assert leg.megabytes > 50


def test_a_copy_lies_near_its_original_and_is_not_the_same(demo: App) -> None:
    import random

    real = scale.samples(demo.library, demo.embedder.name)[0]
    copy = scale._changed(real, ["anders"], random.Random(1), np.random.default_rng(1))
    assert 0.9 < float(real.embedding.passage @ copy.embedding.passage) < 0.98
    assert copy.text.split() != real.text.split()
    assert len(copy.text.split()) == len(real.text.split())
