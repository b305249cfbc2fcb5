"""What is asked: the words that matter, the kind of answer that is wanted, the gemeenten that are meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.model import Asked
from assistant.text import ages, separable, synonyms
from corpus import citation
from corpus.citation import Reference
from corpus.gemeenten import Gemeenten
from corpus.laws import Laws, known_laws
from ingest import dutch
from ingest.lexical import Sought


class Wanted(StrEnum):
    """The kind of thing that would answer the question."""

    AMOUNT = "amount"
    DATE = "date"
    NAME = "name"
    LIST = "list"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    REASON = "reason"
    ARTICLE = "article"
    RULES = "rules"
    CONDITION = "condition"
    MEASURE = "measure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood. `core` is what is searched for, without who says it; `sought` are the content words of that with their
    synonyms, `names` those that name someone or something. `gemeenten` are those it is about: named, chosen or own; `references` the
    articles that it names, `regelingen` the regelingen; `looks_up` tells that it asks what those say, and nothing beyond that; `unknown`
    are words for what it is about that stand in no text that the asker may see."""

    text: str
    core: str
    sought: tuple[Sought, ...]
    names: frozenset[str]
    wanted: Wanted
    gemeenten: tuple[str, ...]
    named: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    regelingen: frozenset[str] = frozenset()
    looks_up: bool = False
    unknown: tuple[str, ...] = ()


_WANTED: tuple[tuple[str, Wanted], ...] = (
    (r"\b(?:welke? (?:[\w'’-]+ )?[\w-]*artikel(?:en)?|(?:wets)?artikelnummer|welke (?:wettelijke )?(?:[\w-]+-)?(?:bepaling|grondslag))\b", Wanted.ARTICLE),
    (r"\b(?:wettelijke|juridische) (?:basis|grondslag)\b", Wanted.ARTICLE),
    (r"^(?:wets)?artikel(?:en)?\b(?! ?(?:\d|[a-z]{1,2} ?\d))|^waar (?:staat|stond|vind ik) (?:precies )?(?:dat|of)\b", Wanted.ARTICLE),
    (r"\bwaar (?:staat|is|wordt) (?:dat |dit |het )?.*\bgeregeld\b|\bwaar (?:in|staat|vind\w*) .*\b(?:\w*wet|apv|verordening)\b", Wanted.ARTICLE),
    (r"^wat geldt(?: er)? (?:voor|bij|over|rond)\b|\b(?:welke|wat zijn de) (?:regels|bepalingen)\b", Wanted.RULES),
    (r"^wat (?:zegt|zeggen|bepaalt|regelt|schrijft|staat|is|zei|bepaalde|regelde|stond) .*\b(?:over|rond|geregeld|bepaald)\b", Wanted.RULES),
    (r"^wat gold(?: er)? .*\b(?:voor|bij|over|rond)\b", Wanted.RULES),
    (r"^(?:wat|wie|welk gebied|welke gebieden) (?:wordt|worden|verstaat|verstaan|bedoelt|bedoelen)\b.*\b(?:verstaan|verstaat|bedoeld)\b"
     r"|^(?:wat|wie|welk gebied|welke gebieden) (?:valt|vallen) .*\b(?:onder|daaronder)\b|^wat (?:verstaa[nt]|bedoel(?:t|en))\b", Wanted.DEFINITION),
    (r"\b(?:wat (?:betekent|houdt)|wat is (?:een|de (?:definitie|betekenis))|waar sta(?:at|an) .* voor\b|begrip|definitie|wat valt (?:er )?(?:daar)?onder)\b",
     Wanted.DEFINITION),
    (r"\b(?:in welke? (?:geval|gevallen|situaties?)|vanaf welk moment"
     r"|onder welke (?:voorwaarden?|omstandigheden)|(?:aan )?welke (?:eisen|voorwaarden|voorschriften|weigeringsgronden)"
     r"|om welke redenen|op welke gronden|waar(?:aan)? (?:moet|moeten|dient|dienen) .*\b(?:voldoen|voldaan)"
     r"|wanneer (?:kan|kun|mag|mogen|kunnen|hoef\w*|treft|is er sprake)"
     r"|wanneer (?:is|zijn|ben|wordt|worden|heb|hebt|heeft) .*\b(?:toegestaan|verplicht|verboden|nodig|vereist|mogelijk|bevoegd|strafbaar|gerechtigd))\b",
     Wanted.CONDITION),
    (r"\bwat (?:is|zijn|ben|raakt|raken) (?:ik|je|u|we|wij|men|de \w+|onze \w+)\b.* kwijt\b|\bbinnen welke (?:tijd|periode)\b", Wanted.AMOUNT),
    (r"\b(?:hoeveel|wat (?:kost(?:en)?|betaal(?:t|de|den)?|betalen|(?:moet|moeten) .*\bbetalen)"
     r"|welk(?:e)? (?:\w+ )?(?:bedrag|percentage|aantal|budget|dwangsom|boete|leges|(?:waar)?borg(?:som)?|subsidie"
     r"|leeftijd|afstand|\w*termijn)|hoe ?(?:groot|hoog|lang|vaak|ver|vroeg|oud|breed|snel|zwaar))\b", Wanted.AMOUNT),
    (r"\b(?:budget|bedrag|begroting|kosten|boete|\w*tarief|aantal|percentage)\b(?=[^?]{0,60}\?*$)(?!.*\b(?:wie|welke|waarom)\b)", Wanted.AMOUNT),
    (r"^(?:en )?wat (?:gebeurt|gebeuren|volgt|doet|doen|onderneemt|ondernemen|riskeert|riskeer|(?:kan|kunnen) .*\bdoen)\b"
     r".*\b(?:als|bij|tegen|wanneer|indien|na|aan|met)\b|^wat (?:staat er op|is (?:de|het) (?:\w+ )?(?:maatregel|sanctie|straf|gevolg|consequentie))\b"
     r"|\b(?:welke|wat voor) (?:\w+ )?(?:maatregel|sanctie|straf)\b"
     r"|^hoe (?:treedt|treden|grijpt|grijpen|reageert|wordt) .*\b(?:op|in|opgetreden|ingegrepen|gestraft|bestraft)\b", Wanted.MEASURE),
    (r"\b(?:wanneer|welke (?:datum|dag|maand|periode)|welk jaar|hoe laat|tot en met wanneer|deadline|per wanneer)\b", Wanted.DATE),
    (r"\b(?:wie (?:zitten|zaten|zijn er|nemen|namen|doen|deden|maken|werken|waren er|staan)\b|allemaal|opsomming|uit welke|waaruit best)", Wanted.LIST),
    (r"\b(?:waarom|waardoor|hoezo|wat is de (?:reden|oorzaak)|om welke reden|met welke reden)\b", Wanted.REASON),
    (r"\b(?:wie|door wie|van wie|namens wie|hoe heet|hoe heten|welk merk|contactpersoon|projectleider|trekker|voorzitter)\b", Wanted.NAME),
    (r"\b(?:welke|noem|wat zijn|som .* op|waaruit bestaat|lijst)\b", Wanted.LIST),
    (r"^(?:wat is|wat zijn|wat betekent|wat wordt (?:er )?(?:verstaan|bedoeld)|wat verstaat|definitie|betekenis)\b", Wanted.DEFINITION),
    (r"^(?:mag|mogen|mocht|moet|moeten|is|zijn|kan|kun|kunnen|kon|konden|heeft|hebben|hebt|heb|geldt|gelden|bestaat|doet|doen|krijgt|wordt|worden|was|hoef\w*|gaat|staat"
     r"|valt|vallen|dient|telt|zit|zou|overtreedt|ben)\b", Wanted.YES_NO),
)  # fmt: skip


