"""Who holds an office, by name or by another office: `griffier P. de Wit`, `onder voorzitterschap van de burgemeester`. Pure."""

from __future__ import annotations

import re

from ingest import dutch

_PERSON = (
    r"\b(?:[A-Z]\.){1,4} ?(?:(?:van|de|der|den|ter|ten|el|'t|te) ){0,3}[A-Z][\w'’-]+|\b(?:mevrouw|de heer|dhr\.|mw\.|mevr\.) [A-Z]"
    r"|(?<![.?!:;] )(?<!^)\b[A-Z][a-zà-ÿ]+ (?:(?:van|de|der|den|ter|ten|el|'t|te) ){0,3}[A-Z][a-zà-ÿ]+\b"
)
NAMED = re.compile(_PERSON)
_ROLE = (
    r"(?:(?:loco)?burgemeester|wethouder|(?:gemeente)?secretaris|directeur|commandant|teamchef|teamleider|officier van justitie"
    r"|\w*coördinator|\w*adviseur|\w*manager|\w*medewerker|hoofd)\b"
)
# So many words stand at most between a person and the office that he or she holds: "P. de Wit (projectleider)", "de griffier, M. Vos".
_BESIDE_NAME = 2


def held(office: str, text: str) -> bool:
    """Whether a text tells who holds an office: a person right before or behind the word for it, or another office that has it."""
    return _by_name(office, text) or _by_role(office, text)


def _by_name(office: str, text: str) -> bool:
    stem = dutch.stem(office)
    beside = (
        (dutch.words(text[: found.start()])[-1 - _BESIDE_NAME :], dutch.words(text[found.end() :])[: 1 + _BESIDE_NAME])
        for found in NAMED.finditer(text)
    )
    return any(dutch.stem(word) == stem for before, behind in beside for word in (*before, *behind))


def _by_role(office: str, text: str) -> bool:
    word = re.escape(office)
    given = rf"\b{word}(?:schap van| is| wordt|:) (?:de |een )?{_ROLE}|\b{_ROLE} (?:is|wordt|treedt op als|fungeert als|als) (?:de |een )?{word}"
    return re.search(given, text, re.IGNORECASE) is not None
