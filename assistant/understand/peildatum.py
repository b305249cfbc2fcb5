"""The day that a question itself speaks of: "in de APV van 2019", "wat mocht in december 2023". Pure: words and editions in, a day out.

A wrong day silently gives a wrong edition. So a day is only read where the question attaches it to a document, or says in the past
tense what was the rule on it; anything that is also about now is left to now.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from assistant.text.figures import MONTHS, YEAR
from assistant.understand.meant import KINDS
from corpus.model import Document, Edition
from corpus.validity import Status, speaks, status

_ABOUT_NOW = re.compile(
    r"\b(?:nieuwe?|huidige?|nu|nog|sinds|verschil\w*|verander\w*|gewijzigd|wijziging\w*|vergelijk\w*|vergeleken|ten opzichte|evaluatie|jaarverslag)\b",
    re.IGNORECASE,
)
_SETS = (
    r"(?:dwangsom|(?:maximum)?boete|straf|strafmaat|\w*termijn|\w*leeftijd|maximum|minimum|wettelijke?|sluitingstijd(?:en)?|\w*grens|verplichting(?:en)?"
    r"|voorwaarden?|eisen|regels?|leges|tarief|tarieven|definitie|bevoegdheid)"
)
# A sentence that opens with "Mocht" supposes; it does not tell what was allowed.
_WAS_THE_RULE = re.compile(
    r"\b(?:gold|golden|luidde|hoefden?|verbood|toen|destijds|indertijd)\b"
    r"|\b(?:moest|kon) (?:je|jij|u|men|we|wij|ik|een|iemand|de burgemeester|de raad)\b|(?<!^)(?<![.?!] )\bmocht(?:en)?\b"
    r"|\b(?:was|waren)\b.*\b(?:toegestaan|verboden|verplicht|geregeld|vastgelegd)\b"
    # What a rule sets: how many there were of something is a fact, and told by what was written later.
    rf"|\b(?:was|waren|bedroeg|bedroegen)\b.*\b{_SETS}\b|\b{_SETS}\b.*\b(?:was|waren|bedroeg|bedroegen)\b",
    re.IGNORECASE,
)
_OLD = r"\b(?:oude|vorige|vervallen|eerdere|vroegere) (?:[A-Z]\w+ )?"
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
_YEAR = rf"(?P<year>{YEAR})(?![\d-])(?!\s?[-–]\s?\d)"
_DATED = re.compile(
    rf"\b(?P<lead>in|op|per|eind|begin|uit|vóór|voor|tot) (?:(?:de maand|het jaar|eind|begin) )?(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{_MONTH})\.? )?{_YEAR}"
    rf"|\b(?P<lead2>op|per|vóór|voor|tot) (?:(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-(?P<y>{YEAR})|(?P<y2>{YEAR})-(?P<m2>\d\d)-(?P<d2>\d\d))\b",
    re.IGNORECASE,
)
_BEFORE = ("vóór", "voor", "tot")


def of(text: str, held: Callable[[], Sequence[tuple[Document, Edition]]], today: date) -> date | None:
    """The day that a question speaks of, None where it is about now.

    "De APV van 2019" is about the last day of the edition of that year, "de oude APV" about that of the edition before, "wat
    gold in december 2023" about the end of that month, "wat gold voor 2024" about the day before. `held` gives the
    documents that may be meant with each of their editions, oldest first; it is asked only where one is named.
    """
    if _ABOUT_NOW.search(text) or len(set(re.findall(rf"\b{YEAR}\b", text))) > 1:
        return None
    return _of_edition(text, held, today) or _of_rule(text, today)


def _of_edition(text: str, held: Callable[[], Sequence[tuple[Document, Edition]]], today: date) -> date | None:
    """The last day of the edition that is named by its year, or as the one before."""
    for pattern, kind, _ in KINDS:
        name = rf"(?i:{pattern.pattern})"
        year = re.search(rf"(?:{name})(?: (?:van |gemeente |de )*[A-Z][\w-]+)*(?: (?:van|uit|anno))? {_YEAR}", text)
        if year is None and re.search(rf"(?i:{_OLD})(?:{name})", text) is None:
            continue
        every = held()
        newest = {document.id: edition for document, edition in every}
        lapsed = [
            edition.valid_to
            for document, edition in every
            if document.kind is kind
            and edition.valid_to is not None
            and status(document, edition, today) is Status.VERVALLEN
            and not speaks(document, edition, today, last=edition is newest[document.id])
            and (year is None or (edition.valid_from is not None and edition.valid_from.year == int(year["year"])))
        ]
        if lapsed:
            return max(lapsed)
    return None


def _of_rule(text: str, today: date) -> date | None:
    """The day on which something was the rule."""
    found = _DATED.search(text)
    if found is None or _WAS_THE_RULE.search(text) is None:
        return None
    lead = (found["lead"] or found["lead2"]).lower()
    if lead in ("op", "per") and not (found["day"] or found["d"] or found["d2"]):
        return None
    year = int(found["year"] or found["y"] or found["y2"])
    month = _month(found["month"]) if found["month"] else int(found["m"] or found["m2"] or 0)
    number = int(found["day"] or found["d"] or found["d2"] or 0)
    try:
        first = date(year, month or 1, number or 1)
        last = date(year, month or 12, number or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    spoken = first - timedelta(days=1) if lead in _BEFORE else last
    return spoken if spoken < today else None


def _month(said: str) -> int:
    return next(n for n, month in enumerate(MONTHS, start=1) if month.startswith(said.lower()[:3]))
