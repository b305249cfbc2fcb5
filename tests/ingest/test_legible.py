"""A page of text is told from what a bad scan or a bad font makes of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from ingest import legible
from ingest.blocks import Block
from tests.conftest import SOURCES

_LOOKS_LIKE = {"e": "c", "i": "l", "l": "1", "n": "ri", "m": "rn", "o": "0", "t": "f", "r": "i", "g": "9", "s": "5", "h": "b", "d": "cl"}


def pages() -> list[str]:
    """All of the demo library's text, 300 words to a page."""
    words = " ".join(re.sub(r"[#|*_]", " ", path.read_text(encoding="utf-8")) for path in sorted(SOURCES.glob("*.md"))).split()
    return [" ".join(words[at : at + 300]) for at in range(0, len(words), 300)]


def misread(char: str, chance: random.Random = random.Random(1)) -> str:  # noqa: B008 - one row of chances for the whole test
    """Three of ten letters that look like others are taken for them."""
    return _LOOKS_LIKE.get(char, char) if chance.random() < 0.3 else char


def shifted(by: int) -> Callable[[str], str]:
    """A font whose letters stand for others."""
    return lambda char: chr((ord(char.lower()) - 97 + by) % 26 + 97) if char.isascii() and char.isalpha() else char


def test_pages_of_text_can_be_read() -> None:
    assert sum(not legible.is_legible(page) for page in pages()) <= 0.01 * len(pages())


@pytest.mark.parametrize("spoil", [misread, *map(shifted, (1, 3, 4, 13)), lambda char: chr(ord(char) + 29)])
def test_pages_of_which_the_letters_are_wrong_cannot(spoil: Callable[[str], str]) -> None:
    spoiled = [" ".join("".join(map(spoil, word)) for word in page.split()) for page in pages()]
    assert sum(not legible.is_legible(page) for page in spoiled) >= 0.9 * len(spoiled)


def test_a_few_bad_pages_do_not_make_a_bad_document() -> None:
    good, bad = pages()[0], "".join(map(shifted(4), pages()[0]))
    assert legible.garbled([Block(bad, page=1), Block(good, page=2), Block(good, page=3)]) == {}
    assert set(legible.garbled([Block(bad, page=1), Block(bad, page=2), Block(good, page=3)])) == {1, 2}


def test_few_words_are_given_the_benefit_of_the_doubt() -> None:
    assert legible.is_legible("xq zzz brtgh")
