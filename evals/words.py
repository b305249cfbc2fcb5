"""The words of a report: types of questions and numbers as a Dutch reader expects them."""

from __future__ import annotations

TYPES = {
    "fact": "feit",
    "list": "opsomming",
    "yes_no": "ja of nee",
    "definition": "begrip",
    "condition": "voorwaarde",
    "amount": "getal of bedrag",
    "date": "datum of tijd",
    "name": "persoon of instantie",
    "article": "artikel bij nummer",
    "comparison": "vergelijking",
    "follow_up": "vervolgvraag",
    "outdated": "oudere editie",
    "other_gemeente": "andere gemeente",
    "unanswerable": "staat er niet in",
}


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage: 74 %, or 74,2 % with one digit."""
    return f"{100 * share:.{digits}f}".replace(".", ",") + " %"


def decimal(number: float, digits: int = 2) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


def of_chance(p: float) -> str:
    """A chance in words that need no statistics."""
    return f"de kans dat toeval dit verschil geeft is {'kleiner dan 0,001' if p < 0.001 else decimal(p, 3 if p < 0.01 else 2)}"
