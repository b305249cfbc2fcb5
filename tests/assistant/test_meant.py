"""The documents that a question names, and the day that it speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.app import App
from assistant.forms import written
from assistant.model import Asked
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Wat zegt het IVP van Elzerveen over jeugd?", "Integraal Veiligheidsplan Elzerveen 2025-2028"),
        ("Wie tekende het convenant?", "Convenant Veilig Uitgaan Elzerveen 2024-2026"),
        ("Wie is woordvoerder volgens het draaiboek?", "Regionaal draaiboek jaarwisseling 2026-2027"),
        ("Wat staat in het Damoclesbeleid over woningen?", "Beleidsregel artikel 13b Opiumwet (Damoclesbeleid) Dorrebeek 2023"),
    ],
)
def test_what_stands_in_a_document_that_is_named_comes_first(demo: App, question: str, title: str) -> None:
    asked = Asked(question, TODAY)
    hits = demo.retriever.retrieve(demo.retriever.understood(asked), asked)
    assert hits[0].source.document.title == title


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Hoeveel liter mocht een carbidbus zijn in de APV Elzerveen van 2019?", date(2024, 2, 29)),
        ("Wat stond er in de oude APV van Elzerveen over honden?", date(2024, 2, 29)),
        ("Wat mocht er in december 2023 in Elzerveen met carbid?", date(2023, 12, 31)),
        ("Wat gold op 1 juli 2022 voor terrassen?", date(2022, 7, 1)),
        ("Hoeveel incidenten waren er in 2023?", TODAY),
        ("Wat zegt het IVP Lankwolde 2019-2022 over stewards?", TODAY),
        ("Wat zegt de APV Elzerveen 2024 over honden?", TODAY),
    ],
)
def test_the_day_is_the_one_that_the_question_speaks_of(demo: App, question: str, day: date) -> None:
    assert demo.retriever.dated(Asked(question, TODAY)).as_of == day


def test_an_edition_that_was_replaced_answers_where_it_is_asked_for_and_says_so(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wie was griffier toen de APV Elzerveen 2019 werd vastgesteld?", TODAY))
    assert "M.J. Hoornweg" in written(answer)
    assert answer.as_of == date(2024, 2, 29)
    assert all(c.source.edition.filename == "apv-elzerveen-2019.docx" for c in answer.citations)


def test_another_gemeentes_rule_is_no_answer_about_one_that_the_library_has_nothing_of(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Mag er in Hengelo carbid worden geschoten?", TODAY))
    assert (answer.sentences, answer.searched.not_in_library) == ((), ("Hengelo",))


def test_who_asks_which_article_reads_its_number_in_the_answer(demo: App) -> None:
    assert "Artikel 2:17A" in written(demo.answerer.answer(Asked("Welk artikel van de APV Elzerveen gaat over woonoverlast?", TODAY)))


def test_of_two_articles_that_are_named_each_has_its_say(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat is het verschil tussen artikel 2:9 en artikel 2:22 van de APV Elzerveen?", TODAY))
    assert {c.source.passage.locator.article for c in answer.citations} == {"2:9", "2:22"}
