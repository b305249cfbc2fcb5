"""Verbs in a question are found in the text in their other forms: split, and with or without their t."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.model import Asked
from assistant.text import separable
from assistant.text.words import Words
from assistant.understand.question import understand
from corpus.gemeenten import Gemeenten
from ingest import dutch
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "word", "text"),
    [
        ("Hoeveel draagt Lankwolde bij aan het project?", "draagt", "De gemeenten bijdragen naar inwonertal."),
        ("Wie stelt het veiligheidsplan vast?", "stelt", "De raad kan het plan vaststellen."),
        ("Kan de burgemeester het bevel intrekken als hij optreedt?", "optreedt", "Tegen overlast wordt door optreden gezag getoond."),
        ("Waar vraag ik een vergunning aan?", "vraag", "De aanvragen worden ingediend bij het college."),
        ("Wie verleent de ontheffing?", "verleent", "Het college kan ontheffing verlenen."),
    ],
)
def test_a_split_or_conjugated_verb_is_found_in_its_other_form(question: str, word: str, text: str) -> None:
    query = understand(Asked(question, TODAY), Gemeenten({}))
    sought = next(s for s in query.sought if s.word == word)
    assert Words.of(text).strength(sought) >= 0.7


@pytest.mark.parametrize(
    "question", ["Welke regels gelden in en op het water?", "Waar moet een terras aan voldoen?", "Wat staat in de APV over honden?"]
)
def test_a_preposition_with_its_own_noun_splits_no_verb(question: str) -> None:
    assert separable.whole(question) == {}


@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    assert all(made.endswith(word) for word, made in separable.whole(text).items())


@pytest.mark.parametrize(
    "pair",
    [
        ("verleent", "verlenen"),
        ("handhaaft", "handhaven"),
        ("legt", "leggen"),
        ("optreedt", "optreden"),
        ("verlengd", "verlengen"),
        ("vindt", "vinden"),
    ],
)
def test_a_verb_is_one_word_with_and_without_its_ending(pair: tuple[str, str]) -> None:
    assert dutch.stem(pair[0]) == dutch.stem(pair[1])


@pytest.mark.parametrize(
    "pair",
    [
        ("agent", "agenten"),
        ("gemeente", "gemeenten"),
        ("buurt", "buurten"),
        ("evenement", "evenementen"),
        ("recht", "rechten"),
        ("beeld", "beelden"),
        ("pand", "panden"),
    ],
)
def test_a_noun_is_one_word_with_its_plural(pair: tuple[str, str]) -> None:
    assert dutch.stem(pair[0]) == dutch.stem(pair[1])
