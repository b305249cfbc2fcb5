"""From a question to a cited answer, on the real library with the real model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Sources, Started
from assistant.app import App
from assistant.forms import written
from assistant.model import Answer, Asked, Citation, Completeness, Sentence
from corpus.model import Kind
from tests.conftest import TODAY
from tests.fakes import Knobs, language_model


@pytest.mark.parametrize(
    ("question", "fact", "file", "locator"),
    [
        ("Hoeveel weken van tevoren moet een C-evenement in Elzerveen worden aangevraagd?", "twintig weken", "apv-elzerveen-2024.pdf", ""),
        ("Hoe lang worden camerabeelden in Lankwolde bewaard?", "28 dagen", "", ""),
        ("Wie is projectleider van Weerbaar Platteland?", "Tjarda Wolvenaar", "projectplan-weerbaar-platteland-2025.docx", ""),
        (
            "Tot hoe laat mag de horeca op het Havenplein in Elzerveen open zijn in het weekend?",
            "04.00 uur",
            "apv-elzerveen-2024.pdf",
            "art. 2:9",
        ),
        ("Wat is in Dorrebeek een handelshoeveelheid harddrugs?", "0,5 gram", "damoclesbeleid-dorrebeek-2023.docx", "art. 2"),
        ("Wat is de opzegtermijn van de boa-pool?", "twaalf maanden", "dienstverlening-boa-pool.pdf", "art. 15"),
    ],
)
def test_a_question_gets_the_fact_with_its_source(demo: App, question: str, fact: str, file: str, locator: str) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    assert answer.status is Completeness.COMPLETE
    assert fact in written(answer)
    holding = [c for c in answer.citations if fact in c.quote]
    assert any((not file or c.source.edition.filename == file) and c.locator.startswith(locator) for c in holding)


@pytest.mark.parametrize(
    "question", ["Wat is de hoofdstad van Australië?", "Gaat het morgen regenen?", "Hoe vervang ik de batterij van mijn telefoon?"]
)
def test_what_the_library_does_not_hold_is_not_found_and_says_what_is_nearest(demo: App, question: str) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    assert answer.status is Completeness.NOT_FOUND
    assert (answer.sentences, answer.citations, written(answer)) == ((), (), "")
    assert question in (answer.missing or "")
    assert "in de buurt" in (answer.missing or "")


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel vergunningen op grond van artikel 2:12 APV zijn er in Elzerveen in 2025 geweigerd?",
        "Hoeveel ontzeggingen heeft de burgemeester van Lankwolde in 2023 opgelegd?",
    ],
)
def test_a_rule_is_no_answer_to_how_many_there_were(demo: App, question: str) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    assert all(citation.source.document.kind is not Kind.APV for citation in answer.citations)


@pytest.mark.parametrize(
    ("named", "elsewhere"),
    [
        ("Hoe lang bewaart Lankwolde de camerabeelden?", "Hoe lang bewaart Schiphol de camerabeelden?"),
        ("Hoe oud moet een beheerder in Lankwolde zijn?", "Hoe oud moet een beheerder in Duitsland zijn?"),
    ],
)
def test_how_much_of_something_named_is_not_told_by_a_text_that_does_not_name_it(demo: App, named: str, elsewhere: str) -> None:
    assert demo.answerer.answer(Asked(named, TODAY)).status is not Completeness.NOT_FOUND
    assert demo.answerer.answer(Asked(elsewhere, TODAY)).status is Completeness.NOT_FOUND


def test_a_rule_does_answer_how_many_there_may_be(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Hoeveel vergunningen voor de verkoop van vuurwerk verleent Elzerveen maximaal?", TODAY))
    assert "ten hoogste vier vergunningen" in written(answer)


def test_the_stream_comes_in_order_and_ends_with_what_it_said(demo: App) -> None:
    events = list(demo.answerer.stream(Asked("Wat is de opzegtermijn van de boa-pool?", TODAY)))
    order = [Started, Sources, Sentence, Citation, Answer]
    kinds = [order.index(type(event)) for event in events]
    assert kinds == sorted(kinds)
    answer = events[-1]
    assert isinstance(answer, Answer)
    assert answer.sentences == tuple(e for e in events if isinstance(e, Sentence))
    assert answer.citations == tuple(e for e in events if isinstance(e, Citation))


def test_every_quote_is_what_the_edition_says_there(demo: App) -> None:
    for question in ("Wat zijn de sluitingstijden in Lankwolde?", "Welke deelprojecten zijn er?", "Wat kost een boa per uur?"):
        answer = demo.answerer.answer(Asked(question, TODAY))
        for citation in answer.citations:
            assert demo.library.texts.whole(citation.source.edition.id)[citation.start : citation.end] == citation.quote


def test_the_same_question_gets_the_same_answer(demo: App) -> None:
    one, two = (demo.answerer.answer(Asked("Wat is een evenement in Dorrebeek?", TODAY)) for _ in range(2))
    assert (one.sentences, one.citations) == (two.sentences, two.citations)


def test_what_was_asked_about_but_is_not_there_is_said(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat zijn de sluitingstijden in Hengelo?", TODAY))
    assert answer.searched.not_in_library == ("Hengelo",)


def test_a_concept_says_that_it_is_one(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Hoeveel leges kost een C-evenement volgens het concept evenementenbeleid Dorrebeek 2027?", TODAY))
    concept = [c for c in answer.citations if c.source.edition.concept]
    assert concept
    assert all(c.status == "concept" for c in concept)


def test_an_expired_plan_says_that_it_has_expired(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat is de begroting voor de haven in het veiligheidsplan van Lankwolde 2019-2022?", TODAY))
    assert "vervallen" in {c.status for c in answer.citations}


def test_a_language_model_writes_and_the_same_check_stands_behind_it(demo_data, new_app: Callable[..., App]) -> None:
    said = "De opzegtermijn is twaalf maanden [1]. Dat kost € 99.999 [1]. Dit is verzonnen."
    with language_model(Knobs(reply=said)) as address:
        app = new_app(demo_data, writer=False, llm_base_url=address, llm_model="nep-model")
        answer = app.answerer.answer(Asked("Wat is de opzegtermijn van de boa-pool?", TODAY))
    assert [s.text for s in answer.sentences] == ["De opzegtermijn is twaalf maanden."]
    assert (answer.model, answer.sentences[0].quote) == ("nep-model", False)
    assert answer.citations[0].quote in demo_text(app, answer)


def demo_text(app: App, answer: Answer) -> str:
    return app.library.texts.whole(answer.citations[0].source.edition.id)


def test_later_leden_of_an_article_come_with_its_first(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wanneer mag er in Dorrebeek carbid worden geschoten?", TODAY))
    assert answer.sentences[0].text.startswith("1. Carbidschieten is toegestaan op 31 december van 09.00 tot 24.00 uur")
