"""A sentence against its sources: what does not hold is not shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check.verify import Verifier, unsupported
from assistant.model import Hit
from assistant.write import Cite, Draft
from corpus.model import Document, Edition, Locator, Passage, Section, Source
from corpus.sentences import units
from corpus.vectors import Embedding
from tests.conftest import TODAY

TEXT = "1. De sluitingstijd is 02.00 uur. De boete bedraagt € 1.250,00 en vervalt op 1 maart 2024.\n2. Zie artikel 2:10, derde lid."


def hit(text: str = TEXT, start: int = 500, page: int | None = 3) -> Hit:
    passage = Passage("p-1", "e-1", 0, start, start + len(text), text, ("Artikel 2:9",), Locator(article="2:9"), page)
    spans = tuple(units(text))
    nearness = np.zeros(len(spans), np.float32)
    embedding = Embedding(np.zeros(4, np.float32), np.zeros((len(spans), 4), np.float32), spans)
    sections = (Section(start, start + len(text), ("Artikel 2:9",), Locator(article="2:9", leden=("1",))),)
    edition = Edition("e-1", "d-1", "0" * 64, "apv.pdf", "application/pdf")
    return Hit(Source(passage, edition, Document("d-1", "APV")), 0.9, 0.9, 3.0, sections, embedding, nearness)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_quote_is_the_text_from_start_to_end_or_it_is_not_shown(start: int, end: int) -> None:
    verifier = Verifier([hit()], TODAY)
    sentence = verifier.accept(Draft(TEXT[start:end], (Cite(0, start, end),), quote=True))
    if sentence is None:
        assert start >= end or not TEXT[start:end].strip()
    else:
        (citation,) = verifier.citations
        assert citation.quote == sentence.text == TEXT[citation.start - 500 : citation.end - 500]


@given(st.integers(0, len(TEXT) - 1), st.characters(min_codepoint=33, max_codepoint=122))
def test_a_quote_altered_by_a_letter_is_never_shown(at: int, letter: str) -> None:
    altered = TEXT[:at] + letter + TEXT[at + 1 :]
    accepted = Verifier([hit()], TODAY).accept(Draft(altered, (Cite(0, 0, len(TEXT)),), quote=True))
    assert (accepted is not None) == (altered == TEXT)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("De sluitingstijd is 02.00 uur.", []),
        ("De sluitingstijd is 03.00 uur.", ["03.00"]),
        ("De boete is € 1250.", []),
        ("De boete is 1.250 euro.", []),
        ("De boete is € 1.260.", ["€ 1.260"]),
        ("Het vervalt op 1 maart 2024.", []),
        ("Het vervalt op 2 april 2025.", ["2 april 2025"]),
        ("Zie artikel 2:10.", []),
        ("Zie artikel 2:11.", ["artikel 2:11"]),
        ("Zie artikel 2.10.", ["artikel 2.10"]),
        ("Volgens artikel 13b mag dat.", ["artikel 13b"]),
        ("Zonder getal.", []),
        ("Dit staat er [7].", []),
    ],
)
def test_every_number_date_amount_and_article_has_to_stand_in_the_source(sentence: str, wrong: list[str]) -> None:
    assert unsupported(sentence, TEXT) == wrong


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Het tarief voor een uur is op een werkdag € 66.", []),
        ("De vergunning geldt voor een jaar.", ["een jaar"]),
        ("Hij beslist binnen een week.", ["een week"]),
        ("Een boa kost € 66 per één uur.", ["een uur"]),
    ],
)
def test_what_something_costs_an_hour_is_no_count_of_hours(sentence: str, wrong: list[str]) -> None:
    held = "Per uur op werkdagen geldt € 66. De vergunning geldt per jaar. Hij beslist binnen twee weken."
    assert unsupported(sentence, held) == wrong


@given(st.integers(10, 99_999))
def test_no_number_passes_that_the_source_lacks(number: int) -> None:
    verifier = Verifier([hit("De raad besluit over 42 zaken.")], TODAY)
    accepted = verifier.accept(Draft(f"Het zijn er {number}.", (Cite(0, 0, 5),), quote=False))
    assert (accepted is not None) == (number == 42)


@pytest.mark.parametrize("cites", [(), (Cite(5, 0, 3),), (Cite(-1, 0, 3),), (Cite(0, 3, 3),), (Cite(0, 0, 9_999),)])
def test_a_sentence_without_a_source_that_exists_is_not_shown(cites: tuple[Cite, ...]) -> None:
    verifier = Verifier([hit()], TODAY)
    assert verifier.accept(Draft("Zonder getal.", cites, quote=False)) is None
    assert verifier.dropped == 1
    assert verifier.citations == ()


def test_sentences_that_follow_each_other_share_one_citation() -> None:
    verifier = Verifier([hit()], TODAY)
    first, second = units(TEXT)[:2]
    for start, end in (first, second):
        sentence = verifier.accept(Draft(TEXT[start:end], (Cite(0, start, end),), quote=True))
        assert sentence is not None
        assert sentence.citations == (1,)
    (citation,) = verifier.citations
    assert citation.quote == TEXT[first[0] : second[1]]


def test_a_citation_says_article_lid_and_page() -> None:
    verifier = Verifier([hit()], TODAY)
    verifier.accept(Draft(TEXT[3:10], (Cite(0, 3, 10),), quote=True))
    (citation,) = verifier.citations
    assert (citation.locator, citation.page, citation.start) == ("art. 2:9 lid 1", 3, 503)
