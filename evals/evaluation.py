"""A set run from beginning to end: the assistant, if wished the baseline and the judge, and the report of it all in one folder.

The command line and HTTP both come here; a run that stopped half way goes on when it is asked for again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.app import App
from evals import runner
from evals.judge import judge
from evals.report import Report, markdown
from evals.report_html import html
from evals.result import Mark, Result
from evals.testset import TestSet

ASSISTANT, BASELINE = "assistent", "basislijn"
HTML, MARKDOWN = "verslag.html", "verslag.md"


@dataclass(frozen=True, slots=True)
class Options:
    """What is wished of a run beside the answers. `scopes` is what it may see (None: everything)."""

    baseline: bool = False
    judge: bool = False
    parallel: int = 1
    scopes: frozenset[str] | None = None


def evaluate(
    app: App,
    chosen: TestSet,
    folder: Path,
    options: Options,
    heard: Callable[[str, int], None],
    *,
    before: Mapping[str, Mark] | None = None,
    stop: threading.Event = runner.NEVER,
) -> Report | None:
    """The report of a set, also written in the folder; None where it was stopped before the end."""
    conditions = runner.under(app, ASSISTANT, folder)
    day = date.fromisoformat(conditions.day)
    system = runner.product(app, day, scopes=options.scopes)
    results = runner.run(system, chosen, folder, heard, parallel=options.parallel, stop=stop)
    plain = _baseline(app, chosen, folder / BASELINE, day, options, heard, stop) if options.baseline else []
    if stop.is_set():
        return None
    opinion = judge(app.settings, results, folder, heard, parallel=options.parallel) if options.judge else None
    documents, _ = app.library.size()
    said = f"{len(chosen.cases)} vragen, peildatum {day:%d-%m-%Y}, schrijver ‘{conditions.writer}’, {documents} stukken."
    report = Report(chosen.name, said, results, plain, before, opinion)
    (folder / HTML).write_text(html(report), encoding="utf-8")
    (folder / MARKDOWN).write_text(markdown(report), encoding="utf-8")
    return report


def _baseline(
    app: App, chosen: TestSet, folder: Path, day: date, options: Options, heard: Callable[[str, int], None], stop: threading.Event
) -> list[Result]:
    from evals.baseline import baseline

    runner.under(app, BASELINE, folder)
    with TemporaryDirectory() as collection:
        system = runner.product(app, day, baseline(app, Path(collection), scopes=options.scopes), scopes=options.scopes)
        return runner.run(system, chosen, folder, heard, parallel=options.parallel, stop=stop)
