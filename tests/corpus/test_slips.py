"""A name with a typing slip is read as that name; another word never is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import find, known_laws
from corpus.slips import Written, between, distance

NAMES = sorted({name for name in known_laws().named.values() if len(name) > 8})
texts = st.text("abcdefgh", max_size=12)


def slipped(name: str, chance: random.Random) -> str:
    letters = [n for n in range(1, len(name) - 1) if name[n].isalpha() and name[n + 1].isalpha()]
    at, kind = chance.choice(letters), chance.randrange(4)
    middle = ("", name[at] * 2, chance.choice("aeinorst"), name[at + 1] + name[at])[kind]
    return name[:at] + middle + name[at + (2 if kind == 3 else 1) :]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_one_slip_is_read_as_that_name(name: str) -> None:
    chance = random.Random(name)
    for typed in (slipped(name, chance) for _ in range(12)):
        [read] = find(f"Wat staat er in artikel 5 van de {typed}?", lenient=True)
        assert read.reference.law == name, typed


@pytest.mark.parametrize("typed", ["gemeente wet", "Wetop de kansspelen", "opuimwet", "WET WAPENS EN MUNITE", "wegen verkeerswet 1994"])
def test_words_apart_or_together_are_the_same_name(typed: str) -> None:
    [read] = find(f"artikel 3 {typed}", lenient=True)
    assert read.reference.law in known_laws().named.values()


@pytest.mark.parametrize(
    "words",
    "huisregels verordening jeugdwerk gemeenteraad woningen omgeving overeenkomst politie kiezers reglement statuten archief vreemdelingen "
    "diensten opium beleidsregel handreiking wetenschap participatie regeling Warenwet Waterwet Wegenwet Luchtvaartwet Mediawet Visserijwet".split(),
)
def test_another_word_is_no_law(words: str) -> None:
    assert all(one.reference.law not in NAMES for one in find(f"Wat staat in artikel 5 van de {words}?", lenient=True))


@pytest.mark.parametrize("typed", ["Politiewet 1993", "Huisvestingswet 2041", "Wmo 2007"])
def test_a_year_is_never_a_slip(typed: str) -> None:
    assert between(Written.of(typed), Written.of(typed.split(maxsplit=1)[0] + " 2012")) is None


@given(texts, texts)
def test_the_distance_between_texts_is_the_same_both_ways_and_nought_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
