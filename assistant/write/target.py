"""What a question is after, more finely than its kind: money or a term, a person or a place, and of what. Pure.

"Hoeveel camera's hangen er?" is after a number of camera's: a number of something else does not answer it, however alike the
sentences are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant.write import offices
from assistant.write.signs import NUMBER_WORD
from ingest import dutch


class Sort(StrEnum):
    """The sort of thing that is asked for."""

    MONEY = "money"
    SHARE = "share"
    CLOCK = "clock"
    TERM = "term"
    AGE = "age"
    SIZE = "size"
    COUNT = "count"
    TIMES = "times"
    CONTACT = "contact"
    PERSON = "person"
    PLACE = "place"


_NUMBER = rf"(?:\d[\d.,]*|éénmaal|een|enkele|half|anderhalf|eerste|tweede|derde|vierde|{NUMBER_WORD})"
_TIMES = (
    r"(?:seconden?|minuten|minuut|uur|uren|etma(?:al|len)|werkdag(?:en)?|dag(?:en)?|weken|week|maand(?:en)?|kwarta(?:al|len)|jaar|jaren"
    r"|seizoen(?:en)?)"
)
_SIZES = (
    r"(?:meter|m|km|kilometer|centimeter|cm|millimeter|mm|liter|kilo|kilogram|kg|gram|hectare|ha|kubieke|vierkante|m2|m²|m3|m³|dB|dB\(A\)"
    r"|decibel|watt|ton)"
)
_SUM = r"(?:\w*bedrag|\w*budget|\w*borg\w*|\w*boete|\w*dwangsom|\w*vergoeding|\w*bijdrage|leges|\w*kosten|\w*begroting|\w*subsidie)"
_PAID = r"(?:betaal\w*|betal\w+|begroot|uitgetrokken|beschikbaar|besteed|uitgegeven|subsidie|gereserveerd|bijdrag\w*)"

# The first that fits, in lower case.
_ASKS: tuple[tuple[Sort, str], ...] = (
    (Sort.CONTACT, r"\b(?:telefoonnummer|mobiele nummer|(?:e-?)?mailadres|mailadres|contactgegevens|webadres|welk nummer\b[^?]* bel(?:t|len)?)\b"),
    (Sort.SHARE, r"\b(?:procent|percentages?|welk (?:deel|aandeel))\b"),
    (Sort.MONEY, r"\b(?:wat (?:kost(?:en|te)?|betaal(?:t|de|den)?|betalen|(?:moet|moeten) .*\bbetalen)|hoe duur|prijs|\w*tarief|\w*tarieven|salaris)\b"
                 r"|\bwat (?:is|zijn|ben) (?:ik|je|u|we|wij|de \w+)\b.* kwijt\b"),
    (Sort.MONEY, r"\bhoeveel (?:steekt|steken|stak|trekt|trekken|trok|investeer\w*|besteed\w*|reserveer\w*|vergoed\w*|spendeer\w*)\b"
                 r"|\bhoeveel (?:geeft|geven|gaf|gaven)\b[^?]* uit\b|\bhoeveel\b[^?]* (?:waard|gestoken|geïnvesteerd)\b"),
    (Sort.MONEY, r"\bhoeveel (?:euro|\w*geld\b|\w*subsidie|\w*budget|borg|waarborgsom|leges|boete|dwangsom|kost|betaal|ontvang|bedraagt|schade)"),
    (Sort.MONEY, rf"\b(?:welke?|wat (?:is|zijn) (?:het|de)) (?:\w+ )?{_SUM}\b|\bhoe (?:hoog|groot) (?:is|zijn|was|waren) (?:\S+ ){{0,5}}{_SUM}\b"),
    (Sort.MONEY, rf"\bhoeveel (?:wordt|is|was|werd|gaat|heeft|draagt|moet|betaal\w*|krijgt) .*\b{_PAID}\b"),
    (Sort.CLOCK, r"\b(?:hoe laat|(?<!binnen )welke? (?:\w+ )?(?:tijd(?:en)?|tijdstip(?:pen)?|uren|openingstijd(?:en)?|sluitingstijd(?:en)?|sluitingsuur))\b"),
    (Sort.AGE, r"\b(?:hoe oud|welke leeftijd|minimumleeftijd|leeftijdsgrens|hoeveel jaar oud)\b"),
    (Sort.TERM, r"\bhoe (?:ver|vroeg) (?:(?:van )?te ?voren|vooraf)\b"),
    (Sort.TERM, r"\b(?:hoe ?lang|hoe snel|hoeveel (?:tijd|minuten|uur|uren|dagen|werkdagen|weken|maanden|jaar|jaren)|binnen welke (?:tijd|termijn))\b"),
    (Sort.TERM, r"\b(?:welke|de|wat voor) (?:\w+ )?(?:\w*termijn|looptijd|duur|proeftijd|geldigheidsduur)\b(?!en)"),
    (Sort.TIMES, r"\bhoe vaak\b"),
    (Sort.COUNT, r"\bhoe (?:hoog|groot) is het (?:\w+ )?aantal\b"),
    (Sort.SIZE, r"\b(?:hoe (?:groot|hoog(?! is de \w*straf)|breed|ver|diep|zwaar|dicht|dichtbij|luid)|welke (?:afstand|maten|oppervlakte|hoogte|breedte))\b"),
    (Sort.SIZE, r"\bhoeveel (?:meter|liter|kilo\w*|hectare|kubieke|vierkante|m2|decibel|db)\b"),
    (Sort.COUNT, r"\b(?:hoeveel|welk aantal|wat is het (?:maximum|maximale|aantal))\b"),
    (Sort.PERSON, r"(?:^|, )(?:en )?wie (?:is|was|wordt|werd) (?!verantwoordelijk|bevoegd|verplicht|aansprakelijk|belast|gerechtigd|aan zet)"),
    (Sort.PERSON, r"(?:^|, )(?:en )?hoe heet(?:te)? (?:de|onze) (?!\w*(?:club|verordening|wet|plan|app|actie))|\bcontactpersoon\b"),
    # "Waar moet een keet aan voldoen?" asks for no place, and "Waar staat dat …?" for a text.
    (Sort.PLACE, r"(?:^|, )(?:en )?waar\b(?! (?:staat|stond|vind ik) (?:precies )?(?:dat|of)\b)"
                 r"(?!.*\b(?:over|uit|aan|op|mee|voor|toe|van|naar)(?:\W*$| (?:te )?\w+en\b))"),
    (Sort.PLACE, r"(?:^|, )(?:en )?(?:(?:op|in|bij) welke (?:plek|plaats|locatie|straat|adres)|welke? (?:adres|locatie|plek))"),
)  # fmt: skip
_SHOWS: dict[Sort, re.Pattern[str]] = {
    Sort.MONEY: re.compile(r"€|\beuro\b|\b(?:miljoen|miljard)\b|kosteloos|gratis", re.IGNORECASE),
    Sort.SHARE: re.compile(r"%|\bprocent|\b(?:helft|kwart|driekwart|(?:twee|een) ?derde)\b", re.IGNORECASE),
    Sort.CLOCK: re.compile(
        r"(?<!artikel )(?<!artikelen )(?<!art\. )\b\d{1,2}[.:]\d\d\b|\b\d{1,2} uur\b|\bzons(?:op|onder)gang\b|\bmiddernacht\b", re.IGNORECASE
    ),
    # A leash is long too.
    Sort.TERM: re.compile(
        rf"\b{_NUMBER}(?: \w+)? {_TIMES}\b|\b{_NUMBER} (?:centi|kilo)?meter\b|\b(?:onmiddellijk|terstond|direct|onbepaalde tijd|halfjaar|wekelijks)\b",
        re.IGNORECASE,
    ),
    Sort.AGE: re.compile(rf"\b{_NUMBER}[ -](?:jaar|jarige?)|\w+jarige?n?\b|\bminderjarig", re.IGNORECASE),
    Sort.SIZE: re.compile(rf"\b{_NUMBER} {_SIZES}(?!\w)", re.IGNORECASE),
    Sort.TIMES: re.compile(
        rf"\b\w*maal\b|\b{_NUMBER} keer\b|\b(?:elke?|iedere?|per|eens in de) (?:\w+ )?{_TIMES}|\b(?:jaar|maand|kwartaal|week|halfjaar)lijks\b|\bdagelijks\b",
        re.IGNORECASE,
    ),
    Sort.COUNT: re.compile(rf"\b(?!een\b){_NUMBER}\b|\b(?:geen|nul)\b", re.IGNORECASE),
    Sort.CONTACT: re.compile(r"\b0\d{1,3}[ -]?\d[\d -]{4,}\d\b|\+31|\b(?:112|144|0900)\b|\S@\S|\bwww\.|https?://", re.IGNORECASE),
    Sort.PERSON: offices.NAMED,
    Sort.PLACE: re.compile(
        r"\b(?:in|op|bij|aan|te|langs|rond|vanuit|naar|tussen) (?:de |het |een )?"
        r"(?:[A-Z]|\w*(?:huis|bureau|loket|kantoor|centrum|plein|straat|weg|terrein|gebied|locatie|zaal|kamer|kern))",
    ),
}  # fmt: skip
# Money of a kind: a dwangsom is no leges. A bedrag may be either.
_PAYMENT = re.compile(r"\w*(?:boete|dwangsom|leges|subsidie|vergoeding)|(?:waar)?borg(?:som)?")
# What the columns, the caption or a heading of a table say of its bare figures.
_FIGURES_OF: dict[Sort, re.Pattern[str]] = {
    Sort.MONEY: re.compile(rf"€|\beuro|{_SUM}|financ", re.IGNORECASE),
    Sort.SHARE: re.compile(r"%|\bpercentage|\bprocent|\baandeel", re.IGNORECASE),
    Sort.TERM: re.compile(r"\b(?:minuten|uur|uren|dagen|weken|maanden|jaren)\b", re.IGNORECASE),
    Sort.SIZE: re.compile(rf"\b(?:{_SIZES})(?!\w)", re.IGNORECASE),
}
_NTH = r"(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde)"
_POINTS = re.compile(
    rf"^\W*\d{{1,2}}[a-z]?(?:[.)]|°\.?)\s|\b(?:artikel(?:en)?|art\.|lid|leden|paragraaf|hoofdstuk|bijlage|tabel|figuur|stap|fase)\s+\d[\w:.]*"
    rf"(?:(?:,| en| of| tot en met)\s+\d[\w:.]*)*|\b{_NTH}(?:(?:,| en| of| tot en met)\s+{_NTH})*\s+(?:lid|leden|volzin)\b",
    re.IGNORECASE | re.MULTILINE,
)
_FOCUS = re.compile(
    r"\b(?:hoeveel|welke?|wat voor|hoe (?:hoog|lang|groot|laat|zwaar) (?:is|zijn|duurt|mag|mogen)"
    r"|(?:wie|wat) (?:is|was|zijn|waren|wordt|worden)|hoe heet(?:te|en)?|wat kost(?:en)?)"
    r" (?P<rest>[^?,.;:]+)",
    re.IGNORECASE,
)
_VERBS = frozenset(
    """is zijn was waren mag mogen moet moeten kan kunnen heeft hebben had hadden wordt worden werd werden staat staan stond gaat gaan geldt gelden gold krijgt
    krijgen kreeg komt komen kwam doet doen deed wil willen hoort horen bestaat bestaan hangt hangen hingen zit zitten loopt lopen neemt nemen geeft geven gaf
    vraagt vragen vroeg betekent houdt houden maakt maken ligt liggen telt tellen legt leggen legde blijft blijven duurt hoeft hoeven vindt vinden ziet zien
    zegt zeggen noemt noemen stelt stellen werkt werken gebruikt gebruiken draagt dragen regelt bepaalt tekende tekent gebeurt voert voeren zet zetten besluit
    betaalt betalen kost kosten schrijft
    volgens binnen per van in op voor bij aan met om uit over tijdens sinds vanaf tot dat die als wanneer door naar rond er hier daar precies nu allemaal ook"""
    .split()
)  # fmt: skip
_SMALL = frozenset(
    "de het een onze hun zijn haar dit deze ons iedere elke maximaal minimaal hoogstens minstens ten hoogste minste vast vaste".split()
)
# What somebody wants to do stands at the end of a clause; what comes behind one of these is another clause.
_CLAUSE = re.compile(r",|\?| (?:om|als|wanneer|zonder dat|indien|hoe|dat|waar) ")
_ACTS = re.compile(
    r"\w{2}(?:en|aan)$|^(?:aan|af|bij|door|in|mee|na|om|op|over|terug|toe|uit|vast|voor|weg)?ge(?!bied|luid|weld|bed)\w+(?:d|t)$|^(?:be|ver|her|ont)\w+(?:d|t)$"
)
_AUXILIARIES = frozenset("worden zijn hebben mogen kunnen moeten willen zullen laten gaan blijven komen doen krijgen".split())
_BEFORE_NOUN = re.compile(r"(?:de|het|een|onze|zijn|haar|hun|alle|geen|die|of|en|\w{3,}e|\w+lijk|twee|drie|vier|vijf)$")
# "Wie is op dit moment teamchef?" asks for the teamchef.
_NOWADAYS = re.compile(r"\b(?:op dit moment|momenteel|tegenwoordig|thans|nu|eigenlijk)\b ?", re.IGNORECASE)
# More words than this are no longer the thing but what is said of it.
_MOST_FOCUS = 3


@dataclass(frozen=True, slots=True)
class Target:
    """`focus` are the words that say of what: the camera's that are counted, the voorzitter who is asked for."""

    sort: Sort | None
    focus: tuple[str, ...]


