"""A question and a piece that follows on it, made one: the piece takes the place of its like, or is added. Pure."""

from __future__ import annotations

import re

from assistant.text.dutch_words import CONDITION, DETERMINER, PREPOSITION, PREPOSITIONS, SUBJECTS, VERBS, verb_at
from assistant.text.figures import YEAR
from ingest import dutch

_AGAIN = re.compile(r"\b(?:(?:tweede|derde|vierde|volgende) keer|nog een keer|nogmaals|opnieuw|weer)\b", re.IGNORECASE)
_FIRST_TIME = re.compile(r" (?:voor het eerst|voor de eerste keer|de eerste keer|een eerste keer)\b", re.IGNORECASE)
_DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_TIME = re.compile(
    rf"\b(?:weekend|nacht|avond|middag|ochtend|dag|dagen|week|maand|jaar|zomer|winter|voorjaar|najaar|seizoen|\w*seizoen|kerst\w*|nieuwjaar\w*"
    rf"|oudejaar\w*|oud en nieuw|jaarwisseling|feestdag\w*|koningsdag|werkdag\w*|vakantie|\w+nacht|\w*(?:{_DAYS})\w*|\d{{1,2}}[.:]\d\d|{YEAR})\b",
    re.IGNORECASE,
)


def merged(before: str, said: str) -> str:
    """The question before with a piece in it: in the place of its like, or added behind it."""
    if CONDITION.match(said):
        # A next time comes in the place of the first.
        return f"{_FIRST_TIME.sub('', before) if _AGAIN.search(said) else before}, {said}"
    first, _, rest = said.partition(" ")
    if first.lower() in PREPOSITIONS and rest:
        return _prepositional(before, first.lower(), rest)
    if re.match(r"'s\s", said):
        return f"{before} {said}"
    return _thing(before, said)


def _prepositional(before: str, preposition: str, thing: str) -> str:
    """A phrase with a preposition: it replaces one with the same preposition and the same sort of thing, time or not."""
    timely = _TIME.search(thing) is not None
    phrase = rf"(?:{DETERMINER}\s+)?(?:[\w-]+e\s+(?!{PREPOSITION}\b))*[\w'-]+"
    for lead in (preposition, *(("in", "binnen") if preposition == "buiten" else ("buiten",) if preposition in ("in", "binnen") else ())):
        for found in re.finditer(rf"\b{lead}\s+(?P<thing>{phrase})", before, re.IGNORECASE):
            place = found["thing"][0].isupper() and lead in ("in", "van")
            same = lead == preposition or found["thing"].lower() == thing.lower()
            if same and not place and (_TIME.search(found["thing"]) is not None) == timely:
                return f"{before[: found.start()]}{preposition} {thing}{before[found.end() :]}"
    return f"{before} {preposition} {thing}"


def _thing(before: str, thing: str) -> str:
    """A thing without a preposition: it replaces its like ("A-evenement", "C-evenement"), else what has the same place."""
    words = before.split()
    determined = re.match(rf"{DETERMINER}\s", thing, re.IGNORECASE) is not None
    like = next((at for at, word in enumerate(words) if _alike(thing.lower(), word.lower().strip(","))), None)
    if like is not None:
        start = like
        while determined and start and _leads(words[start - 1].lower()):
            start -= 1
        return " ".join((*words[:start], thing, *words[like + 1 :]))
    if determined and (found := re.search(r"\b(?:een|de|het|mijn)\s+(?:[\w-]+e\s+)?[\w-]+", before)):
        return before[: found.start()] + thing + before[found.end() :]
    first = verb_at([word.lower() for word in words]) + 1
    alone = next((at for at in range(first, len(words)) if _stands_alone(words[at], words[at - 1].lower())), None)
    return " ".join((*words[:alone], thing, *words[alone + 1 :])) if alone is not None else f"{before}, wat betreft {thing}"


def _leads(word: str) -> bool:
    """Whether a word may stand before its noun: determiner or adjective."""
    return re.fullmatch(rf"{DETERMINER}|[\w-]+e", word) is not None and word not in VERBS


def _stands_alone(word: str, before: str) -> bool:
    """Whether a word is a noun without determiner or preposition: the thing that a question is about."""
    plain = word.islower() and word not in SUBJECTS and word not in dutch.STOP_WORDS and word not in VERBS
    return plain and before not in PREPOSITIONS and re.fullmatch(DETERMINER, before) is None


def _alike(first: str, second: str) -> bool:
    """Whether two texts end in the same word: softdrugs and harddrugs, een evenement and C-evenement."""
    shared = 0
    while shared < min(len(first), len(second)) and first[-1 - shared] == second[-1 - shared]:
        shared += 1
    return shared >= 5 or first == second
