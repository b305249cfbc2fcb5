"""The shapes of the contract in JSON, for command line, HTTP, stored record and chat alike; and the names of stream events."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from assistant import model


class EventName(StrEnum):
    """The events of an answer stream, in this order; `error` may take the place of `done`."""

    STARTED = "started"
    SOURCES = "sources"
    SENTENCE = "sentence"
    CITATION = "citation"
    DONE = "done"
    ERROR = "error"


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class SourceShape(Shape):
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
    score: float


class CitationShape(SourceShape):
    n: int
    quote: str


class HitShape(SourceShape):
    text: str
    cosine: float
    bm25: float


class WhyShape(Shape):
    """Why a hit came: by its article being named, else by meaning and words, each with its share in the score."""

    named: bool
    dense_share: float
    full_text_share: float
    matched: list[str]


class ExplainedHitShape(HitShape):
    why: WhyShape


class SearchShape(Shape):
    hits: list[ExplainedHitShape | HitShape]
    seconds: float


class SentenceShape(Shape):
    text: str
    citations: list[int]
    quote: bool


class SearchedShape(Shape):
    documents: int
    gemeenten: list[str]
    kinds: list[str]
    not_in_library: list[str]
    unknown: list[str] = []


class AnswerShape(Shape):
    id: str
    question: str
    form: str
    status: str
    text: str
    sentences: list[SentenceShape]
    citations: list[CitationShape]
    missing: str | None
    searched: SearchedShape
    model: str
    as_of: date
    created_at: datetime
    timings: dict[str, float]


class EditionShape(Shape):
    id: str
    filename: str
    media_type: str
    sha256: str
    adopted_on: date | None
    valid_from: date | None
    valid_to: date | None
    status: str


class DocumentShape(Shape):
    id: str
    title: str
    kind: str
    gemeente: str | None
    gemeente_name: str | None
    region: str | None
    publisher: str | None
    visibility: str
    source_url: str | None
    withdrawn_on: date | None
    editions: list[EditionShape]


class StartedShape(Shape):
    """How an answer begins: its id, its conversation, and the question it was read as where it follows on that conversation."""

    id: str
    conversation: str
    read_as: str | None = None


class TurnShape(Shape):
    """An answer in its conversation."""

    answer: AnswerShape
    read_as: str | None


class ConversationShape(Shape):
    id: str
    turns: list[TurnShape]


class SuggestionsShape(Shape):
    """Next questions that can be answered."""

    questions: list[str]


class QuestionShape(Shape):
    """What is posted to ask a question. `gemeente` holds names or CBS codes; `conversation` is the id of the one it follows on."""

    question: str = Field(min_length=1, max_length=4000)
    form: model.Form = model.Form.ANTWOORD
    gemeente: list[str] = Field(default_factory=list, max_length=14)
    as_of: date | None = None
    conversation: str | None = Field(default=None, max_length=40)


class FeedbackShape(Shape):
    """What a reader thought of an answer."""

    useful: bool
    reason: str | None = Field(default=None, max_length=200)
    comment: str | None = Field(default=None, max_length=4000)


class LoginShape(Shape):
    username: str = Field(min_length=1, max_length=80)
    password: str = Field(min_length=1, max_length=200)


class SessionShape(Shape):
    """Who is logged in. `token` is given once, at login."""

    username: str
    role: str
    gemeente: str | None
    token: str | None = None


class PassageShape(Shape):
    id: str
    ordinal: int
    start: int
    end: int
    page: int | None
    locator: str
    path: list[str]
    text: str
