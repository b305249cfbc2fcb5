"""The subject that a question names outright, as far as the words before it tell, and what is said of one that stands nowhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.text.dutch_words import PREPOSITIONS
from ingest import dutch

# "over fatbikes", "in welke salarisschaal": what is asked about. "een fotograaf" is only whose case it is, "welke variant" only what sort of
# thing would answer.
_ANNOUNCES = frozenset((*PREPOSITIONS, "hoeveel", "geen"))
_BETWEEN = frozenset(
    "de het mijn onze ons uw jullie hun welk welke klein groot nieuw oud eigen ander goed slecht dicht open vol leeg lokaal".split()
)
# Behind a preposition these say when, or nothing in particular, or are verbs.
_NO_THING = re.compile(
    r"niks|elkaar|te?voren|jou|hoelang|hierna|(?:van|gister|heden)(?:daag|avond|nacht|morgen|middag)"
    r"|\w*(?:dag|week|ochtend|morgen|middag|avond|nacht)(?:en)?|(?:ge|ver|be|ont|her)\w+[dt]|\w+ende?"
)
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORTEST = 4


def subjects(text: str) -> Mapping[str, str]:
    """What the last sentence of a question is about, as it is typed by each word of it as `dutch.words` gives that. Misses what nothing
    announces."""
    tokens = _TOKEN.findall(re.split(r"(?<=[.!?:]) (?=\w)", text.strip())[-1])
    found = (_thing(tokens[at + 1 : at + 4]) for at, token in enumerate(tokens) if token.lower() in _ANNOUNCES)
    return {word: thing for thing in found if thing is not None for word in dutch.words(thing)}


def nowhere(words: Sequence[str]) -> str:
    """What is said of words that stand in nothing that the asker may see."""
    named = [f"‘{word}’" for word in words]
    listed = " en ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    said = f"Het woord {listed} staat" if len(named) == 1 else f"De woorden {listed} staan"
    return f"{said} in geen van de stukken in de bibliotheek."


def _thing(tokens: Sequence[str]) -> str | None:
    """The noun that these words begin with, behind its article and what it is like."""
    for token, after in zip(tokens, [*(t.lower() for t in tokens[1:]), None], strict=False):
        low = token.lower()
        inflected = token.islower() and low.endswith("e") and after is not None and after not in dutch.STOP_WORDS
        if low in _BETWEEN or inflected:
            continue
        plain = token.isalpha() and len(token) >= _SHORTEST and low not in dutch.STOP_WORDS and not _NO_THING.fullmatch(low)
        return token if plain else None
    return None
