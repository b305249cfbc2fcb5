"""What speaks for a sentence as the answer, read in the demo library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.app import App
from assistant.model import Asked
from assistant.write import evidence
from assistant.write.evidence import Evidence
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
