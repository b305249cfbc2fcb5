"""What a run comes to: figures with their intervals, by type and gemeente, where it went wrong, and two runs held together. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.result import Mark, Result
from evals.scorers import cells
from evals.scorers.verdict import GOOD, Verdict
from evals.testset import Expected

NAMES = {
    "right": "Goed beantwoord, alle feiten",
    "recall": "Feiten in het antwoord",
    "items": "Punten van een lijst genoemd",
    "cells": "Cellen van een vergelijking goed",
    "document": "Juiste stuk aangehaald",
    "precision": "Citaten uit een juist stuk",
    "place": "Juiste artikel of plaats",
    "context": "Feiten gevonden bij het zoeken",
    "rank": "Eerste juiste fragment bovenaan",
    "refused": "Terecht geweigerd",
    "over_refused": "Onterecht geweigerd",
    "verbatim": "Citaten letterlijk",
    "numbers": "Getallen gedekt door de bron",
}
# Of these a low figure is the good one.
LOW_IS_GOOD = frozenset({"over_refused"})
UNNAMED = "geen gemeente genoemd"
_BETWEEN = " en "


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean of scores from 0 to 1 over `count` cases, with its 95 % interval (Wilson: for a share it is the usual one, for
    scores between 0 and 1 it is never too narrow)."""

    value: float
    count: int
    low: float
    high: float


def figure(scores: Iterable[float | None]) -> Figure | None:
    """The figure of the scores that apply; None where none does."""
    held = [score for score in scores if score is not None]
    if not held:
        return None
    value = sum(held) / len(held)
    return Figure(round(value, 4), len(held), *interval(value, len(held)))


def interval(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    if not count:
        return 0.0, 1.0
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def figures(results: Sequence[Result]) -> dict[str, Figure]:
    """The figures of a run by name (`NAMES`); those that no case asks for are left out, and cases not graded count in none."""
    graded = [r for r in results if r.graded]
    answerable = [r for r in graded if r.expected == Expected.ANSWERED]
    others = [r for r in graded if r.expected == Expected.NOT_FOUND]
    made = {
        "right": figure(float(r.verdict == Verdict.RIGHT) for r in answerable),
        "recall": figure(r.facts for r in answerable),
        "items": figure(r.items for r in answerable),
        "cells": figure(cells.share(r.cells) for r in answerable),
        "document": figure(r.document for r in answerable),
        "precision": figure(r.precision for r in answerable),
        "place": figure(r.place for r in answerable),
        "context": figure(r.context for r in answerable),
        "rank": figure(r.rank for r in answerable),
        "refused": figure(float(r.verdict == Verdict.REFUSED_RIGHTLY) for r in others),
        "over_refused": figure(float(r.verdict == Verdict.REFUSED_WRONGLY) for r in answerable),
        "verbatim": figure(r.verbatim for r in graded),
        "numbers": figure(r.numbers for r in graded),
    }
    return {name: value for name, value in made.items() if value is not None}


def by_type(results: Sequence[Result]) -> dict[str, Counter[str]]:
    """How often each verdict came, for each type of question; most asked first."""
    return _counted(results, lambda r: r.type)


def by_gemeente(results: Sequence[Result]) -> dict[str, Counter[str]]:
    """The same for each gemeente that questions are about; most asked first."""
    return _counted(results, lambda r: _BETWEEN.join(r.gemeenten) or UNNAMED)


def stages(results: Sequence[Result]) -> dict[str, int]:
    """How often it went wrong at each stage first, most often first."""
    return dict(_ordered(Counter(r.stage for r in results if r.stage)))


def seconds(results: Sequence[Result]) -> dict[str, float]:
    """Median and 95th percentile of the seconds of an answer. They differ from run to run, so they stand in no report."""
    times = sorted(r.seconds for r in results if r.graded and r.seconds)
    return {f"p{part}": round(times[int(part / 100 * (len(times) - 1))], 3) for part in (50, 95)} if times else {}


@dataclass(frozen=True, slots=True)
class Changed:
    """Two runs over the cases that both graded: which became good, which no longer are, which of all should be refused, and of
    how many the search put the first right passage higher (`nearer`) or lower (`farther`)."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    count: int
    refusals: frozenset[str] = frozenset()
    nearer: int = 0
    farther: int = 0

    @property
    def p(self) -> float:
        """How likely so uneven a change of the answers is by chance: McNemar's test, exact, two-sided."""
        return min(1.0, 2 * _tail(len(self.gained) + len(self.lost), max(len(self.gained), len(self.lost))))

    @property
    def worse(self) -> bool:
        """Whether answers, refusals or search, each for itself, got worse by more than noise: of what changed, so much for the
        worse is less likely than one in ten; for the search, where much changes that no reader sees, than one in a hundred."""
        gained, lost = len(self.refusals & set(self.gained)), len(self.refusals & set(self.lost))
        answers = _tail(len(self.gained) - gained + len(self.lost) - lost, len(self.lost) - lost) < 0.1
        return answers or _tail(gained + lost, lost) < 0.1 or _tail(self.nearer + self.farther, self.farther) < 0.01


def changed(now: Mapping[str, Mark], before: Mapping[str, Mark]) -> Changed:
    """Hold the marks of a run, by case, against those of an earlier one."""
    both = {i: (now[i], before[i]) for i in now if i in before and Verdict.UNGRADED not in (now[i].verdict, before[i].verdict)}
    moved = [(one.rank, other.rank) for one, other in both.values() if one.rank is not None and other.rank is not None]
    return Changed(
        gained=tuple(i for i, (one, other) in both.items() if one.verdict in GOOD and other.verdict not in GOOD),
        lost=tuple(i for i, (one, other) in both.items() if one.verdict not in GOOD and other.verdict in GOOD),
        count=len(both),
        refusals=frozenset(i for i, (one, _) in both.items() if one.verdict in (Verdict.REFUSED_RIGHTLY, Verdict.ANSWERED_WRONGLY)),
        nearer=sum(one > other for one, other in moved),
        farther=sum(one < other for one, other in moved),
    )


def _tail(count: int, least: int) -> float:
    """The chance of at least so many heads in `count` throws of a fair coin."""
    return float(sum(math.comb(count, k) for k in range(least, count + 1)) / 2**count)


def _counted(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, Counter[str]]:
    groups = _ordered(Counter(map(key, results)))
    return {name: Counter(r.verdict for r in results if key(r) == name) for name, _ in groups}


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    """Most first; alike by name, so that no report depends on the order in which things came."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
