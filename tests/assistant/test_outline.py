"""What a document lists by its headings is given whole to who asks for that, and to nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import App
from assistant.find import outline
from assistant.model import Asked, Form
from assistant.understand.question import understand
from corpus.model import Locator, Section
from tests.assistant.test_follow_up import GEMEENTEN
from tests.conftest import TODAY

IVP = "Integraal veiligheidsplan Borne ivp"


def _document(*paths: tuple[str, ...]) -> list[Section]:
    return [Section(n * 100, n * 100 + 100, path, Locator()) for n, path in enumerate(paths)]


PLAN = _document(
    ("1 Inleiding",),
    ("2 Keuze van de prioriteiten",),
    ("3 Prioriteit 1: ondermijning",),
    ("3 Prioriteit 1: ondermijning", "3.1 Wat zien we?"),
    ("4 Prioriteit 2: jeugd",),
    ("5 Deelprojecten",),
    ("5 Deelprojecten", "5.1 Schuren in beeld"),
    ("5 Deelprojecten", "5.2 Parken op orde"),
    ("5 Deelprojecten", "5.3 Meldpunt"),
    ("6 Uitgangspunten",),
    ("6 Uitgangspunten", "6.1 Aanleiding"),
    ("6 Uitgangspunten", "6.2 Rolverdeling"),
    ("6 Uitgangspunten", "6.3 Werkwijze"),
)


def _listed(question: str, sections: list[Section] = PLAN) -> list[str]:
    return [s.path[-1] for s in outline.listed(understand(Asked(question, TODAY), GEMEENTEN), IVP, lambda: sections)]


PRIORITEITEN = ["3 Prioriteit 1: ondermijning", "4 Prioriteit 2: jeugd"]
DEELPROJECTEN = ["5.1 Schuren in beeld", "5.2 Parken op orde", "5.3 Meldpunt"]


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        ("Wat zijn de prioriteiten van het IVP van Borne?", PRIORITEITEN),
        ("Welke twee prioriteiten staan centraal in het integraal veiligheidsplan?", PRIORITEITEN),
        ("Welke speerpunten heeft het IVP?", PRIORITEITEN),
        ("prioriteiten ivp borne", PRIORITEITEN),
        ("de 2 prioriteiten uit het IVP graag", PRIORITEITEN),
        ("Uit welke drie deelprojecten bestaat het plan?", DEELPROJECTEN),
        ("Noem de deelprojecten.", DEELPROJECTEN),
        # What stands under these are no uitgangspunten.
        ("Welke uitgangspunten heeft het IVP?", []),
        # These ask for something in particular.
        ("Welke prioriteiten heeft de politie in het IVP?", []),
        ("Wat doet Borne aan prioriteit ondermijning?", []),
        ("Wie is de trekker van de prioriteiten?", []),
        ("Hoeveel prioriteiten heeft het IVP?", []),
    ],
)
def test_headings_are_a_list_where_they_are_all_that_is_asked_for(question: str, headings: list[str]) -> None:
    assert _listed(question) == headings


def test_numbered_headings_are_followed_through_the_document_and_counted_once() -> None:
    sections = _document(
        ("3 Koers", "3.1 De pijlers"),
        ("3 Koers", "Pijler 1 Informatie"),
        ("3 Koers", "Pijler 2 Preventie"),
        ("4 Agenda", "Pijler 1"),
        ("6", "Pijler 3 Aanpak"),
    )
    assert _listed("Op welke pijlers rust het veiligheidsplan?", sections) == [
        "Pijler 1 Informatie",
        "Pijler 2 Preventie",
        "Pijler 3 Aanpak",
    ]


@given(
    st.lists(
        st.lists(st.sampled_from(["1 Thema 1", "Thema 2: x", "Thema jeugd", "Thema's", "A", "B", "Doel"]), max_size=3).map(tuple),
        max_size=9,
    )
)
def test_what_is_listed_is_of_the_document_in_its_order_and_more_than_one(paths: list[tuple[str, ...]]) -> None:
    sections = _document(*paths)
    listed = outline.listed(understand(Asked("Welke thema's heeft het IVP?", TODAY), GEMEENTEN), IVP, lambda: sections)
    assert [s for s in sections if s in listed] == list(listed)
    assert len(listed) != 1


@pytest.mark.parametrize("form", [Form.ANTWOORD, Form.CHECKLIST])
def test_the_list_is_quoted_heading_by_heading_each_with_its_place(demo: App, form: Form) -> None:
    answer = demo.answerer.answer(Asked("Wat zijn de prioriteiten van het IVP van Elzerveen?", TODAY, form=form))
    said = [sentence.text for sentence in answer.sentences]
    assert [text.split(": ")[-1] for text in said] == [
        "ondermijning",
        "jeugd en groepsaanpak",
        "digitale criminaliteit",
        "uitgaansgeweld",
        "sociale veiligheid",
    ]
    assert [answer.citations[s.citations[0] - 1].locator for s in answer.sentences] == ["§ 3", "§ 4", "§ 5", "§ 6", "§ 7"]
