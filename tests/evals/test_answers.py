"""Runs: the demo set no worse than it was; a run that is killed goes on and ends the same; what could not be graded stands apart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.app import App
from corpus.errors import Refused, Unavailable
from evals import runner, testset
from evals.answer_commands import earlier
from evals.evaluation import Options, evaluate
from evals.figures import changed, figures
from evals.result import RESULTS, kept, marks
from evals.testset import Case, TestSet

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "evals" / "sets" / "demo.yaml"
RECORDED = ROOT / "evals" / "sets" / "opgenomen.json"


def heard(what: str, count: int) -> None:
    """Nobody listens."""


def part(count: int) -> TestSet:
    """So many cases of the demo set, of all kinds."""
    cases = testset.load(DEMO).cases
    return TestSet("demo", cases[:: len(cases) // count][: count - 1] + cases[-1:])


def test_the_demo_set_is_answered_no_worse_than_was_recorded(demo: App, tmp_path: Path) -> None:
    """When it is better, or changed with reason: `oov eval answers evals/sets/demo.yaml --record evals/sets/opgenomen.json`."""
    chosen = testset.load(DEMO)
    results = runner.run(runner.product(demo, date(2026, 11, 22)), chosen, tmp_path / "run", heard)
    found = figures(results)
    assert found["verbatim"].value == found["numbers"].value == 1.0
    assert all(result.graded for result in results)
    since = changed(marks(results), earlier(RECORDED, "demo"))
    assert since.count >= 120
    assert not since.worse, since


def test_many_at_once_give_what_one_after_the_other_gives(demo: App, tmp_path: Path) -> None:
    few = part(8)
    evaluate(demo, few, tmp_path / "one", Options(), heard)
    evaluate(demo, few, tmp_path / "many", Options(parallel=4), heard)
    for name in ("verslag.md", "verslag.html"):
        assert (tmp_path / "one" / name).read_text() == (tmp_path / "many" / name).read_text()


def test_a_run_that_is_killed_half_way_goes_on_and_gives_the_same_report(demo: App, demo_data: Path, tmp_path: Path) -> None:
    few = part(24)
    evaluate(demo, few, tmp_path / "whole" / "demo", Options(), heard)
    chosen = tmp_path / "demo.yaml"
    said = {case["id"]: case for case in json.loads(_as_json(DEMO))["cases"]}
    chosen.write_text(testset.to_yaml("demo", [said[case.id] for case in few.cases]), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "evals.commands",
        "eval",
        "answers",
        str(chosen),
        "--data",
        str(demo_data),
        "--out",
        str(tmp_path / "cut"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    results, until = tmp_path / "cut" / "demo" / RESULTS, time.monotonic() + 120
    while not (results.exists() and results.read_bytes().count(b"\n") >= 3) and time.monotonic() < until and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert 3 <= results.read_bytes().count(b"\n") < 24
    with results.open("a", encoding="utf-8") as file:
        file.write('{"id": "half')
    evaluate(demo, testset.load(chosen), tmp_path / "cut" / "demo", Options(), heard)
    for name in ("verslag.md", "verslag.html"):
        assert (tmp_path / "cut" / "demo" / name).read_text() == (tmp_path / "whole" / "demo" / name).read_text()


def test_a_case_that_was_changed_is_asked_again_and_one_that_was_not_is_not(demo: App, tmp_path: Path) -> None:
    first, second = testset.load(DEMO).cases[:2]
    system = runner.product(demo, date(2026, 11, 22))
    asked: list[str] = []

    def watched(case: Case) -> runner.Result:
        asked.append(case.id)
        return system(case)

    runner.run(watched, TestSet("x", (first, second)), tmp_path, heard)
    assert asked == [first.id, second.id]
    changed_case = replace(second, facts=(("iets anders",),))
    results = runner.run(watched, TestSet("x", (first, changed_case)), tmp_path, heard)
    assert asked == [first.id, second.id, second.id]
    assert results[1].wanted == (("iets anders",),)


def test_what_could_not_be_graded_counts_nowhere_and_is_tried_again(demo: App, tmp_path: Path) -> None:
    first, second = testset.load(DEMO).cases[:2]
    system = runner.product(demo, date(2026, 11, 22))

    def failing(case: Case) -> runner.Result:
        return system(case) if case is first else runner.grade.ungraded(case, "Het taalmodel is niet bereikbaar.")

    results = runner.run(failing, TestSet("x", (first, second)), tmp_path, heard)
    assert [result.verdict == "niet beoordeeld" for result in results] == [False, True]
    assert figures(results)["right"].count == 1
    again = runner.run(system, TestSet("x", (first, second)), tmp_path, heard)
    assert all(result.graded for result in again)
    assert figures(again)["right"].count == 2


def test_a_writer_that_fails_leaves_a_case_ungraded_with_the_reason(demo: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Unavailable("Het taalmodel is niet bereikbaar.")

    monkeypatch.setattr("assistant.answer.Answerer.stream", fail)
    result = runner.product(demo, date(2026, 11, 22))(testset.load(DEMO).cases[0])
    assert (result.graded, result.reason) == (False, "Het taalmodel is niet bereikbaar.")


def test_a_folder_of_a_run_on_another_library_is_not_gone_on_with(demo: App, tmp_path: Path) -> None:
    runner.under(demo, "assistent", tmp_path)
    said = json.loads((tmp_path / runner.CONDITIONS).read_text())
    assert runner.under(demo, "assistent", tmp_path).day == said["day"]
    (tmp_path / runner.CONDITIONS).write_text(json.dumps({**said, "library": "een andere"}))
    with pytest.raises(Refused, match="andere map"):
        runner.under(demo, "assistent", tmp_path)


def test_a_gemeente_that_is_not_known_is_told_by_its_case(demo: App, tmp_path: Path) -> None:
    case = replace(testset.load(DEMO).cases[0], gemeente="Nergenshuizen")
    with pytest.raises(Refused, match=r"Vraag c001, veld ‘gemeente’: ‘Nergenshuizen’"):
        runner.run(runner.product(demo, date(2026, 11, 22)), TestSet("x", (case,)), tmp_path, heard)
    assert list(kept(tmp_path)) == []


def test_a_comparison_is_graded_by_its_cells(demo: App) -> None:
    case = next(case for case in testset.load(DEMO).cases if case.id == "v01")
    result = runner.product(demo, date(2026, 11, 22))(case)
    assert set(result.cells) == {"Elzerveen", "Dorrebeek", "Lankwolde"}
    assert result.cells["Elzerveen"]
    assert result.verbatim == result.numbers == 1.0
    assert "Dorrebeek: " in result.answer["text"]


def _as_json(path: Path) -> str:
    import yaml

    return json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str)
