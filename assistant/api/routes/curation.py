"""The library over HTTP, for curators: add, look, publish, replace, correct, withdraw, roll back, destroy; and who did what."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, File, Form, UploadFile

from assistant.api import shapes, wire
from assistant.api.curation_wire import CertificateShape, DecisionShape, EventShape, JobShape, PreviewShape, WaitingShape, waiting
from assistant.api.deps import AppDep, CuratorDep, ServiceDep
from assistant.api.routes.documents import visible
from assistant.app import App
from assistant.keep.access import Account
from assistant.keep.curation import Waiting
from assistant.keep.jobs import Job
from corpus.errors import Denied, NotFound, Refused
from corpus.model import Document
from ingest import sidecar
from ingest.load import formats

router = APIRouter(tags=["curatie"])

Upload = Annotated[UploadFile, File(description="PDF, Word, HTML, Markdown, tekst of officiële XML")]
Said = Annotated[str, Form(description="Velden van de metadata, als YAML of JSON")]
Look = Annotated[bool, Form(description="Eerst bekijken: pas zichtbaar na publiceren")]


@router.post("/documents", status_code=202)
async def add(service: ServiceDep, account: CuratorDep, file: Upload, metadata: Said = "", preview: Look = False) -> JobShape:
    """Take in a document. Checked at the door; the rest is a job to be followed at `/jobs/{id}`."""
    return await _job_for(service, account, file, _said(metadata, service.app), preview)


@router.post("/documents/{document_id}/editions", status_code=202)
async def replace(
    document_id: str, service: ServiceDep, account: CuratorDep, file: Upload, metadata: Said = "", preview: Look = False
) -> JobShape:
    """Replace a document by a new edition; what did not change is not embedded again."""
    found = _changeable(service.app, account, document_id)
    return await _job_for(service, account, file, {**_said(metadata, service.app), "supersedes": found.id}, preview)


@router.patch("/documents/{document_id}")
def describe(document_id: str, said: dict[str, Any], app: AppDep, account: CuratorDep) -> shapes.DocumentShape:
    """Correct what is said of a document and its newest edition, with the fields of the sidecar."""
    found = _changeable(app, account, document_id)
    return _shown(app, app.curation.describe(found.id, account.name, sidecar.parse(said, app.library.gemeenten())))


@router.delete("/documents/{document_id}", response_model=shapes.DocumentShape | CertificateShape)
def withdraw(document_id: str, app: AppDep, account: CuratorDep, destroy: bool = False) -> shapes.DocumentShape | CertificateShape:
    """Withdraw a document: from now on no search and no answer uses it. `destroy=true` removes all of it, for good."""
    found = _changeable(app, account, document_id)
    if destroy:
        return CertificateShape.model_validate(asdict(app.curation.destroy(found.id, account.name)))
    return _shown(app, app.curation.withdraw(found.id, account.name))


@router.post("/documents/{document_id}/restore")
def restore(document_id: str, app: AppDep, account: CuratorDep) -> shapes.DocumentShape:
    """Undo a withdrawal."""
    return _shown(app, app.curation.restore(_changeable(app, account, document_id).id, account.name))


@router.post("/documents/{document_id}/rollback")
def roll_back(document_id: str, app: AppDep, account: CuratorDep, decision: DecisionShape | None = None) -> shapes.DocumentShape:
    """Take the newest edition out of sight; the one before it speaks again."""
    found = _changeable(app, account, document_id)
    return _shown(app, app.curation.roll_back(found.id, account.name, decision.reason if decision else None))


@router.get("/documents/{document_id}/events")
def events(document_id: str, app: AppDep, account: CuratorDep) -> list[EventShape]:
    """Who did what with a document, and when."""
    found = app.library.reviews.events(document_id)
    if any(event.action == "destroyed" for event in found):
        return [EventShape(**asdict(event)) for event in found]
    visible(app, account, document_id)
    return [EventShape(**asdict(event)) for event in found]


@router.get("/reviews")
def reviews(app: AppDep, account: CuratorDep) -> list[WaitingShape]:
    """What waits for a decision: previews, quarantined files and editions that were rolled back."""
    names = app.library.gemeenten()
    return [waiting(w.edition, w.review, date.today(), names) for w in app.curation.waiting() if w.review.document.scope in account.scopes]


@router.get("/reviews/{edition_id}")
def preview(edition_id: str, app: AppDep, account: CuratorDep) -> PreviewShape:
    """What an edition will be: its metadata and where each came from, what was found in it, its passages with their pages."""
    one = _waiting(app, account, edition_id)
    shape = waiting(one.edition, one.review, date.today(), app.library.gemeenten())
    return PreviewShape(**dict(shape), passages=[wire.passage(p) for p in app.library.texts.passages(edition_id)])


@router.post("/reviews/{edition_id}/publish")
def publish(edition_id: str, app: AppDep, account: CuratorDep, decision: DecisionShape | None = None) -> shapes.DocumentShape:
    """Make a waiting edition visible. Where something was found, a reason is asked and kept."""
    one = _decides(app, account, edition_id)
    return _shown(app, app.curation.publish(one.edition.id, account.name, decision.reason if decision else None))


@router.post("/reviews/{edition_id}/reject", status_code=204)
def reject(edition_id: str, app: AppDep, account: CuratorDep, decision: DecisionShape | None = None) -> None:
    """Take a waiting edition out of the library."""
    one = _decides(app, account, edition_id)
    app.curation.reject(one.edition.id, account.name, decision.reason if decision else None)


@router.get("/jobs")
def jobs(service: ServiceDep, account: CuratorDep) -> list[JobShape]:
    """The latest jobs of one's own gemeente, newest first: also what is stuck or failed."""
    return [_job(job) for job in service.jobs.latest(service.app.accounts.colleagues(account))]


