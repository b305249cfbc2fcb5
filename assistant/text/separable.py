"""Verbs that fall apart in a question: "draagt … bij" is bijdragen, "gaat … in" is ingaan. Pure: a question in, words out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest import dutch

_PREPOSITIONS = "aan af bij binnen buiten door in langs met na naar om onder op over per sinds te tegen tijdens tot tussen uit van vanaf voor wegens zonder"
_PARTICLES = "aan af bij deel door in mee na om op open over plaats samen stil tegen terug toe uit vast voor vrij weg"
# The other half stands where its clause ends: before a stop, a conjunction, or the preposition of what follows.
_BEHIND = re.compile(
    rf"\b(?P<particle>{'|'.join(_PARTICLES.split())})(?=\s*(?:$|[?.,;:!)])|\s+(?:als|indien|wanneer|of|omdat|dat|{'|'.join(_PREPOSITIONS.split())})\b)"
)
_SHORTEST = 4
_VERB = re.compile(rf"(?:{'|'.join(_PARTICLES.split())}|dicht|leeg)(?:ge)?(?P<verb>\w{{3,}}(?:en|t|d|de))")


def verb_in(word: str) -> str | None:
    """The verb in a word that may be such a verb written as one: "doen" in "dichtdoen"; None where it is none."""
    found = _VERB.fullmatch(word)
    return found["verb"] if found is not None else None


def whole(text: str) -> Mapping[str, str]:
    """What each word before such a half would make with it, by word; most of that is no word at all and is found nowhere."""
    found = _BEHIND.search(text.lower())
    if found is None:
        return {}
    before = [
        word for word in dutch.words(text[: found.start()]) if word not in dutch.STOP_WORDS and len(word) >= _SHORTEST and word.isalpha()
    ]
    return {word: found["particle"] + word for word in before}
