"""Full text: what is found, what counts more, and that the order of adding does not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import dutch
from ingest.lexical import Fields, LexicalIndex, Sought

PASSAGES = [
    Fields("Plan", "Meldpunt", "Signalen van ondermijning worden gemeld bij het meldpunt."),
    Fields("Plan", "Cijfers", "Het aantal ondermijningssignalen steeg."),
    Fields("APV", "Honden", "De eigenaar houdt zijn hond aangelijnd."),
    Fields("APV", "Kosten", "De kosten bedragen € 1.250 per jaar, zie artikel 2:10."),
]


def scores(index: LexicalIndex, *words: str | Sought) -> np.ndarray:
    return index.scores([w if isinstance(w, Sought) else Sought(w) for w in words], np.ones(len(index), np.bool_))


@pytest.fixture
def index() -> LexicalIndex:
    made = LexicalIndex()
    made.add(PASSAGES)
    return made


@pytest.mark.parametrize(
    ("words", "row"),
    [
        (("hond",), 2),
        (("honden", "aanlijnen"), 2),
        (("signalen", "ondermijning"), 0),
        (("ondermijningssignalen",), 1),
        (("1250",), 3),
        (("2:10",), 3),
        (("meldpunt",), 0),
    ],
)
def test_the_passage_with_the_words_comes_first(index: LexicalIndex, words: tuple[str, ...], row: int) -> None:
    assert int(np.argmax(scores(index, *words))) == row


def test_a_compound_is_found_by_its_parts_and_the_parts_by_the_compound(index: LexicalIndex) -> None:
    assert scores(index, "signalen")[1] > 0
    assert scores(index, "ondermijningssignalen")[0] > 0
    assert scores(index, "ondermijningssignalen")[1] > scores(index, "ondermijningssignalen")[0]


def test_an_article_number_is_not_its_first_part(index: LexicalIndex) -> None:
    assert scores(index, "2").max() == 0


def test_a_word_of_the_same_meaning_counts_but_for_less(index: LexicalIndex) -> None:
    other = scores(index, Sought("viervoeter", (("hond",),)))
    assert 0 < other[2] < scores(index, "hond")[2]
    assert scores(index, Sought("viervoeter", (("hond", "meldpunt"),))).max() == 0


def test_what_is_not_live_scores_nothing(index: LexicalIndex) -> None:
    live = np.array([True, True, False, True])
    assert index.scores([Sought("hond")], live).max() == 0


@given(st.permutations(PASSAGES), st.integers(1, 4), st.sampled_from(["signalen", "hond", "kosten", "ondermijning"]))
@settings(deadline=None)
def test_scores_do_not_depend_on_the_order_or_portions_of_adding(order: list[Fields], portion: int, word: str) -> None:
    whole, parts = LexicalIndex(), LexicalIndex()
    whole.add(PASSAGES)
    for at in range(0, len(order), portion):
        parts.add(order[at : at + portion])
    expected = dict(zip(PASSAGES, scores(whole, word), strict=True))
    assert all(abs(expected[p] - s) < 1e-5 for p, s in zip(order, scores(parts, word), strict=True))


def test_an_index_comes_back_from_disk_as_it_was(index: LexicalIndex) -> None:
    for n in range(10):
        index.add([Fields("t", "p", f"extra tekst {n}")])
    back = LexicalIndex.from_arrays(index.to_arrays())
    assert len(back) == len(index)
    assert np.allclose(scores(back, "signalen", "tekst"), scores(index, "signalen", "tekst"))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Het OM en de politie", ["openbar", "ministerie", "politie"]),
        ("€ 1.250,00 of 12,5%", ["1250,00", "12,5"]),
        ("artikel 2:10a", ["artikel", "2:10a"]),
        ("Café ’t Hoekje", ["caf", "hoekj"]),
    ],
)
def test_terms_are_what_a_reader_would_search(text: str, terms: list[str]) -> None:
    found = dutch.terms(text)
    assert [t for t in found if any(c.isdigit() for c in t)] == [t for t in terms if any(c.isdigit() for c in t)]
    assert len(found) == len(terms)
