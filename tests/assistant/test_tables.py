"""A table that a rule refers to is given with it, with its caption and columns; the rule stands before its explanation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import App
from assistant.forms import written
from assistant.model import Asked, Form
from assistant.text import tables
from assistant.write import units
from tests.conftest import TODAY

NUMBERS = st.from_regex(r"[1-9][0-9]?(\.[1-9])?[a-z]?", fullmatch=True)


@given(NUMBERS, st.sampled_from(["Kosten per onderdeel", "Sluitingstijden in Lankwolde (in uren)", ""]))
def test_a_caption_names_its_table_and_refers_to_none(number: str, rest: str) -> None:
    caption = f"Tabel {number} {rest}".strip()
    assert tables.captioned(f"Een zin.\n{caption}\nSoort | Bedrag") == {number}
    assert tables.referred(caption) == set()


@given(NUMBERS, st.sampled_from(["De uren staan in tabel {}.", "Tabel {} geeft de tijden.", "Zie ook tabel {}, onder a."]))
def test_a_sentence_refers_to_the_table_that_it_names(number: str, sentence: str) -> None:
    said = sentence.format(number)
    assert tables.referred(said) == {number}
    assert tables.captioned(said) == set()


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Hoe laat gaan de kroegen in Lankwolde dicht?", "Café en partycentrum | 01.00 tot 06.00 uur"),
        ("Wat doet de burgemeester van Dorrebeek als er drugs in een woning worden gevonden?", "Woning, harddrugs | sluiting 3 maanden"),
        # A table that is too long for one passage: its columns stand in the one before.
        (
            "Wat is de boete in Dorrebeek voor venten zonder vergunning?",
            "13 | Venten of standplaats innemen zonder vergunning | venten en standplaatsen",
        ),
        ("Hoeveel euro draagt Lankwolde bij aan het project Weerbaar Platteland?", "Gemeente Lankwolde | 28 procent | 50.400"),
    ],
)
def test_an_answer_that_stands_in_a_table_comes_with_caption_and_columns(demo: App, question: str, row: str) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    lines = [sentence.text for sentence in answer.sentences]
    at = next(n for n, line in enumerate(lines) if line.startswith(row))
    first = next(n for n in range(at, -1, -1) if " | " not in lines[n]) + 1
    assert tables.is_caption(lines[first - 1])
    assert lines[first].count(" | ") == lines[at].count(" | ")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_search_gives_no_more_than_was_asked_where_tables_come_along(demo: App, count: int) -> None:
    asked = Asked("Hoe laat gaan de kroegen in Lankwolde dicht?", TODAY)
    hits = demo.retriever.retrieve(demo.retriever.understood(asked), asked, count)
    assert len(hits) == count == len({hit.source.passage.id for hit in hits})


def test_a_table_stands_behind_the_rule_that_refers_to_it(demo: App) -> None:
    asked = Asked("Wat doet de burgemeester van Dorrebeek als er drugs in een woning worden gevonden?", TODAY)
    hits = demo.retriever.retrieve(demo.retriever.understood(asked), asked)
    rule = next(n for n, hit in enumerate(hits) if "past de maatregel toe die in tabel 1 staat" in hit.source.passage.text)
    assert any("1" in tables.captioned(hit.source.passage.text) for hit in hits[rule : rule + 2])
    assert all(unit.is_heading for unit in units.of(hits) if tables.is_caption(unit.text))


def test_who_asks_what_is_allowed_reads_the_rule_before_its_explanation(demo: App) -> None:
    answer = demo.answerer.answer(Asked("Mag je in Elzerveen vuurwerk afsteken?", TODAY))
    places = [next(c.locator for c in answer.citations if c.n == sentence.citations[0]) for sentence in answer.sentences]
    assert places[0].startswith("art. 2:21")
    explained = [place for place in places if not place.startswith("art.")]
    assert explained
    assert places[-len(explained) :] == explained


@pytest.mark.parametrize("form", [Form.STAPPEN, Form.CHECKLIST])
def test_what_a_word_means_is_no_step(demo: App, form: Form) -> None:
    answer = demo.answerer.answer(Asked("Wat moet een organisator van een evenement in Lankwolde regelen?", TODAY, form))
    assert "vergunning van de burgemeester" in written(answer)
    assert "wordt verstaan onder" not in written(answer)
