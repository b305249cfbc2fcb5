"""What is asked beneath an order, and the form that it is wanted in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import App
from assistant.model import Asked, Completeness, Form
from assistant.understand import phrasing
from assistant.understand.follow_up import Turn
from assistant.understand.phrasing import Phrased
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("text", "question", "form"),
    [
        ("Geef een samenvatting van het IVP van Borne", "Waar gaat het IVP van Borne over?", Form.SAMENVATTING),
        ("Maak een korte samenvatting over cameratoezicht", "Wat geldt er voor cameratoezicht?", Form.SAMENVATTING),
        ("Kun je een tabel maken van de boetes in Borne?", "Wat zijn de boetes in Borne?", Form.TABEL),
        ("Geef in een tabel de sluitingstijden van Borne en Almelo.", "Wat zijn de sluitingstijden van Borne en Almelo?", Form.TABEL),
        ("Wat zijn de boetes in Borne, in een tabel?", "Wat zijn de boetes in Borne?", Form.TABEL),
        ("Hoe sluit ik een drugspand, stap voor stap?", "Hoe sluit ik een drugspand?", Form.STAPPEN),
        ("Geef een stappenplan voor het sluiten van een pand", "Welke stappen gelden er voor het sluiten van een pand?", Form.STAPPEN),
        ("Stel een memo op over honden", "Wat geldt er voor honden?", Form.MEMO),
        ("Maak een checklist voor een evenement svp", "Welke eisen gelden er voor een evenement?", Form.CHECKLIST),
        ("Leg in eenvoudige taal uit wat een noodbevel is", "Wat is een noodbevel?", Form.B1),
        ("Kun je mij op B1-niveau uitleggen hoe lang een huisverbod duurt?", "Hoe lang duurt een huisverbod?", Form.B1),
        ("Kun je uitleggen wat een noodbevel is?", "Wat is een noodbevel?", None),
        ("Vertel eens iets over het cameratoezicht in Borne", "Wat geldt er voor het cameratoezicht in Borne?", None),
        # Another form of what was answered before.
        ("Kun je daar een tabel van maken?", "", Form.TABEL),
        ("Maak daar een memo van", "", Form.MEMO),
        ("En nu in stappen graag", "", Form.STAPPEN),
        ("Kan dat op B1-niveau?", "", Form.B1),
        ("Kun je dat in gewone taal uitleggen?", "", Form.B1),
    ],
)
def test_an_order_holds_a_question_and_a_form(text: str, question: str, form: Form | None) -> None:
    assert phrasing.read(text) == Phrased(question, form)


@pytest.mark.parametrize(
    "text",
    [
        "Wat is een noodbevel?",
        "Hoeveel staat er in tabel 3 van het IVP?",
        "Wat staat er in de samenvatting van het jaarverslag?",
        "Wie stelt het stappenplan op?",
        "Moet er een checklist bij een evenement?",
        "Ik moet een memo schrijven over een drugspand. Wat is de grondslag?",
        "Mag de burgemeester uitleggen waarom hij sluit?",
    ],
)
def test_a_plain_question_is_left_as_it_is_put(text: str) -> None:
    assert phrasing.read(text) is None


@given(st.text(max_size=120))
def test_any_text_can_be_put(text: str) -> None:
    phrased = phrasing.read(text)
    assert phrased is None or phrased.question or phrased.form


def test_the_form_that_a_question_asks_for_is_the_form_of_its_answer(demo: App) -> None:
    asked = demo.reader.read(Asked("Leg in eenvoudige taal uit wat een lokaalverbod is", TODAY), [])
    answer = demo.answerer.answer(asked)
    assert (answer.status, answer.form, answer.read_as) == (Completeness.COMPLETE, Form.B1, "Wat is een lokaalverbod?")


def test_a_form_that_was_chosen_goes_before_the_form_that_is_asked_for(demo: App) -> None:
    asked = Asked("Leg in eenvoudige taal uit wat een lokaalverbod is", TODAY, form=Form.MEMO)
    assert demo.reader.read(asked, []).form is Form.MEMO


def test_who_asks_for_another_form_gets_the_question_before_in_it(demo: App) -> None:
    asked = demo.reader.read(Asked("Kun je daar een tabel van maken?", TODAY), [Turn("Wat zijn de boetes in Dorrebeek?")])
    assert (asked.meant, asked.form) == ("Wat zijn de boetes in Dorrebeek?", Form.TABEL)


def test_who_asks_what_a_document_is_about_gets_its_chapters(demo: App) -> None:
    answer = demo.answerer.answer(demo.reader.read(Asked("Geef een samenvatting van het IVP van Elzerveen", TODAY), []))
    said = [sentence.text for sentence in answer.sentences]
    assert {citation.source.document.title for citation in answer.citations} == {"Integraal Veiligheidsplan Elzerveen 2025-2028"}
    assert said[1:4] == ["1 Inleiding", "2 Het veiligheidsbeeld", "3 Prioriteit 1: ondermijning"]
