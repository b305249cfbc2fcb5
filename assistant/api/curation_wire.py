"""The shapes of curation in JSON: what waits, what was found, what was decided, what changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from pydantic import Field

from assistant.api.shapes import DocumentShape, EditionShape, PassageShape, Shape
from assistant.api.wire import document, edition
from corpus.gemeenten import Gemeenten
from corpus.model import Edition
from corpus.review import Review


class FindingShape(Shape):
    """Something that a curator has to look at, at its place."""

    concern: str
    page: int | None
    excerpt: str
    text: str


class WaitingShape(Shape):
    """An edition that waits for a decision. `origins` tells per field whether it was given, read from the file, or unknown."""

    edition: EditionShape
    document: DocumentShape
    state: str
    findings: list[FindingShape]
    origins: dict[str, str]


class PreviewShape(WaitingShape):
    passages: list[PassageShape]


class JobShape(Shape):
    id: str
    filename: str
    account: str
    created_at: datetime
    state: str
    outcome: dict[str, object] | None


class DecisionShape(Shape):
    reason: str | None = Field(default=None, max_length=2000)


class EventShape(Shape):
    at: datetime
    actor: str
    action: str
    document_id: str
    edition_id: str | None
    detail: str | None


class CertificateShape(Shape):
    document_id: str
    editions: list[str]
    files_sha256: list[str]
    passages: int
    answers: int
    destroyed_at: datetime
    destroyed_by: str


class DifferenceShape(Shape):
    change: str
    locator: str
    heading: str | None
    before: str | None
    after: str | None


class ChangesShape(Shape):
    """What changed from one edition (`old`) to a next (`new`)."""

    old: EditionShape
    new: EditionShape
    differences: list[DifferenceShape]


def waiting(edition_: Edition, review: Review, as_of: date, names: Gemeenten) -> WaitingShape:
    return WaitingShape(
        edition=edition(review.document, edition_, as_of),
        document=document(review.document, [], as_of, names),
        state=review.state.value,
        findings=[FindingShape(**asdict(found)) for found in review.findings],
        origins=dict(review.origins),
    )
