"""The verdict on an answer: right, wrong, refused and not graded, kept apart; and where it went wrong first."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Verdict(StrEnum):
    RIGHT = "goed"
    PARTLY = "deels"
    WRONG = "fout"
    REFUSED_RIGHTLY = "terecht geweigerd"
    REFUSED_WRONGLY = "onterecht geweigerd"
    ANSWERED_WRONGLY = "had geweigerd moeten worden"
    # The answer could not be had, or not be judged: it counts in no figure.
    UNGRADED = "niet beoordeeld"


GOOD = frozenset({Verdict.RIGHT, Verdict.REFUSED_RIGHTLY})


class Stage(StrEnum):
    """Where an answer that is not right went wrong first."""

    NOT_RETRIEVED = "niet gevonden bij het zoeken"
    NOT_USED = "gevonden, niet gebruikt"
    USED_WRONGLY = "aangehaald, maar niet gezegd"
    REFUSED = "onterecht geweigerd"
    SHOULD_REFUSE = "had geweigerd moeten worden"
    FORBIDDEN = "verboden feit genoemd"
    CELLS = "cel van de vergelijking niet goed"


def verdict(*, answerable: bool, answered: bool, recall: float, forbidden: int) -> Verdict:
    """`recall` is the share of the key facts in the answer, `forbidden` how many forbidden ones it holds."""
    if not answerable:
        return Verdict.ANSWERED_WRONGLY if answered else Verdict.REFUSED_RIGHTLY
    if not answered:
        return Verdict.REFUSED_WRONGLY
    if forbidden or recall == 0:
        return Verdict.WRONG
    return Verdict.RIGHT if recall == 1 else Verdict.PARTLY


def stage(found: Verdict, *, said: Sequence[bool], retrieved: Sequence[bool], cited: Sequence[bool]) -> Stage | None:
    """Where it went wrong first; None for a right answer, and for one that was not graded. Of each key fact: whether the
    answer says it, whether it stood in what was found, and whether it stands in the passages that the answer cites."""
    if found in GOOD or found is Verdict.UNGRADED:
        return None
    if found is Verdict.ANSWERED_WRONGLY:
        return Stage.SHOULD_REFUSE
    lacking = [n for n, here in enumerate(said) if not here]
    if not all(retrieved[n] for n in lacking):
        return Stage.NOT_RETRIEVED
    if found is Verdict.REFUSED_WRONGLY:
        return Stage.REFUSED
    if not lacking:
        return Stage.FORBIDDEN
    return Stage.USED_WRONGLY if all(cited[n] for n in lacking) else Stage.NOT_USED
