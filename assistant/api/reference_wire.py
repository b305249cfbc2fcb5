"""The shapes of reading in JSON: a page, what a passage refers to, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from assistant.api.shapes import Shape
from assistant.api.wire import source_fields
from corpus.library import Library
from corpus.model import Passage, Source
from corpus.references import References, Referral


class PageShape(Shape):
    """A page of an edition: its place in the file, what is printed on it as its number, and its text."""

    number: int
    label: str
    start: int
    end: int
    text: str


class PlaceShape(Shape):
    """A passage of a document, as precisely as the document numbers its parts."""

    document_id: str
    edition_id: str
    passage_id: str
    title: str
    kind: str
    gemeente: str | None
    status: str
    valid_from: date | None
    valid_to: date | None
    locator: str
    page: int | None
    start: int
    end: int


class ReferralShape(Shape):
    """A reference in the passage: `words` as they are written from `start` to `end`, `reference` as a lawyer writes it.
    `leads_to` is empty where the library does not hold what is meant, or not for the asker."""

    words: str
    reference: str
    start: int
    end: int
    leads_to: list[PlaceShape]


class ReferrerShape(PlaceShape):
    """A passage that refers to this one, in these `words`; they stand from `words_start` to `words_end` in its edition."""

    words: str
    words_start: int
    words_end: int


class ReferencesShape(Shape):
    passage_id: str
    as_of: date
    refers_to: list[ReferralShape]
    referred_by: list[ReferrerShape]


def references(library: Library, passage: Passage, as_of: date, scopes: frozenset[str] | None) -> ReferencesShape:
    """The references of a passage both ways on a day, within these scopes (None: everything)."""
    held = References(library)
    out, back = held.from_passage(passage, as_of), held.to_passage(passage, as_of)
    sources = library.texts.sources([*(p.id for one in out for p in one.leads_to), *(one.passage_id for one in back)])
    seen = {key: source for key, source in sources.items() if scopes is None or source.document.scope in scopes}
    return ReferencesShape(
        passage_id=passage.id,
        as_of=as_of,
        refers_to=[_referral(one, passage, seen, as_of) for one in out],
        referred_by=list(_referrers(back, seen, as_of)),
    )


def _referral(one: Referral, passage: Passage, sources: Mapping[str, Source], as_of: date) -> ReferralShape:
    return ReferralShape(
        words=_words(one, passage),
        reference=str(one.reference),
        start=one.start,
        end=one.end,
        leads_to=[PlaceShape.model_validate(_place(sources[p.id], as_of)) for p in one.leads_to if p.id in sources],
    )


def _referrers(found: Iterable[Referral], sources: Mapping[str, Source], as_of: date) -> Iterable[ReferrerShape]:
    for one in found:
        if (source := sources.get(one.passage_id)) is not None:
            said = {"words": _words(one, source.passage), "words_start": one.start, "words_end": one.end}
            yield ReferrerShape.model_validate({**_place(source, as_of), **said})


def _words(one: Referral, passage: Passage) -> str:
    return " ".join(passage.text[one.start - passage.start : one.end - passage.start].split())


def _place(source: Source, as_of: date) -> dict[str, object]:
    p = source.passage
    return {**source_fields(source, as_of), "locator": str(p.locator), "page": p.page, "start": p.start, "end": p.end}
