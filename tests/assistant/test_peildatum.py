"""The day that a question speaks of; a wrong day silently gives a wrong edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.app import App
from assistant.model import Asked
from tests.conftest import TODAY

LAST_DAY_OF_2019 = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Hoeveel liter mocht een carbidbus zijn in de APV Elzerveen van 2019?", LAST_DAY_OF_2019),
        ("Wie was griffier toen de oude APV Elzerveen 2019 werd vastgesteld?", LAST_DAY_OF_2019),
        ("Wat stond er in de oude APV van Elzerveen over honden?", LAST_DAY_OF_2019),
        ("Wat mocht er in december 2023 in Elzerveen met carbid?", date(2023, 12, 31)),
        ("Dossier uit december 2023: hoeveel liter mochten de bussen toen zijn?", date(2023, 12, 31)),
        ("Wat gold op 1 juli 2022 voor terrassen?", date(2022, 7, 1)),
        ("Wat gold op 1 jan 2023 volgens de APV?", date(2023, 1, 1)),
        ("Wat gold op 2023-01-05 voor terrassen?", date(2023, 1, 5)),
        ("Wat gold er vóór 2024 voor terrassen?", date(2023, 12, 31)),
        ("Wat gold er tot maart 2024 voor terrassen?", date(2024, 2, 29)),
        ("Wat was in 2015 de dwangsom per dag als de gemeente te laat besliste?", date(2015, 12, 31)),
        ("Hoe hoog was in 2020 de maximumboete voor wildplassen?", date(2020, 12, 31)),
    ],
)
def test_a_day_is_read_where_the_question_says_what_was_the_rule(demo: App, question: str, day: date) -> None:
    assert demo.retriever.dated(Asked(question, TODAY)).as_of == day


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel incidenten waren er in 2023?",
        "Hoe groot was de schade in 2024?",
        "Wat zegt het IVP Lankwolde 2019-2022 over stewards?",
        "Naar hoeveel stewards moest SV Lankwolde groeien volgens het oude IVP 2019-2022?",
        "Wat zegt de APV Elzerveen 2024 over honden?",
        "Mag een oude caravan volgens de APV op straat staan?",
        "Wat zegt de APV over eerdere overtredingen?",
        "Wat moet er met een vervallen ontheffing volgens de APV?",
        "Vorige week is de APV aangepast: welke sluitingstijd geldt nu?",
        "Is de APV van 2019 nog geldig?",
        "Welke boetes zijn sinds 2019 op grond van de APV opgelegd?",
        "Wat is het verschil tussen de oude en de nieuwe APV van Elzerveen?",
        "Wat is het verschil tussen de APV van 2019 en die van 2024?",
        "Wanneer mocht de politie volgens de Politiewet 2012 geweld gebruiken?",
        "Moest een evenement met 2000 bezoekers een vergunning hebben?",
        "Mocht de vergunning in 2019 verlopen zijn, moet ik dan een nieuwe aanvragen?",
        "Waarom kon het doel voor 2023 niet worden gehaald?",
        "Wat moest er volgens de evaluatie van de jaarwisseling 2023 beter?",
        "Wat mocht in 2019 wel en mag nu niet meer?",
        "Wanneer treedt de APV van 2024 in werking?",
    ],
)
def test_any_other_question_is_about_now(demo: App, question: str) -> None:
    assert demo.retriever.dated(Asked(question, TODAY)).as_of == TODAY


def test_a_day_that_was_chosen_stands(demo: App) -> None:
    asked = Asked("Wat stond er in de oude APV van Elzerveen over honden?", TODAY)
    assert demo.retriever.dated(replace(asked, day_given=True)).as_of == TODAY


def test_what_the_asker_may_not_see_sets_no_day(demo: App) -> None:
    asked = Asked("Wat stond er in de oude APV van Elzerveen over honden?", TODAY, scopes=frozenset({"niemand"}))
    assert demo.retriever.dated(asked).as_of == TODAY


def test_an_earlier_edition_goes_by_its_own_name(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat stond er in de oude APV van Elzerveen over carbidschieten?", TODAY))
    assert {c.source.title for c in answer.citations} == {"Algemene plaatselijke verordening Elzerveen 2019"}
    assert {c.source.document.title for c in answer.citations} == {"Algemene plaatselijke verordening Elzerveen 2024"}
