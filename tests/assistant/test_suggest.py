"""Next questions: each that is offered is answered, in the conversation in which it is offered."""

from __future__ import annotations

from dataclasses import replace

from fastapi.testclient import TestClient

from assistant.app import App
from assistant.model import Answer, Asked, Completeness
from assistant.suggest import Anchor
from assistant.understand.follow_up import Turn
from tests.conftest import TODAY

from .test_api import QUESTION, as_, client  # noqa: F401

QUESTIONS = (
    "Tot hoe laat mag een café in Elzerveen op zaterdagnacht open zijn?",
    "Wat kost een uur boa uit de boa-pool op een werkdag?",
    "Hoe lang worden camerabeelden in Lankwolde bewaard?",
    "Wat is in Dorrebeek een handelshoeveelheid harddrugs?",
    "Mag ik in Elzerveen mijn hond los laten lopen?",
    "Wat is de hoofdstad van Australië?",
    "Wat zijn de prioriteiten van het veiligheidsplan van Lankwolde?",
    "Hoeveel weken van tevoren moet een C-evenement in Elzerveen worden aangevraagd?",
    "Wie is projectleider van Weerbaar Platteland?",
    "Wat is de opzegtermijn van de boa-pool?",
    "Mag je carbid schieten in Dorrebeek?",
    "Wat is een evenement in Dorrebeek?",
    "Welke partners doen mee aan het convenant Veilig Uitgaan?",
    "Wanneer kan de burgemeester een woning sluiten in Dorrebeek?",
    "Hoeveel ordebewakers zijn er nodig bij een demonstratie?",
    "Heb ik in Lankwolde een vergunning nodig voor een terras?",
    "Welke gegevens moet een vakantiepark in Dorrebeek in het nachtregister zetten?",
    "Wat staat er in artikel 2:9 van de APV van Elzerveen?",
    "Wanneer wordt in Elzerveen een Bibob-toets gedaan?",
    "Welke besluiten nam de driehoek van Lankwolde over de haven?",
)


def suggested(app: App, asked: Asked, answer: Answer) -> list[str]:
    return app.suggester.suggest(asked, [Anchor(c.source, c.start, c.quote) for c in answer.citations])


def test_every_suggestion_is_answered_and_most_answers_have_some(demo: App) -> None:
    offered = 0
    for question in QUESTIONS:
        asked = Asked(question, TODAY)
        answer = demo.answerer.answer(asked)
        suggestions = suggested(demo, asked, answer)
        assert len(suggestions) == len(set(suggestions)) <= 3
        assert question not in suggestions
        for suggestion in suggestions:
            following = demo.reader.read(replace(asked, question=suggestion), [Turn(question)])
            assert demo.answerer.answer(following).status is not Completeness.NOT_FOUND, (question, suggestion)
        offered += bool(suggestions)
    assert offered >= 17


def test_a_question_about_nothing_here_gets_no_suggestions(demo: App) -> None:
    asked = Asked("Wat is de hoofdstad van Australië?", TODAY)
    assert suggested(demo, asked, demo.answerer.answer(asked)) == []


def test_suggestions_come_to_who_asked_and_to_nobody_else(client: TestClient) -> None:  # noqa: F811
    vera = as_(client, "vera")
    answer = client.post("/v1/answers", json={"question": QUESTION}, headers=vera).json()
    got = client.get(f"/v1/answers/{answer['id']}/suggestions", headers=vera)
    assert got.status_code == 200
    assert isinstance(got.json()["questions"], list)
    assert client.get(f"/v1/answers/{answer['id']}/suggestions", headers=as_(client, "dirk")).status_code == 404
