"""The form of a Dutch question: fragment or clause, what it points at, and its topic. Pure; knows no library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.text.dutch_words import CONDITION, DETERMINER, PREPOSITION, PREPOSITIONS, SUBJECTS, VERBS, WH, verb_at
from assistant.text.figures import MONTHS, YEAR
from corpus import citation
from ingest import dutch

_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split()
LID = rf"(?:lid\s+\d{{1,2}}\w?|(?:het\s+)?(?:{'|'.join(_ORDINALS)})\s+lid)"
ARTICLE = r"(?:(?:het\s+)?(?:artikel|art\.?)\s*)(?P<number>\d[\w:.]*)"

_COMMANDS = re.compile(r"(?:noem|geef|vergelijk|toon|leg|som|beschrijf|schrijf|maak|zoek|vertel|laat|vat|citeer|lees)\b", re.IGNORECASE)
_BACK = frozenset("dat die dit deze hij zij ze hem hen dezelfde diegene degene".split())
_ADVERB = re.compile(
    r"\b(?:(?:daar|hier)(?:voor|van|over|bij|mee|aan|tegen|op|door|naar|onder|in|uit|na|naast)?|er(?:voor|van|over|bij|mee|aan|tegen|op|onder)"
    r"|er(?: (?:dan|ook|nog|niet|precies|nu))* (?:voor|van|over|bij|mee|aan|tegen|op|onder)(?= \w+en$))\b"
    r"(?!\s+(?:een|de|het)\b)",
    re.IGNORECASE,
)
_SAME = re.compile(r"\b(?:dezelfde|hetzelfde|diezelfde|zo'n|zulke|nog meer|nog andere|verder nog)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:is|zijn|staat|luidt|was) (?:zijn|haar|hun) \w+", re.IGNORECASE)
_HET = re.compile(
    r"(?:ook|dan|nog|al|precies|in|uit|aan|af|op|worden|wel|niet|nu|zijn|voor \w+|(?:ge|be|ver|op|aan)\w+(?:d|t|en))\b", re.IGNORECASE
)
# Behind the verb: who does it, a pronoun for what it is done to, and the verb's other half: "kan de burgemeester dat ook verlengen".
_OBJECT = re.compile(
    rf"(?:{DETERMINER}\s+)?\w+\s+(?:dat|die|dit|deze|hem|ze|het)\s+"
    r"(?:(?:ook|nog|zelf|dan|wel|weer|alsnog|eerder|langer|verder|niet|meteen|direct|zomaar)\s+)*\w+(?:en|aan)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"(?<!\bde)(?<!\bhet)(?<!\been)\s+(?:\w*ge\w{2,}(?:d|t|en)|(?:be|ver|her|ont)\w+(?:d|t|en))$")
_PREDICATE = re.compile(r"\s+(?:nodig|verplicht|verboden|toegestaan|mogelijk)\b")
_SUBJECT = re.compile(
    r"(?P<verb>gaat|geldt|gelden|kost|kosten|duurt|is|heet|begint|eindigt|loopt)\s+(?:dat|die|dit|het|deze|hij)"
    r"(?=\s+(?:in|uit|precies|nu|nog|af)\b|$)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:begroting|budget|geld|kost|kosten|bedrag|subsidie|cijfers|aantal|hoeveel|meldingen|incidenten|uren)\b", re.IGNORECASE
)


def bare(question: str) -> str:
    """A question without white space around it and marks behind it."""
    return " ".join(question.split()).rstrip(" ?!.…")


def sentence(said: str) -> str:
    """Words written as a question: capital and question mark."""
    text = bare(said)
    return f"{text[:1].upper()}{text[1:]}?"


def opener(question: str) -> tuple[bool, str]:
    """Whether a question begins as one that goes on ("en", "maar"), and what it says after that."""
    text = bare(question)
    found = re.match(
        r"(?:(?:en|maar|oké|ok|ja|nou|of|dus)\b[\s,]*)+(?:(?:dan|ook|hoe zit het|wat geldt(?: er)?)\s+(?=\S))?", text, re.IGNORECASE
    )
    return (True, text[found.end() :]) if found and found.end() < len(text) else (False, text)


def fragment(said: str) -> str | None:
    """The words where they are no whole clause: no question word in front, no verb that carries it."""
    words = said.lower().split()
    if any(re.fullmatch(WH, word.strip(",:;")) for word in words[:3]) or _COMMANDS.match(said):
        # "wanneer" also begins a condition, but then with a main clause behind it or in front.
        return None
    if CONDITION.match(said):
        behind = said.partition(",")[2].split()
        return None if behind and behind[0].lower() in VERBS else said
    return None if words and (words[0] in VERBS or any(word in VERBS for word in words[1:-1])) else said


def is_question(said: str) -> bool:
    """Whether words are a question of their own in form: a question word with a verb and something more, or a verb in front."""
    words = [word.strip(",:;?") for word in said.lower().split()]
    asks = any(re.fullmatch(WH, word) for word in words[:3]) or bool(words and words[0] in VERBS)
    return len(words) >= 3 and asks and any(word in VERBS for word in words)


def is_dependent(said: str) -> bool:
    """A fragment that cannot be a search of its own: it begins with a preposition or a condition, or is an article or a day."""
    first = said.lower().split()[0]
    short = len(said.split()) <= 7
    return (short and first in PREPOSITIONS) or bool(CONDITION.match(said)) or is_article(said)


def is_article(said: str) -> bool:
    """Whether a fragment is an article or lid, without the name of a regeling."""
    plain = re.fullmatch(rf"(?:(?:in|van|uit|volgens)\s+)?(?:{ARTICLE}(?:\s*,?\s*{LID})?|{LID})", said, re.IGNORECASE)
    return plain is not None and not any(found.reference.law for found in citation.find(said, lenient=True))


def lid(said: str) -> str | None:
    """The lid that a fragment names, as `lid 3`."""
    found = re.search(LID, said, re.IGNORECASE)
    if found is None:
        return None
    words = found.group().lower().split()
    return found.group() if words[0] == "lid" else f"lid {_ORDINALS.index(words[-2]) + 1}"


def condition(said: str) -> str | None:
    """What a question adds to the one before: "wat als …", "mag dat ook in …", "geldt dat ook voor …"."""
    if found := re.match(r"wat\s+(?=als\b|indien\b)", said, re.IGNORECASE):
        return said[found.end() :]
    asks = r"(?:mag|kan|moet|geldt|is|gelden|hoeft|hoe zit)\s+(?:dat|het|dit|die)\s+(?:dan\s+)?(?:ook\s+)?"
    found = re.match(rf"{asks}(?={PREPOSITION}\s|als\s|'s\s)", said, re.IGNORECASE)
    return said[found.end() :] if found and not re.search(r"\b(?:om|te)\b", said[found.end() :]) else None


def refers_back(said: str) -> bool:
    """Whether a clause holds a pronoun whose meaning lies before it, or is no more than a question word."""
    words = [word.strip(",;:") for word in said.lower().split()]
    if condition(said) is not None or _only_asks(words):
        return True
    if re.search(r"\b(?:het|dat|die|hij|ze) dan\b|\bdaar\b(?! waar\b)|\b(?:hoeveel|welke?|wie|wat) (?:daar|er)van\b", said, re.IGNORECASE):
        return True
    if "," in said or (CONDITION.match(said) and words[1:2] and words[1] not in VERBS):
        return False
    if _POSSESSIVE.search(said) or _SAME.search(said):
        return True
    if (adverb := _ADVERB.search(said)) and len(_content(words)) <= 3 and not re.search(r"\bdie\b|\bdat\b", said[: adverb.start()]):
        return True
    verb = verb_at(words)
    if _OBJECT.fullmatch(" ".join(words[verb + 1 :])):
        return True
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word in _BACK and (at - 1 == verb or (before in SUBJECTS and at - 2 == verb) or before in PREPOSITIONS):
            return True
        if word == "het" and at - 1 == verb and (at == len(words) - 1 or _HET.match(" ".join(words[at + 1 :]))):
            return not re.search(r"\b(?:om|dat|als|te|met)\b", " ".join(words[at + 1 :]))
    return len(words) > 2 and words[-1] == "dan" and len(_content(words)) <= 2


def supposes(said: str) -> bool:
    """Whether a clause speaks of what is the case by then: "wie mag dan voorgaan"; not what compares: "eerder dan gemeld"."""
    return re.match(r"(?:\S+ ){1,3}(?<!er )(?<!ere )(?<!anders )dan\b", said, re.IGNORECASE) is not None


def says_little(said: str) -> bool:
    """Whether a clause has no subject of its own: question word, verb, at most one thing known by its article."""
    words = said.lower().split()
    verb = verb_at(words)
    rest = [word for at, word in enumerate(words) if at != verb]
    content = _content(rest)
    known = len(content) == 1 and bool(re.search(rf"\b(?:de|het)\s+{re.escape(content[0])}\b", said.lower()))
    return not content or known


def topic(question: str) -> str:
    """What a question is about, without what it asks of it: question word, verb, and the verb's other half are left out."""
    text = re.sub(
        rf"^(?:{PREPOSITION}\s+)?{WH}\b(?:\s+(?:lang|vaak|laat|veel|hoog|groot|ver|oud|duur))?\s*",
        "",
        bare(question),
        flags=re.IGNORECASE,
    )
    asked = text != bare(question)
    words = text.split()
    verb = next((at for at, word in enumerate(words[:4]) if word.lower() in VERBS), None)
    if verb is None and asked and re.match(rf"\w+(?:t|en) {DETERMINER}\b", text, re.IGNORECASE):
        verb = 0
    if verb is not None and (asked or verb == 0):
        thing, words = words[:verb], words[verb + 1 :]
        if words and words[0].lower() in SUBJECTS | {"er"}:
            words = words[1:]
        # What is counted stays what it is about: "hoeveel boa's lopen er in de hele regio rond".
        counted = bool(thing) and bare(question).lower().startswith("hoeveel ")
        alone = not thing or (len(_content([word.lower() for word in words])) > 1 and not counted)
        text = " ".join(words if alone else (*thing, *words))
    text = re.sub(rf"\s+(?:worden|zijn|{PREPOSITION})$", "", text)
    shorter = _PREDICATE.sub("", _PARTICIPLE.sub("", text))
    return shorter if not re.fullmatch(rf"{DETERMINER}|", shorter, re.IGNORECASE) else text or bare(question)


