"""Cells of a comparison: of each gemeente whether its cell is in the state that it should be, and says what it should."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.scorers.facts import recall

FOUND = "gevonden"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its state (`gevonden`, or why it is empty) and what it says; as wanted, `facts` are groups of spellings."""

    state: str
    text: str = ""
    facts: tuple[tuple[str, ...], ...] = ()


def right(given: Mapping[str, Cell], wanted: Mapping[str, Cell]) -> dict[str, bool]:
    """Of each gemeente wanted whether its cell is right: the state is the one wanted, and every fact stands in its text.

    A gemeente without a cell is wrong; a cell that nobody asked for is left out.
    """
    return {name: name in given and _right(given[name], cell) for name, cell in wanted.items()}


def share(cells: Mapping[str, bool]) -> float | None:
    """The share of the cells that are right; None where there are none."""
    return sum(cells.values()) / len(cells) if cells else None


def wants(facts: Sequence[Sequence[str]]) -> Cell:
    """A cell that is filled and holds these facts."""
    return Cell(FOUND, facts=tuple(tuple(group) for group in facts))


def _right(given: Cell, wanted: Cell) -> bool:
    return given.state == wanted.state and recall(given.text, wanted.facts) == 1
