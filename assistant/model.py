"""What travels between a question and its answer: frozen values. Their JSON shapes are `api.shapes`'s concern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from corpus.model import Kind, Page, Section, Source
from corpus.validity import Status, status
from corpus.vectors import Embedding, Vector


class Form(StrEnum):
    """The form in which an answer is wanted."""

    ANTWOORD = "antwoord"
    SAMENVATTING = "samenvatting"
    STAPPEN = "stappen"
    TABEL = "tabel"
    CHECKLIST = "checklist"
    MEMO = "memo"
    B1 = "b1"


class Completeness(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in. `scopes` is what the asker may see (None: everything), `home` the asker's own gemeente.

    `day_given` tells that the asker chose `as_of`: then the words of the question do not change it. `read_as` is the whole question
    that a follow-up was read as, None for one that stands on its own.
    """

    question: str
    as_of: date
    form: Form = Form.ANTWOORD
    gemeenten: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    scopes: frozenset[str] | None = None
    home: str | None = None
    read_as: str | None = None
    day_given: bool = False

    @property
    def meant(self) -> str:
        """The question to answer: as it was read where it follows on others, else as it was put."""
        return self.read_as or self.question


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its score (0 to 1, relative to this question), its sections and its vectors.

    `nearness[i]` is the cosine of the question with the sentence at `embedding.spans[i]`. `named` tells that the question names
    this article by number and regeling; `called` is what the question calls it in the words of practice, if anything; `inside` tells
    that it stands in a document that the question names; `listed` are the stretches of its headings that are, with those of other hits, the
    list that the question asks for.
    """

    source: Source
    score: float
    cosine: float
    bm25: float
    sections: tuple[Section, ...]
    embedding: Embedding
    nearness: Vector
    named: bool = False
    pages: tuple[Page, ...] = ()
    called: str = ""
    inside: bool = False
    listed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A stretch of a source that is shown: `quote` is the edition's text from `start` to `end`, to the letter."""

    n: int
    source: Source
    locator: str
    page: int | None
    quote: str
    start: int
    end: int
    score: float
    as_of: date

    @property
    def status(self) -> Status:
        return status(self.source.document, self.source.edition, self.as_of)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer with the numbers of the citations it rests on; `quote` where it is verbatim."""

    text: str
    citations: tuple[int, ...]
    quote: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to one part of a question: `about` names the part, `empty` tells in words why there are no sentences."""

    about: str
    sentences: tuple[Sentence, ...]
    empty: str | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, and what was asked about but is not in the library: documents, and words that stand in none that was searched."""

    documents: int
    gemeenten: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    not_in_library: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`beside` holds what was said of each gemeente or document where several were asked about, or of then and of now;
    `beside_each` says which of these. The sentences are the same."""

    id: str
    question: str
    form: Form
    status: Completeness
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    missing: str | None
    searched: Searched
    model: str
    as_of: date
    created_at: datetime
    timings: Mapping[str, float] = field(default_factory=dict)
    read_as: str | None = None
    beside: tuple[Said, ...] = ()
    beside_each: str = "gemeente"