def of(text: str) -> Target:
    """What a question is after."""
    low = text.lower()
    sort = next((sort for sort, pattern in _ASKS if re.search(pattern, low)), None)
    found = _FOCUS.search(_NOWADAYS.sub("", text))
    focus: list[str] = []
    # A name is not what is counted or asked for, but whose.
    rest = re.sub(r"\b[A-Z][\w'’]*", " ", found["rest"]) if found else ""
    for word in dutch.words(rest):
        if (word in _SMALL and not focus) or word.isdigit():
            continue
        if word in _VERBS or len(focus) == _MOST_FOCUS:
            break
        if word not in dutch.STOP_WORDS:
            focus.append(word)
    return Target(sort, tuple(focus))


def acted(text: str) -> str | None:
    """The verb of a question for yes or no that says what is done: `verlengd` of "Kan het bevel nog een keer worden verlengd?"."""
    asks = re.split(r"(?<=[.!]) (?=\w)", text)[-1]
    words = dutch.words(_CLAUSE.split(re.sub(r"(?<!^)\b[A-Z][\w'’]*", " ", asks))[0])
    found = (
        word
        for before, word in reversed(list(pairwise(words[1:])))
        if len(word) > 4 and _ACTS.search(word) and word not in _AUXILIARIES | dutch.STOP_WORDS and not _BEFORE_NOUN.match(before)
    )
    return next(found, None)


