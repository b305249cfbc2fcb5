"""Lists of articles under the name of their regeling: `Opiumwet: artikel 13b`, also where they run on over several passages. Pure."""

from __future__ import annotations

import re

from corpus.laws import Laws

# A list of articles under the name of their regeling: `Opiumwet: artikel 13b`, `van de Gemeentewet: de artikelen 3 en 4`.
_HEADED = re.compile(
    r"(?:^|;\s)[ \t]*(?:[-–•]\s*|[a-z0-9]{1,2}[.)°]\s*)?(?:van\s+(?:de|het)\s+)?(?P<name>[A-Z][^:;\n]{2,200}?)(?:[ \t]*:|,(?=\smet\suitzondering\svan))"
    r"(?=[ \t\n]*(?:[a-z0-9]{1,2}[.)°]\s*|met\suitzondering\svan\s)?(?P<listed>(?:de|het)?\s*(?:[\w ]+\slid,? van\s)?art)?)",
    re.MULTILINE,
)
_REGELING = re.compile(r"wet|besluit|regeling|verordening|verdrag|reglement", re.IGNORECASE)
_NEW_TEXT = re.compile(r"^(?:\d{1,3}[a-z]?\.\s+[A-Z]|Artikel\s)", re.MULTILINE)


def headed_at(text: str, place: int, laws: Laws, before: str | None = None) -> str | None:
    """The regeling under whose name a list of articles stands at a place in a text; `before` is the one under whose name it begins."""
    last, held = 0, before
    for head in _HEADED.finditer(text):
        if head.end() > place:
            break
        if _REGELING.search(head["name"]):
            named = laws.at(text, head.start("name"))
            exact = named[0] if named and named[1] == head.end("name") else " ".join(head["name"].split())
            last, held = head.end(), exact if head["listed"] else None
    return held if _NEW_TEXT.search(text, last, place + 1) is None else None
