"""The documents that a question names, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.app import App
from assistant.forms import written
from assistant.lacking import Shelves
from assistant.model import Asked
from corpus.model import Kind
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


def test_an_edition_that_was_replaced_answers_where_it_is_asked_for_and_says_so(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wie was griffier toen de APV Elzerveen 2019 werd vastgesteld?", TODAY))
    assert "M.J. Hoornweg" in written(answer)
    assert answer.as_of == date(2024, 2, 29)
    assert all(c.source.edition.filename == "apv-elzerveen-2019.docx" for c in answer.citations)


def test_another_gemeentes_rule_is_no_answer_about_one_that_the_library_has_nothing_of(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Mag er in Hengelo carbid worden geschoten?", TODAY))
    assert (answer.sentences, answer.searched.not_in_library) == ((), ("Hengelo",))


def test_the_law_of_the_land_answers_about_a_gemeente_that_the_library_has_nothing_of(demo: App) -> None:
    asked = Asked("Mag er in Hengelo carbid worden geschoten?", TODAY)
    query = demo.retriever.understood(asked)
    shelves = Shelves.seen(demo.library, asked)
    national = [
        replace(hit, source=replace(hit.source, document=replace(hit.source.document, kind=Kind.WET)))
        for hit in demo.retriever.retrieve(query, asked)
    ]
    assert shelves.about(query, national) == national


def test_who_asks_which_article_reads_its_number_in_the_answer(demo: App) -> None:
    assert "Artikel 2:17A" in written(demo.answerer.answer(Asked("Welk artikel van de APV Elzerveen gaat over woonoverlast?", TODAY)))


@pytest.mark.parametrize("number", ["2:13A", "2:13a"])
def test_the_letter_of_an_article_may_be_written_in_any_case(demo: App, number: str) -> None:
    answer = demo.answerer.answer(Asked(f"wat zegt artikel {number} apv elzerveen", TODAY))
    assert {citation.source.passage.locator.article for citation in answer.citations} == {"2:13A"}


def test_who_asks_what_needs_no_permit_reads_what_is_exempt(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Hoeveel bezoekers mag een evenement zonder vergunning hebben in Elzerveen?", TODAY))
    assert "niet meer dan 150 personen" in written(answer)


def test_of_two_articles_that_are_named_each_has_its_say(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat is het verschil tussen artikel 2:9 en artikel 2:22 van de APV Elzerveen?", TODAY))
    assert {c.source.passage.locator.article for c in answer.citations} == {"2:9", "2:22"}


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("de Bibob-beleidsregel van Elzerveen", "Beleidsregel Wet Bibob gemeente Elzerveen 2022"),
        ("het Damoclesbeleid", "Beleidsregel artikel 13b Opiumwet (Damoclesbeleid) Dorrebeek 2023"),
        ("het convenant veilig uitgaan", "Convenant Veilig Uitgaan Elzerveen 2024-2026"),
        ("de boa-overeenkomst", "Samenwerkingsovereenkomst boa-pool Elzerstreek"),
    ],
)
@pytest.mark.parametrize("number", ["2", "5", "9", "12", "77"])
def test_of_an_article_of_a_local_document_nothing_else_is_ever_given(demo: App, document: str, title: str, number: str) -> None:
    answer = demo.answerer.answer(Asked(f"Wat zegt artikel {number} van {document}?", TODAY))
    assert {(c.source.document.title, c.locator.split(" lid ")[0]) for c in answer.citations} <= {(title, f"art. {number}")}
    assert bool(answer.citations) == (number != "77")


@pytest.mark.parametrize("number", ["3", "2:1", "40"])
def test_an_article_of_nothing_in_particular_is_answered_by_no_other_article(demo: App, number: str) -> None:
    answer = demo.answerer.answer(Asked(f"Wat staat er in artikel {number} over overlast?", TODAY))
    assert all(c.locator.split(" lid ")[0] == f"art. {number}" for c in answer.citations)


CONVENANT = """Convenant Toezicht Veldhoek

Komen overeen als volgt:

Artikel 1. Definities

1.1 Stuurgroep: het overleg van partijen.

Artikel 2. Verplichtingen van de gemeente

2.1 De gemeente wijst een aanspreekpunt aan.
2.2 De gemeente stelt jaarlijks € 15.000 beschikbaar.

Toelichting

Artikel 2

Het bedrag volgt de begroting.
"""


@pytest.mark.parametrize(("number", "place"), [("2.2", "art. 2 lid 2"), ("2", "art. 2 lid 1-2"), ("2.7", None)])
def test_a_convenant_that_counts_its_leden_with_their_article_is_read_so(
    new_app: Callable[..., App], tmp_path: Path, number: str, place: str | None
) -> None:
    (tmp_path / "convenant.txt").write_text(CONVENANT, encoding="utf-8")
    app = new_app()
    list(app.pipeline.run([tmp_path / "convenant.txt"]))
    answer = app.answerer.answer(Asked(f"Wat staat in artikel {number} van het convenant toezicht Veldhoek?", TODAY))
    assert [c.locator for c in answer.citations] == ([place] if place else [])
