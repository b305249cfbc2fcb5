"""Runs a test set through the assistant and scores every answer. What is done is kept line by line: a run that stops goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant import forms
from assistant.answer import Sources
from assistant.api import wire
from assistant.app import App
from assistant.model import Answer, Asked, Completeness, Hit
from corpus.errors import Refused
from evals.scorers import citations, facts, support
from evals.scorers.verdict import Stage, Verdict, stage, verdict
from evals.testset import Case, Expected, TestSet

RESULTS = "resultaten.jsonl"


@dataclass(frozen=True, slots=True)
class Result:
    """A case with how it went. Scores are 0 to 1, None where they do not apply; `seconds` is the whole answer."""

    id: str
    type: str
    gemeente: str | None
    question: str
    expected: str
    verdict: str
    stage: str | None
    facts: float
    forbidden: list[str]
    document: float | None
    precision: float | None
    place: float | None
    verbatim: float | None
    numbers: float | None
    context: float | None
    length: int
    seconds: float
    wanted: list[list[str]]
    answer: dict[str, Any]


def run(app: App, chosen: TestSet, out: Path, heard: Callable[[str, int], None]) -> list[Result]:
    """Answer and score all cases; those that `out` holds already are taken from there."""
    out.mkdir(parents=True, exist_ok=True)
    done = {result.id: result for result in kept(out)}
    todo = [case for case in chosen.cases if case.id not in done]
    heard("passages", len(todo))
    with (out / RESULTS).open("a", encoding="utf-8") as file:
        for case in todo:
            done[case.id] = scored(app, case)
            file.write(json.dumps(asdict(done[case.id]), ensure_ascii=False) + "\n")
            file.flush()
            heard("embedded", 1)
    return [done[case.id] for case in chosen.cases]


def kept(out: Path) -> Iterator[Result]:
    """The results that a folder holds; a last line that was cut off is left out, to be done again."""
    path = out / RESULTS
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    whole = [line for line in lines if line.endswith("\n")]
    if len(whole) < len(lines):
        path.write_text("".join(whole), encoding="utf-8")
    for line in whole:
        yield Result(**json.loads(line))


def scored(app: App, case: Case) -> Result:
    """One case: asked, answered, scored."""
    asked = _asked(app, case)
    events = list(app.answerer.stream(asked))
    hits = next(event.hits for event in events if isinstance(event, Sources))
    answer = next(event for event in events if isinstance(event, Answer))
    return score(app, case, answer, hits)


def score(app: App, case: Case, answer: Answer, hits: Sequence[Hit]) -> Result:
    """Score an answer that was given to a case; `hits` is what was found for it."""
    text, answered = forms.written(answer), answer.status is not Completeness.NOT_FOUND
    recall, wrong = facts.recall(text, case.facts), facts.forbidden(text, case.forbidden)
    cited = [c.source.edition.filename for c in answer.citations]
    context = facts.recall("\n".join(h.source.passage.text for h in hits), case.facts) if case.facts else None
    found = verdict(answerable=case.expected is Expected.ANSWERED, answered=answered, recall=recall, forbidden=len(wrong))
    at: Stage | None = stage(found, retrieved=context is None or context == 1, forbidden=len(wrong))
    return Result(
        id=case.id,
        type=case.type,
        gemeente=case.gemeente,
        question=case.question,
        expected=case.expected.value,
        verdict=found.value,
        stage=at.value if at else None,
        facts=recall if answered else 0.0,
        forbidden=wrong,
        document=citations.document_recall(cited, case.documents),
        precision=citations.precision(cited, case.documents),
        place=citations.place_recall([c.locator for c in answer.citations], case.place),
        verbatim=support.verbatim(answer, app.library),
        numbers=support.numbers(answer),
        context=context,
        length=len(text),
        seconds=answer.timings.get("write", 0.0),
        wanted=[list(group) for group in case.facts],
        answer=wire.answer(answer).model_dump(mode="json"),
    )


def figures(results: list[Result]) -> dict[str, float]:
    """The figures of a run: shares from 0 to 1."""
    answerable = [r for r in results if r.expected == Expected.ANSWERED]
    others = [r for r in results if r.expected == Expected.NOT_FOUND]
    made = {
        "right": _mean([float(r.verdict == Verdict.RIGHT) for r in answerable]),
        "recall": _mean([r.facts for r in answerable]),
        "document": _mean([r.document for r in answerable]),
        "precision": _mean([r.precision for r in answerable]),
        "place": _mean([r.place for r in answerable]),
        "context": _mean([r.context for r in answerable]),
        "refused": _mean([float(r.verdict == Verdict.REFUSED_RIGHTLY) for r in others]),
        "over_refused": _mean([float(r.verdict == Verdict.REFUSED_WRONGLY) for r in answerable]),
        "verbatim": _mean([r.verbatim for r in results]),
        "numbers": _mean([r.numbers for r in results]),
    }
    return {name: value for name, value in made.items() if value is not None}


def _mean(values: list[float | None]) -> float | None:
    held = [value for value in values if value is not None]
    return round(sum(held) / len(held), 4) if held else None


def _asked(app: App, case: Case) -> Asked:
    code = app.library.gemeenten().code(case.gemeente) if case.gemeente else None
    if case.gemeente and code is None:
        raise Refused(f"Vraag {case.id}, veld ‘gemeente’: ‘{case.gemeente}’ is niet bekend in deze bibliotheek.")
    return Asked(case.question, case.as_of or date.today(), case.form, (code,) if code else ())
