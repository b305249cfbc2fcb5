"""References to articles: every way in which people write them is read, and what is written reads back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import SELF, Reference, find, known_laws, read

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
