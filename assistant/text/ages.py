"""How old someone in a question is: the texts do not speak of a boy of sixteen but of an age, and of who is a minor. Pure."""

from __future__ import annotations

import re

from assistant.text.synonyms import Phrase

_WORDS = "zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig eenentwintig".split()
_NUMBER = {word: number for number, word in enumerate(_WORDS, start=6)}
_AGE = rf"\d{{1,2}}|{'|'.join(reversed(_WORDS))}"
_WHO = (
    r"jongens?|meisjes?|kind|kinderen|scholier\w*|leerling\w*|stud(?:ent|enten|ente)|jongeren?|jeugdigen?|tieners?|pubers?|iemand|persoon|personen|knul|knaap"
    r"|zoon|dochter|broer|zus|broertje|zusje|klanten?|bezoekers?|gasten?|verdachten?|daders?|winkeldief|vakkenvuller|stagiairs?|minderjarigen?"
)
_NO_AGE = r"(?! (?:euro|uur|procent|meter|dagen|weken|maanden)\b)"
_AGED = re.compile(
    rf"\b(?P<of>{_AGE})[ -]?(?:jarigen?|jaar oude?)\b|\b(?:{_WHO}) (?:(?:ben|bent|is|zijn|was) )?(?:van )?(?P<who>{_AGE})\b{_NO_AGE}",
    re.IGNORECASE,
)
_GROWN_UP = 18


def of(text: str) -> dict[str, tuple[Phrase, ...]]:
    """The words in a question that are someone's age, each with what the texts write for it."""
    return {age: _written(_NUMBER.get(age) or int(age)) for found in _AGED.finditer(text) if (age := (found["of"] or found["who"]).lower())}


def _written(age: int) -> tuple[Phrase, ...]:
    return (("leeftijd",), ("minderjarige",), ("18", "jaar"), ("achttien",)) if age < _GROWN_UP else (("leeftijd",), ("meerderjarig",))