_EXPLAINED = re.compile(
    r"wat (?:telt|geldt|wordt (?:gezien|beschouwd|aangemerkt))\b[^?]*? als "
    r"(?!(?:ik|je|jij|u|we|wij|men|iemand|er|hij|zij|ze)\b|.*\b(?:is|zijn|wordt|worden|heeft|hebben|bent|komt|gaat|mag|wil)\b)(?P<counts>[^?,]+?)(?:,[^?]*)?\s*\?*$"
    r"|hoe (?:omschrijft|definieert) (?:(?:de|het) )?\S+ (?P<described>[^?]+?)\s*\?*$"
    r"|(?:[^?]*[.!] )?wanneer (?:(?:spreekt|spreken) [^?]*? van|(?:noemt|noemen) [^?]*? (?:zo)?(?:iets|iemand)"
    r"|is (?:er )?(?:zo)?(?:iets|iemand)(?! (?:als|voor|in|niet|wel|te)\b)) (?P<spoken>[^?]+?)\s*\?*$"
    r"|(?:[^?]*[.!] )?wanneer (?:noemt|noemen) (?:(?:de|het) )?\S+ (?:(?:een|het|de) )?(?P<named>[a-z-]{4,}) (?P<such>[a-z-]{5,})\s*\?*$"
    r"|(?P<asks>wat|wie) (?:verstaa[nt]|bedoel(?:t|en)|(?:wordt|worden)(?=[^?]* (?:verstaan|bedoeld)\b)) (?:[^?]*? )?(?:(?:verstaan|bedoeld) )?(?:onder|met) "
    r"(?P<thing>(?:(?!\b(?:verstaan|bedoeld)\b)[^?])+?)(?: (?:verstaan|bedoeld)\b[^?]*)?\s*\?*$",
    re.IGNORECASE,
)
# What is only guessed in a sketched case ("zo'n 200 plekken") does not have to stand in the answer.
_NOT_ABOUT = "".join(rf"(?<!\b{word} )" for word in ("zo'n", "zo’n", "ongeveer", "circa", "ca.", "ruim", "bijna", "zowat"))
# Words of a question that only asks for the text of an article.
LOOKING_UP = (
    "artikel artikelen art lid leden onder onderdeel sub staat staan luidt zegt zeggen bepaalt bepaald regelt geregeld tekst inhoud geef toon citeer "
    "laat zien zoek op wet verordening precies letterlijk volgens eerste tweede derde vierde vijfde zesde aanhef houdt betekent lees even mij graag svp aub "
    "alsjeblieft alstublieft hele volledige integrale complete artikeltekst wettekst bepaling regel regels gaat stuur sturen geven laten "
    "kun kunt je u ik heb nodig wil"
).split()