def names(question: str) -> str:
    """What a question calls by name: words with a capital that does not begin a sentence."""
    found = re.findall(r"(?<![.?!:] )(?<!^)\b[A-Z][\w'’-]*(?: (?:(?:van|de|der|den|en|op|voor) ){0,2}[A-Z][\w'’-]*)*", bare(question))
    return ", ".join(dict.fromkeys(found))


def substituted(said: str, about: str) -> str | None:
    """A clause with its pronoun replaced by the topic, where the pronoun is its subject and the topic a thing; else None."""
    thing = re.match(rf"(?:{DETERMINER}\s|[A-Z\w-]+(?:\s+van\s|$))", about) is not None and not about.endswith("en")
    found = _SUBJECT.search(said)
    if found is None or not thing or len(about.split()) > 12:
        return None
    return f"{said[: found.end('verb')]} {about}{said[found.end() :]}"


def day(said: str, today: date) -> date | None:
    """The day that a fragment names; of a year that is past its last day, of one to come its first."""
    text = re.sub(r"^(?:in|op|per|sinds|vanaf|van|eind|begin|toen in)\s+", "", said.lower()).strip()
    if text in ("vorig jaar", "het vorige jaar"):
        text = str(today.year - 1)
    if re.fullmatch(YEAR, text):
        year = int(text)
        return today if year == today.year else date(year, 12, 31) if year < today.year else date(year, 1, 1)
    found = re.fullmatch(rf"(\d{{1,2}})(?:\s+({'|'.join(MONTHS)})\s+|-(\d{{1,2}})-)({YEAR})", text)
    if found is None:
        return None
    month = MONTHS.index(found[2]) + 1 if found[2] else int(found[3])
    try:
        return date(int(found[4]), month, int(found[1]))
    except ValueError:
        return None


def counts_money(question: str) -> bool:
    """Whether a year in a question is what it counts, not the day for which it asks."""
    return _MONEY.search(question) is not None


def _only_asks(words: Sequence[str]) -> bool:
    """Whether there is nothing but a question word with what measures it: "waarom", "voor hoe lang", "door wie dan"."""
    little = {*PREPOSITIONS, "lang", "vaak", "laat", "veel", "hoog", "groot", "dan", "zo", "niet", "precies", "snel", "dag", "uur"}
    asks = [word for word in words if re.fullmatch(WH, word)]
    return bool(asks) and all(word in little or re.fullmatch(WH, word) for word in words)


def _content(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in dutch.STOP_WORDS and word not in VERBS and word[0].isalpha() and len(word) > 2]
