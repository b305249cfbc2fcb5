"""A curator's look at an edition before it is published: what was found in it, where its metadata came from, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from corpus.model import Document


class ReviewState(StrEnum):
    """`preview` waits for a look that was asked for, `quarantined` for one that the gates ask for."""

    PREVIEW = "preview"
    QUARANTINED = "quarantined"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of the gates at its place: its kind, its page (None without pages) and the words around it."""

    concern: str
    page: int | None
    excerpt: str
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """`document` is what the edition will belong to; `origins` tells per field where its value came from."""

    state: ReviewState
    document: Document
    findings: tuple[Found, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a document, and by whom."""

    at: datetime
    actor: str
    action: str
    document_id: str
    edition_id: str | None
    detail: str | None
