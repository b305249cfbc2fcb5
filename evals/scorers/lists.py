"""Lists: how much of a list that was asked for stands in the answer, and which items do not."""

from __future__ import annotations

from collections.abc import Sequence

from evals.scorers.facts import holds


def completeness(text: str, items: Sequence[Sequence[str]]) -> float | None:
    """The share of the items, each a group of spellings, that the text holds, 0 to 1; None where no list is wanted."""
    return 1 - len(missing(text, items)) / len(items) if items else None


def missing(text: str, items: Sequence[Sequence[str]]) -> list[str]:
    """The items that the text does not hold, each by its first spelling, in order."""
    return [group[0] for group in items if not any(holds(text, one) for one in group)]
