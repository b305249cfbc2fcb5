"""The library over HTTP, for everyone: list, show, read, and see what changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter

from assistant.access import Account
from assistant.api import wire
from assistant.api.curation_wire import ChangesShape, DifferenceShape
from assistant.api.deps import AccountDep, AppDep
from assistant.app import App
from corpus.changes import compare
from corpus.errors import NotFound, Refused
from corpus.model import Document, Edition

router = APIRouter(tags=["bibliotheek"])


@router.get("/documents")
def documents(app: AppDep, account: AccountDep) -> list[wire.DocumentShape]:
    """All documents that the asker may see."""
    names = app.library.gemeenten()
    visible = [d for d in app.library.documents() if d.scope in account.scopes]
    return [wire.document(d, app.library.editions(d.id), date.today(), names) for d in visible]


@router.get("/documents/{document_id}")
def one(document_id: str, app: AppDep, account: AccountDep) -> wire.DocumentShape:
    """A document with its editions."""
    found = visible(app, account, document_id)
    return wire.document(found, app.library.editions(found.id), date.today(), app.library.gemeenten())


@router.get("/documents/{document_id}/editions")
def editions(document_id: str, app: AppDep, account: AccountDep) -> list[wire.EditionShape]:
    """The editions of a document, oldest first."""
    found = visible(app, account, document_id)
    return [wire.edition(found, e, date.today()) for e in app.library.editions(found.id)]


@router.get("/documents/{document_id}/passages")
def passages(document_id: str, app: AppDep, account: AccountDep, edition: str | None = None) -> list[wire.PassageShape]:
    """The passages of an edition (the newest, or the one named) in order; joined they are its text."""
    chosen = _edition(app, visible(app, account, document_id), edition)
    return [wire.passage(p) for p in app.library.passages(chosen.id)]


@router.get("/documents/{document_id}/changes")
def changed(document_id: str, app: AppDep, account: AccountDep, old: str | None = None, new: str | None = None) -> ChangesShape:
    """What changed between two editions, article by article: the last two, or the two that are named."""
    found = visible(app, account, document_id)
    held = app.library.editions(found.id)
    if len(held) < 2:
        raise Refused("Van dit stuk is maar één editie in de bibliotheek: er is niets om mee te vergelijken.")
    first, second = _edition(app, found, old or held[-2].id), _edition(app, found, new)
    read = app.library
    differences = compare(read.text(first.id), read.sections(first.id), read.text(second.id), read.sections(second.id))
    return ChangesShape(
        old=wire.edition(found, first, date.today()),
        new=wire.edition(found, second, date.today()),
        differences=[DifferenceShape(**asdict(one)) for one in differences],
    )


@router.get("/documents/{document_id}/pages/{number}")
def page(document_id: str, number: int, app: AppDep, account: AccountDep, edition: str | None = None) -> dict[str, Any]:
    """The text of one page of an edition."""
    chosen = _edition(app, visible(app, account, document_id), edition)
    for found in app.library.pages(chosen.id):
        if found.number == number:
            text = app.library.text(chosen.id)[found.start : found.end]
            return {"number": found.number, "label": found.label, "start": found.start, "end": found.end, "text": text}
    raise NotFound("Deze pagina bestaat niet in dit stuk.")


def visible(app: App, account: Account, document_id: str) -> Document:
    """The document, or NotFound: what someone may not see does not exist for them."""
    found = app.library.document(document_id)
    if found.scope not in account.scopes:
        raise NotFound(f"Document ‘{document_id}’ staat niet in de bibliotheek.")
    return found


def _edition(app: App, document: Document, wanted: str | None) -> Edition:
    held = app.library.editions(document.id)
    chosen = next((e for e in held if e.id == wanted), None) if wanted else (held[-1] if held else None)
    if chosen is None:
        raise NotFound("Deze editie bestaat niet.")
    return chosen
