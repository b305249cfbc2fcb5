"""The library over HTTP, for everyone: list, show, read, and see what changed."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.api import reference_wire, shapes, wire
from assistant.api.curation_wire import ChangesShape, DifferenceShape
from assistant.api.deps import AccountDep, AppDep
from assistant.api.reference_wire import PageShape, ReferencesShape
from assistant.app import App
from assistant.keep.access import Account
from corpus.changes import compare
from corpus.errors import NotFound, Refused
from corpus.model import Document, Edition, Page
from ingest import picture
from ingest.load import formats

router = APIRouter(tags=["bibliotheek"])


@router.get("/documents")
def documents(app: AppDep, account: AccountDep) -> list[shapes.DocumentShape]:
    """All documents that the asker may see."""
    names = app.library.gemeenten()
    visible = [d for d in app.library.documents() if d.scope in account.scopes]
    return [wire.document(d, app.library.editions(d.id), date.today(), names) for d in visible]


@router.get("/documents/{document_id}")
def one(document_id: str, app: AppDep, account: AccountDep) -> shapes.DocumentShape:
    """A document with its editions."""
    found = visible(app, account, document_id)
    return wire.document(found, app.library.editions(found.id), date.today(), app.library.gemeenten())


@router.get("/documents/{document_id}/editions")
def editions(document_id: str, app: AppDep, account: AccountDep) -> list[shapes.EditionShape]:
    """The editions of a document, oldest first."""
    found = visible(app, account, document_id)
    return [wire.edition(found, e, date.today()) for e in app.library.editions(found.id)]


@router.get("/documents/{document_id}/passages")
def passages(document_id: str, app: AppDep, account: AccountDep, edition: str | None = None) -> list[shapes.PassageShape]:
    """The passages of an edition (the newest, or the one named) in order; joined they are its text."""
    chosen = _edition(app, visible(app, account, document_id), edition)
    return [wire.passage(p) for p in app.library.texts.passages(chosen.id)]


@router.get("/documents/{document_id}/passages/{passage_id}/references")
def references(document_id: str, passage_id: str, app: AppDep, account: AccountDep, as_of: date | None = None) -> ReferencesShape:
    """What a passage refers to and what refers to it on a day (today), within what the asker may see."""
    shown = {edition.id for edition in app.library.editions(visible(app, account, document_id).id)}
    found = app.library.texts.sources([passage_id]).get(passage_id)
    if found is None or found.edition.id not in shown:
        raise NotFound("Deze passage staat niet in dit stuk. Vraag de passages van het stuk op.")
    return reference_wire.references(app.library, found.passage, as_of or date.today(), account.scopes)


@router.get("/documents/{document_id}/changes")
def changed(document_id: str, app: AppDep, account: AccountDep, old: str | None = None, new: str | None = None) -> ChangesShape:
    """What changed between two editions, article by article: the last two, or the two that are named."""
    found = visible(app, account, document_id)
    held = app.library.editions(found.id)
    if len(held) < 2:
        raise Refused("Van dit stuk is maar één editie in de bibliotheek: er is niets om mee te vergelijken.")
    first, second = _edition(app, found, old or held[-2].id), _edition(app, found, new)
    read = app.library.texts
    differences = compare(read.whole(first.id), read.sections(first.id), read.whole(second.id), read.sections(second.id))
    return ChangesShape(
        old=wire.edition(found, first, date.today()),
        new=wire.edition(found, second, date.today()),
        differences=[DifferenceShape(**asdict(one)) for one in differences],
    )


@router.get("/documents/{document_id}/pages/{number}")
def page(document_id: str, number: int, app: AppDep, account: AccountDep, edition: str | None = None) -> PageShape:
    """The text of one page of an edition (the newest, or the one named)."""
    chosen = _edition(app, visible(app, account, document_id), edition)
    found = _page(app, chosen, number)
    text = app.library.texts.whole(chosen.id)[found.start : found.end]
    return PageShape(number=found.number, label=found.label, start=found.start, end=found.end, text=text)


@router.get("/documents/{document_id}/pages/{number}/image", response_class=Response, responses={200: {"content": {picture.MEDIA: {}}}})
def image(
    document_id: str,
    number: int,
    app: AppDep,
    account: AccountDep,
    edition: str | None = None,
    highlight: Annotated[
        str | None, Query(max_length=8000, description="Van-tot in de tekst van de editie (‘120-180’), of woorden")
    ] = None,
) -> Response:
    """One page of a PDF as it is printed, as PNG, with a stretch of its text marked."""
    chosen = _edition(app, visible(app, account, document_id), edition)
    found = _page(app, chosen, number)
    original = app.library.original(chosen)
    if chosen.media_type != formats.PDF or not original.exists():
        raise NotFound("Van dit stuk is er geen beeld van de pagina’s: alleen een PDF heeft dat. Lees de tekst van de bron.")
    words, where = _stretch(app, chosen, found, highlight or "")
    return Response(picture.painted(original.read_bytes(), number, words, where), media_type=picture.MEDIA)


def _page(app: App, edition: Edition, number: int) -> Page:
    pages = app.library.texts.pages(edition.id)
    if not pages:
        raise NotFound("Dit stuk heeft geen pagina’s. Lees het per passage.")
    found = next((page for page in pages if page.number == number), None)
    if found is None:
        raise NotFound(f"Pagina {number} bestaat niet in dit stuk: het heeft er {len(pages)}.")
    return found


def _stretch(app: App, edition: Edition, page: Page, highlight: str) -> tuple[str, float]:
    """The words to mark on a page, and what part of the page comes before them."""
    span = re.fullmatch(r"(\d{1,9})-(\d{1,9})", highlight)
    if span is None:
        return highlight, 0.0
    start, end = max(int(span[1]), page.start), min(int(span[2]), page.end)
    return app.library.texts.whole(edition.id)[start:end] if start < end else "", (start - page.start) / max(page.end - page.start, 1)


def visible(app: App, account: Account, document_id: str) -> Document:
    """The document, or NotFound: what someone may not see does not exist for them."""
    found = app.library.document(document_id)
    # What only waits for a decision is on record for curators alone.
    if found.scope not in account.scopes or not (account.curates or app.library.editions(document_id)):
        raise NotFound(f"Document ‘{document_id}’ staat niet in de bibliotheek.")
    return found


def _edition(app: App, document: Document, wanted: str | None) -> Edition:
    held = app.library.editions(document.id)
    chosen = next((e for e in held if e.id == wanted), None) if wanted else (held[-1] if held else None)
    if chosen is None:
        raise NotFound("Deze editie bestaat niet.")
    return chosen
