"""Whether two cited sentences of different sources say another number of the same thing. Pure; rather silent than wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ingest import dutch

_SPOKEN = dict(zip("één twee drie vier vijf zes zeven acht negen tien elf twaalf".split(), map(str, range(1, 13)), strict=True))
_UNITS = (
    "uur uren minuten dag dagen werkdagen week weken maand maanden jaar jaren meter kilometer gram kilo procent euro personen deelnemers bezoekers "
    "keer plaatsen stuks camera's boa's"
).split()
_MEASURE = re.compile(
    rf"(?:(?P<euro>€)\s*(?P<amount>\d[\d.,]*)|(?P<number>\d[\d.,:]*|{'|'.join(_SPOKEN)})\s+(?P<unit>{'|'.join(_UNITS)})\b|(?P<share>\d[\d.,]*)\s?%)",
    re.IGNORECASE,
)
_STEM = {"uren": "uur", "dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar"}
# Two sentences speak of the same thing when they share this share of the words of the shorter one, and at least so many.
_SHARED, _FEWEST = 0.6, 2


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the document that it stands in, and the gemeente of that (None: of none in particular)."""

    text: str
    document: str
    gemeente: str | None


def contradicting(statements: Sequence[Statement], question: str) -> list[tuple[Statement, Statement]]:
    """The pairs that measure the thing that was asked in the same unit and come to other numbers."""
    asked = _words(question)
    return [(one, other) for one, other in combinations(statements, 2) if _may_clash(one, other) and _clash(one.text, other.text, asked)]


def _may_clash(one: Statement, other: Statement) -> bool:
    same_place = one.gemeente is None or other.gemeente is None or one.gemeente == other.gemeente
    return one.document != other.document and same_place


def _clash(one: str, other: str, asked: frozenset[str]) -> bool:
    first, second = _measures(one), _measures(other)
    # Sentences with several measures of a unit tell of several cases: those may well differ.
    units = [unit for unit in first if unit in second and len(first[unit]) == len(second[unit]) == 1 and first[unit] != second[unit]]
    if not units:
        return False
    words, others = _words(one), _words(other)
    shared = words & others
    return len(shared) >= max(_FEWEST, _SHARED * min(len(words), len(others))) and bool(shared & asked)


def _measures(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _MEASURE.finditer(text):
        unit = "euro" if match["euro"] else "procent" if match["share"] else match["unit"].lower()
        number = (match["amount"] or match["share"] or match["number"]).lower()
        plain = re.sub(r"\.(?=\d{3}\b)", "", _SPOKEN.get(number, number)).rstrip(".,:")
        found.setdefault(_STEM.get(unit, unit), set()).add(re.sub(r",(?:00|-)$", "", plain))
    return found


def _words(text: str) -> frozenset[str]:
    """The words that tell what a sentence is about: no numbers, no units."""
    return frozenset(
        dutch.stem(word)
        for word in dutch.words(text)
        if word not in dutch.STOP_WORDS and word[0].isalpha() and word not in _UNITS and word not in _SPOKEN
    )
