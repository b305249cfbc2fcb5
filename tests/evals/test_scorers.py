"""Scorers grade as a person would: right and wrong in each way."""

from __future__ import annotations

import pytest

from evals.report import changed, interval
from evals.runner import Result
from evals.scorers import citations, facts
from evals.scorers.verdict import Stage, Verdict, stage, verdict


@pytest.mark.parametrize(
    ("text", "groups", "share"),
    [
        ("De termijn is acht weken. [1]", [["acht weken", "8 weken"]], 1.0),
        ("De termijn is 8 weken.", [["acht weken", "8 weken"]], 1.0),
        ("De termijn is 18 weken.", [["8 weken"]], 0.0),
        ("De boete is 1.250 euro.", [["250 euro"]], 0.0),
        ("Dat kost € 2,50", [["2"]], 0.0),
        ("ACHT [2]  weken", [["acht weken"]], 1.0),
        ("acht weken", [["acht weken"], ["de burgemeester"]], 0.5),
        ("", [["acht"]], 0.0),
        ("iets", [], 1.0),
    ],
)
def test_a_fact_counts_where_it_stands_whole(text: str, groups: list[list[str]], share: float) -> None:
    assert facts.recall(text, groups) == share


def test_forbidden_facts_are_named() -> None:
    assert facts.forbidden("Om 02.00 uur, niet om 03.00 uur", ["03.00 uur", "04.00 uur"]) == ["03.00 uur"]


@pytest.mark.parametrize(
    ("cited", "wanted", "found", "share"),
    [
        (["apv.pdf"], ["apv"], 1.0, 1.0),
        (["apv.pdf", "ivp.docx"], ["apv"], 1.0, 0.5),
        (["ivp.docx"], ["apv"], 0.0, 0.0),
        ([], ["apv"], 0.0, None),
        (["apv.pdf"], [], None, None),
    ],
)
def test_citations_are_held_against_the_documents_wanted(
    cited: list[str], wanted: list[str], found: float | None, share: float | None
) -> None:
    assert citations.document_recall(cited, wanted) == found
    assert citations.precision(cited, wanted) == share


@pytest.mark.parametrize(
    ("locators", "wanted", "score"),
    [
        (["art. 2:10 lid 1-3"], "art. 2:10 lid 2", 1.0),
        (["art. 2:1"], "art. 2:10", 0.0),
        (["§ 6.3"], "par. 6.3", 1.0),
        (["§ 6.31"], "par. 6.3", 0.0),
        (["bijlage 2, art. 1"], "art. 1", 1.0),
        (["p. 3"], "art. 1", 0.0),
        (["art. 1"], "inleiding", None),
        (["art. 1"], None, None),
    ],
)
def test_a_place_is_right_by_its_article_or_paragraph(locators: list[str], wanted: str | None, score: float | None) -> None:
    assert citations.place_recall(locators, wanted) == score


@pytest.mark.parametrize(
    ("answerable", "answered", "recall", "wrong", "retrieved", "found", "where"),
    [
        (True, True, 1.0, 0, True, Verdict.RIGHT, None),
        (True, True, 0.5, 0, True, Verdict.PARTLY, Stage.NOT_USED),
        (True, True, 0.0, 0, True, Verdict.WRONG, Stage.NOT_USED),
        (True, True, 0.0, 0, False, Verdict.WRONG, Stage.NOT_RETRIEVED),
        (True, True, 1.0, 1, True, Verdict.WRONG, Stage.FORBIDDEN),
        (True, False, 0.0, 0, True, Verdict.REFUSED_WRONGLY, Stage.REFUSED),
        (True, False, 0.0, 0, False, Verdict.REFUSED_WRONGLY, Stage.NOT_RETRIEVED),
        (False, False, 1.0, 0, True, Verdict.REFUSED_RIGHTLY, None),
        (False, True, 1.0, 0, True, Verdict.ANSWERED_WRONGLY, Stage.SHOULD_REFUSE),
    ],
)
def test_right_wrong_and_refused_are_kept_apart(
    answerable: bool, answered: bool, recall: float, wrong: int, retrieved: bool, found: Verdict, where: Stage | None
) -> None:
    assert verdict(answerable=answerable, answered=answered, recall=recall, forbidden=wrong) is found
    assert stage(found, retrieved=retrieved, forbidden=wrong) is where


def test_an_interval_holds_its_share_and_narrows_with_more_questions() -> None:
    low, high = interval(0.8, 20)
    assert low < 0.8 < high
    assert interval(0.8, 200)[0] > low


def test_a_run_is_held_against_an_earlier_one_case_by_case() -> None:
    def results(*right: bool) -> list[Result]:
        return [
            Result(
                str(n),
                "fact",
                None,
                "?",
                "answered",
                (Verdict.RIGHT if ok else Verdict.WRONG).value,
                None,
                1.0,
                [],
                *[None] * 6,
                1,
                0.1,
                [],
                {},
            )
            for n, ok in enumerate(right)
        ]

    gained, lost, chance = changed(results(True, True, False), results(True, False, True))
    assert (gained, lost) == (["1"], ["2"])
    assert chance == 1.0
    assert changed(results(*[False] * 8), results(*[True] * 8))[2] < 0.01
