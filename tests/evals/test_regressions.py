"""A regression planted in search, threshold, verification or validity is seen by the gate that a run ends with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answerer
from assistant.app import App
from assistant.model import Asked, Hit
from assistant.understand.question import Query
from assistant.write import Draft, Progress
from evals import runner, testset
from evals.answer_commands import below
from evals.figures import changed, figures
from evals.result import Mark, Result, marks
from evals.testset import Case, Expected, TestSet
from tests.fakes import Knobs, language_model

DAY = date(2026, 11, 22)
CASES = [case for case in testset.load(Path(__file__).parent.parent.parent / "evals" / "sets" / "demo.yaml").cases if not case.cells]
ANSWERABLE = [case for case in CASES if case.expected is Expected.ANSWERED]
OTHERS = [case for case in CASES if case.expected is Expected.NOT_FOUND]
OF_2024 = [case for case in ANSWERABLE if "apv-elzerveen-2024" in case.documents]


class Silent:
    """Writes nothing: for what is only about the search."""

    name = "zwijgt"

    def write(self, query: Query, asked: Asked, hits: Sequence[Hit], so_far: Progress | None = None, /) -> Iterator[Draft]:  # noqa: ARG002
        return iter(())


def results(app: App, cases: Sequence[Case], out: Path, answerer: Answerer | None = None) -> list[Result]:
    return runner.run(runner.product(app, DAY, answerer), TestSet("x", tuple(cases)), out, lambda what, count: None)


def test_full_text_switched_off_is_seen_in_what_the_search_puts_first(demo: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searching = Answerer(demo.library, demo.retriever, Silent(), demo.comparer)
    before = marks(results(demo, ANSWERABLE, tmp_path / "before", searching))
    monkeypatch.setattr("assistant.find.ranking.DENSE", 1.0)
    after = changed(marks(results(demo, ANSWERABLE, tmp_path / "after", searching)), before)
    assert (after.gained, after.lost) == ((), ())
    assert after.farther > after.nearer
    assert after.worse


@pytest.mark.parametrize(
    ("threshold", "cases"), [(True, OTHERS[:20]), (False, ANSWERABLE[:12])], ids=["alles antwoorden", "niets antwoorden"]
)
def test_a_threshold_that_was_moved_is_seen_on_its_own_side(
    threshold: bool, cases: list[Case], demo: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = marks(results(demo, cases, tmp_path / "before"))
    monkeypatch.setattr("assistant.write.enough.answers", lambda query, weighed: threshold)
    after = changed(marks(results(demo, cases, tmp_path / "after")), before)
    assert after.gained == ()
    assert after.worse


def test_what_refusals_lose_is_not_hidden_by_what_answers_gain() -> None:
    was = {"a": Mark("fout", None), "b": Mark("fout", None), "c": Mark("fout", None), "d": Mark("fout", None)}
    was |= {"w": Mark("terecht geweigerd", None), "x": Mark("terecht geweigerd", None), "y": Mark("terecht geweigerd", None)}
    was["z"] = Mark("terecht geweigerd", None)
    now = {i: Mark("goed" if i < "e" else "had geweigerd moeten worden", None) for i in was}
    after = changed(now, was)
    assert len(after.gained) == len(after.lost) == 4
    assert after.p == 1.0
    assert after.worse


def test_verification_switched_off_is_seen_by_the_floor_of_numbers(
    new_app: Callable[..., App], demo_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with language_model(Knobs(reply="Daarvoor geldt een termijn van 987 weken. [1]")) as address:
        app = new_app(demo_data, writer=False, llm_base_url=address, llm_model="nep")
        cases = OTHERS[:5]
        with_it = results(app, cases, tmp_path / "with")
        assert all(result.good for result in with_it)
        monkeypatch.setattr("assistant.check.verify.Verifier._holds", lambda self, draft, cites: True)
        without = results(app, cases, tmp_path / "without")
    assert below(figures(without), {"numbers": 1.0}) == ["numbers is 0.000, grens 1.0"]
    assert changed(marks(without), marks(with_it)).worse


def test_an_outdated_edition_made_current_is_seen(new_app: Callable[..., App], demo_data: Path, tmp_path: Path) -> None:
    shutil.copytree(demo_data, tmp_path / "data")
    app = new_app(tmp_path / "data")
    before = marks(results(app, OF_2024, tmp_path / "before"))
    (document,) = [
        d for d in app.library.documents() if any(e.filename.startswith("apv-elzerveen-2024") for e in app.library.editions(d.id))
    ]
    app.curation.roll_back(document.id, "proef")
    after = changed(marks(results(app, OF_2024, tmp_path / "after")), before)
    assert after.gained == ()
    assert after.worse, after
