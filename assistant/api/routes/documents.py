"""The library over HTTP: list, show, read; add and withdraw for curators."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, File, Form, UploadFile

from assistant.access import Account
from assistant.api import wire
from assistant.api.deps import AccountDep, AppDep, CuratorDep, ServiceDep
from assistant.app import App
from assistant.jobs import Job
from corpus.errors import NotFound, Refused
from corpus.model import Document, Edition
from ingest import sidecar
from ingest.load import formats

router = APIRouter(tags=["bibliotheek"])


@router.get("/documents")
def documents(app: AppDep, account: AccountDep) -> list[wire.DocumentShape]:
    """All documents that the asker may see."""
    names = app.library.gemeenten()
    visible = [d for d in app.library.documents() if d.scope in account.scopes]
    return [wire.document(d, app.library.editions(d.id), date.today(), names) for d in visible]


@router.post("/documents", status_code=202)
async def add(
    service: ServiceDep,
    account: CuratorDep,
    file: Annotated[UploadFile, File(description="PDF, Word, HTML, Markdown of tekst")],
    metadata: Annotated[str, Form(description="Velden van de metadata, als YAML of JSON")] = "",
) -> wire.JobShape:
    """Take in a document. Checked at the door; the rest is a job to be followed at `/jobs/{id}`."""
    said = _said(metadata, service.app)
    data = await file.read(formats.MAX_BYTES + 1)
    if len(data) > formats.MAX_BYTES:
        raise Refused(f"Het bestand is groter dan {formats.MAX_BYTES // 1024**2} MB. Splits het of lever een kleinere export aan.")
    formats.media_type(file.filename or "", data[:2048])
    return _job(service.jobs.add(account.name, file.filename or "bestand", data, said))


@router.get("/jobs/{job_id}")
def job(job_id: str, service: ServiceDep, _account: CuratorDep) -> wire.JobShape:
    """How far a job is, and what became of its file."""
    return _job(service.jobs.get(job_id))


@router.get("/documents/{document_id}")
def one(document_id: str, app: AppDep, account: AccountDep) -> wire.DocumentShape:
    """A document with its editions."""
    found = _visible(app, account, document_id)
    return wire.document(found, app.library.editions(found.id), date.today(), app.library.gemeenten())


@router.delete("/documents/{document_id}")
def withdraw(document_id: str, app: AppDep, account: CuratorDep) -> wire.DocumentShape:
    """Withdraw a document: from now on no search and no answer uses it. It stays on record."""
    found = _visible(app, account, document_id)
    withdrawn = app.library.withdraw(found.id, date.today())
    editions = app.library.editions(found.id)
    for edition in editions:
        app.index.replace(withdrawn, edition)
    app.index.save()
    return wire.document(withdrawn, editions, date.today(), app.library.gemeenten())


@router.get("/documents/{document_id}/editions")
def editions(document_id: str, app: AppDep, account: AccountDep) -> list[wire.EditionShape]:
    """The editions of a document, oldest first."""
    found = _visible(app, account, document_id)
    return [wire.edition(found, e, date.today()) for e in app.library.editions(found.id)]


@router.get("/documents/{document_id}/passages")
def passages(document_id: str, app: AppDep, account: AccountDep, edition: str | None = None) -> list[wire.PassageShape]:
    """The passages of an edition (the newest, or the one named) in order; joined they are its text."""
    chosen = _edition(app, _visible(app, account, document_id), edition)
    return [
        wire.PassageShape(
            id=p.id, ordinal=p.ordinal, start=p.start, end=p.end, page=p.page, locator=str(p.locator), path=list(p.path), text=p.text
        )
        for p in app.library.passages(chosen.id)
    ]


@router.get("/documents/{document_id}/pages/{number}")
def page(document_id: str, number: int, app: AppDep, account: AccountDep, edition: str | None = None) -> dict[str, Any]:
    """The text of one page of an edition."""
    chosen = _edition(app, _visible(app, account, document_id), edition)
    for found in app.library.pages(chosen.id):
        if found.number == number:
            text = app.library.text(chosen.id)[found.start : found.end]
            return {"number": found.number, "label": found.label, "start": found.start, "end": found.end, "text": text}
    raise NotFound("Deze pagina bestaat niet in dit stuk.")


def _visible(app: App, account: Account, document_id: str) -> Document:
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


def _said(metadata: str, app: App) -> dict[str, Any]:
    """The metadata as given, checked now, so that a mistake is told at once."""
    try:
        said = yaml.safe_load(metadata) if metadata.strip() else {}
    except yaml.YAMLError as error:
        raise Refused("De metadata zijn geen geldige YAML of JSON. Schrijf regels als ‘title: …’.") from error
    if not isinstance(said, dict):
        raise Refused("De metadata bevatten geen velden. Schrijf regels als ‘title: …’.")
    sidecar.parse(said, app.library.gemeenten())
    return said


def _job(job: Job) -> wire.JobShape:
    return wire.JobShape(id=job.id, filename=job.filename, state=job.state, outcome=dict(job.outcome) if job.outcome else None)
