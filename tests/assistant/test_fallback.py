"""When the language model fails, the reader gets literal quotes in the same answer, and is told why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answer import Sources
from assistant.api import wire
from assistant.api.notices import notices
from assistant.app import App
from assistant.compare import CellState
from assistant.fallback import NOTHING_HELD
from assistant.forms import QUOTES
from assistant.model import Answer, Asked, Completeness, Form, Sentence
from assistant.write import faults, prompts
from tests.conftest import TODAY
from tests.fakes import Knobs, language_model

QUESTION = Asked("Wat is de opzegtermijn van de boa-pool?", TODAY)
FACT = "De opzegtermijn is twaalf maanden."
TRUE = "De opzegtermijn is twaalf maanden [1]. "

Ask = Callable[[Knobs, Asked], list[object]]


@pytest.fixture
def ask(new_app: Callable[..., App], demo_data) -> Ask:
    def asked(knobs: Knobs, asked: Asked = QUESTION) -> list[object]:
        with language_model(knobs) as address:
            app = new_app(
                demo_data, writer=False, llm_base_url=address, llm_model="nep-model", llm_timeout=1 if knobs.fault == "hang" else 30
            )
            return list(app.answerer.stream(asked))

    return asked


def last(events: list[object]) -> Answer:
    answer = events[-1]
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(("fault", "message"), [("500", faults.BROKEN), ("hang", faults.SILENT), ("empty", faults.EMPTY)])
def test_a_model_that_fails_is_replaced_by_quotes_and_that_is_said(ask: Ask, fault: str, message: str) -> None:
    events = ask(Knobs(fault=fault), QUESTION)
    answer = last(events)
    assert any(isinstance(event, Sources) and event.hits for event in events)
    assert (answer.status, answer.model) == (Completeness.PARTIAL, QUOTES)
    assert all(sentence.quote for sentence in answer.sentences)
    assert any("twaalf maanden" in sentence.text for sentence in answer.sentences)
    assert notices(wire.answer(answer))[0] == f"{message}; dit antwoord bestaat uit letterlijke citaten."


def test_what_the_model_said_before_it_failed_stays_and_quotes_are_added(ask: Ask) -> None:
    events = ask(Knobs(reply=TRUE + "En dan nog veel meer tekst die nooit af komt", fault="cut", piece=60), QUESTION)
    answer = last(events)
    assert answer.sentences[0].text == FACT
    assert not answer.sentences[0].quote
    assert all(sentence.quote for sentence in answer.sentences[1:])
    assert answer.sentences == tuple(event for event in events if isinstance(event, Sentence))
    assert (answer.status, answer.model) == (Completeness.PARTIAL, "nep-model")
    assert (answer.missing or "").startswith(faults.CUT)
    quoted = [c.quote for c in answer.citations]
    assert len(quoted) == len(set(quoted))


def test_a_failing_model_and_nothing_to_quote_is_not_found_and_says_both(ask: Ask) -> None:
    answer = last(ask(Knobs(fault="500"), Asked("Wat is de hoofdstad van Australië?", TODAY)))
    assert answer.status is Completeness.NOT_FOUND
    assert (answer.missing or "").startswith(f"{faults.BROKEN}. In de bibliotheek is geen antwoord gevonden")


def test_a_model_that_finds_nothing_is_believed(ask: Ask) -> None:
    answer = last(ask(Knobs(reply=prompts.NOT_FOUND), QUESTION))
    assert (answer.status, answer.model, answer.sentences) == (Completeness.NOT_FOUND, "nep-model", ())


def test_when_nothing_the_model_wrote_holds_the_answer_is_not_found(ask: Ask) -> None:
    answer = last(ask(Knobs(reply="De opzegtermijn is 99 jaar [1]. Dat kost € 77.777 [2]."), QUESTION))
    assert (answer.status, answer.sentences) == (Completeness.NOT_FOUND, ())
    assert (answer.missing or "").startswith(NOTHING_HELD)


def test_sentences_that_were_left_out_are_counted(ask: Ask) -> None:
    answer = last(ask(Knobs(reply=TRUE + "Dat kost € 77.777 [1]. En € 88.888 [2]. Dit staat er:"), QUESTION))
    assert answer.status is Completeness.PARTIAL
    assert (answer.missing or "").startswith("2 zinnen van het taalmodel zijn weggelaten")


def test_a_question_of_several_parts_waits_for_a_silent_model_once(ask: Ask) -> None:
    knobs = Knobs(fault="hang")
    answer = last(ask(knobs, Asked("Hoe lang worden camerabeelden bewaard in Lankwolde en in Dorrebeek?", TODAY)))
    assert len(knobs.heard) == 1
    assert answer.sentences
    assert (answer.missing or "").count(faults.SILENT) == 1


def test_a_part_that_the_model_wrote_keeps_its_name_on_the_answer(ask: Ask) -> None:
    knobs = Knobs(reply="De beelden worden 28 dagen bewaard [1, 2, 3, 4, 5].", faults=["none", "500"])
    answer = last(ask(knobs, Asked("Hoe lang worden camerabeelden bewaard in Lankwolde en in Elzerveen?", TODAY)))
    assert not answer.sentences[0].quote
    assert answer.model == "nep-model"
    assert (answer.missing or "").startswith(f"{faults.BROKEN}; het antwoord is")


def test_quotes_instead_of_b1_say_that_they_are_no_b1(ask: Ask) -> None:
    answer = last(ask(Knobs(fault="429"), Asked(QUESTION.question, TODAY, Form.B1)))
    assert any("B1" in notice for notice in notices(wire.answer(answer)))


def test_a_comparison_quotes_whatever_the_model_does(new_app: Callable[..., App], demo_data) -> None:
    knobs = Knobs(fault="500")
    with language_model(knobs) as address:
        app = new_app(demo_data, writer=False, llm_base_url=address, llm_model="nep-model")
        [row] = app.comparer.compare(["carbidschieten"], Asked("carbidschieten", TODAY, gemeenten=("GM9901", "GM9902"))).rows
    assert all(cell.state is CellState.FOUND for cell in row.cells)
    assert knobs.heard == []
