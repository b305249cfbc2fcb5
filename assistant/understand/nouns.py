"""The subject that a question names outright, as far as the words before it tell, and what is said of one that stands nowhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.text.dutch_words import PREPOSITIONS
from ingest import dutch

# "over fatbikes", "welke salarisschaal": what is asked about. "een fotograaf" is only whose case it is.
_ANNOUNCES = frozenset((*PREPOSITIONS, *"welk welke hoeveel geen".split()))
_ARTICLES = frozenset("de het mijn onze ons uw jullie hun".split())
_LIKE = frozenset("klein groot nieuw oud eigen ander goed slecht dicht open vol leeg lokaal".split())
# Behind a preposition these say when, or nothing in particular, or are verbs.
_NO_THING = re.compile(
    r"niks|elkaar|te?voren|jou|hoelang|hierna|(?:van|gister|heden)(?:daag|avond|nacht|morgen|middag)"
    r"|\w*(?:dag|week)(?:ochtend|morgen|middag|avond|nacht|en)?|(?:ge|ver|be|ont|her)\w+[dt]|\w+ende?"
)
_SHORTEST = 4


def subjects(text: str) -> frozenset[str]:
    """What the last sentence of a question is about, each word as `dutch.words` gives it. Misses what nothing announces."""
    words = dutch.words(re.split(r"(?<=[.!?:]) (?=\w)", text.strip())[-1])
    found = (_thing(words[at + 1 : at + 4]) for at, word in enumerate(words) if word in _ANNOUNCES)
    return frozenset(filter(None, found))


def as_typed(word: str, text: str) -> str:
    """A word of `dutch.words` as it stands in the text that it is from."""
    return next((token for token in re.findall(r"[\w'’]+", text) if dutch.words(token) == [word]), word)


def nowhere(words: Sequence[str]) -> str:
    """What is said of words that stand in nothing that the asker may see."""
    named = [f"‘{word}’" for word in words]
    listed = " en ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    said = f"Het woord {listed} staat" if len(named) == 1 else f"De woorden {listed} staan"
    return f"{said} in geen van de stukken in de bibliotheek."


def _thing(words: list[str]) -> str | None:
    """The noun that these words begin with, behind its article and what it is like."""
    for word, after in zip(words, [*words[1:], None], strict=False):
        if word in _ARTICLES or word in _LIKE or (word.endswith("e") and after is not None and after not in dutch.STOP_WORDS):
            continue
        plain = word.isalpha() and len(word) >= _SHORTEST and word not in dutch.STOP_WORDS and not _NO_THING.fullmatch(word)
        return word if plain else None
    return None
