"""A Dutch word to its stem: singular and plural, the forms of a verb and of an adjective are one word to search. Pure.

The Snowball stemmer (Kraaij and Pohlmann) takes one ending off and leaves much apart that belongs together: `maatregel`
and `maatregelen`, `nieuw` and `nieuwe`, `sluiten` and `gesloten`. What is added here, and what it gave: decisions/0021.
"""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

_snowball = Stemmer.Stemmer("dutch")

_ROUNDS = 4
_SHORTEST = 3
# What the stemmer leaves of "verleent", "verlengd" and "optreedt"; it takes the d of "beelden" but not of "beeld".
_VERB_ENDING = re.compile(r"(?<=[a-z]{2}[bfgklmnprsv])(?:dt?|t)$|(?<=[a-z]{2}[aeiouj]d)t$")
_ADJECTIVE_ENDING = re.compile(r"(?<=[a-z]{2}[bcdfghklmnpqrstvwxz])e$")
_PLURAL_OF_T = re.compile(r"(?<=[a-z]{2}t)s$")
_PLURAL_OF_IE = re.compile(r"(ie|ee)en$")
_DOUBLE_VOWEL = re.compile(r"([aeou])\1(?=[bcdfghklmnpqrstvwxz]{1,2}$)")
_SYLLABLE = re.compile(r"[aeiouy]+")

# How strong verbs end in their participle, and how in their infinitive.
_STRONG = dict(
    pair.split("-")
    for pair in """
    beten-bijten bleken-blijken bleven-blijven boden-bieden bogen-buigen bonden-binden bracht-brengen broken-breken dacht-denken
    dreven-drijven drongen-dringen dronken-drinken dwenen-dwijnen dwongen-dwingen gonnen-ginnen goten-gieten grepen-grijpen
    holpen-helpen kocht-kopen kozen-kiezen kregen-krijgen logen-liegen meden-mijden nomen-nemen prezen-prijzen
    schenen-schijnen schonden-schenden schonken-schenken schoten-schieten schoven-schuiven schreden-schrijden schreven-schrijven
    sloten-sluiten sneden-snijden sproken-spreken sprongen-springen stegen-stijgen stolen-stelen storven-sterven
    streden-strijden streken-strijken troffen-treffen trokken-trekken vlogen-vliegen vochten-vechten vonden-vinden vroren-vriezen
    weken-wijken wezen-wijzen wogen-wegen wonnen-winnen worpen-werpen worven-werven zocht-zoeken zonden-zenden zwegen-zwijgen
    """.split()
)
# `weken` and `boden` are weeks and messengers; `geweken` and `aangeboden` are not.
_PARTICIPLE = re.compile(
    rf"^(?P<before>[a-z]*?)(?:ge|(?P<fixed>be|her|om|onder|ont|over|ver|vol|voor|door|weer))(?P<tail>{'|'.join(_STRONG)})e?$"
)

# Families of a line, written under their first word: kept together, and apart from what the stemmer takes them for
# (`gelegenheid` for `leeg`, `gebied` for `bieden`, `aanwezig` for `aanwijzen`).
_FAMILIES = """
aangelegenheid aangelegenheden
afspraak afspraken afspreken afgesproken
aanwezig aanwezige aanwezigen aanwezigheid
ambt ambten
arts artsen
begeleiden begeleid begeleide begeleidt begeleiding
beheersen beheerst beheersing
behoudens
best beste
besloten
bevel beveelt bevelen bevolen
betekenen betekend betekende betekening
betrokken betrokkene betrokkenen betrokkenheid
dienst diensten dienste
eens eenmaal
eerder eerdere
eerste eerst
eigenaar eigenaars eigenaren
gebeuren gebeurt gebeurd gebeurde
gebied gebieden
gedrag gedraging gedragingen
gedurende
gegeven gegevens
geld gelden
gelegen
gelegenheid gelegenheden
geluid geluiden
gelijk gelijke gelijken
gemeen gemene
gemeenschap gemeenschappelijk gemeenschappelijke gemeenschappen
gemeente gemeentelijk gemeentelijke gemeenten gemeentes
gemiddeld gemiddelde gemiddelden
geboorte geboorten
gerecht gerechten
gerechtigd gerechtigde gerechtigden
gereed gerede
gevaar gevaarlijk gevaarlijke gevaren
gevel gevels
gevolg gevolge gevolgen
geweer geweren
geweld
gewond gewonde gewonden
gewoon gewone
gezag
gezin gezinnen
gezond gezonde gezondheid
gunst gunsten gunstig gunstige
ingezetene ingezeten ingezetenen
kans kansen
komst
krachtens
laatste laatst
leges
letsel letsels
levendig levendigheid
meerderheid meerderheden
mening meningen
meteen
namens
nodig nodige
onderworpen
open
opslag opslaan opgeslagen
orde ordelijk ordelijke
overeen
overheid overheden
overleden overledene overledenen overlijden overlijdt
prins prinses
slechts
stelsel stelsels
toestand toestanden
uiteen
vals valse valsheid
verbod verboden verbieden verbied verbiedt
verder verdere
verstandig verstandige
vervalsen vervalst vervalste vervalsing vervalsingen
volgend volgende volgenden
vordering gevorderd gevorderde vorderde vorderen vorderingen vordert
voorts
winst winsten
zone zones
"""
_FAMILY = {word: line.split()[0] for line in _FAMILIES.strip().splitlines() for word in line.split()}
# Also behind another word: `bevoegdheidsgebied`, `persoonsgegevens`. Shorter ones are too often the end of one word.
_COMPOUND = re.compile(
    rf"^(?P<before>[a-z]{{3,}}?)(?P<last>{'|'.join(sorted((w for w in _FAMILY if len(w) > 5), key=len, reverse=True))})$"
)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a word of letters, lower case and without accents; a word too short to cut stays as it is."""
    if word in _FAMILY:
        return _FAMILY[word]
    compound = _COMPOUND.match(word)
    if compound:
        return compound["before"] + _FAMILY[compound["last"]]
    word = _PLURAL_OF_IE.sub(r"\1", _infinitive(word))
    # One ending often hides another: until nothing more comes off.
    for _ in range(_ROUNDS):
        shorter = _without_ending(word)
        if shorter == word or len(shorter) < _SHORTEST:
            break
        word = shorter
    return word


def _infinitive(word: str) -> str:
    found = _PARTICIPLE.match(word)
    return f"{found['before']}{found['fixed'] or ''}{_STRONG[found['tail']]}" if found else word


def _without_ending(word: str) -> str:
    shorter: str = _snowball.stemWord(word)
    for ending in (_VERB_ENDING, _ADJECTIVE_ENDING, _PLURAL_OF_T):
        shorter = ending.sub("", shorter)
    # An open syllable is written with one vowel (bedragen, bedrag), which the stemmer doubles as in "lopen", "loop".
    return _DOUBLE_VOWEL.sub(r"\1", shorter) if len(_SYLLABLE.findall(shorter)) > 1 else shorter
