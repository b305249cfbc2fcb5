"""What speaks for a sentence as the answer, read in the demo library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.app import App
from assistant.model import Asked
from assistant.understand.question import Query, understand
from assistant.write import evidence, signs
from assistant.write.evidence import Evidence
from corpus.gemeenten import national
from corpus.model import Kind
from tests.conftest import TODAY


def weighed(demo: App, question: str, named: Sequence[str] = ()) -> list[tuple[Kind, Evidence]]:
    """The evidence for a question, each with the kind of its document; `named` are gemeenten that it is read as naming."""
    asked = Asked(question, TODAY)
    query = demo.retriever.understood(asked)
    hits = demo.retriever.retrieve(query, asked)
    query = replace(query, named=tuple(named)) if named else query
    found = evidence.weigh(query, hits, demo.index.rarity, demo.library.gemeenten())
    return [(hits[one.unit.hit].source.document.kind, one) for one in found]


def test_a_regional_document_is_foreign_to_a_gemeente_outside_its_region(demo: App) -> None:
    question = "Wat zijn de regels voor het melden van een demonstratie?"
    outside, inside = (weighed(demo, question, [code]) for code in ("GM0200", "GM9901"))
    assert any(e.features["foreign"] for kind, e in outside if kind is Kind.HANDREIKING)
    assert not any(e.features["foreign"] for kind, e in outside if kind is Kind.APV)
    assert not any(e.features["foreign"] for kind, e in inside if kind is Kind.HANDREIKING)


def test_what_is_done_speaks_for_a_sentence_only_where_the_question_asks_yes_or_no(demo: App) -> None:
    asks = weighed(demo, "Moet een buurtbarbecue op eigen terrein in Dorrebeek gemeld worden?")
    assert {bool(e.features["acts"]) for _, e in asks} == {True, False}
    assert all("meld" in e.unit.text.lower() for _, e in asks if e.features["acts"] == 1)
    assert not any(e.features["acts"] for _, e in weighed(demo, "Wie moet een buurtbarbecue in Dorrebeek melden?"))


FORMULAS = (
    "Wij Willem-Alexander, bij de gratie Gods, Koning der Nederlanden, enz. enz. enz.",
    "Allen, die deze zullen zien of horen lezen, saluut! doen te weten:",
    "Lasten en bevelen dat deze in het Staatsblad zal worden geplaatst.",
    "Alzo Wij in overweging genomen hebben, dat het wenselijk is regels te stellen over honden;",
    "Deze wet wordt aangehaald als: Hondenwet.",
)


def asked(question: str) -> Query:
    return understand(Asked(question, TODAY), national())


@pytest.mark.parametrize("text", FORMULAS)
def test_what_every_regeling_says_of_itself_is_no_answer(text: str) -> None:
    assert signs.is_formula(text, asked("Wanneer moet een hond aan de lijn?"))


def test_why_a_regeling_is_there_and_what_it_is_called_may_be_asked() -> None:
    assert not signs.is_formula(FORMULAS[3], asked("Waarom is de Hondenwet gemaakt?"))
    assert not signs.is_formula(FORMULAS[4], asked("Hoe heet de wet over honden?"))


@pytest.mark.parametrize(
    "text", ["Wij adviseren de raad te wachten.", "De gegeven termijn is vier weken.", "Dit besluit treedt in werking op 1 mei."]
)
def test_a_sentence_that_says_something_is_no_formula(text: str) -> None:
    assert not signs.is_formula(text, asked("Wanneer moet een hond aan de lijn?"))


def test_who_asks_what_a_document_has_to_hold_is_told_what_it_holds() -> None:
    for question in (
        "Wat moet er minimaal in de beschikking staan?",
        "Wat moet de machtiging bevatten?",
        "Welke gegevens moeten in het register staan?",
    ):
        assert signs.ASKS_CONTENTS.search(question)
    for question in ("Wat moet ik doen als er een hond in de tuin staat?", "Welke gegevens zijn er gelekt?", "Wat moet er gebeuren?"):
        assert not signs.ASKS_CONTENTS.search(question)
    assert signs.CONTAINS.search("4. Het huisverbod bevat in ieder geval:")
    assert signs.CONTAINS.search("In de machtiging worden ten minste vermeld:")
    assert not signs.CONTAINS.search("huisverbod: beschikking houdende een last tot het verlaten van een woning")
