"""What the library holds: frozen values with ids made from their content. Knows nothing of databases, search or HTTP.

A Document (an APV, a plan) is a line of Editions; an Edition is one text as it was adopted, with its Pages; its
Passages partition that text: joined in order they are the text, character for character. Offsets count characters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a document is, in the field's own words (the contract's list)."""

    WET = "wet"
    AMVB = "amvb"
    MINISTERIELE_REGELING = "ministeriele_regeling"
    VERORDENING = "verordening"
    APV = "apv"
    BELEIDSREGEL = "beleidsregel"
    BIBOB_BELEID = "bibob_beleid"
    IVP = "ivp"
    UITVOERINGSPLAN = "uitvoeringsplan"
    PROJECTPLAN = "projectplan"
    CONVENANT = "convenant"
    HANDREIKING = "handreiking"
    CIRCULAIRE = "circulaire"
    NOTA = "nota"
    RAADSSTUK = "raadsstuk"
    OVERIG = "overig"


class Visibility(StrEnum):
    """Who may read a document: everyone, all staff of the region, or only the staff of its own gemeente."""

    OPENBAAR = "openbaar"
    REGIO = "regio"
    GEMEENTE = "gemeente"


@dataclass(frozen=True, slots=True)
class Document:
    """A line of editions under one name. `gemeente` is a CBS code (GM0153) or None for national and regional documents."""

    id: str
    title: str
    kind: Kind = Kind.OVERIG
    gemeente: str | None = None
    region: str | None = None
    publisher: str | None = None
    visibility: Visibility = Visibility.REGIO
    source_url: str | None = None
    withdrawn_on: date | None = None

    @property
    def scope(self) -> str:
        """Who may see it, as one word: `openbaar`, `regio`, or the code of the only gemeente that may."""
        if self.visibility is Visibility.GEMEENTE:
            return self.gemeente or "niemand"
        return self.visibility.value


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a document. Dates are None where neither the sidecar nor the document says them; `title` is what this edition is
    called, None where only the document's name is known."""

    id: str
    document_id: str
    sha256: str
    filename: str
    media_type: str
    adopted_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    concept: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an edition: its place in the file (from 1), what is printed on it, and its span in the text."""

    number: int
    label: str
    start: int
    end: int


# The annex that a toelichting is.
EXPLANATION = "toelichting"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in its document a passage stands, as precisely as the document itself numbers its parts.

    `annex` is the number of the bijlage that it stands in, or `EXPLANATION`: what a toelichting says of an article is not that
    article. `since` is the day from which an article reads so, where the source tells it.
    """

    article: str | None = None
    leden: tuple[str, ...] = ()
    section: str | None = None
    heading: str | None = None
    page: int | None = None
    annex: str | None = None
    since: date | None = None

    def __str__(self) -> str:
        annex = EXPLANATION if self.annex == EXPLANATION else f"bijlage {self.annex}" if self.annex else ""
        if self.article is not None:
            article = f"art. {self.article}" + (f" lid {_run(self.leden)}" if self.leden else "")
            return f"{annex}{' op ' if self.annex == EXPLANATION else ', '}{article}" if annex else article
        if self.section is not None:
            return f"{annex}, § {self.section}" if annex else f"§ {self.section}"
        if annex:
            own = not self.heading or self.heading.lower().startswith(("bijlage", EXPLANATION))
            return annex if own else f"{annex}, onder ‘{self.heading}’"
        if self.page is not None:
            return f"p. {self.page}"
        return f"onder ‘{self.heading}’" if self.heading else "aanhef"

    def same_article(self, other: Locator) -> bool:
        """Whether both stand in one article, of the same part of the document; outside articles too."""
        return (self.annex, self.article) == (other.annex, other.article)


def _run(leden: Sequence[str]) -> str:
    return leden[0] if len(leden) == 1 else f"{leden[0]}-{leden[-1]}"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of an edition's text with one place in the document; the sections partition the text too."""

    start: int
    end: int
    path: tuple[str, ...]
    locator: Locator


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an edition's text that can be found, read and cited on its own: `text == edition_text[start:end]`."""

    id: str
    edition_id: str
    ordinal: int
    start: int
    end: int
    text: str
    path: tuple[str, ...]
    locator: Locator
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A passage together with the document and edition it stands in: all that a citation needs."""

    passage: Passage
    edition: Edition
    document: Document

    @property
    def title(self) -> str:
        """What the edition is called: "APV 2019" where the document is by now named "APV 2024"."""
        return self.edition.title or self.document.title


def digest(data: bytes) -> str:
    """SHA-256 of the bytes, in hexadecimals."""
    return hashlib.sha256(data).hexdigest()


def content_id(prefix: str, *parts: object) -> str:
    """A short id made from content: equal parts give an equal id, on every machine and every day."""
    joined = "\x1f".join(str(part) for part in parts)
    return f"{prefix}-{hashlib.sha256(joined.encode()).hexdigest()[:20]}"


def passage_id(edition_id: str, start: int, end: int) -> str:
    return content_id("p", edition_id, start, end)
