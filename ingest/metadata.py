"""What a document says of itself, where no curator has said it: title, kind, gemeente, dates. Pure; never guesses silently.

Each field is either read from a plain statement in the text or the file name, or left unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from corpus.gemeenten import Gemeenten
from corpus.model import Kind, Visibility
from ingest.blocks import Block, Loaded, Role
from ingest.sidecar import Metadata

_MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
_DATE = rf"(\d{{1,2}})\s+({'|'.join(_MONTHS)})\s+(\d{{4}})|(\d{{1,2}})[-/](\d{{1,2}})[-/](\d{{4}})"
_ADOPTED = re.compile(rf"vastgesteld\b[^.]{{0,160}}?\b(?:van|op|d\.d\.)\s+(?:{_DATE})", re.IGNORECASE)
_IN_FORCE = re.compile(
    rf"(?:(?:treedt|treden|trad|is)\b[^.]{{0,80}}?in werking|in werking getreden)\b[^.]{{0,60}}?(?:{_DATE})", re.IGNORECASE
)
# What a regulation says of itself, wherever its last article stands: a long toelichting may follow.
_ITSELF = re.compile(
    r"(?:\S{1,4} )?(?:Deze|Dit) (?:\w*verordening|\w*beleid\w*|\w*regeling|besluit|reglement|\w*convenant|\w*plan|aanwijzing\w*)\b"
)
# "van 1 januari 2026 tot en met 31 december 2026", "op 1 september 2024 en eindigt op 31 augustus 2028".
_RUNS = re.compile(
    rf"\b(?:[Dd]it|[Dd]eze|[Hh]et|[Dd]e) (?:\w*(?:plan|programma|convenant|overeenkomst|draaiboek))\b[^.]{{0,120}}?"
    rf"\b(?:van|vanaf|op|ingang van) (?:[a-z]+dag )?(?:{_DATE})(?:[^.]|\.(?=\d)){{0,40}}?"
    rf"(?:tot en met|t/m|eindigt(?: van rechtswege)? op|loopt af op) (?:[a-z]+dag )?(?:{_DATE})"
)
_SIGNED = re.compile(rf"[A-Z][\w -]{{2,30}}, (?:{_DATE})\.?", re.IGNORECASE)
_PERIOD = re.compile(r"\b(20\d{2})\s*(?:-|–|t/m|tot en met)\s*(20\d{2})\b")
_CONCEPT = re.compile(r"\b(?:CONCEPT|Concept(?:versie)?|ONTWERP)\b|[_ -]concept\b")

# From specific to general: the first that the title, and else the file name, names.
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"^(?:amvb|besluit van)\b", Kind.AMVB),
    (r"^wet van\b", Kind.WET),
    (r"\bapv\b|algemene plaatselijke verordening", Kind.APV),
    (r"besluitenlijst|raadsinformatiebrief|raadsvoorstel|raadsbesluit|raadsnota|notulen|\bmotie\b", Kind.RAADSSTUK),
    (r"bibob", Kind.BIBOB_BELEID),
    (r"projectplan|plan van aanpak", Kind.PROJECTPLAN),
    (r"uitvoerings(?:plan|programma)|actieplan|draaiboek|jaarplan", Kind.UITVOERINGSPLAN),
    (r"\bivp\b|integraal veiligheids(?:plan|beleid)|integrale veiligheid|veiligheidsstrategie", Kind.IVP),
    (r"convenant|samenwerkingsovereenkomst", Kind.CONVENANT),
    (r"handreiking|leidraad|veelgestelde vragen", Kind.HANDREIKING),
    (r"circulaire", Kind.CIRCULAIRE),
    (
        r"beleidsregel|beleidslijn|damocles|^aanwijzing|(?:evenementen|coffeeshop|horeca|terrassen|handhavings|bijtgrage honden)beleid",
        Kind.BELEIDSREGEL,
    ),
    (r"verordening", Kind.VERORDENING),
    (r"\bregeling\b", Kind.MINISTERIELE_REGELING),
    (r"^besluit\b", Kind.AMVB),
    (r"^wet\b|\bwet(?:boek)?$", Kind.WET),
    (r"\bnota\b|notitie|jaarverslag|rapport", Kind.NOTA),
)
_GENERIC = re.compile(r"(?:inleiding|voorwoord|samenvatting|algemene bepalingen|aanleiding|inhoud(?:sopgave)?|colofon)$", re.IGNORECASE)
# The last article is among these blocks, also where notes follow; it may be a numbered lid.
_LAST = 60
_LID = re.compile(r"^\d{1,2}[.)]\s+")
_NO_TITLE = re.compile(r"(?:Artikel|Hoofdstuk|Paragraaf)\b|(?:Wet|Besluit|Regeling) van \d")
# How a regeling says what it is called: behind its long title, and in its last article.
_SHORT_TITLE = re.compile(
    r"^(?:\w+ ){0,2}(?:wet|besluit|regeling|verordening|beschikking) van \d.*\((?P<title>[A-Z][^()]{3,80})\)$", re.IGNORECASE
)
_CITED_AS = re.compile(
    r"(?:Deze|Dit) (?:wet|besluit|regeling|verordening|beleidsregels?|beleidslijn|reglement)[^.:]{0,40} aangehaald als:?\s*[‘“\"']?"
    r"(?P<title>[A-Z](?:(?! en treedt| en treden)[^.;,\n'’”\"]|['’](?=s\b)){3,120})"
)
_REGULATES = {Kind.APV, Kind.VERORDENING, Kind.BELEIDSREGEL, Kind.BIBOB_BELEID}
_OF_ONE_GEMEENTE = {*_REGULATES, Kind.IVP, Kind.UITVOERINGSPLAN, Kind.RAADSSTUK}
_OFFICE = re.compile(
    r"(?:gemeente|(?:gemeente)?raad van|burgemeester van|wethouders van|college van|APV)(?: de gemeente)?\s+$", re.IGNORECASE
)
_RUNS_FOR_A_PERIOD = {Kind.IVP, Kind.UITVOERINGSPLAN, Kind.PROJECTPLAN, Kind.CONVENANT}
_OFFICIAL_ID = re.compile(r"(BWB[RV]\d{7}|CVDR\d{4,7})")


def _official(loaded: Loaded, gemeenten: Gemeenten) -> Metadata:
    """What an official publication says in its own fields."""
    said = loaded.properties
    title = said.get("title", "")
    creator = gemeenten.named_in(said.get("gemeente", ""))
    return Metadata(
        title=title or None,
        kind=Kind(said["kind"]) if said.get("kind") else _kind(title, "") or Kind.VERORDENING,
        gemeente=creator[0] if creator else None,
        publisher=said.get("gemeente"),
        adopted_on=_iso(said.get("adopted_on")),
        valid_from=_iso(said.get("valid_from")),
        valid_to=_iso(said.get("valid_to")),
        visibility=Visibility.OPENBAAR,
        source_url=said.get("source_url"),
    )


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def official_id(filename: str) -> str | None:
    """The official id that a file carries in its name (BWBR0005416, CVDR123456), if any."""
    found = _OFFICIAL_ID.search(filename)
    return found.group(1) if found else None


def find(loaded: Loaded, filename: str, gemeenten: Gemeenten) -> Metadata:
    """Read what the document and its file name say. `title` is always found, if only from the name."""
    if "official_id" in loaded.properties or "valid_from" in loaded.properties:
        return _official(loaded, gemeenten)
    title = _title(loaded, filename)
    stem = _words(filename)
    opening = " ".join(block.text for block in loaded.blocks[:40])[:3_000]
    closing = " ".join(block.text for block in loaded.blocks[-30:])[-3_000:]
    kind = _declared(filename) or _kind(title, stem)
    adopted = _date(_ADOPTED, opening, closing)
    if adopted is None and kind in _REGULATES:
        adopted = _date(_SIGNED, *(block.text for block in loaded.blocks if _SIGNED.fullmatch(block.text)))
    itself = (block.text for block in loaded.blocks if _ITSELF.match(block.text))
    in_force = _date(_IN_FORCE, closing, opening) or _date(_IN_FORCE, *itself)
    valid_from, valid_to = _period(loaded.blocks, f"{title} {stem}") if kind in _RUNS_FOR_A_PERIOD else (None, None)
    return Metadata(
        title=title,
        kind=kind,
        gemeente=_gemeente(loaded.blocks, f"{title} . {stem}", kind, gemeenten),
        adopted_on=adopted,
        valid_from=in_force or valid_from,
        valid_to=valid_to,
        concept=True if _CONCEPT.search(f"{title} {stem} {opening[:300]}") else None,
    )


def _title(loaded: Loaded, filename: str) -> str:
    """The heading at the top; else what a regeling says it is called; else the heading near the top that shares most words with the
    file name; else the file name, of one in parts ("wet__gemeentewet__BWBR0005416") the longest that has words; a bare name takes
    the heading."""
    stem = max((part for part in filename.split("__") if _significant(part)), key=len, default=filename)
    stem = _words(stem)
    wanted = _significant(stem)
    candidates = [block.text for block in loaded.blocks[:12] if block.role is Role.HEADING and _can_be_title(block.text)]
    candidates += [value for key, value in loaded.properties.items() if key == "title" and 8 <= len(value) <= 160]
    top = next((block for block in loaded.blocks[:3] if block.role is Role.HEADING), None)
    if top is not None and top.level == 1 and 8 <= len(top.text) <= 200 and not _SHORT_TITLE.match(top.text):
        return top.text
    if (called := _called(loaded, wanted)) is not None:
        return called
    best = max(candidates, key=lambda text: len(wanted & _significant(text)), default="")
    shared = len(wanted & _significant(best))
    if shared >= 2 or (shared == 1 and len(wanted) <= 2):
        return best
    if len(wanted) >= 2 or not candidates:
        return stem[:1].upper() + stem[1:] if stem else "Zonder titel"
    return candidates[0]


def _called(loaded: Loaded, wanted: set[str]) -> str | None:
    """What a regeling without a title of its own says that it is called, where the file name speaks of the same."""
    heads = (_SHORT_TITLE.match(block.text) for block in loaded.blocks[:12])
    ends = (found for block in reversed(loaded.blocks[-_LAST:]) if (found := _CITED_AS.match(_LID.sub("", block.text))))
    named = (" ".join(found["title"].split()) for found in (*filter(None, heads), *ends))
    return next((title for title in named if wanted & _significant(title)), None)


def _can_be_title(text: str) -> bool:
    return 4 <= len(text) <= 160 and not _GENERIC.search(text) and not _NO_TITLE.match(text)


def _words(filename: str) -> str:
    stem = _OFFICIAL_ID.sub("", PurePath(filename).stem)
    return " ".join(re.sub(r"(?<![\d])-|-(?!\d)|[_+]", " ", stem).split())


def _significant(text: str) -> set[str]:
    return set(re.findall(r"[a-zà-ÿ]{4,}", text.lower()))


def _declared(filename: str) -> Kind | None:
    """The kind that a file name opens with, in a part of its own."""
    first = filename.split("__", maxsplit=1)[0].lower()
    return Kind(first) if "__" in filename and first in set(Kind) else None


def _kind(title: str, stem: str) -> Kind | None:
    for text in (title.lower(), stem.lower()):
        for pattern, kind in _KINDS:
            if re.search(pattern, text):
                return kind
    return None


def _gemeente(blocks: Sequence[Block], named: str, kind: Kind | None, gemeenten: Gemeenten) -> str | None:
    """The gemeente in the title or file name; else the one that the text is plainly about; else unknown."""
    if kind in (Kind.WET, Kind.AMVB, Kind.MINISTERIELE_REGELING, Kind.CIRCULAIRE):
        return None
    in_title = gemeenten.named_in(named)
    if in_title:
        return in_title[0] if len(in_title) == 1 else None
    text = " ".join(block.text for block in blocks[:400])[:60_000]
    named_at = gemeenten.mentions(text)
    counts = Counter(code for code, _ in named_at)
    if not counts:
        return None
    (code, most), total = counts.most_common(1)[0], sum(counts.values())
    if most >= 5 and most >= 0.7 * total:
        return code
    # Neighbours may be named more often; whose council and burgemeester it is, is said with their office.
    offices = (
        Counter(code for code, (start, _) in named_at if _OFFICE.search(text[:start][-40:])) if kind in _OF_ONE_GEMEENTE else Counter()
    )
    return next((code for code, count in offices.items() if count >= 2 and len(offices) == 1), None)


def _period(blocks: Sequence[Block], named: str) -> tuple[date | None, date | None]:
    """From when to when a plan or convenant runs: by the days that it says itself, else by the years in its name."""
    if found := next((found for block in blocks if (found := _RUNS.search(block.text))), None):
        first, last = _day(found.groups()[:6]), _day(found.groups()[6:])
        if first and last and first <= last:
            return first, last
    years = _PERIOD.search(named)
    if years and int(years[2]) >= int(years[1]):
        return date(int(years[1]), 1, 1), date(int(years[2]), 12, 31)
    return (date(int(years[1]), 1, 1) if years else None), None


def _date(pattern: re.Pattern[str], *texts: str) -> date | None:
    """The first day that a text gives in the place that the pattern says."""
    found = (pattern.search(text) for text in texts)
    return next((day for match in found if match and (day := _day(match.groups()))), None)


def _day(said: Sequence[str | None]) -> date | None:
    """A day from what `_DATE` caught: day, month and year in words, or in figures."""
    day, month, year, day2, month2, year2 = said
    try:
        return date(int(year or year2 or 0), _MONTHS.index(month.lower()) + 1 if month else int(month2 or 0), int(day or day2 or 0))
    except ValueError:
        return None
