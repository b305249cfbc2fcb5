"""The question inside an order, and the form that it is wanted in: "Maak een memo over …", "… in een tabel", "Leg in gewone taal uit wat …". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.model import Form
from assistant.understand.dutch_questions import bare, sentence


@dataclass(frozen=True, slots=True)
class Phrased:
    """`question` is what is asked, empty where only another form is asked for; `form` None where none is."""

    question: str
    form: Form | None


# What is made, and the question whose answer it is made of; a noun phrase takes the place of {}.
_MADE: dict[str, tuple[Form, str]] = {
    "samenvatting": (Form.SAMENVATTING, "Waar gaat {} over"),
    "stappenplan": (Form.STAPPEN, "Welke stappen gelden er voor {}"),
    "checklist": (Form.CHECKLIST, "Welke eisen gelden er voor {}"),
    "memo": (Form.MEMO, "Wat geldt er voor {}"),
    "tabel": (Form.TABEL, "Wat zijn {}"),
}
_ABOUT = "Wat geldt er voor {}"
_LEAD = frozenset(
    """kun kan wil zou je jij u ik geef maak schrijf stel zet doe lever genereer mij me ons voor even eens graag een de het op heb nodig zoek
    korte beknopte heldere overzichtelijke duidelijke kort eenvoudige hoi hallo beste daar dat dit hier er ervan nu en""".split()
)
_MAKES = re.compile(
    rf"^(?P<lead>(?:\w+[ ,]+){{1,9}}?)(?P<what>{'|'.join(_MADE)})(?: (?:op|maken|schrijven|geven|opstellen))?"
    r"(?:(?: (?P<of>van|over|voor|met|bij|om|rond|waarin))?,? (?P<rest>.+))?$",
    re.IGNORECASE,
)
_MAKING = re.compile(r"(?: van)?(?: (?:maken|schrijven|geven|opstellen|zetten|uitleggen|kunnen))?$", re.IGNORECASE)
_TALK = r"(?:taal|woorden|Nederlands)"
_MANNERS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(rf",?\s*\b(?:{pattern})(?=[\s?.,!:]|$)", re.IGNORECASE))
    for form, pattern in (
        (Form.TABEL, r"(?:in|als) (?:een )?(?:\w+e )?tabel(?:vorm)?(?! \d)"),
        (Form.STAPPEN, r"in stappen|stap voor stap|stapsgewijs|als (?:een )?stappenplan"),
        (Form.CHECKLIST, r"(?:in|als) (?:een )?checklist"),
        (Form.MEMO, r"(?:in|als) (?:een )?memo"),
        (Form.B1, rf"(?:in|met) (?:heel )?(?:eenvoudige?|begrijpelijke?|gewo(?:ne|on)|makkelijke?|simpele?|duidelijke?) {_TALK}"),
        (Form.B1, r"(?:op|in) (?:taalniveau )?B1(?:-niveau| niveau)?"),
        (Form.SAMENVATTING, r"als (?:een )?samenvatting|samengevat"),
    )
)  # fmt: skip
_ASKING = r"(?:wat|wie|waar\w*|wanneer|waarom|welke?|hoe\w*|in welke?|op welke?|onder welke)"
_TELLS = re.compile(
    rf"^(?:(?:kun|kan|wil|zou) (?:je|jij|u) )?(?:(?:mij|me|ons|eens|even|graag) )*(?:leg|vertel|beschrijf|uitleggen|vertellen|beschrijven|geef aan|aangeven)"
    rf"(?: (?:mij|me|ons|eens|even|graag|iets|uit|meer))*,? (?:(?P<asks>{_ASKING} .+?)|(?:over|rond) (?P<about>.+?))(?: uit| uitleggen| vertellen)?$",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"^(?:geef|toon|noem|zet|maak|laat)(?: (?:mij|me|ons|eens|even|graag))*(?: een overzicht van)? (?P<rest>.+?)(?: zien)?$", re.IGNORECASE
)
_VERB_LAST = re.compile(
    r"^(?P<asks>wat|wie|wanneer|waarom|hoe (?:lang|laat|hoog|groot|vaak|oud)|hoe) (?P<rest>.+)"
    r" (?P<verb>is|zijn|was|betekent|duurt|geldt|gelden|werkt|moet|moeten|mag|mogen|kan|kunnen|heeft|staat|begint|kost)$",
    re.IGNORECASE,
)


def read(text: str) -> Phrased | None:
    """What a question asks beneath its phrasing; None for one that is put as a question, and in no form."""
    said = re.sub(r"[,\s]+(?:alsjeblieft|alstublieft|svp|graag)$", "", bare(text), flags=re.IGNORECASE)
    made = _MAKES.match(_MAKING.sub("", said))
    if made is not None and _orders(made["lead"]):
        form, question = _MADE[made["what"].lower()]
        rest = made["rest"] or ""
        if _orders(rest):
            return Phrased("", form)
        question = question if form is not Form.SAMENVATTING or made["of"] == "van" else _ABOUT
        return Phrased(_asked(rest) or sentence(question.format(rest)), form)
    manner, plain = _manner(said)
    told = _TELLS.match(plain)
    if told is not None and (told["about"] or manner or _VERB_LAST.match(told["asks"])):
        return Phrased(_asked(told["asks"]) if told["asks"] else sentence(_ABOUT.format(told["about"])), manner)
    if manner is None:
        return None
    if _orders(_MAKING.sub("", plain)):
        return Phrased("", manner)
    shown = _SHOW.match(plain)
    rest = shown["rest"] if shown is not None else plain
    return Phrased(_asked(rest) or sentence(f"Wat zijn {rest}" if shown is not None else rest), manner)


def _orders(words: str) -> bool:
    """Whether words say no more than that something has to be made, or point at what was said before."""
    return {word.lower() for word in re.findall(r"\w+", words)} <= _LEAD


def _manner(said: str) -> tuple[Form | None, str]:
    """The manner in which an answer is wanted, and what is said without it: at its end, or in an order."""
    orders = said.partition(" ")[0].lower() in _LEAD | {"leg", "vertel", "beschrijf"}
    for form, pattern in _MANNERS:
        if (found := pattern.search(said)) is not None and (orders or found.end() == len(said)):
            return form, " ".join(f"{said[: found.start()]} {said[found.end() :]}".split()).strip(" ,:")
    return None, said


def _asked(rest: str) -> str:
    """An indirect question put directly: "wat een noodbevel is" asks "Wat is een noodbevel?"; empty for what is no question."""
    if not re.match(rf"{_ASKING}\b", rest, re.IGNORECASE):
        return ""
    turned = _VERB_LAST.match(rest)
    return sentence(f"{turned['asks']} {turned['verb']} {turned['rest']}" if turned is not None else rest)
