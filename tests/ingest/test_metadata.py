"""What a document says of itself: since when it holds, how long it runs, whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.gemeenten import national
from corpus.model import Kind
from ingest import metadata
from ingest.blocks import Block, Loaded, Role
from ingest.sidecar import Metadata


def said(name: str, *texts: str) -> Metadata:
    blocks = (Block(name, Role.HEADING, 1), *(Block(text) for text in texts))
    return metadata.find(Loaded(blocks, (), {}, ()), name, national())


def test_a_long_toelichting_does_not_hide_since_when_a_regulation_holds() -> None:
    rest = ["Deze bepaling is in de praktijk zelden nodig geweest."] * 100
    found = said("APV Almelo 2025", *rest, "1. Deze verordening treedt in werking op 1 maart 2025.", *rest)
    assert found.valid_from == date(2025, 3, 1)


def test_what_another_regulation_did_is_not_since_when_this_one_holds() -> None:
    rest = ["Deze bepaling is in de praktijk zelden nodig geweest."] * 100
    assert said("APV Almelo 2025", *rest, "De Wegenverkeerswet is in werking getreden op 1 januari 1995.", *rest).valid_from is None


@pytest.mark.parametrize(
    "text",
    [
        "Dit convenant treedt in werking op 1 september 2024 en eindigt op 31 augustus 2028.",
        "Dit convenant geldt van 1 september 2024 tot en met 31 augustus 2028.",
        "Het convenant loopt vanaf 01-09-2024 t/m 31-08-2028 voor alle partijen.",
    ],
)
def test_the_days_that_a_convenant_gives_go_before_the_years_in_its_name(text: str) -> None:
    found = said("Convenant Veilig Buitengebied 2024-2028", text)
    assert (found.valid_from, found.valid_to) == (date(2024, 9, 1), date(2028, 8, 31))


def test_place_and_day_under_a_beleidsregel_are_when_it_was_adopted() -> None:
    assert said("Beleidsregel artikel 13b Losser", "De burgemeester,", "Losser, 17 oktober 2023").adopted_on == date(2023, 10, 17)
    assert said("Raadsvoorstel camera's Losser", "Losser, 17 oktober 2023").adopted_on is None


def test_whose_a_raadsvoorstel_is_stands_with_the_office_also_where_neighbours_are_named() -> None:
    others = "De toezichtcentrale in Enschede kijkt uit, zoals voor Hengelo en Almelo."
    found = said(
        "Raadsvoorstel cameratoezicht", others, "Het kan op grond van de APV Borne.", others, "Burgemeester en wethouders van Borne"
    )
    assert (found.kind, found.gemeente) == (Kind.RAADSSTUK, national().code("Borne"))
    assert said("Raadsvoorstel cameratoezicht", others, "Burgemeester en wethouders van Borne").gemeente is None


@pytest.mark.parametrize("title", ["Evenementenbeleid Wierden", "Coffeeshopbeleid Wierden", "Handhavingsbeleid Wierden"])
def test_policy_named_after_its_subject_is_a_beleidsregel_of_the_gemeente_in_its_name(title: str) -> None:
    found = said(title)
    assert (found.kind, found.gemeente) == (Kind.BELEIDSREGEL, national().code("Wierden"))
