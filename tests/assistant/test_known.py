"""What a question is about by name, and what is said where no text holds that."""

from __future__ import annotations

import pytest

from assistant.api import wire
from assistant.api.notices import notices
from assistant.app import App
from assistant.model import Asked, Completeness
from assistant.understand import nouns
from assistant.understand.follow_up import Turn
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Welke straf staat er op doxing?", {"doxing"}),
        ("Geldt er een verbod op de nieuwe fatbikes?", {"fatbikes"}),
        ("Hoeveel brandweervrijwilligers zijn er?", {"brandweervrijwilligers"}),
        ("In welke salarisschaal zit een boa?", {"salarisschaal"}),
        ("Een jochie speelt met een vlieger. Mag dat op het strand?", {"strand"}),
        ("Mag een fotograaf dat?", set()),
        ("Wat geldt er op zaterdagavond?", set()),
        ("Wat kost een boa op oudejaarsnacht?", set()),
        ("Mag het zonder vergunning in de openbare ruimte?", {"vergunning", "ruimte"}),
        ("Wie let er op?", set()),
        ("Welk gebied valt in Lankwolde precies onder ‘stadion’?", {"Lankwolde", "stadion"}),
        ("Hoeveel plekken voor Oekraïners zijn er?", {"plekken", "Oekraïners"}),
        ("Wat staat er over BSN in de afspraken met boa's?", {"afspraken"}),
        ("Wanneer heb ik een vergunning nodig voor mijn foodtruck?", {"foodtruck"}),
        ("", set()),
    ],
)
def test_a_question_names_what_it_is_about_behind_a_preposition_or_a_question_word(question: str, about: set[str]) -> None:
    assert set(nouns.subjects(question).values()) == about


def test_what_stands_nowhere_is_told_in_a_sentence() -> None:
    assert nouns.nowhere(["fatbikes"]) == "Het woord ‘fatbikes’ staat in geen van de stukken in de bibliotheek."
    assert nouns.nowhere(["a", "b", "c"]) == "De woorden ‘a’, ‘b’ en ‘c’ staan in geen van de stukken in de bibliotheek."


def test_a_subject_that_stands_nowhere_is_refused_and_told(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Welke straf staat er op doxing?", TODAY))
    assert answer.status is Completeness.NOT_FOUND
    assert answer.searched.unknown == ("doxing",)
    assert "Het woord ‘doxing’ staat in geen van de stukken" in (answer.missing or "")


def test_an_answer_to_a_question_with_a_word_that_stands_nowhere_says_so(demo: App) -> None:
    answer = demo.answerer.answer(
        Asked("Wat is een lokaalverbod volgens artikel 1 van het convenant Veilig Uitgaan, en geldt het bij knalfestijnen?", TODAY)
    )
    assert answer.sentences
    assert any("‘knalfestijnen’" in notice for notice in notices(wire.answer(answer)))


def test_a_word_that_stands_only_in_what_the_asker_may_not_see_is_as_unknown_as_any(demo: App) -> None:
    told = [
        demo.answerer.answer(Asked(f"Wat geldt er voor {word}?", TODAY, scopes=frozenset({"niemand"}))) for word in ("paasvuren", "doxing")
    ]
    assert [answer.searched.unknown for answer in told] == [("paasvuren",), ("doxing",)]


def test_a_document_that_is_called_otherwise_is_no_unknown_word(demo: App) -> None:
    assert demo.retriever.understood(Asked("Hoe lang is een sluiting volgens het drugspandenbeleid?", TODAY)).unknown == ()


def test_a_slip_of_the_keyboard_is_read_as_it_was_meant(demo: App) -> None:
    typed, meant = (demo.retriever.understood(Asked(f"Wat geldt er in Elzerveen voor {word}?", TODAY)) for word in ("vuurwrek", "vuurwerk"))
    assert typed.unknown == meant.unknown == ()
    found = [demo.retriever.retrieve(query, Asked(query.text, TODAY), 3)[0].source.passage.id for query in (typed, meant)]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Wat geldt in Elzerven voor honden?", "Wat geldt in Elzerveen voor honden?"),
        ("wat geldt in enshede voor honden?", "wat geldt in Enschede voor honden?"),
        ("Hoe lang geldt een nooodbevel?", "Hoe lang geldt een noodbevel?"),
        ("Burgermeester: wat mag die?", "Burgemeester: wat mag die?"),
        ("Mag het pand worden dichtgedaan?", None),
        ("Wat staat er in de AVP-tekst over BRUGEMEESTER?", None),
        ("Betalen wij voorschotten?", None),
        ("Wat zegt mevrouw Evernementa?", None),
    ],
)
def test_only_what_can_be_nothing_but_a_slip_is_set_right(demo: App, typed: str, read: str | None) -> None:
    assert demo.reader.read(Asked(typed, TODAY), []).read_as == read


def test_a_slip_in_a_follow_up_is_set_right_before_it_is_made_whole(demo: App) -> None:
    asked = demo.reader.read(Asked("en in Dorebeek?", TODAY), [Turn("Wat geldt in Elzerveen voor honden?")])
    assert asked.read_as == "Wat geldt in Dorrebeek voor honden?"
    assert asked.question == "en in Dorebeek?"
