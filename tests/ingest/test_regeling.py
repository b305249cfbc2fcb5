"""Regelingen from the official repositories: exact structure, dates per article, lapsed articles marked, tables readable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import Refused
from corpus.gemeenten import national
from corpus.model import Kind
from ingest import metadata, structure
from ingest.load import formats
from ingest.split import Composed, compose

DATA = Path(__file__).parent.parent / "data"


def composed(name: str) -> Composed:
    return compose(structure.parts(formats.load((DATA / name).read_bytes(), "application/xml").blocks))


def texts(name: str) -> dict[str, str]:
    whole = composed(name)
    return {str(s.locator): whole.text[s.start : s.end].strip() for s in whole.sections()}


def test_a_law_has_its_articles_and_leden_as_the_source_numbers_them() -> None:
    found = texts("BWBR9900001_2025-01-01_0.xml")
    assert found["art. 1:2 lid 1"] == "1. Onze Minister wijst vaarwegen aan."
    assert found["art. 1:2 lid 2"] == "2. De aanwijzing geldt vijf jaar.\n\nZij kan eenmaal worden verlengd."
    assert found["art. 1:2 lid 2a"] == "2a. Het college is bevoegd."
    assert "art. B2a" in found


def test_lists_keep_their_letters_and_numbers_at_every_depth() -> None:
    article = texts("BWBR9900001_2025-01-01_0.xml")["art. 1:1"]
    assert article.splitlines()[-4:] == [
        "a. proefvaart: een vaart met een nieuw schip;",
        "b. vaarweg: water als bedoeld in artikel 1:2:",
        "1°. een kanaal;",
        "2°. een rivier.",
    ]


def test_an_article_that_lapsed_or_is_not_yet_in_force_is_marked_and_is_no_article() -> None:
    whole = composed("BWBR9900001_2025-01-01_0.xml")
    assert not {"1:3", "1:4"} & {s.locator.article for s in whole.sections()}
    assert "Artikel 1:3 [vervallen per 01-01-2023]" in whole.text
    assert "Artikel 1:4 [nog niet in werking]" in whole.text


def test_an_article_knows_since_when_it_reads_so() -> None:
    since = {s.locator.article: s.locator.since for s in composed("BWBR9900001_2025-01-01_0.xml").sections()}
    assert since["1:1"] == date(2020, 1, 1)
    assert since["1:2"] == date(2022, 7, 1)


def test_an_article_of_a_bijlage_is_not_an_article_of_the_law() -> None:
    found = texts("BWBR9900001_2025-01-01_0.xml")
    assert "Het tarief staat in de tabel." in found["bijlage 2, art. 1"]
    assert "klein | € 40" in composed("BWBR9900001_2025-01-01_0.xml").text


def test_a_law_says_what_it_is_and_from_when() -> None:
    loaded = formats.load((DATA / "BWBR9900001_2025-01-01_0.xml").read_bytes(), "application/xml")
    said = metadata.find(loaded, "toestand.xml", national())
    assert (said.title, said.kind, said.valid_from, said.adopted_on) == (
        "Wet op de proefvaarten",
        Kind.WET,
        date(2025, 1, 1),
        date(2019, 11, 5),
    )
    assert loaded.properties["official_id"] == "BWBR9900001"


def test_a_local_regulation_says_its_gemeente_and_dates() -> None:
    loaded = formats.load((DATA / "CVDR990001_2.xml").read_bytes(), "application/xml")
    said = metadata.find(loaded, "cvdr.xml", national())
    assert (said.title, said.gemeente, said.valid_from, said.valid_to) == (
        "Verordening proeflokalen Enschede 2024",
        "GM0153",
        date(2024, 2, 1),
        date(2026, 2, 1),
    )
    assert loaded.properties["official_id"] == "CVDR990001"


def test_a_local_regulation_has_its_structure_and_its_toelichting_apart() -> None:
    found = texts("CVDR990001_2.xml")
    assert found["art. 2:1 lid 2"].splitlines() == [
        "2. De burgemeester kan ontheffing verlenen:",
        "a. voor ten hoogste drie dagen;",
        "b. bij een evenement als bedoeld in artikel 2:3.",
    ]
    sections = composed("CVDR990001_2.xml").sections()
    paths = {s.locator.article: s.path for s in sections if not s.locator.annex}
    assert [str(s.locator) for s in sections if s.locator.annex] == ["toelichting", "toelichting op art. 2:1"]
    assert paths["2:2"][1:3] == ("Hoofdstuk 2. Openingstijden", "Afdeling 1. Sluitingsuur")
    assert "winkeltijden" not in found["art. 2:1 lid 1"]


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><toestand>&a;</toestand>', "documenttype"),
        (b"<toestand><wetgeving>", "beschadigd"),
        (b"<rss><channel/></rss>", "geen regeling"),
    ],
)
def test_other_or_dangerous_xml_is_refused(xml: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        formats.load(xml, "application/xml")
