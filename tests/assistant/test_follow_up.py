"""Follow-ups made whole, and questions left alone, on what people would write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.understand.follow_up import Reading, Turn, read
from corpus.gemeenten import Gemeenten, national

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 22)
GEMEENTEN = national().extended({"GM9901": "Elzerveen", "GM9902": "Dorrebeek", "GM9903": "Lankwolde"})
HALVES = ("vooraf", "gepast")


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if not line.startswith("#")]


def reading(before: str, question: str, gemeenten: Gemeenten = GEMEENTEN) -> Reading | None:
    return read(question, [Turn(before)], gemeenten, TODAY)


def fits(made: Reading | None, wanted: str, unwanted: str) -> bool:
    if made is None:
        return False
    text = made.question.lower()
    held = [str(made.as_of) == word[1:] if word.startswith("=") else word.lower() in text for word in wanted.split(",")]
    return all(held) and not any(word.lower() in text for word in unwanted.split(",") if word)


@pytest.mark.parametrize(("half", "least"), [("vooraf", 28), ("gepast", 30)])
def test_follow_ups_are_made_whole(half: str, least: int) -> None:
    of_half = [row for row in rows("vervolgvragen.tsv") if row[0] == half]
    wrong = [(row[2], reading(row[1], row[2])) for row in of_half if not fits(reading(row[1], row[2]), row[3], row[4])]
    assert len(of_half) == 30
    assert len(of_half) - len(wrong) >= least, wrong


@pytest.mark.parametrize(("half", "least"), [("vooraf", 29), ("gepast", 30)])
def test_questions_that_stand_on_their_own_are_left_alone(half: str, least: int) -> None:
    of_half = [row for row in rows("losse-vragen.tsv") if row[0] == half]
    touched = [(row[2], made) for row in of_half if (made := reading(row[1], row[2])) is not None]
    assert len(of_half) == 30
    assert len(of_half) - len(touched) >= least, touched


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "En tot hoe lang kan de burgemeester dat verlengen?",
            "Tot hoe lang kan de burgemeester dat verlengen (over: een tijdelijk huisverbod)?",
        ),
        ("Mag het college dat ook doen?", "Mag het college dat ook doen (over: een tijdelijk huisverbod)?"),
        ("Wanneer moet dat klaar zijn?", "Wanneer moet dat klaar zijn (over: een tijdelijk huisverbod)?"),
        ("En moeten wij er dan over beslissen?", "Moeten wij er dan over beslissen (over: een tijdelijk huisverbod)?"),
    ],
)
def test_what_something_is_done_to_is_said_again(said: str, meant: str) -> None:
    assert reading("Hoe lang duurt een tijdelijk huisverbod?", said) == Reading(meant)


def test_who_goes_on_about_something_else_still_means_what_was_named() -> None:
    before = "Wie is de trekker van het onderdeel over stallen in Weerbaar Platteland?"
    assert reading(before, "en wie trekt het onderdeel over vakantieparken?") == Reading(
        "Wie trekt het onderdeel over vakantieparken (over: Weerbaar Platteland)?"
    )
    assert reading("In welke wijk loopt de aanpak?", "Hoe vaak wordt daar de academie voor professionals gehouden?") is not None
    assert reading(before, "en wie leidt het Convenant Havenplein?") is None


def test_a_next_time_comes_in_the_place_of_the_first() -> None:
    made = reading("Hoe lang gaat een schuur dicht als er voor het eerst wiet wordt gevonden?", "en als het de tweede keer is?")
    assert made == Reading("Hoe lang gaat een schuur dicht als er wiet wordt gevonden, als het de tweede keer is?")


@pytest.mark.parametrize(
    "said", ["Wanneer moet de organisator het evenement melden?", "Moet een ondernemer die drank schenkt een vergunning hebben?"]
)
def test_a_question_that_names_what_it_is_about_stands_on_its_own(said: str) -> None:
    assert reading("Hoe lang duurt een tijdelijk huisverbod?", said) is None


@pytest.mark.parametrize(
    ("before", "topic"),
    [
        ("Hoe lang heeft iemand om bezwaar te maken tegen een besluit?", "bezwaar te maken tegen een besluit"),
        ("Wat levert het deelproject over het screeningsmodel op?", "(over: het deelproject over het screeningsmodel)"),
    ],
)
def test_the_topic_of_the_question_before_is_a_whole_thing(before: str, topic: str) -> None:
    made = reading(before, "En wanneer moet dat klaar zijn?")
    assert made is not None
    assert topic in made.question


@pytest.mark.parametrize(
    ("before", "said", "about"),
    [
        (
            "Hoeveel ruimte moet er tussen een demonstratie en een tegendemonstratie zitten?",
            "En wie mag dan op de beste plek staan?",
            "tegendemonstratie",
        ),
        ("Hoeveel vakantieparken zijn er in Dorrebeek?", "En op welk daarvan wonen de meeste mensen het hele jaar door?", "vakantieparken"),
        ("Hoeveel boa's lopen er op oudejaarsdag rond in de hele Elzerstreek?", "En hoeveel daarvan komen er uit de pool?", "boa's"),
    ],
)
def test_what_goes_on_with_then_or_of_those_is_about_the_thing_before(before: str, said: str, about: str) -> None:
    made = reading(before, said)
    assert made is not None
    assert about in made.question


@pytest.mark.parametrize("said", ["En is het later dan 22.00 uur verboden?", "En wat mag anders dan met een vergunning?"])
def test_what_compares_does_not_point_back(said: str) -> None:
    made = reading("Hoe laat sluit het park?", said)
    assert made is None or "over:" not in made.question
