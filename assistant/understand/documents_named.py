"""Several documents that a question asks the same of: "hoe lang volgens de nota, en wat zegt het convenant?". Pure; knows no library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.understand import dutch_questions as form
from ingest import dutch

# More documents than this are no longer asked each by themselves.
_MOST = 4
_SORT = (
    r"(?:APV|IVP|Wet [A-Z][\w-]+|[\w-]*(?:beleid|beleidsregels?|beleidslijn|verordening|convenant|handreiking|nota|notitie|draaiboek|circulaire|plan"
    r"|programma|overeenkomst|leidraad|strategie|jaarverslag|wet))"
)
_NAME = r"[A-Z][\w'’-]+"
# "ons eigen veiligheidsplan", "het convenant Veilig Uitgaan", "het Damoclesbeleid van Dorrebeek": with what leads to it and the name behind it.
_MENTION = re.compile(
    rf"\b(?:(?i:de|het|ons|onze|hun) (?:eigen )?(?:[\w-]+e |regionaal |lokaal |landelijk )?(?=\w)|(?=[A-Z])){_SORT}(?![\w-])"
    rf"(?: {_NAME}(?: (?:en |van )?{_NAME})*)?(?: van {_NAME})?(?: (?:19|20)\d\d(?:-(?:19|20)\d\d)?)?"
)
_LEAD = r"(?:in|volgens|bij|van|uit|op grond van|krachtens)"
_LED = re.compile(rf"\b{_LEAD}\s$", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?:\s*,|,?\s+(?:en|of|én|versus|vs\.?|tegenover|dan|zich tot|(?:vergeleken )?met(?: (?:die|dat))?|van (?:die|dat)))(?:\s+(?:ook\s+)?{_LEAD})?\s+",
    re.IGNORECASE,
)
_SEAM = re.compile(r",?\s+en\s+", re.IGNORECASE)
# What says no more than that the other document is asked the same.
_SAYS = frozenset(
    """wat hoe hoeveel welk welke zegt zeggen raadt raden adviseert schrijft bepaalt stelt noemt regelt geldt staat is zit aan voor over in van volgens bij uit
    daar daarover daarvan erover dat dit die het er dan ook precies hierover maximum minimum grens norm termijn duur bedrag""".split()
)
_COMPARES = re.compile(
    rf"(?:(?:zet|vergelijk)\s+|(?:waarin |hoe )?verschil(?:t|len)\s+|hoe verhoud(?:t|en)\s+|wat (?:is|zijn) (?:het|de) verschil(?:len)? (?:tussen|in)\s+)"
    rf"(?P<thing>(?:{_LEAD} )?)",
    re.IGNORECASE,
)
_AS_FAR_AS = re.compile(r"\s+(?:als het gaat om|op het gebied van|wat betreft|qua)\s+", re.IGNORECASE)
_OURS = re.compile(r"\s+(?:bij|van|voor) ons\b", re.IGNORECASE)


def each(question: str) -> tuple[tuple[str, str], ...]:
    """Of each document that a question asks the same of, what it is called there and the whole question about it alone; nothing where
    it asks that of one document or of none."""
    text = form.bare(question)
    named = list(_MENTION.finditer(text))
    said = [" ".join(found[0].split()) for found in named]
    if not 1 <= len({name.lower() for name in said}) == len(said) <= _MOST:
        return ()
    if len(named) > 1:
        between = [text[a.end() : b.start()] for a, b in pairwise(named)]
        if all(map(_BETWEEN.fullmatch, between)) and (_COMPARES.match(text) or "met" not in {words.strip() for words in between}):
            return _asked(text[: named[0].start()], said, text[named[-1].end() :])
    asked, colon, rest = text.partition(": ")
    if colon and len(named) > 1 and len(asked) < named[0].start() and form.is_question(asked) and _says_no_more(_MENTION.sub(" ", rest)):
        return tuple((name, form.sentence(f"{asked} volgens {name}")) for name in said)
    first = _before_seam(text, named[-1]) if len(named) <= 2 else None
    if first is None or not form.is_question(first.rpartition(": ")[2]):
        return ()
    if len(named) == 2 and named[0].end() <= len(first) and _LED.search(first[: named[0].start()]):
        return _asked(first[: named[0].start()], said, first[named[0].end() :])
    # The first is then what holds for the asker, or for anybody.
    return (("", form.sentence(first)), (said[-1], form.sentence(f"{_OURS.sub('', first)} volgens {said[-1]}")))


def _before_seam(text: str, last: re.Match[str]) -> str | None:
    """The question before "en", where what comes behind it says no more than that the last document is asked the same."""
    seams = list(_SEAM.finditer(text, 0, last.start()))
    if not seams:
        return None
    first = text[: seams[-1].start()]
    rest = text[seams[-1].end() : last.start()] + " " + text[last.end() :]
    return first if _says_no_more(rest, first) else None


def _says_no_more(rest: str, first: str = "") -> bool:
    """Whether words add nothing to a question but that it is asked of another document too."""
    return set(dutch.words(rest)) <= _SAYS | {"en"} | set(dutch.words(first))


def _asked(before: str, names: Sequence[str], behind: str) -> tuple[tuple[str, str], ...]:
    """The question of each: what stands before and behind the document that it names."""
    compares = _COMPARES.match(before)
    if compares is not None:
        thing = before[compares.end() :].strip()
        before, behind = (f"Wat is {thing} " if thing else "Wat staat er in "), _AS_FAR_AS.sub(" over ", behind)
        if not thing and not behind.strip():
            return ()
    before = re.sub(r"\bzeggen\b", "zegt", before)
    return tuple((name, form.sentence(f"{before}{name}{behind}")) for name in names)
