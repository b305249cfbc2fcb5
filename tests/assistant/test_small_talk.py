"""What is no question to the documents is answered as such, without a search; what looks like it is searched."""

from __future__ import annotations

import pytest

from assistant.app import App
from assistant.model import Asked, Completeness
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        ("Goedemorgen!", "Ik ben een AI-assistent."),
        ("hallo", "Ik ben een AI-assistent."),
        ("Oké, bedankt!", "Graag gedaan."),
        ("dank je wel", "Graag gedaan."),
        ("Wie ben jij en wat kun je?", "Ik ben een AI-assistent, geen mens."),
        ("Ben je een mens?", "Ik ben een AI-assistent, geen mens."),
        ("Heb je de APV van Hengelo?", "Niet in de bibliotheek: APV van Hengelo."),
        ("Staat het IVP van Enschede in de bibliotheek?", "Niet in de bibliotheek: integraal veiligheidsplan van Enschede."),
        ("Heb je de APV van Dorrebeek?", "Ja, in de bibliotheek: Algemene plaatselijke verordening gemeente Dorrebeek 2022."),
        ("Welke stukken heb je van Lankwolde?", "Nota cameratoezicht Lankwolde 2024"),
        ("Welke documenten heb je over vuurwerk?", "vuurwerk Lankwolde"),
    ],
)
def test_what_is_no_question_to_the_documents_is_answered_without_them(demo: App, said: str, reply: str) -> None:
    answer = demo.answerer.answer(Asked(said, TODAY))
    assert (answer.status, answer.sentences) == (Completeness.NOT_FOUND, ())
    assert reply in (answer.missing or "")


@pytest.mark.parametrize(
    "question",
    [
        "Heb je een vergunning nodig voor een terras in Dorrebeek?",
        "Welke documenten moet ik indienen bij een evenement in Elzerveen?",
        "Wat kan de burgemeester doen bij woonoverlast in Elzerveen?",
    ],
)
def test_a_question_that_begins_alike_is_put_to_the_documents(demo: App, question: str) -> None:
    assert demo.answerer.answer(Asked(question, TODAY)).citations


def test_nobody_is_told_of_documents_that_he_may_not_see(demo: App) -> None:
    asked = Asked("Welke stukken heb je van Elzerveen?", TODAY)
    hidden = {d.title: d.scope for d in demo.library.documents() if d.gemeente == "GM9901" and d.scope != "openbaar"}
    assert hidden
    told = demo.answerer.answer(Asked(asked.question, TODAY, scopes=frozenset({"openbaar"}))).missing or ""
    assert told.startswith("In de bibliotheek: ")
    assert not [title for title in hidden if title in told]
