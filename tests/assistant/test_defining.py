"""Who asks what something is gets the words that say so, and nothing beside them."""

from __future__ import annotations

import pytest

from assistant.find import defining
from assistant.model import Asked
from assistant.understand.question import understand
from tests.assistant.test_follow_up import GEMEENTEN
from tests.conftest import TODAY


def _thing(question: str) -> frozenset[str]:
    return defining.asked(understand(Asked(question, TODAY), GEMEENTEN))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wat is een ondermijningssignaal?", "- Ondermijningssignaal: een waarneming die op verwevenheid wijst."),
        (
            "Wat is een evenement in de APV van Elzerveen?",
            "In deze verordening wordt verstaan onder:\na. evenement: elke verrichting van vermaak;",
        ),
        ("Wat wordt verstaan onder een evenement?", "Onder evenement wordt elke verrichting van vermaak verstaan."),
        ("Wat is een toezichthouder volgens de Awb?", "Onder toezichthouder wordt verstaan: een persoon die belast is met toezicht."),
        ("Wat geldt als openbare plaats bij betogingen?", "1. In deze wet wordt verstaan onder openbare plaats: een plaats die openstaat."),
        ("Wat telt in het Damoclesbeleid als een lokaal?", "b. lokaal: een pand dat geen woning is;"),
        ("Wat houdt een lokaalverbod precies in?", "c. lokaalverbod: een verbod om binnen te komen;"),
        (
            "Wat is eergerelateerd geweld volgens het OM?",
            "Dat is anders. Onder eergerelateerd geweld wordt ‘elke vorm’ verstaan, zoals hier.",
        ),
        ("Wat betekent PGA?", "Persoonsgerichte aanpak (PGA): een aanpak die past bij één persoon."),
        ("Wat is een vector store?", "De plek waar dat wordt opgeslagen noemen we de vector store."),
    ],
)
def test_a_meaning_is_known_by_how_it_is_said(question: str, text: str) -> None:
    assert defining.says(text, _thing(question))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wat is een evenement?", "a. A-evenement: een evenement met een laag risico;"),
        ("Wat is een evenement?", "Een evenement is verboden zonder vergunning."),
        ("Wat is een ondermijningssignaal?", "Het aantal ondermijningssignalen liep op van 96 tot 174."),
        ("Wie is de burgemeester?", "Onder de burgemeester wordt de driehoek niet gebracht."),
        ("Hoe laat sluit een café?", "Café: een inrichting waar drank wordt geschonken."),
    ],
)
def test_what_only_holds_the_word_gives_no_meaning(question: str, text: str) -> None:
    assert not defining.says(text, _thing(question))
