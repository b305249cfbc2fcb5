"""From what a model says to whole sentences on known sources, however it writes its markers and wherever it is cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.write.heard import aloud, draft, sentences
from tests.assistant.test_verify import hit

REPLY = (
    "<think>Ik denk [1]. Na.</think>De sluitingstijd is 02.00 uur [1]. De boete is € 1.250,00. [1, 2]\n- Eerste punt [2]\n1. Tweede punt [1]\n"
    "Tot art. 2:10 o.a. hier [1]. Dit staat elders. 【2】 Of zo (bron 1). Klaar."
)
SENTENCES = [
    "De sluitingstijd is 02.00 uur [1].",
    "De boete is € 1.250,00. [1, 2]",
    "- Eerste punt [2]",
    "1. Tweede punt [1]",
    "Tot art. 2:10 o.a. hier [1].",
    "Dit staat elders. 【2】",
    "Of zo (bron 1).",
    "Klaar.",
]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=120))
@settings(deadline=None)
def test_wherever_the_stream_is_cut_the_sentences_are_the_same(cuts: list[int]) -> None:
    pieces, at = [], 0
    for size in cuts:
        pieces.append(REPLY[at : at + size])
        at += size
    pieces.append(REPLY[at:])
    assert [sentence for sentence in sentences(aloud(iter(pieces))) if sentence] == SENTENCES


def test_text_without_an_end_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        started = time.process_time()
        assert all(len(sentence) <= 2_001 for sentence in sentences(iter("o.a. enz. dit gaat door " * times)))
        return time.process_time() - started

    assert seconds(320) < 20 * seconds(40)


@pytest.mark.parametrize(
    ("said", "text", "hits"),
    [
        ("Het mag niet [1].", "Het mag niet.", [0]),
        ("Het mag niet. [2][1]", "Het mag niet.", [1, 0]),
        ("Het mag niet [bron 2].", "Het mag niet.", [1]),
        ("Het mag niet (bron 1 en 2).", "Het mag niet.", [0, 1]),
        ("Het mag niet 【2】.", "Het mag niet.", [1]),
        ("Het mag niet 【1†source】.", "Het mag niet.", [0]),
        ("Het mag niet [1-3].", "Het mag niet.", [0, 1, 2]),
        ("Het mag niet [^3].", "Het mag niet.", [2]),
        ("**Het** mag <b>niet</b> `hier` [7].", "Het mag niet hier.", []),
        ("## Het mag niet [1]", "Het mag niet", [0]),
        ("| Uur | 02.00 [1] |", "Uur | 02.00", [0]),
        ("- [ ] Controleer dit [1]", "- Controleer dit", [0]),
    ],
)
def test_markers_are_read_as_models_write_them(said: str, text: str, hits: list[int]) -> None:
    made = draft(said, [hit("Een bron."), hit("Nog een."), hit("En een.")])
    assert made is not None
    assert (made.text, [cite.hit for cite in made.cites]) == (text, hits)


@pytest.mark.parametrize("said", ["|---|---|", "***", "[1]"])
def test_what_is_no_sentence_is_nothing(said: str) -> None:
    assert draft(said, [hit("Een bron.")]) is None


@pytest.mark.parametrize("said", ["Het mag niet [1", "Het <mag niet [1].", "Het mag 1] niet."])
def test_half_a_marker_rests_on_nothing(said: str) -> None:
    made = draft(said, [hit("Het mag niet.")])
    assert made is not None
    assert made.cites == ()


def test_a_sentence_without_marker_rests_on_the_passage_that_carries_it_and_else_on_none() -> None:
    carried = draft("De boete bedraagt € 1.250,00 en vervalt op 1 maart 2024", [hit("Iets anders."), hit()])
    invented = draft("De burgemeester beslist morgen zelf over vuurwerk en kermissen in het hele land.", [hit()])
    assert carried is not None
    assert invented is not None
    assert ([cite.hit for cite in carried.cites], invented.cites) == ([1], ())


@pytest.mark.parametrize(
    ("said", "carried"), [("€ 1.250,00", True), ("€ 1.260,00", False), ("1 maart 2024.", True), ("maart", False), ("Ja.", False)]
)
def test_a_bare_amount_or_name_rests_on_the_passage_that_holds_it_to_the_letter(said: str, carried: bool) -> None:
    made = draft(said, [hit("Iets anders."), hit()])
    assert made is not None
    assert [cite.hit for cite in made.cites] == ([1] if carried else [])
