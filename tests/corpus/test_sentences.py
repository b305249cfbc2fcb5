"""Units: what can be quoted alone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import list_mark, units

WORDS = st.sampled_from(
    [
        "De",
        "burgemeester",
        "art.",
        "13b",
        "o.a.",
        "kan",
        "€",
        "1.250,00",
        "sluiten.",
        "Ja!",
        "a.",
        "2.",
        "- ",
        "\n",
        "\n\n",
        "A.M.",
        "nr.",
        "10:30",
        "’s",
        "Hof?",
    ]
)


@given(st.lists(WORDS).map(" ".join))
def test_units_cover_everything_but_whitespace_once_and_in_order(text: str) -> None:
    spans = units(text)
    assert all(start < end for start, end in spans)
    assert all(end <= after for (_, end), (after, _) in itertools.pairwise(spans))
    outside = list(text)
    for start, end in spans:
        outside[start:end] = [" "] * (end - start)
    assert not "".join(outside).strip()


@given(st.text(max_size=200))
def test_units_of_any_text_have_no_white_edges(text: str) -> None:
    assert all(text[start:end] == text[start:end].strip() and text[start:end] for start, end in units(text) if "\x1c" not in text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit mag. Dat niet.", ["Dit mag.", "Dat niet."]),
        ("Zie art. 13b Opiumwet en o.a. De Wetering.", ["Zie art. 13b Opiumwet en o.a. De Wetering."]),
        ("A.M. Terwolde is burgemeester. Zij besluit.", ["A.M. Terwolde is burgemeester.", "Zij besluit."]),
        ("1. Het is verboden. Dit geldt niet.\na. een;\nb. twee.", ["1. Het is verboden.", "Dit geldt niet.", "a. een;", "b. twee."]),
        ("Mag dit? Ja! Echt.", ["Mag dit?", "Ja!", "Echt."]),
        ("Het kost ca. € 500. Meer niet.", ["Het kost ca. € 500.", "Meer niet."]),
        ("Artikel 2. Verplichtingen", ["Artikel 2. Verplichtingen"]),
        ("3.1. Aanpak van overlast", ["3.1. Aanpak van overlast"]),
        ("Zie artikel 2. De raad beslist.", ["Zie artikel 2.", "De raad beslist."]),
    ],
    ids=["two-sentences", "abbreviations", "initials", "lid-with-items", "marks", "amount", "article-head", "section-head", "article-last"],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in units(text)] == expected


@pytest.mark.parametrize(
    ("text", "mark"),
    [("a. een", "a. "), ("- punt", "- "), ("12. lid", "12. "), ("1°. punt", "1°. "), ("Geen", ""), ("Art. 5", ""), ("Nr. Feit", "")],
)
def test_a_list_item_shows_its_mark(text: str, mark: str) -> None:
    assert list_mark(text) == mark