def shown(target: Target, text: str) -> bool:
    """Whether a text shows a thing of the sort that is asked for; a target of no sort in particular is shown by none."""
    if target.sort is None:
        return False
    return _SHOWS[target.sort].search(told(text)) is not None or held(target, text)


def tabled(target: Target, text: str) -> bool:
    """Whether a row of a table, read with its columns and headings, shows what is asked for as a bare figure: those say what it is of."""
    said = _FIGURES_OF.get(target.sort) if target.sort is not None else None
    return said is not None and said.search(text) is not None and re.search(r"\d{2}", told(text)) is not None


def lost(target: Target, held: Callable[[str], float], years: Sequence[str] = ()) -> bool:
    """Whether a text does not speak of what is asked how much or how many of, or not of the years that this is asked of. `held` tells
    how strongly it holds a word."""
    if any(held(year) < 0.5 for year in years):
        return True
    of = target.focus if target.sort is Sort.COUNT else tuple(word for word in target.focus[:1] if _PAYMENT.fullmatch(word))
    return target.sort in (Sort.COUNT, Sort.MONEY) and bool(of) and max(map(held, of)) < 0.5


def told(text: str) -> str:
    """A text without the numbers that only point: its own, and those of articles, leden and tables."""
    return _POINTS.sub(" ", text)


