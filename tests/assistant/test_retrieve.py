"""What is found keeps to what the question is about, and says why it came."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.app import App
from assistant.model import Asked, Hit
from corpus.model import Kind
from tests.conftest import TODAY

GEMEENTEN = ("Elzerveen", "Dorrebeek", "Lankwolde")
QUESTIONS = (
    "Tot hoe laat mag een café open zijn",
    "Wat staat er in artikel 2:10 van de APV",
    "art. 2:1 lid 1 APV",
    "Mag je carbid schieten tijdens de jaarwisseling",
    "Wie is de projectleider",
    "Wanneer mag de burgemeester een pand sluiten",
    "Hoe vraag ik een vergunning aan voor een evenement",
    "Wat is de bewaartermijn van camerabeelden",
    "Welke prioriteiten staan in het integraal veiligheidsplan",
    "Wat doet de gemeente tegen ondermijning",
    "Wie houdt toezicht op vakantiehuizen",
    "Welke afspraken zijn er met de politie",
)
SUBJECTS = "café carbid hond drugs pand camera demonstratie evenement boa vuurwerk Bibob horeca toezicht politie sluiting nacht".split()


def found(app: App, question: str, **given: object) -> list[Hit]:
    asked = Asked(question, TODAY, **given)  # type: ignore[arg-type]
    return app.retriever.retrieve(app.retriever.understood(asked), asked)


def gemeenten_of(hits: list[Hit]) -> set[str]:
    return {hit.source.document.gemeente for hit in hits if hit.source.document.gemeente}


@pytest.mark.parametrize("gemeente", GEMEENTEN)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_names_a_gemeente_finds_no_local_rule_of_another(demo: App, question: str, gemeente: str) -> None:
    hits = found(demo, f"{question} in {gemeente}?")
    assert hits
    assert gemeenten_of(hits) <= {demo.library.gemeenten().code(gemeente)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(GEMEENTEN), st.lists(st.sampled_from(SUBJECTS), min_size=1, max_size=4), st.booleans())
def test_whatever_is_asked_about_a_gemeente_stays_with_it(demo: App, gemeente: str, subjects: list[str], own: bool) -> None:
    code = demo.library.gemeenten().code(gemeente)
    words = " ".join(subjects)
    hits = found(demo, words, home=code) if own else found(demo, f"{gemeente} {words}")
    assert gemeenten_of(hits) <= {code}


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_what_holds_for_every_gemeente_stays_in(demo: App, gemeente: str) -> None:
    hits = found(demo, f"Wat zegt de handreiking over het sluiten van panden in {gemeente}?")
    assert any(hit.source.document.gemeente is None for hit in hits)


def test_an_article_of_another_kind_than_asked_for_is_not_found_by_its_number(demo: App) -> None:
    hits = found(demo, "artikel 2:10 APV Elzerveen", kinds=(Kind.IVP,))
    assert {hit.source.document.kind for hit in hits} <= {Kind.IVP}