def understand(asked: Asked, gemeenten: Gemeenten, laws: Laws | None = None) -> Query:
    """Read a question. `laws` are the names of regelingen that it may use."""
    text = " ".join(asked.meant.split())
    core = _core(text)
    named = gemeenten.named_in(text)
    meant = tuple(dict.fromkeys((*asked.gemeenten, *named))) or ((asked.home,) if asked.home else ())
    references = _of_one_law([found.reference for found in citation.find(text, laws, lenient=True)])
    sought = _sought(core)
    return Query(
        text=text,
        core=core,
        sought=sought,
        names=_names(core),
        wanted=_wanted(text) if core == text else Wanted.DEFINITION,
        gemeenten=meant,
        named=named,
        references=references,
        regelingen=(laws or known_laws()).named_in(text),
        looks_up=_looks_up(references, sought, named, gemeenten),
    )


def _core(text: str) -> str:
    """What is searched for: who asks what the OM understands by something asks what that is; no definition holds who says so."""
    found = _EXPLAINED.match(text)
    if found is None:
        return text
    if found["such"]:
        return f"Wat is {found['such']} {found['named']}?"
    return f"{'Wie' if (found['asks'] or '').lower() == 'wie' else 'Wat'} is {found['counts'] or found['described'] or found['spoken'] or found['thing']}?"


def _of_one_law(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """References of a question: those without a regeling are to the one that the others name, where that is one."""
    laws = {reference.law for reference in references if reference.law}
    law = laws.pop() if len(laws) == 1 else None
    return tuple(replace(reference, law=reference.law or law) for reference in references)


def _looks_up(references: tuple[Reference, ...], sought: tuple[Sought, ...], named: tuple[str, ...], gemeenten: Gemeenten) -> bool:
    if not references:
        return False
    known = set(LOOKING_UP) | {word for code in named for word in dutch.words(gemeenten.name(code))}
    for reference in references:
        known |= set(dutch.words(f"{reference} {reference.law}"))
        known |= {word for form, name in known_laws().named.items() if name == reference.law for word in dutch.words(form)}
    stems = {dutch.stem(word) for word in known}
    return all(s.word in known or s.word[0].isdigit() or len(s.word) == 1 or dutch.stem(s.word) in stems for s in sought)


def _sought(text: str) -> tuple[Sought, ...]:
    words = dutch.words(text)
    content = [word for word in dict.fromkeys(words) if word not in dutch.STOP_WORDS and len(word) > 1] or words
    said = tuple(dutch.stem(word) for word in words)
    whole, aged = separable.whole(text), ages.of(text)
    return tuple(
        Sought(word, synonyms.of(word, said) + (((whole[word],),) if word in whole else ()) + aged.get(word, ())) for word in content
    )


def _names(text: str) -> frozenset[str]:
    """Words with a capital that do not begin the question, and numbers but for someone's age: what an answer has to be about, not just
    resemble."""
    found = re.findall(rf"(?<![.?!:] )(?<!^){_NOT_ABOUT}\b(?:[A-Z][\w'’.-]*|\d[\d.,:]*[a-z]?)", text)
    return frozenset(word for token in found for word in dutch.words(token) if word not in dutch.STOP_WORDS) - ages.of(text).keys()


def _wanted(text: str) -> Wanted:
    low = text.lower()
    # What comes before the last sentence is the case; that sentence asks.
    asks = re.split(r"(?<=[.!]) (?=\w)", low)[-1]
    if re.match(_WANTED[-1][0], asks):
        return Wanted.YES_NO
    return next((wanted for pattern, wanted in _WANTED if re.search(pattern, low) or re.search(pattern, asks)), Wanted.OTHER)