def counted(target: Target, text: str) -> bool:
    """Whether a text counts what is asked for: a number at most three words before a word of the focus."""
    if target.sort is not Sort.COUNT or not target.focus:
        return False
    text = told(text)
    words = dutch.words(text)
    stems = {dutch.stem(word) for word in target.focus}
    numbers = {dutch.words(number)[0] for number in re.findall(rf"\b(?!een\b){_NUMBER}\b", text, re.IGNORECASE) if dutch.words(number)}
    return any(dutch.stem(word) in stems and numbers & set(words[max(0, n - 4) : n]) for n, word in enumerate(words))


def tallied(target: Target, text: str) -> bool:
    """Whether a text tells how many there were of what is asked: it counts them, under a longer or shorter name too, or speaks of their
    number."""
    kinds = [word for word in dutch.words(text) if any(word.endswith(of) or (len(word) > 4 and of.endswith(word)) for of in target.focus)]
    return (
        any(counted(Target(target.sort, (word,)), text) for word in kinds)
        or re.search(r"\b(?:aantal|totaal)\b", text, re.IGNORECASE) is not None
    )


def held(target: Target, text: str) -> bool:
    """Whether a text tells who holds the office that is asked for."""
    return target.sort is Sort.PERSON and bool(target.focus) and offices.held(target.focus[0], text)
