"""The parts of a question: several gemeenten, documents or questions in one. Each is answered by itself, so that what is missing is known. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.model import Asked
from assistant.text.figures import YEAR
from assistant.understand import documents_named, follow_up, peildatum
from assistant.understand import dutch_questions as form
from assistant.understand.follow_up import Turn
from corpus.gemeenten import Gemeenten

# More gemeenten, or more questions, than this are answered as one.
_MOST_GEMEENTEN, _MOST_QUESTIONS = 14, 4
# "…? …", "… en hoe lang …", "… en kan het …".
_TURNS = re.compile(
    r"\?\s+(?=\S)|,?\s+en\s+(?=(?:\w+\s+){0,3}?(?:wie|wat|waar|wanneer|waarom|hoe|hoeveel|hoelang|welke?)\b)"
    r"|,\s+(?=(?:\w+\s+)?(?:wie|wat|hoe|hoeveel|hoelang|welke?)\b)"
    r"|(?:,?\s+en|,)\s+(?=(?:is|zijn|mag|mogen|kan|kunnen|moet|moeten|hoeft|hoort|horen|geldt|gelden|wordt|worden|heeft|hebben|krijgt|telt|tellen)"
    r"\s+(?:het|dat|dit|die|deze|hij|zij|ze|er|ik|je|men|we|de|een|daar\w*|hier\w*|iemand)\b)",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"(?:wat|welke?) (?:is|zijn) (?:het|de) verschil(?:len)? tussen (?P<one>[^,]+?) en (?P<other>[^,]+?)(?P<where> (?:in|volgens|binnen) .+)?",
    re.IGNORECASE,
)
# "Hoeveel was … in 2015, en hoeveel is dat nu?": what was the rule, and the same of today.
_THEN_AND_NOW = re.compile(
    rf"(?P<then>.+?(?P<when> in {YEAR})\b.*?),?\s+en (?:wat|hoeveel|hoe|wie|welke?)(?: \w+){{0,3}} (?:dat|die|dit|het|er|zij|ze)?\s*"
    r"(?:nu|tegenwoordig|vandaag)",
    re.IGNORECASE,
)
_PRESENT = dict(
    pair.split("-")
    for pair in "was-is waren-zijn bedroeg-bedraagt bedroegen-bedragen gold-geldt golden-gelden moest-moet mocht-mag mochten-mogen kon-kan".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a question asks, whole. Where several gemeenten or documents were named, `gemeente` is the code of the one that it
    is about, and `document` what the question calls it; where it asks of then and of now, `when` is which of the two."""

    asked: Asked
    gemeente: str | None = None
    document: str | None = None
    when: str | None = None


def parts(asked: Asked, gemeenten: Gemeenten) -> tuple[Part, ...]:
    """The parts in the order of the question; a question that is one thing is its own only part."""
    codes = gemeenten.named_in(asked.meant)
    if 2 <= len(codes) <= _MOST_GEMEENTEN:
        return tuple(_about(asked, code, gemeenten) for code in codes)
    if each := documents_named.each(asked.meant):
        return tuple(Part(replace(asked, read_as=whole, gemeenten=codes or asked.gemeenten), document=name or None) for name, whole in each)
    return _then_and_now(asked) or tuple(Part(one) for one in _questions(asked, gemeenten))


def _then_and_now(asked: Asked) -> tuple[Part, ...]:
    """A rule of then and the same rule now, each from its own text; nothing where the question asks no such thing."""
    found = _THEN_AND_NOW.fullmatch(form.bare(asked.meant))
    day = peildatum.of(form.sentence(found["then"]), tuple, asked.as_of) if found else None
    if found is None or day is None:
        return ()
    today = found["then"].replace(found["when"], "", 1)
    now = re.sub(rf"\b(?:{'|'.join(_PRESENT)})\b", lambda past: _PRESENT[past[0]], today, count=1)
    then = Part(replace(asked, read_as=form.sentence(found["then"]), as_of=day), when=found["when"].strip())
    return then, Part(replace(asked, read_as=form.sentence(now)), when="nu")


def _about(asked: Asked, code: str, gemeenten: Gemeenten) -> Part:
    question = follow_up.elsewhere(asked.meant, gemeenten.name(code), gemeenten)
    return Part(replace(asked, read_as=question, gemeenten=(code,)), code)


def _questions(asked: Asked, gemeenten: Gemeenten) -> list[Asked]:
    """The questions in one: each that follows on another is made whole from it. What differs is asked of each of the two."""
    if (differs := _DIFFERENCE.fullmatch(form.bare(asked.meant))) and not re.search(form.ARTICLE, differs[0], re.IGNORECASE):
        return [replace(asked, read_as=f"Wat is {differs[name]}{differs['where'] or ''}?") for name in ("one", "other")]
    said = [form.opener(piece)[1] for piece in _TURNS.split(asked.meant) if piece.strip(" ,?")]
    if not 2 <= len(said) <= _MOST_QUESTIONS or not all(form.is_question(piece) for piece in said):
        return [asked]
    whole: list[str] = []
    for piece in said:
        read = follow_up.read(f"en {piece}", [Turn(whole[0])], gemeenten, date.today()) if whole else None
        whole.append(read.question if read else form.sentence(piece))
    named = gemeenten.named_in(asked.meant)
    return [replace(asked, read_as=question, gemeenten=named or asked.gemeenten) for question in whole]
