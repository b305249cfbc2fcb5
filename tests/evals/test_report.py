"""What a run comes to, and its report: figures that add up, one page from nowhere else, nothing of a document that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.figures import Changed, by_gemeente, by_type, changed, figure, figures, interval, seconds, stages
from evals.judge import Judged, Opinion, Vote
from evals.report import Report, markdown, summary
from evals.report_html import html
from evals.result import Mark, Result, kept, line, marks
from evals.scorers.verdict import Stage, Verdict

RIGHT = Result("a", "x", "fact", ("Elzerveen",), "Hoe laat?", "answered", Verdict.RIGHT.value, facts=1.0, rank=1.0, context=1.0)
EVIL = "<script>alert('x')</script>"
WRONG = replace(
    RIGHT,
    id="b",
    question=f"Waar? {EVIL}",
    gemeenten=(),
    verdict=Verdict.WRONG.value,
    stage=Stage.NOT_USED.value,
    facts=0.0,
    rank=0.5,
    missing=("acht weken",),
    wanted=(("acht weken", "8 weken"),),
    documents=("apv-elzerveen-2024",),
    answer={"text": f"Dat weet {EVIL} ik", "citations": [{"title": EVIL, "locator": "art. 1", "quote": f"{EVIL} citaat"}]},
    found=({"title": "APV", "locator": "art. 2", "text": f"{EVIL} binnen ACHT  weken"},),
)
REFUSED = replace(
    RIGHT, id="c", type="unanswerable", expected="not_found", verdict=Verdict.REFUSED_RIGHTLY.value, facts=0.0, rank=None, context=None
)
OVER = replace(RIGHT, id="d", verdict=Verdict.REFUSED_WRONGLY.value, stage=Stage.REFUSED.value, facts=0.0)
UNGRADED = replace(RIGHT, id="e", verdict=Verdict.UNGRADED.value, reason="Het taalmodel is niet bereikbaar.")
RUN = [RIGHT, WRONG, REFUSED, OVER, UNGRADED]


def test_wrong_refused_and_not_graded_are_counted_apart() -> None:
    found = figures(RUN)
    assert (found["right"].value, found["right"].count) == (0.3333, 3)
    assert (found["over_refused"].value, found["over_refused"].count) == (0.3333, 3)
    assert (found["refused"].value, found["refused"].count) == (1.0, 1)
    assert (found["rank"].value, found["context"].count) == (0.8333, 3)
    assert "cells" not in found
    assert summary(RUN) == [
        "1 van 3 vragen helemaal goed beantwoord, 0 deels, 1 fout, 1 onterecht geweigerd.",
        "1 van 1 vragen die de bibliotheek niet beantwoordt terecht geweigerd.",
        "1 vragen konden niet worden beoordeeld en tellen nergens mee.",
    ]


def test_groups_hold_every_case_once() -> None:
    assert sum(counts.total() for counts in by_type(RUN).values()) == len(RUN)
    assert by_gemeente(RUN)["geen gemeente genoemd"] == {Verdict.WRONG.value: 1}
    assert stages(RUN) == {Stage.NOT_USED.value: 1, Stage.REFUSED.value: 1}
    assert list(by_type([*RUN[2:], *RUN[:2]])) == list(by_type(RUN))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_an_interval_holds_its_figure_and_stays_between_0_and_1(scores: list[float]) -> None:
    found = figure(scores)
    assert found is not None
    assert 0 <= found.low <= found.value + 1e-4
    assert found.value - 1e-4 <= found.high <= 1


def test_an_interval_narrows_with_more_questions_and_knows_nothing_of_none() -> None:
    assert interval(0.8, 200)[0] > interval(0.8, 20)[0]
    assert interval(0.5, 0) == (0.0, 1.0)
    # Held against the table in Brown, Cai and DasGupta (2001): 8 of 10.
    assert interval(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-3)


def moved(gained: int, lost: int, *, refusals: bool = False) -> Changed:
    ids = [f"g{n}" for n in range(gained)], [f"l{n}" for n in range(lost)]
    return Changed(tuple(ids[0]), tuple(ids[1]), 100, frozenset((*ids[0], *ids[1])) if refusals else frozenset())


@pytest.mark.parametrize("refusals", [False, True])
def test_a_change_is_worse_when_chance_does_not_explain_it(refusals: bool) -> None:
    assert moved(0, 0, refusals=refusals).p == 1.0
    assert moved(1, 9, refusals=refusals).p == pytest.approx(0.0215, abs=1e-4)
    assert not moved(0, 3, refusals=refusals).worse
    assert moved(0, 4, refusals=refusals).worse
    assert not moved(4, 5, refusals=refusals).worse
    assert not moved(9, 0, refusals=refusals).worse


def test_a_search_that_puts_much_lower_is_worse() -> None:
    assert Changed((), (), 50, nearer=6, farther=23).worse
    assert not Changed((), (), 50, nearer=6, farther=12).worse
    assert not Changed((), (), 50, nearer=23, farther=6).worse


def test_runs_are_held_together_case_by_case_and_only_where_both_were_graded() -> None:
    before = {
        "a": Mark("fout", 0.5),
        "b": Mark("goed", 1.0),
        "c": Mark("terecht geweigerd", None),
        "e": Mark("goed", 1.0),
        "x": Mark("goed", 1.0),
    }
    assert changed(marks(RUN), before) == Changed(("a",), ("b",), 3, frozenset("c"), nearer=1, farther=1)


def test_the_page_shows_each_failing_case_whole_and_marks_what_was_wanted() -> None:
    page = html(Report("proef", "5 vragen.", RUN, before={"b": Mark("goed", 1.0)}))
    for said in (
        "<mark>ACHT weken</mark>",
        "apv-elzerveen-2024",
        "acht weken of 8 weken",
        "niet gebruikt",
        "Het taalmodel is niet bereikbaar.",
    ):
        assert said in page
    assert page.count("<details>") == 3
    assert "Verloren: b." in page


def test_the_page_asks_for_nothing_and_runs_nothing_of_a_document() -> None:
    page = html(Report(f"proef{EVIL}", EVIL, RUN, RUN, {"a": Mark("goed", 1.0)}))
    assert "<script" not in page
    assert not re.search(r"(?:src|href|url|@import)\s*[=(]", page)
    assert "http" not in page


def test_the_baseline_stands_beside_ours() -> None:
    plain = [replace(result, verdict=Verdict.WRONG.value, facts=0.0) for result in RUN]
    report = Report("proef", "5 vragen.", RUN, plain)
    assert "| Goed beantwoord, alle feiten | 33,3 % | 6 % – 79 % | 3 | 0,0 % |" in markdown(report)
    assert "Basislijn" in html(report)
    assert "Basislijn" not in html(Report("proef", "5 vragen.", RUN))


def test_markdown_names_every_case_that_was_not_good_and_no_other() -> None:
    said = markdown(Report("proef", "5 vragen.", RUN))
    assert re.findall(r"^- \*\*(\w)\*\*", said, re.M) == ["b", "d", "e"]


def test_what_a_model_thinks_stands_apart_from_the_figures() -> None:
    votes = tuple(Vote("a", "x", run, opinion, Opinion.JA) for run, opinion in enumerate((Opinion.JA, Opinion.JA, Opinion.NEE)))
    report = Report("proef", "5 vragen.", RUN, judged=Judged("rechter", 3, votes))
    without = markdown(Report("proef", "5 vragen.", RUN))
    extra = markdown(report).replace(without.split("## Wat")[0], "")
    assert "Trouw aan de bronnen: 0,67 op een schaal van 0 (nee) tot 1 (ja); in 0 % van de antwoorden waren alle keren gelijk." in extra
    assert "telt niet mee in de cijfers hierboven" in html(report)
    assert figures(report.results) == figures(RUN)


def test_a_result_is_read_back_as_it_was_kept_and_half_a_line_is_not(tmp_path: Path) -> None:
    (tmp_path / "resultaten.jsonl").write_text("".join(map(line, RUN)) + line(RIGHT)[:40], encoding="utf-8")
    assert list(kept(tmp_path, mend=False)) == RUN
    assert list(kept(tmp_path)) == RUN
    assert (tmp_path / "resultaten.jsonl").read_text(encoding="utf-8") == "".join(map(line, RUN))


def test_seconds_are_told_apart_from_the_report() -> None:
    timed = [replace(RIGHT, seconds=n / 10) for n in range(1, 11)]
    assert seconds(timed) == {"p50": 0.5, "p95": 0.9}
    assert html(Report("x", "", timed)) == html(Report("x", "", [RIGHT] * 10))
