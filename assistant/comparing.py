"""A comparison that a question asks for ("vergelijk …", "wat is het verschil tussen A en B", "in welke gemeente …"). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.compare import Cell, CellState, Row
from assistant.model import Citation, Said
from assistant.understand import dutch_questions as form
from corpus.gemeenten import Gemeenten

_ALL = re.compile(
    r"\b(?:(?:in|bij|voor|van) welke gemeenten?|welke gemeenten?(?= (?:heeft|hebben|kent|kennen|hanteert|hanteren|verbiedt|verbieden|mag|geldt)\b)"
    r"|per gemeente|(?:in |van |tussen |voor )?(?:alle|(?:de|alle) (?P<number>twee|drie|vier|vijf|zes|zeven|veertien)) gemeenten)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"\b(?:vergelijk(?:ing)?|vergeleken|verschil(?:len|t)?|naast elkaar|hoe verhoudt|vs|versus|tegenover)\b|{_ALL.pattern}", re.IGNORECASE
)
_FRAME = re.compile(
    r"\b(?:(?:wil je |kun je |kunt u |graag )?(?:een )?vergelijk(?:ing)?(?: maken)?(?: van)?|zet|naast elkaar"
    r"|(?:wat|welke) (?:is|zijn) (?:het|de) verschil(?:len)?(?: er)?|het verschil|hoe verschil(?:t|len)|(?:welke )?verschillen"
    r"|(?:zijn er|is er)(?= verschil)|verschil(?:len)?|als het gaat om|op het gebied van|wat betreft|qua|met elkaar|precies|ten opzichte van"
    r"|vs|versus|tegenover|over: |(?:van|met) (?:dat|die) (?:in|van)(?=\s|$))\b|[()]",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:het )?(?:langste?|kortste?|hoogste?|laagste?|strengste?|soepelste?|meeste?|minste?|grootste?|vroegste?|laatste?)\b(?! (?:jaar|keer|lid))",
    re.IGNORECASE,
)
_LEAD = r"(?:tussen|in|van|bij|voor|over|met|de gemeenten?|en)"
_SEAM = re.compile(rf"^(?:{_LEAD}|dat|die|dit)\b\s*|\s*\b(?:{_LEAD}|gemeenten?|dat|die)$", re.IGNORECASE)
_MOST_GEMEENTEN = 14
_NUMBERS = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "veertien": 14}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A comparison that is asked for: what is compared, and the codes of the gemeenten."""

    topic: str
    gemeenten: tuple[str, ...]


def wanted(question: str, gemeenten: Gemeenten, held: Sequence[str]) -> Wanted | None:
    """The comparison that a question asks for, if it does. `held` are the gemeenten that the library has documents of."""
    text = form.bare(question)
    if not _ASKS.search(text):
        return None
    named = gemeenten.named_in(text)
    every = (found := _ALL.search(text)) is not None and _NUMBERS.get((found["number"] or "").lower(), len(held)) == len(held)
    codes = named if len(named) >= 2 else tuple(held) if every and not named else ()
    topic = _topic(text.replace("vs.", "vs"), gemeenten)
    return Wanted(topic, codes) if 2 <= len(codes) <= _MOST_GEMEENTEN and topic else None


def _topic(text: str, gemeenten: Gemeenten) -> str:
    """What is compared: the question without its gemeenten and the words that ask for the comparison."""
    for _, (start, end) in reversed(gemeenten.mentions(text)):
        text = f"{text[:start]} {text[end:]}"
    asks_which = _ALL.search(text) is not None
    text = _ALL.sub(" ", re.sub(r"(?:\s*,\s*)+|\s+en\s+(?=$|in\b|bij\b|voor\b|van\b|over\b|\s)", " ", text))
    text = " ".join(_MOST.sub(" ", _FRAME.sub(" ", " ".join(text.split()))).split())
    while (shorter := _SEAM.sub("", text).strip(" ,")) != text:
        text = shorter
    return form.topic(text) if asks_which or form.is_question(text) else text


def said(row: Row, names: Gemeenten) -> tuple[list[Said], list[Citation]]:
    """A row of a comparison as parts of one answer: its citations numbered through, what is empty in words."""
    parts: list[Said] = []
    citations: list[Citation] = []
    for cell in row.cells:
        name = names.name(cell.gemeente)
        if cell.state is not CellState.FOUND:
            parts.append(Said(name, (), _empty(cell)))
            continue
        shift = len(citations)
        citations += [replace(cited, n=cited.n + shift) for cited in cell.citations]
        parts.append(Said(name, tuple(replace(s, citations=tuple(n + shift for n in s.citations)) for s in cell.sentences)))
    return parts, citations


def _empty(cell: Cell) -> str:
    if cell.state is not CellState.LAPSED or not cell.citations:
        return cell.state.value
    lapsed = cell.citations[0].source
    ended = f", gold tot en met {lapsed.edition.valid_to:%d-%m-%Y}" if lapsed.edition.valid_to else ""
    return f"{cell.state.value}: {lapsed.title}{ended}"
