"""The shapes of evaluations in JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from assistant.api.shapes import Shape
from evals.figures import Changed, Figure
from evals.result import Result
from evals.runs import Run


class SetShape(Shape):
    """A set: how many questions it has, and of which types. `mistakes` tells why it cannot be run."""

    name: str
    cases: int
    types: dict[str, int]
    mistakes: list[str]


class FigureShape(Shape):
    """A mean from 0 to 1 over `count` cases with its 95 % interval. `label` is the Dutch name."""

    name: str
    label: str
    value: float
    low: float
    high: float
    count: int
    baseline: float | None


class RunShape(Shape):
    """`state` is wacht, loopt, klaar, gestopt, mislukt or onderbroken; `done` of `total` answers are there."""

    id: str
    set: str
    account: str
    created_at: datetime
    baseline: bool
    judge: bool
    state: str
    done: int
    total: int
    reason: str | None


class EvaluationsShape(Shape):
    sets: list[SetShape]
    runs: list[RunShape]


class OneRunShape(RunShape):
    """A run with its figures over what is done so far."""

    figures: list[FigureShape]
    ungraded: int
    stages: dict[str, int]


class StartShape(Shape):
    """What is posted to start a run."""

    set: str = Field(min_length=1, max_length=60)
    baseline: bool = False
    judge: bool = False
    parallel: int = Field(default=1, ge=1, le=8)


class ResultShape(Shape):
    """A case with how it went. `wanted` are the facts with their spellings, `found` the passages that the search gave."""

    id: str
    question: str
    type: str
    gemeenten: list[str]
    verdict: str
    stage: str | None
    wanted: list[list[str]]
    missing: list[str]
    forbidden: list[str]
    documents: list[str]
    reason: str | None
    answer: dict[str, Any]
    found: list[dict[str, str]]


class ChangedShape(Shape):
    """A run against an earlier one: cases gained and lost, of `count` that both graded, and the chance that it is chance; of how
    many the first right passage was found higher or lower; and whether it got worse by more than noise."""

    gained: list[str]
    lost: list[str]
    count: int
    p: float
    nearer: int
    farther: int
    worse: bool


class DraftsShape(Shape):
    """Which judged answers become draft cases, and the name of the set; without ids all of them."""

    name: str = Field(default="concept", pattern=r"^[\w-]{1,60}$")
    answers: list[str] = Field(default_factory=list, max_length=1000)


def run(value: Run) -> RunShape:
    return RunShape(
        id=value.id,
        set=value.set,
        account=value.account,
        created_at=datetime.fromisoformat(value.created_at),
        baseline=value.baseline,
        judge=value.judge,
        state=value.state.value,
        done=value.done,
        total=value.total,
        reason=value.reason,
    )


def figure(name: str, label: str, ours: Figure, other: Figure | None) -> FigureShape:
    return FigureShape(
        name=name,
        label=label,
        value=ours.value,
        low=round(ours.low, 4),
        high=round(ours.high, 4),
        count=ours.count,
        baseline=other.value if other else None,
    )


def result(value: Result) -> ResultShape:
    return ResultShape(
        id=value.id,
        question=value.question,
        type=value.type,
        gemeenten=list(value.gemeenten),
        verdict=value.verdict,
        stage=value.stage,
        wanted=[list(group) for group in value.wanted],
        missing=list(value.missing),
        forbidden=list(value.forbidden),
        documents=list(value.documents),
        reason=value.reason,
        answer=value.answer,
        found=list(value.found),
    )


def changed(value: Changed) -> ChangedShape:
    return ChangedShape(
        gained=list(value.gained),
        lost=list(value.lost),
        count=value.count,
        p=value.p,
        nearer=value.nearer,
        farther=value.farther,
        worse=value.worse,
    )
