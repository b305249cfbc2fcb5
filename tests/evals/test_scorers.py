"""Scorers grade as a person would: right and wrong in each way."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evals.scorers import cells, citations, facts, lists, ranking, support
from evals.scorers.cells import Cell
from evals.scorers.verdict import GOOD, Stage, Verdict, stage, verdict


@pytest.mark.parametrize(
    ("text", "groups", "share"),
    [
        ("De termijn is acht weken. [1]", [["acht weken", "8 weken"]], 1.0),
        ("De termijn is 8 weken.", [["acht weken", "8 weken"]], 1.0),
        ("De termijn is 18 weken.", [["8 weken"]], 0.0),
        ("De boete is 1.250 euro.", [["250 euro"]], 0.0),
        ("De boete is 1,250 euro.", [["250 euro"]], 0.0),
        ("Dat kost € 2,50", [["2"]], 0.0),
        ("Dat kost € 2.500", [["2"]], 0.0),
        ("Dat kost € 25", [["2"]], 0.0),
        ("Het zijn er 2.", [["2"]], 1.0),
        ("Het zijn er 2, soms meer", [["2"]], 1.0),
        ("ACHT [2]  weken", [["acht weken"]], 1.0),
        ("acht[12] weken", [["Acht  Weken"]], 1.0),
        ("foto’s van de gevel", [["foto's"]], 1.0),
        ("foto's van de gevel", [["foto’s"]], 1.0),
        ("art. 2:10 lid 3", [["2:10"]], 1.0),
        ("art. 12:10 lid 3", [["2:10"]], 0.0),
        ("art. 2:101 lid 3", [["2:10"]], 0.0),
        ("eind 2 mei", [["2 mei"]], 1.0),
        ("eind 12 mei", [["2 mei"]], 0.0),
        ("de 2e", [["de 2"]], 1.0),
        ("de 22", [["de 2"]], 0.0),
        ("wat a.b staat", [["a.b"]], 1.0),
        ("wat axb staat", [["a.b"]], 0.0),
        ("aangelijnde honden", [["aangelijnd"]], 1.0),
        ("acht weken", [["acht weken"], ["de burgemeester"]], 0.5),
        ("acht weken, de burgemeester", [["acht weken"], ["de burgemeester"]], 1.0),
        ("", [["acht"]], 0.0),
        ("iets", [], 1.0),
    ],
)
def test_a_fact_counts_where_it_stands_whole(text: str, groups: list[list[str]], share: float) -> None:
    assert facts.recall(text, groups) == share


def test_each_fact_is_told_apart() -> None:
    assert facts.standing("acht weken, burgemeester", [["8 weken", "acht weken"], ["college"], ["burgemeester"]]) == [True, False, True]


def test_forbidden_facts_are_named() -> None:
    assert facts.forbidden("Om 02.00 uur, niet om 03.00 uur", ["03.00 uur", "04.00 uur"]) == ["03.00 uur"]
    assert facts.forbidden("", ["03.00 uur"]) == []


@pytest.mark.parametrize(
    ("text", "items", "share", "missing"),
    [
        ("- a: hamer\n- b: tang", [["hamer"], ["tang"]], 1.0, []),
        ("- hamer", [["hamer"], ["tang", "knijper"]], 0.5, ["tang"]),
        ("- knijper", [["hamer"], ["tang", "knijper"]], 0.5, ["hamer"]),
        ("niets", [["hamer"], ["tang"], ["zaag"]], 0.0, ["hamer", "tang", "zaag"]),
        ("niets", [], None, []),
    ],
)
def test_of_a_list_every_item_counts(text: str, items: list[list[str]], share: float | None, missing: list[str]) -> None:
    assert lists.completeness(text, items) == share
    assert lists.missing(text, items) == missing


@pytest.mark.parametrize(
    ("passages", "wanted", "rank"),
    [
        (["acht weken", "anders"], [["acht weken"]], 1.0),
        (["anders", "acht weken", "acht weken"], [["acht weken"]], 0.5),
        (["anders", "de raad"], [["acht weken"], ["de raad"]], 0.5),
        (["anders"], [["acht weken"]], 0.0),
        ([], [["acht weken"]], 0.0),
        (["acht weken"], [], None),
    ],
)
def test_a_search_is_better_the_higher_it_puts_the_first_right_passage(
    passages: list[str], wanted: list[list[str]], rank: float | None
) -> None:
    assert ranking.reciprocal(passages, wanted) == rank


@pytest.mark.parametrize(
    ("given", "wanted", "right", "share"),
    [
        ({"A": Cell("gevonden", "om 02.00 uur")}, {"A": cells.wants([["02.00 uur"]])}, {"A": True}, 1.0),
        ({"A": Cell("gevonden", "om 02.00 uur")}, {"A": cells.wants([["02.00 uur"], ["weekend"]])}, {"A": False}, 0.0),
        ({"A": Cell("gevonden", "om 02.00 uur")}, {"A": Cell("vervallen")}, {"A": False}, 0.0),
        ({"A": Cell("vervallen", "om 02.00 uur")}, {"A": cells.wants([["02.00 uur"]])}, {"A": False}, 0.0),
        ({"A": Cell("vervallen", "om 02.00 uur")}, {"A": Cell("vervallen")}, {"A": True}, 1.0),
        ({}, {"A": Cell("vervallen")}, {"A": False}, 0.0),
        (
            {"A": Cell("gevonden", "ja"), "B": Cell("geen bepaling gevonden"), "C": Cell("gevonden", "nee")},
            {"A": cells.wants([["ja"]]), "B": cells.wants([["ja"]])},
            {"A": True, "B": False},
            0.5,
        ),
        ({"A": Cell("gevonden", "ja")}, {}, {}, None),
    ],
)
def test_a_cell_is_right_by_its_state_and_what_it_says(
    given: dict[str, Cell], wanted: dict[str, Cell], right: dict[str, bool], share: float | None
) -> None:
    assert cells.right(given, wanted) == right
    assert cells.share(cells.right(given, wanted)) == share


def test_a_cell_that_is_wanted_holds_its_facts() -> None:
    assert cells.wants([["a", "b"], ["c"]]) == Cell("gevonden", "", (("a", "b"), ("c",)))


@pytest.mark.parametrize(
    ("cited", "wanted", "found", "share"),
    [
        ([("d-1", "apv.pdf")], ["apv"], 1.0, 1.0),
        ([("d-1", "apv.pdf")], ["apv.pdf"], 1.0, 1.0),
        ([("d-1", "apv.pdf")], ["d-1"], 1.0, 1.0),
        ([("d-1", "apv.pdf"), ("d-2", "ivp.docx")], ["apv"], 1.0, 0.5),
        ([("d-1", "apv.pdf"), ("d-2", "ivp.docx")], ["apv", "ivp"], 1.0, 1.0),
        ([("d-2", "ivp.docx"), ("d-2", "ivp.docx")], ["apv"], 0.0, 0.0),
        ([("d-3", "apv-2019.pdf")], ["apv"], 0.0, 0.0),
        ([], ["apv"], 0.0, None),
        ([("d-1", "apv.pdf")], [], None, None),
    ],
)
def test_citations_are_held_against_the_documents_wanted(
    cited: Sequence[tuple[str, str]], wanted: list[str], found: float | None, share: float | None
) -> None:
    assert citations.document_recall(cited, wanted) == found
    assert citations.precision(cited, wanted) == share


@pytest.mark.parametrize(
    ("locators", "wanted", "score"),
    [
        (["art. 2:10 lid 1-3"], "art. 2:10 lid 2", 1.0),
        (["art. 2:1"], "art. 2:10", 0.0),
        (["art. 3.1a"], "art. 3.1a.", 1.0),
        (["art. 7", "art. 2:10"], "art. 2:10", 1.0),
        (["§ 6.3"], "par. 6.3", 1.0),
        (["§ 6.3"], "par. 6.3.", 1.0),
        (["§ 6.31"], "par. 6.3", 0.0),
        (["§ 4"], "hoofdstuk 4", 1.0),
        (["§ 4"], "vraag 4", 1.0),
        (["art. 4"], "par. 4", 0.0),
        (["bijlage 2, art. 1"], "art. 1", 1.0),
        (["p. 3"], "art. 1", 0.0),
        ([], "art. 1", 0.0),
        (["art. 1"], "inleiding", None),
        (["art. 1"], "", None),
        (["art. 1"], None, None),
    ],
)
def test_a_place_is_right_by_its_article_or_paragraph(locators: list[str], wanted: str | None, score: float | None) -> None:
    assert citations.place_recall(locators, wanted) == score


@pytest.mark.parametrize(
    ("quotes", "share"),
    [([("acht", "acht")], 1.0), ([("acht", "acht"), ("acht", "Acht")], 0.5), ([("acht", "")], 0.0), ([], None)],
)
def test_a_quote_is_its_source_to_the_letter(quotes: list[tuple[str, str]], share: float | None) -> None:
    assert support.verbatim(quotes) == share


@pytest.mark.parametrize(
    ("sentences", "share"),
    [
        ([("Dat is 8 weken.", "binnen 8 weken")], 1.0),
        ([("Dat is 9 weken.", "binnen 8 weken")], 0.0),
        ([("Dat is 9 weken.", "binnen 8 weken"), ("Artikel 2:10 zegt het.", "Artikel 2:10")], 0.5),
        ([("Zonder getal.", "")], 1.0),
        ([("Volgens art. 2:11.", "art. 2:10")], 0.0),
        ([], None),
    ],
)
def test_a_number_stands_in_what_its_sentence_cites(sentences: list[tuple[str, str]], share: float | None) -> None:
    assert support.numbers(sentences) == share


@pytest.mark.parametrize(
    ("answerable", "answered", "recall", "wrong", "found"),
    [
        (True, True, 1.0, 0, Verdict.RIGHT),
        (True, True, 0.5, 0, Verdict.PARTLY),
        (True, True, 0.99, 0, Verdict.PARTLY),
        (True, True, 0.01, 0, Verdict.PARTLY),
        (True, True, 0.0, 0, Verdict.WRONG),
        (True, True, 1.0, 1, Verdict.WRONG),
        (True, True, 0.5, 2, Verdict.WRONG),
        (True, False, 0.0, 0, Verdict.REFUSED_WRONGLY),
        (True, False, 1.0, 1, Verdict.REFUSED_WRONGLY),
        (False, False, 1.0, 0, Verdict.REFUSED_RIGHTLY),
        (False, True, 1.0, 0, Verdict.ANSWERED_WRONGLY),
    ],
)
def test_right_wrong_and_refused_are_kept_apart(answerable: bool, answered: bool, recall: float, wrong: int, found: Verdict) -> None:
    assert verdict(answerable=answerable, answered=answered, recall=recall, forbidden=wrong) is found


def test_only_a_right_answer_and_a_right_refusal_are_good() -> None:
    assert {Verdict.RIGHT, Verdict.REFUSED_RIGHTLY} == GOOD


@pytest.mark.parametrize(
    ("found", "said", "retrieved", "cited", "where"),
    [
        (Verdict.RIGHT, [True], [True], [True], None),
        (Verdict.REFUSED_RIGHTLY, [], [], [], None),
        (Verdict.UNGRADED, [False], [False], [False], None),
        (Verdict.ANSWERED_WRONGLY, [], [], [], Stage.SHOULD_REFUSE),
        (Verdict.WRONG, [False], [False], [False], Stage.NOT_RETRIEVED),
        (Verdict.WRONG, [False], [True], [False], Stage.NOT_USED),
        (Verdict.WRONG, [False], [True], [True], Stage.USED_WRONGLY),
        (Verdict.WRONG, [True], [True], [True], Stage.FORBIDDEN),
        (Verdict.PARTLY, [True, False], [True, False], [True, False], Stage.NOT_RETRIEVED),
        (Verdict.PARTLY, [True, False], [False, True], [False, True], Stage.USED_WRONGLY),
        (Verdict.PARTLY, [False, False], [True, True], [True, False], Stage.NOT_USED),
        (Verdict.PARTLY, [False, False], [True, False], [True, False], Stage.NOT_RETRIEVED),
        (Verdict.REFUSED_WRONGLY, [False], [True], [False], Stage.REFUSED),
        (Verdict.REFUSED_WRONGLY, [False], [False], [False], Stage.NOT_RETRIEVED),
    ],
)
def test_where_it_went_wrong_first_is_told(
    found: Verdict, said: list[bool], retrieved: list[bool], cited: list[bool], where: Stage | None
) -> None:
    assert stage(found, said=said, retrieved=retrieved, cited=cited) is where
