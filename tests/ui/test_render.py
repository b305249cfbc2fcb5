"""What is shown: everything that comes from a document or a model is text, never markup."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.api.reference_wire import PlaceShape, ReferrerShape
from assistant.api.shapes import AnswerShape, CitationShape, PassageShape, SearchedShape, SentenceShape
from ui import render

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![x](http://kwaad.example/a.png)",
    "[klik](javascript:alert(1))",
    "</div></mark><iframe src=//kwaad.example>",
    "`code` **vet** $$x$$ :material/bug_report: ~~weg~~",
    "Wat | <b>Hoeveel</b> | <script>alert(1)</script>",
]
TEXTS = st.one_of(st.sampled_from(ATTACKS), st.text(max_size=60))


def citation(text: str = "De tekst.", **given: object) -> CitationShape:
    values = {
        "n": 1,
        "document_id": "d",
        "edition_id": "e",
        "passage_id": "p",
        "title": text,
        "kind": "apv",
        "gemeente": None,
        "status": "geldend",
        "valid_from": date(2024, 3, 1),
        "valid_to": None,
        "locator": "art. 2:9 lid 1",
        "page": 4,
        "start": 0,
        "end": 3,
        "score": 1.0,
        "quote": text,
    }
    return CitationShape.model_validate({**values, **given})


def answer(text: str, *, found: bool = True, model: str = "citaat") -> AnswerShape:
    return AnswerShape(
        id="a", question=text, form="antwoord", status="complete" if found else "not_found", text=text,
        sentences=[SentenceShape(text=text, citations=[1], quote=True)] if found else [],
        citations=[citation(text)] if found else [], missing=None if found else text,
        searched=SearchedShape(documents=20, gemeenten=[text], kinds=[], not_in_library=[text]), model=model, as_of=date(2026, 11, 21),
        created_at=datetime(2026, 11, 21, tzinfo=UTC), timings={},
    )  # fmt: skip


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@given(TEXTS)
def test_no_markup_of_a_source_or_a_model_becomes_markup_of_ours(text: str) -> None:
    passage = PassageShape(id="p", ordinal=0, start=0, end=len(text), page=1, locator="p. 1", path=[text], text=text)
    given_ = citation(text, start=0, end=max(len(text) // 2, 0))
    for html in (
        render.answer(answer(text)),
        render.answer(answer(text, found=False)),
        render.facts(given_),
        render.context(given_, [passage]),
    ):
        seen = Tags()
        seen.feed(html)
        assert seen.tags <= {"div", "p", "sup", "span", "mark", "dl", "dt", "dd", "table", "tr", "th", "td"}
        assert seen.attributes <= {"class", "tabindex", "role", "aria-label", "aria-hidden"}


@given(TEXTS)
def test_a_button_shows_a_title_as_it_is(text: str) -> None:
    shown = render.source_button(citation(text))
    assert not re.search(r"(?<!\\)[*_`\[\]<>$]", shown.removeprefix("[1]"))


@given(TEXTS)
def test_a_page_and_a_reference_show_a_title_as_it_is(text: str) -> None:
    seen = Tags()
    seen.feed(render.page(b"png", citation(text), 3))
    assert (seen.tags, seen.attributes) == ({"img"}, {"class", "alt", "src"})
    place = PlaceShape.model_validate(citation(text).model_dump())
    assert not re.search(r"(?<!\\)[*_`\[\]<>$]", render.reference_button(text, place))


def test_what_refers_is_opened_at_the_words_that_refer() -> None:
    said = {**citation("De APV.").model_dump(), "start": 0, "end": 90}
    referrer = ReferrerShape.model_validate({**said, "words": "artikel 3", "words_start": 40, "words_end": 49})
    assert (render.cited(referrer).start, render.cited(referrer).end, render.cited(referrer).quote) == (40, 49, "artikel 3")
    place = PlaceShape.model_validate(said)
    assert (render.cited(place).start, render.cited(place).end) == (0, 90)


def test_rows_of_a_table_are_shown_as_a_table_under_their_columns() -> None:
    texts = ("De tarieven zijn:", "Dienst | Werkdag", "Inzet boa | 65 euro", "De tarieven gelden per uur.")
    html = render.sentences([SentenceShape(text=text, citations=[n], quote=True) for n, text in enumerate(texts, start=1)])
    assert (
        "<table><tr><th>Dienst</th><th>Werkdag<sup>[2]</sup></th></tr><tr><td>Inzet boa</td><td>65 euro<sup>[3]</sup></td></tr></table>"
        in html
    )
    assert html.count("<p>") == 2


def test_an_answer_says_what_made_it_and_what_was_searched() -> None:
    assert "AI-antwoord (letterlijke citaten)" in render.answer(answer("Ja."))
    assert "20 stukken" in render.answer(answer("Ja."))
    assert "taalmodel qwen" in render.answer(answer("Ja.", model="qwen"))


@pytest.mark.parametrize(("status", "shown"), [("geldend", ""), ("vervallen", "· vervallen"), ("concept", "· concept")])
def test_what_is_not_in_force_says_so_on_its_button(status: str, shown: str) -> None:
    assert render.source_button(citation(status=status)).endswith(shown)


def test_a_source_is_shown_in_its_context_with_the_quote_marked() -> None:
    passages = [
        PassageShape(id=f"p{n}", ordinal=n, start=n * 10, end=n * 10 + 10, page=1, locator="p. 1", path=[], text=f"Passage {n}.")
        for n in range(3)
    ]
    shown = render.context(citation(passage_id="p1", start=10, end=17), passages)
    assert "Passage 0." in shown
    assert "<mark>Passage</mark> 1." in shown
    assert "Passage 2." in shown


def test_a_source_tells_document_place_status_and_dates() -> None:
    shown = render.facts(citation("APV Elzerveen"))
    for part in ("APV Elzerveen", "art. 2:9 lid 1, pagina 4", "geldend", "1 maart 2024 tot en met heden"):
        assert part in shown