@router.get("/jobs/{job_id}")
def job(job_id: str, service: ServiceDep, account: CuratorDep) -> JobShape:
    """How far a job is, and what became of its file."""
    return _job(_own(service, account, job_id))


@router.post("/jobs/{job_id}/retry")
def retry(job_id: str, service: ServiceDep, account: CuratorDep) -> JobShape:
    """Do a failed job again."""
    return _job(service.jobs.retry(_own(service, account, job_id).id))


async def _job_for(service: ServiceDep, account: Account, file: UploadFile, said: dict[str, Any], preview: bool) -> JobShape:
    data = await file.read(formats.MAX_BYTES + 1)
    if len(data) > formats.MAX_BYTES:
        raise Refused(f"Het bestand is groter dan {formats.MAX_BYTES // 1024**2} MB. Splits het of lever een kleinere export aan.")
    formats.media_type(file.filename or "", data[:2048])
    return _job(service.jobs.add(account.name, file.filename or "bestand", data, said, preview=preview))


def _waiting(app: App, account: Account, edition_id: str) -> Waiting:
    """What waits, for who may decide on it: seen as it will be and, where its document is on record already, as that is now."""
    one = app.curation.one(edition_id)
    held = [document for document in app.library.every_document() if document.id == one.review.document.id]
    if not all(document.scope in account.scopes for document in (one.review.document, *held)):
        raise NotFound(f"Editie ‘{edition_id}’ wacht niet op een besluit.")
    return one


def _decides(app: App, account: Account, edition_id: str) -> Waiting:
    one = _waiting(app, account, edition_id)
    _changeable(app, account, one.edition.document_id)
    return one


def _changeable(app: App, account: Account, document_id: str) -> Document:
    """The document, for who may change it. NotFound for who may not see it; Denied for who may only read it."""
    found = visible(app, account, document_id)
    if not app.curation.may_change(found, account):
        whose = app.library.gemeenten().name(found.gemeente) if found.gemeente else ""
        raise Denied(f"Dit stuk is van gemeente {whose}. Alleen een curator van die gemeente of een beheerder mag het wijzigen.")
    return found


def _own(service: ServiceDep, account: Account, job_id: str) -> Job:
    """The job, for who works for the same gemeente as who gave it."""
    found = service.jobs.get(job_id)
    if found.account not in service.app.accounts.colleagues(account):
        raise NotFound("Deze taak bestaat niet.")
    return found


def _shown(app: App, document: Document) -> shapes.DocumentShape:
    return wire.document(document, app.library.editions(document.id), date.today(), app.library.gemeenten())


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


def _job(job: Job) -> JobShape:
    outcome = dict(job.outcome) if job.outcome else None
    return JobShape(id=job.id, filename=job.filename, account=job.account, created_at=job.created_at, state=job.state, outcome=outcome)
