"""Municipalities in text, as people write them."""

from __future__ import annotations

import pytest

from corpus.gemeenten import TWENTE, national


def test_the_fourteen_of_twente_are_known_by_their_codes() -> None:
    names = [national().name(code) for code in TWENTE]
    assert len(set(names)) == 14
    assert all(national().code(name) == code for name, code in zip(names, TWENTE, strict=True))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Wat zegt de APV van Enschede?", ("GM0153",)),
        ("wat mag er in hengelo", ("GM0164",)),
        ("Hof van Twente en Rijssen Holten", ("GM1735", "GM1742")),
        ("Wat is het beste beleid? Geen idee, best lastig.", ()),
        ("De regels in Losser en in Wierden", ("GM0168", "GM0189")),
        ("een losser beleid", ()),
        ("gemeente Best", ("GM0753",)),
        ("beleid van Den Haag", ("GM0518",)),
        ("De Enschedese aanpak", ()),
        ("", ()),
    ],
)
def test_a_text_names_the_gemeenten_that_a_reader_sees_in_it(text: str, codes: tuple[str, ...]) -> None:
    assert national().named_in(text) == codes


def test_a_library_can_add_its_own_gemeenten() -> None:
    more = national().extended({"GM9901": "Elzerveen"})
    assert more.named_in("In Elzerveen en Almelo") == ("GM9901", "GM0141")
    assert national().code("Elzerveen") is None


@pytest.mark.parametrize("sign", ["?", "!", ")", ";", ":", "’", "/", " ?", "…"])
def test_a_gemeente_is_named_whatever_sign_follows(sign: str) -> None:
    assert national().extended({"GM9901": "Elzerveen"}).named_in(f"Tot hoe laat mag een café open zijn in Elzerveen{sign}") == ("GM9901",)
