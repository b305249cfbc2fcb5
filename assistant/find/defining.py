"""What a question asks the meaning of, and where a text says it: "Boa: …", "Onder evenement wordt verstaan …". Pure."""

from __future__ import annotations

import re

from assistant.understand.question import Query, Wanted
from ingest import dutch

_ASKED = re.compile(
    r"^(?:wat|wie) (?:is|zijn|betekent|betekenen|houdt|houden)(?: precies| eigenlijk)?(?: de (?:definitie|betekenis) van)?(?: het begrip)?"
    r" (?P<thing>[^,?(]+?)(?: (?:precies|eigenlijk|nou|nu))*"
    r"(?: (?:in|volgens|bij|van|voor|op|binnen|uit)\b[^?]*)?(?: (?:precies|eigenlijk))?\W*(?:\([^)]*\))?\W*$",
    re.IGNORECASE,
)
# So a text says it for certain: the term before a colon, what is meant by it, or what something is called.
_GIVES = re.compile(
    r"(?:^|(?<=[.!?;] ))(?:Onder|Met) (?P<meant>.{2,60}?) (?:wordt|worden) (?:[^\n]{0,300} )?(?:verstaan|bedoeld)\b"
    r"|^[^:\n]{0,80}\b(?:wordt|worden) (?:\w+ )?verstaan onder (?P<under>[^:\n]{2,60}):"
    r"|^\W*(?:[a-z0-9]{1,2}[.)] )?(?P<term>[^:\n]{2,60}):|^(?P<subject>.{2,60}?) (?:betekent|omvat|houdt in) "
    r"|\b(?:noemen (?:we|wij)|heet|heten) (?P<name>[^.:;,\n]{2,60})(?:[.;]|$)",
    re.MULTILINE,
)
# At the start of a line or sentence: the term before a colon, or the subject of a sentence that says what it is.
SAYS = re.compile(
    r"^\W*(?:[a-z0-9]{1,2}[.)] )?(?P<term>[^:\n]{2,60}):|^(?:(?:Bij|Onder|Met|Van) )?(?P<subject>.{2,60}?) (?:is|zijn|betekent|omvat|houdt in"
    r"|(?:wordt|worden) (?:hier |in \w+ \w+ )?(?:verstaan|bedoeld)|gaat het om|verstaan we|verstaan wij|bedoelen we|spreken we) ",
    re.MULTILINE,
)


def asked(query: Query) -> frozenset[str]:
    """The stems of the thing that a question asks the meaning of; empty where it asks no such thing."""
    found = _ASKED.match(query.core) if query.wanted is Wanted.DEFINITION else None
    return _stems(found["thing"]) if found is not None else frozenset()


def says(text: str, thing: frozenset[str]) -> bool:
    """Whether a text gives the meaning of a thing: of that, and not of something that is called partly so. What stands in brackets
    behind a term is a term too."""
    terms = (term for found in _GIVES.finditer(text) for term in found.groups() if term)
    return bool(thing) and any(_stems(part) == thing for term in terms for part in re.split(r"[()]", term))


def _stems(text: str) -> frozenset[str]:
    """The stems of a term. Unlike search terms with its single letters: an A-evenement is no evenement."""
    return frozenset(dutch.stem(word) for word in dutch.words(text) if word not in dutch.STOP_WORDS)
