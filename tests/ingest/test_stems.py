"""One word to search for all the forms that a Dutch word is written in, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.stems import stem

TOGETHER = """
maatregel maatregelen
wapen wapens
bedrag bedragen bedraagt
adres adressen
nieuw nieuwe
categorie categorieen
kenteken kentekens
sluiten sluit gesloten sluiting
uitsluiten uitgesloten
intrekken ingetrokken intrekking
verzoeken verzocht verzoek
voorschrijven voorgeschreven voorgeschrevene
opnemen opgenomen
gewijzigd wijzigen wijziging
controleren controleert gecontroleerd
verbieden verbiedt verboden verbod
huisverbod huisverboden
persoonsgegeven persoonsgegevens
rijdt rijden
ticket tickets
Europese Europees
""".lower()

APART = """
leeg gelegenheid
bieden gebied
aanwezig aanwijzing
beleid begeleiding
volgende gevolg
weer geweer
eigen eigenaar
lijk gelijk
wel geweld
dienen dienst
eer eerste
sluiten besloten
verstrekken verstreken
vervallen vervalst
weken wijken
zon gezond
arts art
lopen open
"""


@pytest.mark.parametrize("forms", TOGETHER.strip().splitlines())
def test_the_forms_of_one_word_are_one_word_to_search(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("pair", APART.strip().splitlines())
def test_words_that_only_look_alike_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=25))
def test_every_word_has_a_stem_that_is_no_longer_than_its_infinitive(word: str) -> None:
    made = stem(word)
    assert bool(made) == bool(word)
    assert len(made) <= len(word) + 3
