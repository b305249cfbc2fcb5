"""A follow-up made whole from the questions before it, without a model: "en in Hengelo?" becomes the question that is meant. Pure.

A question that stands on its own is left alone. What a follow-up points at is found by its form: a fragment takes the place
of its like in the question before, or is added to it; a pronoun gets that question's topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.text.figures import YEAR
from assistant.understand import dutch_questions as form
from assistant.understand.merging import merged
from corpus import citation
from corpus.gemeenten import Gemeenten

# What stands between gemeenten that are named in a row: "in A, in B en in C".
_ALSO = re.compile(r"\s*(?:,\s*en|,|\ben|\bof|\bals)\s*(?:(?:in|van|voor|bij|te|uit)\s+)?(?:de\s+)?(?:gemeente\s+)?", re.IGNORECASE)
# What is left of "en hoe lang in B", "strenger dan die van B", "vergeleken met B" when B goes.
_LEFT = re.compile(
    r"[\s,]*(?:\ben\s+)?\b(?:hoe (?:zit|is|staat|doet) (?:dat|het)|hoe \w+|hoeveel|wat|en|dan (?:die|dat|de|het)?"
    r"|(?:vergeleken|in vergelijking) met|ten opzichte van)?\s*(?=\?*$)",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"\b{YEAR}\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question as it was read. `regeling` and `article` are those of the first source of its answer, if any."""

    question: str
    regeling: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a follow-up was read: as which whole question and, where it asks after another day, for which day."""

    question: str
    as_of: date | None = None


def read(question: str, earlier: Sequence[Turn], gemeenten: Gemeenten, today: date) -> Reading | None:
    """The follow-up made whole; None for a question that stands on its own, or that begins a conversation."""
    if not earlier:
        return None
    opened, said = form.opener(question)
    before = form.bare(earlier[-1].question)
    named = gemeenten.mentions(f"in {said}")
    fragment = form.fragment(said)
    if fragment is not None and (opened or form.is_dependent(fragment) or _only_gemeenten(fragment, gemeenten)):
        return _fragment(fragment, earlier[-1], before, gemeenten, today)
    if fragment is None and (form.refers_back(said) or (opened and (form.says_little(said) or form.supposes(said)))):
        return Reading(form.sentence(_pointing(said, before)))
    if fragment is None and opened and not named and (place := _place(before, gemeenten)):
        return Reading(form.sentence(f"{said} in {place}"))
    if fragment is None and opened and not named and not form.names(said) and (names := form.names(before)):
        return Reading(form.sentence(f"{said} (over: {names})"))
    return None


def _fragment(said: str, turn: Turn, before: str, gemeenten: Gemeenten, today: date) -> Reading | None:
    """A piece of a sentence: what it replaces in the question before, or adds to it."""
    when = form.day(said, today)
    if when is not None:
        return _dated(when, said, before)
    if form.is_article(said):
        referred = _referring(said, turn, before)
        return Reading(form.sentence(referred)) if referred else None
    codes = gemeenten.mentions(f"in {said}")
    if codes:
        names = " en ".join(dict.fromkeys(gemeenten.name(code) for code, _ in codes))
        before = elsewhere(before, names, gemeenten)
        said = _without(said, gemeenten)
    return Reading(form.sentence(merged(before, said) if said else before))


def _only_gemeenten(said: str, gemeenten: Gemeenten) -> bool:
    return bool(gemeenten.mentions(f"in {said}")) and not _without(said, gemeenten)


def _without(said: str, gemeenten: Gemeenten) -> str:
    """A fragment without the gemeenten in it and the words that lead to them."""
    padded = f"in {said}"
    for _, (start, end) in reversed(gemeenten.mentions(padded)):
        lead = re.search(r"(?:\b(?:in|van|voor|bij|uit|te|en|of|de|gemeente|gemeenten)\s+|,\s*)*$", padded[:start])
        padded = padded[: lead.start() if lead else start] + " " + padded[end:]
    return " ".join(padded.removeprefix("in ").split()) if padded.startswith("in ") else " ".join(padded.split())


def elsewhere(before: str, names: str, gemeenten: Gemeenten) -> str:
    """The question before, asked of other gemeenten and of no other: in the place of those it named, or behind it."""
    spans = [span for _, span in gemeenten.mentions(before)]
    if not spans:
        return f"{before} in {names}"
    start, end = spans[0]
    for following in spans[1:]:
        if _ALSO.fullmatch(before[end : following[0]]):
            end = following[1]
    rest = before[end:]
    if gemeenten.mentions(rest):
        rest = _LEFT.sub("", f" {_without(rest, gemeenten)}")
    return before[:start] + names + rest


def _place(before: str, gemeenten: Gemeenten) -> str:
    return " en ".join(dict.fromkeys(gemeenten.name(code) for code, _ in gemeenten.mentions(before)))


def _dated(when: date, said: str, before: str) -> Reading:
    """Another year: in the place of the one before where it is the matter itself, else the day for which is asked."""
    year = _YEAR.search(said)
    if year and _YEAR.search(before):
        return Reading(form.sentence(_YEAR.sub(year.group(), before)))
    if year and form.counts_money(before):
        return Reading(form.sentence(f"{before} in {year.group()}"))
    return Reading(form.sentence(before), when)


def _referring(said: str, turn: Turn, before: str) -> str | None:
    """Another article or lid of the same regeling: named in the question before, or the one that its answer rests on."""
    lid = form.lid(said)
    article = re.search(form.ARTICLE, said, re.IGNORECASE)
    held = re.search(rf"{form.ARTICLE}(?P<lid>\s*,?\s*{form.LID})?", before, re.IGNORECASE)
    if held and (citation.find(before, lenient=True) or turn.regeling is None):
        number = article["number"] if article else held["number"]
        return before[: held.start()] + f"artikel {number}" + (f" {lid}" if lid else "") + before[held.end() :]
    if turn.regeling is None or (article is None and turn.article is None):
        return None
    number = article["number"] if article else turn.article
    return f"Wat staat er in artikel {number}{f' {lid}' if lid else ''} van de {turn.regeling}"


def _pointing(said: str, before: str) -> str:
    """A question with a pronoun, or one that lacks its subject: with the topic of the question before."""
    if (condition := form.condition(said)) is not None:
        return merged(before, condition)
    topic = form.topic(before)
    return form.substituted(said, topic) or f"{said} (over: {topic.removeprefix('over ')})"
