"""The figures of a Dutch text as values that can be compared: numbers in digits and words, amounts, dates, times, articles. Pure.

`€ 1.250,00` is `1250 euro` is `twaalfhonderdvijftig euro`; `01-03-2024` is `1 maart 2024`; `derde lid` is `lid 3`. What is part of
one figure is no other: the 3 of `3 maart` is not a three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

Value = Fraction | str | tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """`said` is as it stands in the text. `kind` is getal, rang, datum, tijd, or the word that stands before a place: artikel, lid,
    bijlage. A number may have a `unit` (€, %, dag) and a `bound` (min, max, more, less); `any_one` tells that its `een`
    counts nothing: `kost een uur`, `op een werkdag`."""

    said: str
    kind: str
    value: Value
    unit: str = ""
    bound: str = ""
    any_one: bool = False


# How a year is written.
YEAR = r"(?:19|20)\d\d"
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_OF = {**{name: n for n, name in enumerate(MONTHS, 1)}, **{name: n for n, name in enumerate(_SHORT, 1)}, "sept": 9}
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:sept|{'|'.join(_SHORT)})\b\.?)"

_ONES = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
)
_TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig", 60: "zestig", 70: "zeventig", 80: "tachtig", 90: "negentig"}


def _spelled() -> dict[str, int]:
    small = dict(zip(_ONES, range(1, 20), strict=True))
    for ten, name in _TENS.items():
        small[name] = ten
        small |= {f"{one}{'ën' if one.endswith('e') else 'en'}{name}": ten + n for n, one in enumerate(_ONES[:9], 1)}
    hundreds = {f"{'' if n == 1 else word}honderd": n * 100 for word, n in small.items() if n % 10 or n < 10}
    hundreds |= {f"{head}{join}{word}": n + m for head, n in hundreds.items() for word, m in small.items() for join in ("", "en")}
    under = {**small, **hundreds}
    thousands = {f"{'' if n == 1 else word}duizend": n * 1000 for word, n in under.items() if n < 1000}
    return {**under, **thousands}


_CARDINAL = _spelled()
_LAST_ORDINAL = {"een": "eerste", "twee": "tweede", "drie": "derde", "acht": "achtste"}


def _ordinals() -> dict[str, int]:
    made = {}
    for word, n in _CARDINAL.items():
        if n < 100:
            last = n if n < 20 else 20
            made[_LAST_ORDINAL.get(word, word + ("de" if last < 20 else "ste"))] = n
    return made


_ORDINAL = _ordinals()

_RANK = rf"(?:{'|'.join(_ORDINAL)}|\d{{1,2}}(?:e|de|ste)\b)"
_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_PLACE = r"\d{1,4}(?:[a-z]{1,2}\b)?(?:[:.]\d{1,4}[a-z]{0,2}\b)*"
_RUN = rf"{_PLACE}(?:\s*(?:,|en|of|tot en met|t/m|-|–)\s*(?:lid\s+)?{_PLACE})*"
_UNITS = {
    "%": r"%|procent", "‰": r"‰|promille", "€": r"euro|eur\b", "dag": r"(?:kalender)?dag(?:en)?", "werkdag": r"werkdag(?:en)?",
    "week": r"we(?:ek|ken)", "maand": r"maand(?:en)?", "jaar": r"ja(?:ar|ren)", "uur": r"u(?:ur|ren)", "minuut": r"minu(?:ut|ten)",
    "seconde": r"seconden?", "km": r"km\b|kilometers?", "meter": r"meters?|m\b", "cm": r"cm\b|centimeters?", "m2": r"m2|m²|vierkante meters?",
    "kg": r"kg\b|kilo(?:gram)?", "gram": r"gram", "liter": r"liters?", "db": r"db|decibel", "persoon": r"perso(?:on|nen)",
    "inwoner": r"inwoners?", "bezoeker": r"bezoekers?", "fte": r"fte",
}  # fmt: skip
_UNIT = re.compile(r"\s*(?:" + "|".join(f"(?P<u{n}>(?:{pattern})(?!\\w))" for n, pattern in enumerate(_UNITS.values())) + ")")
_UNIT_NAMES = list(_UNITS)
_TIMES = {"duizend": 1_000, "miljoen": 1_000_000, "mln": 1_000_000, "miljard": 1_000_000_000, "mld": 1_000_000_000}
_BOUNDS = (
    ("max", r"ten hoogste|maximaal|hoogstens|niet meer dan|niet langer dan|niet later dan|uiterlijk"),
    ("min", r"ten minste|tenminste|minimaal|minstens|niet minder dan|op zijn minst"),
    ("more", r"(?<!niet )(?:meer|langer|hoger|groter) dan"),
    ("less", r"(?<!niet )(?:minder|korter|lager|kleiner) dan"),
)
_BOUND = re.compile("(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _BOUNDS) + r")\s+(?:een |de |het |op |in |€ ?|eur )*$")

_FIGURE = re.compile(
    rf"""
    \b(?P<iso>\d{{4}})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b
  | \b(?P<day>\d{{1,2}})\s?[-/]\s?(?P<month>\d{{1,2}})\s?[-/]\s?(?P<year>\d{{4}})\b
  | \b(?:(?P<day_named>\d{{1,2}})(?:e|ste|de)?\s+)?(?P<named>{_MONTH})(?:\s+(?P<year_named>{YEAR})\b)?(?!\w)
  | \b(?P<place>artikel(?:en)?|artt?\.|art|lid|leden|hoofdstuk|paragraaf|par\.|§|afdeling|bijlage|categorie|titel|tabel|pagina|blz\.|stap|fase)
    [ ]*(?P<run>{_RUN})(?![\d%])
  | \b(?P<ranks>{_RANK}(?:(?:\s*,\s*|\s+en\s+|\s+of\s+|\s+tot\s+en\s+met\s+)(?:het\s+)?{_RANK})*)\s+(?:lid|leden)\b
  | \b(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)(?![\d.:,]*\d)(?=\s*(?:u\b|uur|tot|en|of|t/m|-|–|[.,;)]|$))
  | (?P<dotted>\d+(?:[.:]\d+){{2,}}[a-z]?|\d+:\d+[a-z]{{0,2}})\b
  | \b(?P<rank>\d{{1,3}})(?:e|de|ste)\b
  | (?P<code>\b[a-z]{{1,6}}-?\d+[a-z]?\b|\b\d+[a-z]{{1,2}}\b(?<!\dm)(?<!\dkm)(?<!\dkg)(?<!\dcm)(?<!\ddb))
  | (?P<euro>(?:€|\beur)\s*)?(?P<number>{_NUMBER})(?:,-+|,–)?
  | (?<![\w-])(?P<word>[a-zëéè]{{2,40}})(?![\w-])
    """,
    re.VERBOSE,
)
# What stands before an `een` that is no number: what something costs, and when.
_ANY_ONE = re.compile(r"(?:\bop|\bkost(?:en)?|\b\w*(?:tarief|prijs|bedrag|kosten)\s(?:voor|van|bij))\s+$")
_MARK = re.compile(r"^[ \t]*(\d{1,3}[a-z]?)[.)°]?[ \t]+(?=\S)", re.MULTILINE)


def figures(text: str, *, numbered: bool = False) -> Iterator[Figure]:
    """The figures of a text in order. Where its lines are `numbered`, a number that begins one is the number of a lid as well."""
    plain = unicodedata.normalize("NFKC", text).lower()
    low = plain.replace("é", "e")
    accents = {found.start() for found in re.finditer(r"\béén\b", plain)}
    marks = list(_MARK.finditer(low)) if numbered else []
    starts = {mark.start(1) for mark in marks}
    for mark in marks:
        yield Figure(mark[1], "lid", mark[1])
    at = 0
    while (found := _FIGURE.search(low, at)) is not None:
        at = max(found.end(), at + 1)
        if found["number"] and found.start() in starts and re.match(r"[.)°]", low[found.end() :]):
            continue
        if found["number"] or found["word"]:
            figure, at = _quantity(low, found, accented=found.start() in accents)
            if figure is not None:
                yield figure
        else:
            yield from _other(found)


def _other(found: re.Match[str]) -> Iterator[Figure]:
    said = found[0].strip()
    if found["iso"]:
        yield Figure(said, "datum", (int(found["iso_day"]), int(found["iso_month"]), int(found["iso"])))
    elif found["day"]:
        yield Figure(said, "datum", (int(found["day"]), int(found["month"]), int(found["year"])))
    elif found["named"]:
        day, year = found["day_named"], found["year_named"]
        yield Figure(said, "datum", (int(day) if day else None, _MONTH_OF[found["named"].rstrip(".")], int(year) if year else None))
    elif found["place"]:
        kind = {"art": "artikel", "par": "paragraaf", "§": "paragraaf", "led": "lid"}.get(found["place"].rstrip(".")[:3], found["place"])
        kind = "artikel" if kind.startswith("art") else kind
        for one in re.findall(_PLACE, found["run"]):
            yield Figure(f"{kind} {one}", kind, one)
    elif found["ranks"]:
        for rank in re.findall(_RANK, found["ranks"]):
            yield Figure(said, "lid", str(_ORDINAL.get(rank) or re.sub(r"\D", "", rank)))
    elif found["hour"]:
        yield Figure(said, "tijd", (int(found["hour"]), int(found["minute"]), None))
    elif found["rank"]:
        yield Figure(said, "rang", Fraction(found["rank"]))
    else:
        yield Figure(said, "artikel" if found["dotted"] else "code", found["dotted"] or found["code"])


def _quantity(low: str, found: re.Match[str], *, accented: bool) -> tuple[Figure | None, int]:
    """A number with its unit and its bound, or a rank in words; with where it ends. None for a word that is no number."""
    word, end = found["word"], found.end()
    if word is not None:
        if word in _ORDINAL and not low[: found.start()].endswith("ten "):
            return Figure(word, "rang", Fraction(_ORDINAL[word])), end
        value = _worth(word)
        if value is None:
            return None, end
    else:
        value = _digits(found["number"])
    times = re.compile(rf"\s*({'|'.join(_TIMES)})\b\.?").match(low, end)
    if times is not None and word != times[1]:
        value, end = value * _TIMES[times[1]], times.end()
    unit = "€" if found["euro"] else ""
    after = _UNIT.match(low, end)
    if after is not None:
        unit, end = unit or _UNIT_NAMES[int(str(after.lastgroup)[1:])], after.end()
    if word == "een" and not (accented or after is not None):
        return None, found.end()
    around = max(0, found.start() - 40)
    before = _BOUND.search(low, around, found.start())
    any_one = word == "een" and not accented and unit in _UNITS and _ANY_ONE.search(low, around, found.start()) is not None
    return Figure(low[found.start() : end].strip(), "getal", value, unit, str(before.lastgroup) if before else "", any_one), end


def _digits(said: str) -> Fraction:
    whole = said.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", said) else said
    return Fraction(whole.replace(",", "."))


def _worth(word: str) -> Fraction | None:
    """What a word is worth as a number: `twaalf`, `tweemaal`, `drietal`, `anderhalf`."""
    if word in ("anderhalf", "anderhalve"):
        return Fraction(3, 2)
    if word in ("half", "halve", "helft"):
        return Fraction(1, 2)
    if word in ("kwart", "driekwart"):
        return Fraction(1 if word == "kwart" else 3, 4)
    bare = re.sub(r"(?<=\w)(?:maal|tal|voud|voudig|ledig)$", "", word)
    number = _CARDINAL.get(bare)
    return Fraction(number) if number else None


def holds(held: Sequence[Figure], figure: Figure, text: str) -> bool:
    """Whether a figure stands among those of a text, as the same kind of thing; `text` is that text.

    A number in the text without a unit (a table's cell) may have the unit that stands elsewhere in it.
    """
    return any(_same(one, figure, text) for one in held) or _each(figure, text)


def _each(figure: Figure, text: str) -> bool:
    """Whether `kost een uur` or `op een werkdag` speaks of what a text counts by: `per uur`, `op werkdagen`, the head of a column."""
    if not figure.any_one:
        return False
    return re.search(rf"(?:\bper|\belke?|\bieder\w*|\bop|^|\|)\s*(?:{_UNITS[figure.unit]})", text.lower(), re.MULTILINE) is not None


def _same(one: Figure, figure: Figure, text: str) -> bool:
    if figure.kind == "datum":
        return one.kind == "datum" and all(_agree(*pair) for pair in zip(_date(one), _date(figure), strict=True))
    if figure.kind == "getal":
        if one.kind == "datum":
            return not figure.unit and figure.value == _date(one)[2]
        return one.kind == "getal" and one.value == figure.value and _unit_agrees(one, figure, text) and _bound_agrees(one, figure)
    if figure.kind == "rang":
        return one.value == figure.value and (one.kind == "rang" or (one.kind == "getal" and not one.unit))
    if figure.kind in ("artikel", "code"):
        return one.kind in ("artikel", "code") and one.value == figure.value
    return one.kind == figure.kind and one.value == figure.value


def _date(figure: Figure) -> tuple[int | None, int | None, int | None]:
    assert isinstance(figure.value, tuple)
    return figure.value


def _agree(held: int | None, said: int | None) -> bool:
    return said is None or held == said


def _unit_agrees(one: Figure, figure: Figure, text: str) -> bool:
    if one.unit == figure.unit or not figure.unit:
        return True
    return not one.unit and re.search(rf"(?<!\w)(?:{_UNITS[figure.unit]})", text.lower()) is not None


def _bound_agrees(one: Figure, figure: Figure) -> bool:
    return not figure.bound or not one.bound or one.bound == figure.bound
