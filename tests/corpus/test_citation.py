"""References to articles: every way in which people write them is read, and what is written reads back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import SELF, Reference, find, read
from corpus.laws import known_laws

FORMS = [
    line.split("\t")
    for line in (Path(__file__).parent / "verwijzingen.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_there_are_at_least_150_written_forms() -> None:
    assert len(FORMS) >= 150


@pytest.mark.parametrize(("written", "meant"), FORMS, ids=[written for written, _ in FORMS])
def test_a_reference_is_read_as_it_is_meant(written: str, meant: str) -> None:
    assert ";".join(str(found.reference) for found in find(written, lenient=True)) == meant


RUNNING = [
    ("de artikelen 3.8, eerste lid, onderdelen a of b, of 3.9a, bedoelde", "art. 3.8 lid 1 onder a en b;art. 3.9a"),
    ("artikel 31, eerste lid, onder d, of 33, onder b, intrekken", "art. 31 lid 1 onder d;art. 33 onder b"),
    ("artikel 15, eerste lid, onderdeel b, is verleend", "art. 15 lid 1 onder b"),
    ("artikel 2, lid 1, categorie III onder 2 van de WWM", "art. 2 lid 1 onder 2 Wet wapens en munitie"),
    ("artikel 8:72, vierde lid, tweede volzin, aanhef en onder b, en zesde lid, 8:75", "art. 8:72 lid 4 en 6 onder b;art. 8:75"),
    ("De artikelen 2, tweede lid, en vierde lid, 5 en 13 van de Awb", ";".join(f"art. {a} Algemene wet bestuursrecht" for a in ("2 lid 2 en 4", "5", "13"))),
    ("artikel 5, eerste lid, of het tweede lid van artikel 6", "art. 5 lid 1;art. 6 lid 2"),
    ("de artikelen 51 en 52 juncto artikel 8 van de Gemeentewet", "art. 51 Gemeentewet;art. 52 Gemeentewet;art. 8 Gemeentewet"),
    ("De Opiumwet geldt. Artikel 3 van die wet noemt dat.", "art. 3 Opiumwet"),
    ("Op de Wet Bibob, artikel 8 van de in het eerste lid genoemde wet", "art. 8 Wet bevordering integriteitsbeoordelingen door het openbaar bestuur"),
    ("De Opiumwet geldt. Artikel 3 van dat wetboek noemt dat.", "art. 3 dat wetboek"),
    ("artikel 33, eerste lid, van de richtlijn wordt", "art. 33 lid 1 de richtlijn"),
    ("hoofdstuk 4 van de Gemeentewet", ""),
    ("Artikel 8\n\nDeze wet wordt aangehaald als", "art. 8"),
    ("artikel 18\n\nOpiumwet: artikel 3", "art. 18;art. 3 Opiumwet"),
    ("van de Opiumwet: de artikelen 2a en 3;\nvan de Wet proef: artikel 4;\n2. Artikel 5 geldt.", "art. 2a Opiumwet;art. 3 Opiumwet;art. 4 Wet proef;art. 5"),
    ("Opiumwet:\na. artikel 3, binnen 12 weken\nb. artikel 4 van de Awb", "art. 3 Opiumwet;art. 4 Algemene wet bestuursrecht"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), RUNNING)
def test_a_reference_in_running_text_is_read_with_the_regeling_that_it_means(text: str, meant: str) -> None:
    assert ";".join(str(found.reference) for found in find(text)) == meant


numbers = st.from_regex(r"[1-9][0-9]{0,2}[a-z]?|[1-9][0-9]?:[1-9][0-9]{0,2}[a-z]?|[1-9]\.[1-9][0-9]?\.[1-9]", fullmatch=True)
leden = st.lists(st.integers(1, 20).map(str), max_size=4, unique=True).map(tuple)
parts = st.lists(st.sampled_from("abcdefghij"), max_size=3, unique=True).map(tuple)
laws = st.sampled_from([None, SELF, *sorted(set(known_laws().named.values()))])


@given(st.builds(Reference, article=numbers, leden=leden, parts=parts, law=laws))
def test_what_is_written_reads_back_as_the_same_reference(reference: Reference) -> None:
    assert read(str(reference)) == reference


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_every_reference_lies_within_it(text: str) -> None:
    for found in find(text, lenient=True):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Op 1 januari 2024 trad de wet in werking.",
        "Er zijn 172 meldingen.",
        "Zie hoofdstuk 3.",
        "In 2012 Politiewet",
        "20 procent APV-boetes",
    ],
)
def test_a_number_that_is_no_article_is_left_alone(text: str) -> None:
    assert find(text) == []
