"""Whether a text counts on a day."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.model import Document, Edition, Kind
from corpus.validity import Status, speaks, status

DAY = date(2026, 6, 1)


def edition(**given: object) -> Edition:
    return Edition("e", "d", "0" * 64, "x.pdf", "application/pdf", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, Status.GELDEND),
        ({"valid_from": DAY}, Status.GELDEND),
        ({"valid_to": DAY}, Status.GELDEND),
        ({"valid_from": date(2026, 6, 2)}, Status.TOEKOMSTIG),
        ({"valid_to": date(2026, 5, 31)}, Status.VERVALLEN),
        ({"concept": True, "valid_from": date(2020, 1, 1)}, Status.CONCEPT),
    ],
    ids=["undated", "first-day", "last-day", "day-before", "day-after", "concept"],
)
def test_the_first_and_the_last_day_count(given: dict[str, object], expected: Status) -> None:
    assert status(Document("d", "t"), edition(**given), DAY) is expected


def test_a_withdrawn_document_counts_for_no_day() -> None:
    withdrawn = Document("d", "t", withdrawn_on=DAY)
    assert status(withdrawn, edition(), DAY) is Status.INGETROKKEN
    assert status(withdrawn, edition(), date(2026, 5, 31)) is Status.INGETROKKEN


def test_an_expired_plan_without_successor_still_speaks_but_an_expired_rule_does_not() -> None:
    expired = edition(valid_to=date(2025, 12, 31))
    assert speaks(Document("d", "t", Kind.IVP), expired, DAY, last=True)
    assert not speaks(Document("d", "t", Kind.IVP), expired, DAY, last=False)
    assert not speaks(Document("d", "t", Kind.APV), expired, DAY, last=True)


def test_what_is_not_yet_in_force_does_not_speak() -> None:
    assert not speaks(Document("d", "t", Kind.APV), edition(valid_from=date(2027, 1, 1)), DAY, last=True)
