"""What is asked: the words that matter, the kind of answer that is wanted, the gemeenten that are meant. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.model import Asked
from corpus.gemeenten import Gemeenten
from ingest import dutch


class Wanted(StrEnum):
    """The kind of thing that would answer the question."""

    AMOUNT = "amount"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. `words` are its content words (for full text), `gemeenten` those it is about: named, chosen or own."""

    text: str
    words: tuple[str, ...]
    wanted: Wanted
    gemeenten: tuple[str, ...]
    named: tuple[str, ...]


_WANTED: tuple[tuple[str, Wanted], ...] = (
    (r"\b(?:hoeveel|wat kost(?:en)?|welk(?:e)? (?:bedrag|percentage|aantal|budget)|hoe (?:groot|hoog|lang|vaak|ver|oud|breed|snel|zwaar))\b", Wanted.AMOUNT),
    (r"\b(?:budget|bedrag|begroting|kosten|boete|tarief|aantal|percentage)\b(?=[^?]{0,60}\?*$)(?!.*\b(?:wie|welke|waarom)\b)", Wanted.AMOUNT),
    (r"\b(?:wanneer|welke (?:datum|dag|maand|periode)|welk jaar|hoe laat|tot en met wanneer|deadline|per wanneer)\b", Wanted.DATE),
    (r"\b(?:wie|door wie|van wie|namens wie|contactpersoon|projectleider|trekker|voorzitter)\b", Wanted.NAME),
    (r"\b(?:welke|noem|wat zijn|som .* op|waaruit bestaat|lijst)\b", Wanted.LIST),
    (r"^(?:wat is|wat zijn|wat betekent|wat wordt (?:er )?(?:verstaan|bedoeld)|wat verstaat|definitie|betekenis)\b", Wanted.DEFINITION),
    (r"^(?:mag|mogen|moet|moeten|is|zijn|kan|kunnen|heeft|hebben|geldt|gelden|bestaat|doet|doen|krijgt|wordt|worden|was|waren|hoeft|gaat|staat)\b", Wanted.YES_NO),
)  # fmt: skip


def understand(asked: Asked, gemeenten: Gemeenten) -> Query:
    """Read a question."""
    text = " ".join(asked.question.split())
    named = gemeenten.named_in(text)
    meant = tuple(dict.fromkeys((*asked.gemeenten, *named))) or ((asked.home,) if asked.home else ())
    return Query(text, _words(text), _wanted(text), meant, named)


def _words(text: str) -> tuple[str, ...]:
    found = [word for word in dutch.words(text) if word not in dutch.STOP_WORDS and len(word) > 1]
    return tuple(found or dutch.words(text))


def _wanted(text: str) -> Wanted:
    low = text.lower()
    if re.match(_WANTED[-1][0], low):
        return Wanted.YES_NO
    return next((wanted for pattern, wanted in _WANTED if re.search(pattern, low)), Wanted.OTHER)
