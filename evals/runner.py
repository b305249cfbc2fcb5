"""Runs a test set through a system and keeps every result as it comes: a run that stops, or is killed, goes on where it was."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TextIO

from assistant.answer import Answerer, Sources
from assistant.api import wire
from assistant.app import App
from assistant.model import Answer, Asked
from corpus.errors import OovError, Refused
from evals import grade
from evals.result import RESULTS, Result, kept, line
from evals.testset import Case, TestSet

System = Callable[[Case], Result]
CONDITIONS = "run.json"


NEVER = threading.Event()
NO_CELLS = "Dit systeem vergelijkt geen gemeenten."


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a run was made under; what stands in one folder was made under one set of them. `day` is the day that counts for
    cases without one of their own."""

    system: str
    writer: str
    model: str
    library: str
    day: str

    @classmethod
    def of(cls, app: App, system: str, day: date) -> Conditions:
        editions = sorted(edition.id for edition in app.library.editions())
        library = hashlib.sha256(" ".join(editions).encode()).hexdigest()[:16]
        models = " ".join(filter(None, (app.embedder.name, app.settings.rerank_model)))
        return cls(system, app.answerer.writer.name, models, library, day.isoformat())


def under(app: App, system: str, out: Path) -> Conditions:
    """The conditions of the run in a folder: noted there by the first, the same for who goes on with it. Raises Refused where
    the library or a model has changed since."""
    noted, now = out / CONDITIONS, Conditions.of(app, system, date.today())
    if noted.exists():
        then = Conditions(**json.loads(noted.read_text(encoding="utf-8")))
        if replace(then, day=now.day) != now:
            raise Refused(f"{out} is van een run met een andere bibliotheek of een ander model. Kies een andere map met --out.")
        return then
    out.mkdir(parents=True, exist_ok=True)
    partly = noted.with_suffix(".half")
    partly.write_text(json.dumps(asdict(now)), encoding="utf-8")
    partly.replace(noted)
    return now


def run(
    system: System, chosen: TestSet, out: Path, heard: Callable[[str, int], None], *, parallel: int = 1, stop: threading.Event = NEVER
) -> list[Result]:
    """Answer and score all cases, `parallel` at a time; what `out` holds of the same cases is taken from there.

    The results come in the order of the set, however they were made. A case that could not be graded is tried again by the
    next run. After a stop they are those that are done.
    """
    out.mkdir(parents=True, exist_ok=True)
    done = {result.id: result for result in kept(out) if result.graded}
    todo = [case for case in chosen.cases if case.id not in done or done[case.id].case != case.digest]
    heard("passages", len(todo))
    with (out / RESULTS).open("a", encoding="utf-8") as file, ThreadPoolExecutor(max_workers=parallel) as pool:
        asked = [pool.submit(_unless_stopped, stop, system, case) for case in todo]
        try:
            for future in as_completed(asked):
                result = future.result()
                if result is not None:
                    done[result.id] = result
                    _keep(file, result)
                    heard("embedded", 1)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [done[case.id] for case in chosen.cases if case.id in done and done[case.id].case == case.digest]


def product(app: App, day: date, answerer: Answerer | None = None, *, scopes: frozenset[str] | None = None) -> System:
    """The assistant as it answers, or with another answerer in its place. `day` counts for cases without one of their own;
    `scopes` limits what may be seen (None: everything)."""
    answers = answerer or app.answerer

    def system(case: Case) -> Result:
        try:
            asked = replace(asked_of(app, case, day), scopes=scopes)
            about = app.retriever.understood(asked).gemeenten
            if not case.cells:
                result = _answered(answers, app, case, asked)
            else:
                result = _compared(app, case, asked) if answerer is None else grade.ungraded(case, NO_CELLS)
            names = app.library.gemeenten()
            return replace(result, gemeenten=tuple(names.name(code) for code in about))
        except Refused:
            raise
        except OovError as error:
            return grade.ungraded(case, str(error))

    return system


def asked_of(app: App, case: Case, day: date) -> Asked:
    """The question of a case as it is put to the assistant, read after those before it. Raises Refused for a gemeente that is not known here."""
    named = tuple(case.cells) or ((case.gemeente,) if case.gemeente else ())
    codes = {name: app.library.gemeenten().code(name) for name in named}
    unknown = next((name for name, code in codes.items() if code is None), None)
    if unknown is not None:
        field = "cells" if case.cells else "gemeente"
        raise Refused(f"Vraag {case.id}, veld ‘{field}’: ‘{unknown}’ is niet bekend in deze bibliotheek.")
    asked = Asked(
        case.question, case.as_of or day, case.form, tuple(code for code in codes.values() if code), day_given=case.as_of is not None
    )
    return app.reader.read_all(case.history, asked)


def _answered(answerer: Answerer, app: App, case: Case, asked: Asked) -> Result:
    events = list(answerer.stream(asked))
    hits = next(event.hits for event in events if isinstance(event, Sources))
    answer = next(event for event in events if isinstance(event, Answer))
    return grade.graded(case, answer, wire.answer(answer), hits, app.library)


def _compared(app: App, case: Case, asked: Asked) -> Result:
    return grade.compared(case, app.comparer.compare([case.question], asked), app.library.gemeenten().name, app.library)


def _unless_stopped(stop: threading.Event, system: System, case: Case) -> Result | None:
    return None if stop.is_set() else system(case)


def _keep(file: TextIO, result: Result) -> None:
    file.write(line(result))
    file.flush()
