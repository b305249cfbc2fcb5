"""Slips of the keyboard: a word that is written nowhere is read as the one that it was meant to be, or left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.slips import distance, one_slip_away
from ingest.lexical import Fields, LexicalIndex, Sought

WORDS = "vergunning vuurwerk burgemeester cameratoezicht sporthal internet gemeenteraad alcohol evenement samenscholing openbare".split()
LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    made = LexicalIndex()
    made.add([Fields("Stuk", "", f"{word} eenmalig") if n else Fields("Stuk", "", word) for word in WORDS for n in range(2)][:-1])
    made.add([Fields("Stuk", "", "openbare weg")])
    return made


@pytest.fixture(scope="module")
def every(index: LexicalIndex) -> np.ndarray:
    return np.ones(len(index), np.bool_)


@given(st.sampled_from(WORDS), st.integers(0, 30), st.sampled_from("weg dubbel andersom".split()))
def test_a_word_with_one_slip_is_read_as_it_was_meant(index: LexicalIndex, every: np.ndarray, word: str, place: int, slip: str) -> None:
    at = 1 + place % (len(word) - 2)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    typed = {"weg": before + after, "dubbel": before + letter + letter + after, "andersom": before + after[:1] + letter + after[1:]}[slip]
    assert index.meant(typed, every) == (None if typed == word else word)


@pytest.mark.parametrize(
    "word",
    [
        "vuurwerk",  # written so
        "vuurwerken",  # its inflection
        "sportzaal",  # another word than sporthal
        "internaat",  # another word than internet
        "docx",  # too short to tell
        "noodverordening",
        "151b",
        "xvuurwerk",
        "gemeenteraads",
    ],
)
def test_a_word_that_is_no_slip_is_left_alone(index: LexicalIndex, every: np.ndarray, word: str) -> None:
    assert index.meant(word, every) is None


def test_what_was_written_once_may_be_a_slip_itself() -> None:
    made = LexicalIndex()
    made.add([Fields("Stuk", "", "vergunnning")])
    assert made.meant("vergunning", np.ones(1, np.bool_)) is None


def test_no_word_is_meant_that_stands_only_in_what_does_not_count(index: LexicalIndex) -> None:
    hidden = np.array(["vuurwerk" not in word for word in WORDS for _ in range(2)])
    assert index.meant("vuurwek", hidden) is None


@given(LETTERS)
def test_what_is_one_slip_away_is_one_slip_away(word: str) -> None:
    assert all(distance(word, other) <= 1 and other[0] == word[0] for other in one_slip_away(word))


def test_a_word_stands_there_itself_in_a_compound_or_in_other_words(index: LexicalIndex, every: np.ndarray) -> None:
    assert index.stands(Sought("vuurwerk"), every)
    assert index.stands(Sought("camera", (("cameratoezicht",),)), every)
    assert index.stands(Sought("rotje", (("vuurwerk",),)), every)
    assert not index.stands(Sought("doxing"), every)


def test_what_was_written_is_kept_with_the_index(index: LexicalIndex, every: np.ndarray) -> None:
    assert LexicalIndex.from_arrays(index.to_arrays()).meant("burgermeester", every) == "burgemeester"


def test_a_library_of_short_words_is_kept_too() -> None:
    made = LexicalIndex()
    made.add([Fields("Stuk", "", "de hond")])
    again = LexicalIndex.from_arrays(made.to_arrays())
    assert again.stands(Sought("hond"), np.ones(1, np.bool_))
    assert again.meant("hondenbelastign", np.ones(1, np.bool_)) is None
