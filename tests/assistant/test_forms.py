"""Forms, comparison and export: the same verified sentences, laid out as was asked, with their sources."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from assistant.api import shapes, wire
from assistant.api.notices import notices
from assistant.app import App
from assistant.compare import CellState
from assistant.export import NOTICE, exported
from assistant.forms import written
from assistant.model import Answer, Asked, Form, Sentence
from corpus.errors import Refused
from tests.conftest import TODAY

QUESTION = "Onder welke voorwaarden mag carbid worden geschoten in Elzerveen?"
LOOKS = {
    Form.STAPPEN: "1. ",
    Form.TABEL: "| bron | vindplaats | wat er staat |",
    Form.CHECKLIST: "- [ ] ",
    Form.MEMO: "Aanleiding",
}


def answered(demo: App, form: Form) -> Answer:
    return demo.answerer.answer(Asked(QUESTION, TODAY, form))


@pytest.mark.parametrize("form", Form)
def test_every_form_holds_only_verbatim_sentences_with_their_sources(demo: App, form: Form) -> None:
    answer = answered(demo, form)
    assert answer.sentences
    for sentence in answer.sentences:
        assert sentence.quote
        quotes = {c.n: c.quote for c in answer.citations}
        assert any(sentence.text in quotes[n] for n in sentence.citations)
    assert written(answer).startswith(LOOKS.get(form, ""))


def test_a_memo_leaves_the_advice_to_its_writer(demo: App) -> None:
    text = written(answered(demo, Form.MEMO))
    for heading in ("Aanleiding", "Kader (wet en verordening)", "Beleid", "Advies om over te denken", "Bronnen"):
        assert heading in text
    assert "adviseert en besluit niet" in text


def test_what_quoting_cannot_honestly_do_is_said(demo: App) -> None:
    assert any("B1" in notice for notice in notices(wire.answer(answered(demo, Form.B1))))
    assert any("volgorde" in notice for notice in notices(wire.answer(answered(demo, Form.STAPPEN))))
    assert notices(wire.answer(answered(demo, Form.ANTWOORD))) == []


@pytest.mark.parametrize("form", [Form.SAMENVATTING, Form.MEMO])
def test_a_summary_and_a_memo_look_beyond_the_one_article_that_an_answer_gives(demo: App, form: Form) -> None:
    question = "Wat regelt de APV van Elzerveen over evenementen?"
    alone, wide = (demo.answerer.answer(Asked(question, TODAY, chosen)) for chosen in (Form.ANTWOORD, form))
    assert len({c.source.passage.locator.article for c in alone.citations}) == 1
    assert len({c.source.passage.locator.article for c in wide.citations}) > 1


LIST = ["Het geldt niet:", "a. op het plein;", "b. na 22.00 uur.", "Dit is los."]
ROWS = ["Tabel 1 Maatregelen", "Pand | Eerste keer", "Woning | waarschuwing", "Lokaal | sluiting"]


def laid_out(demo: App, form: Form, texts: list[str]) -> str:
    """These sentences in a form, all from one source."""
    given = answered(demo, form)
    sentences = tuple(Sentence(text, (1,), quote=True) for text in texts)
    return written(replace(given, sentences=sentences, citations=given.citations[:1]))


def test_the_items_of_a_list_stay_under_the_line_that_announces_them(demo: App) -> None:
    assert laid_out(demo, Form.STAPPEN, LIST).split("\n") == [
        "1. Het geldt niet: [1]",
        "   - op het plein; [1]",
        "   - na 22.00 uur. [1]",
        "2. Dit is los. [1]",
    ]
    assert laid_out(demo, Form.CHECKLIST, LIST).split("\n") == [
        "Het geldt niet: [1]",
        "- [ ] op het plein; [1]",
        "- [ ] na 22.00 uur. [1]",
        "- [ ] Dit is los. [1]",
    ]
    assert "| Het geldt niet: a. op het plein; b. na 22.00 uur. [1] |" in laid_out(demo, Form.TABEL, LIST)


def test_a_table_of_a_source_stays_a_table_with_its_columns(demo: App) -> None:
    assert laid_out(demo, Form.TABEL, ROWS).split("\n") == [
        "Tabel 1 Maatregelen [1]",
        "| Pand | Eerste keer | bron |",
        "|---|---|---|",
        "| Woning | waarschuwing | [1] |",
        "| Lokaal | sluiting | [1] |",
    ]


def test_a_table_that_runs_over_passages_stays_one_table(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Wat zijn de boetes in Dorrebeek?", TODAY, Form.TABEL))
    numbered = [
        line.split(" | ")[0].strip("| ") for line in written(answer).splitlines() if line.startswith(("| Nr.", "| 1", "| 2", "| 9"))
    ]
    assert numbered == ["Nr.", "1", "2", "9", "10"]
    # One for what is said, one for the table of the source.
    assert sum(line.startswith("|---") for line in written(answer).splitlines()) == 2


def test_a_memo_names_the_place_above_what_it_quotes_and_word_has_its_headings_once(demo: App) -> None:
    given = answered(demo, Form.MEMO)
    first = given.citations[0]
    assert f"{first.source.document.title}, {first.locator}:\n" in written(given)
    document = docx.Document(io.BytesIO(exported(wire.answer(given), "docx")))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings == [QUESTION, "Aanleiding", "Kader (wet en verordening)", "Beleid", "Advies om over te denken", "Bronnen"]


def test_a_word_file_has_headings_sources_and_says_that_ai_made_it(demo: App) -> None:
    record = wire.answer(answered(demo, Form.TABEL))
    document = docx.Document(io.BytesIO(exported(record, "docx")))
    assert document.sections[0].header.paragraphs[0].text == NOTICE
    assert "AI" in document.core_properties.category
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    assert headings == [QUESTION, "Bronnen"]
    assert document.tables[0].rows[0].cells[0].text == "Bron"


def test_markdown_quotes_every_source_and_json_is_the_record(demo: App) -> None:
    record = wire.answer(answered(demo, Form.ANTWOORD))
    text = exported(record, "md").decode()
    assert NOTICE in text
    assert all(cited.quote.strip().splitlines()[0] in text for cited in record.citations)
    assert shapes.AnswerShape.model_validate_json(exported(record, "json")) == record


def test_gemeenten_stand_side_by_side_each_with_its_own_rule(demo: App) -> None:
    asked = Asked("carbidschieten", TODAY, gemeenten=("GM9901", "GM9902"))
    [row] = demo.comparer.compare(["carbidschieten"], asked).rows
    assert [cell.gemeente for cell in row.cells] == ["GM9901", "GM9902"]
    assert row.differs
    for cell in row.cells:
        assert cell.state is CellState.FOUND
        assert {c.source.document.gemeente for c in cell.citations} == {cell.gemeente}
    assert "11.00 en 17.00 uur" in row.cells[0].sentences[0].text
    assert "09.00 tot 24.00 uur" in row.cells[1].sentences[0].text


def test_the_empty_cells_are_told_apart(demo: App) -> None:
    asked = Asked("x", TODAY, gemeenten=("GM9901", "GM0153"))
    [row] = demo.comparer.compare(["ruimtereizen naar Mars"], asked).rows
    assert [cell.state for cell in row.cells] == [CellState.NOT_FOUND, CellState.NO_DOCUMENT]


def test_one_gemeente_cannot_be_compared(demo: App) -> None:
    with pytest.raises(Refused, match="twee gemeenten"):
        demo.comparer.compare(["honden"], Asked("honden", TODAY, gemeenten=("GM9901",)))


def test_headings_that_are_a_list_stand_below_each_other(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Welke hoofdstukken heeft de APV van Elzerveen?", TODAY))
    assert len(answer.sentences) == len(written(answer).splitlines()) == 6
