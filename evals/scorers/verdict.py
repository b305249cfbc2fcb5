"""The verdict on an answer: right, wrong or refused, kept apart; and where it went wrong first."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    RIGHT = "goed"
    PARTLY = "deels"
    WRONG = "fout"
    REFUSED_RIGHTLY = "terecht geweigerd"
    REFUSED_WRONGLY = "onterecht geweigerd"
    ANSWERED_WRONGLY = "had geweigerd moeten worden"


class Stage(StrEnum):
    """Where an answer that is not right went wrong first."""

    NOT_RETRIEVED = "niet gevonden bij het zoeken"
    NOT_USED = "gevonden, niet gebruikt"
    REFUSED = "onterecht geweigerd"
    SHOULD_REFUSE = "had geweigerd moeten worden"
    FORBIDDEN = "verboden feit genoemd"


def verdict(*, answerable: bool, answered: bool, recall: float, forbidden: int) -> Verdict:
    """`recall` is the share of the key facts in the answer, `forbidden` how many forbidden ones it holds."""
    if not answerable:
        return Verdict.ANSWERED_WRONGLY if answered else Verdict.REFUSED_RIGHTLY
    if not answered:
        return Verdict.REFUSED_WRONGLY
    if forbidden or recall == 0:
        return Verdict.WRONG
    return Verdict.RIGHT if recall == 1 else Verdict.PARTLY


def stage(found: Verdict, *, retrieved: bool, forbidden: int) -> Stage | None:
    """Where it went wrong first; None for a right answer. `retrieved` tells whether the facts stood in what was found."""
    if found in (Verdict.RIGHT, Verdict.REFUSED_RIGHTLY):
        return None
    if found is Verdict.ANSWERED_WRONGLY:
        return Stage.SHOULD_REFUSE
    if not retrieved:
        return Stage.NOT_RETRIEVED
    if forbidden:
        return Stage.FORBIDDEN
    return Stage.REFUSED if found is Verdict.REFUSED_WRONGLY else Stage.NOT_USED
