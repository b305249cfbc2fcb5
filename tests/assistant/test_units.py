"""What of a passage may be quoted."""

from __future__ import annotations

import pytest

from assistant.write import units


@pytest.mark.parametrize(
    "note",
    [
        "Voetnoot: Voor meer uitleg zie: https://voorbeeld.example/uitleg",
        "Voetnoot: Zie: Verslag van de werkweek",
        "Voetnoot: Handreiking digitaal wijkteam | voorbeeld.nl",
        "Voetnoot: De bouw van een model | Instituut",
    ],
)
def test_a_note_that_only_refers_says_nothing(note: str) -> None:
    assert units.refers(note)


@pytest.mark.parametrize(
    "text",
    [
        "Voetnoot: Onder een groep worden drie of meer personen verstaan.",
        "Zie voor de tarieven de bijlage.",
        "Meer informatie staat op www.voorbeeld.nl.",
    ],
)
def test_a_note_that_tells_something_and_a_sentence_may_be_quoted(text: str) -> None:
    assert not units.refers(text)
