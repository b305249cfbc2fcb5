"""Accounting for the assistant over HTTP: its register entry, what runs here, and who did what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.api.deps import AccountDep, AppDep, ManagerDep, codes
from assistant.api.shapes import Shape
from assistant.governance import STANDARD
from corpus.review import Event

router = APIRouter(prefix="/governance", tags=["verantwoording"])


class RegisterShape(Shape):
    """`entry` has the fields of the standard; `missing` the required ones that the organisation has still to fill in."""

    standard: str
    entry: dict[str, Any]
    missing: list[str]


class ModelsShape(Shape):
    embedding: str
    writer: str
    self_learning: bool


class HoldingsShape(Shape):
    """What the library holds, as far as the asker may see."""

    documents: int
    by_kind: dict[str, int]
    by_status: dict[str, int]


class RetentionShape(Shape):
    what: str
    kept: str


class SystemShape(Shape):
    name: str
    version: str
    intended_use: str
    not_intended: list[str]
    models: ModelsShape
    library: HoldingsShape
    checks: list[str]
    decides: list[str]
    retention: list[RetentionShape]


class LogShape(Shape):
    """Who did what and when. Of a document that the reader may not see, it is not said which; then `withheld` is true."""

    id: int
    at: datetime
    actor: str
    action: str
    document_id: str | None
    edition_id: str | None
    detail: str | None
    withheld: bool


@router.get("/register")
def register(app: AppDep, account: AccountDep, gemeente: str | None = None) -> RegisterShape:
    """The entry for the Algoritmeregister, of the gemeente named, else of one's own, else of the organisation."""
    code = codes(app.library, [gemeente])[0] if gemeente else account.gemeente
    entry, missing = app.governance.register(code)
    return RegisterShape(standard=STANDARD, entry=entry, missing=missing)


@router.get("/system")
def system(app: AppDep, account: AccountDep) -> SystemShape:
    """What runs here, what it is for and not for, what is checked, what is kept how long, and who decides."""
    return SystemShape.model_validate(app.governance.system(account.scopes))


@router.get("/log")
def log(
    app: AppDep,
    account: ManagerDep,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(description="Alleen regels met een lager id; voor de volgende bladzijde")] = None,
    actor: str | None = None,
    action: str | None = None,
    since: date | None = None,
) -> list[LogShape]:
    """Who did what with the library, newest first; for a beheerder."""
    seen = {d.id for d in app.library.every_document() if d.scope in account.scopes}
    found = app.library.reviews.log(limit, before=before, actor=actor, action=action, since=since)
    return [_line(number, event, event.document_id in seen or event.action == "destroyed") for number, event in found]


def _line(number: int, event: Event, shown: bool) -> LogShape:
    told = {"document_id": event.document_id, "edition_id": event.edition_id, "detail": event.detail} if shown else dict.fromkeys(_ABOUT)
    return LogShape.model_validate(
        {"id": number, "at": event.at, "actor": event.actor, "action": event.action, "withheld": not shown, **told}
    )


_ABOUT = ("document_id", "edition_id", "detail")
