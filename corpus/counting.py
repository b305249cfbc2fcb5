"""How leden and onderdelen are counted in Dutch: `eerste tot en met derde`, `3 en 4`, `a, b of c`, `1°`. Pure."""

from __future__ import annotations

import re

ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende zestiende "
    "zeventiende achttiende negentiende twintigste"
).split()
ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:e|de|ste))"
AND = r"(?:\s*,\s*(?:en\s+|of\s+)?|\s+(?:en|of|dan wel|alsmede|juncto|jo\.?)\s+|\s*/\s*)"
TO = r"(?:\s+(?:tot en met|t/m|tm)\s+|\s*[-–]\s*)"
_SPOKEN = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien"


def list_of(item: str) -> str:
    return rf"{item}(?:(?:{AND}|{TO})(?:het\s+)?{item})*"


LID_NUMBER = rf"(?:\d{{1,2}}[a-z]?(?![\w.:°])|(?:{_SPOKEN})\b)"
# Two letters name a part (`aa`), but not where they are a word.
LETTERS = r"(?:(?!(?:af|al|de|en|er|in|is|je|na|of|om|op|te|uw|we|ze|zo)\b)[a-z]{1,2}(?![\w'’])|\d{1,2}[°º])"
DIGITS = r"\d{1,2}(?:[°º]|e?(?![\w:.]))"
_LETTER = rf"(?:{LETTERS}|{DIGITS})"


def listed(text: str) -> tuple[str, ...]:
    """`eerste tot en met derde` as ("1", "2", "3"); `a en c` as ("a", "c")."""
    items: list[str] = []
    for to, item in re.findall(
        rf"(?:({TO})|{AND})?((?:{ORDINAL}|{_SPOKEN}|\d{{1,2}}[a-z](?!\w)|{_LETTER}|\d{{1,2}}[a-z]?))", text, re.IGNORECASE
    ):
        value = _value(item)
        if to and items:
            items += _between(items[-1], value)
        items.append(value)
    return tuple(dict.fromkeys(items))


def _value(item: str) -> str:
    low = item.lower()
    if low in ORDINALS:
        return str(ORDINALS.index(low) + 1)
    if low in _SPOKEN.split("|"):
        return str(max(_SPOKEN.split("|").index(low), 1))
    if re.fullmatch(r"\d{1,2}(?:e|de|ste)", low):
        return re.sub(r"\D", "", low)
    return item.replace("º", "°")


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1:
        return [chr(n) for n in range(ord(first) + 1, ord(last))]
    return []
