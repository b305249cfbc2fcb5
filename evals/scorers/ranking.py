"""Ranking: how high the search put the first passage that holds something of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from evals.scorers.facts import standing


def reciprocal(passages: Sequence[str], facts: Sequence[Sequence[str]]) -> float | None:
    """One divided by the place, from 1, of the first passage with one of the facts; 0 where none has, None where none is wanted."""
    if not facts:
        return None
    return next((1 / place for place, text in enumerate(passages, start=1) if any(standing(text, facts))), 0.0)
