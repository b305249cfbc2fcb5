"""Commands for curators: a new edition, what waits, publish, reject, withdraw, roll back, destroy, changes, history."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
import yaml

from assistant.api import wire
from assistant.api.curation_wire import CertificateShape, waiting
from assistant.app import App
from assistant.commands.common import AsJson, Data, opened, print_json, progress
from assistant.commands.library import documents
from corpus.changes import compare
from corpus.errors import Refused
from corpus.model import Document
from ingest import sidecar

DocumentId = Annotated[str, typer.Argument(help="Id van het stuk, zie ‘oov documents list’")]
EditionId = Annotated[str, typer.Argument(help="Id van de editie, zie ‘oov documents waiting’")]
Reason = Annotated[str | None, typer.Option(help="Waarom; blijft bewaard bij het besluit")]


@documents.command("supersede")
def supersede(
    document_id: DocumentId,
    file: Annotated[Path, typer.Argument(help="De nieuwe editie")],
    valid_from: Annotated[str | None, typer.Option("--valid-from", help="Eerste dag, jjjj-mm-dd")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Vervang een stuk door een nieuwe editie; de oude blijft bewaard en geldt voor eerdere dagen."""
    with opened(data, writer=True) as app, progress() as heard, TemporaryDirectory() as folder:
        app.library.document(document_id)
        try:
            said = sidecar.says(file)
            copy = Path(folder) / file.name
            copy.write_bytes(file.read_bytes())
        except OSError as error:
            raise Refused(f"{file} kan niet worden gelezen ({error.strerror}). Controleer het pad.") from error
        said |= {"supersedes": document_id} | ({"valid_from": valid_from} if valid_from else {})
        copy.with_name(copy.name + sidecar.SUFFIX).write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
        outcome, *_ = app.pipeline_heard(heard).run([copy], jobs=1)
        shown = {**asdict(outcome), "path": str(file)}
        print_json(shown) if as_json else print(outcome.reason or f"Nieuwe editie {outcome.edition_id}: {outcome.passages} passages.")
        raise typer.Exit(1 if outcome.outcome == "refused" else 0)


@documents.command("waiting")
def list_waiting(data: Data = None, as_json: AsJson = False) -> None:
    """Wat op een besluit wacht, met wat er gevonden is."""
    with opened(data) as app:
        names = app.library.gemeenten()
        found = [(w, waiting(w.edition, w.review, date.today(), names)) for w in app.curation.waiting()]
        if as_json:
            print_json({"waiting": [shape.model_dump(mode="json") for _, shape in found]})
            return
        for one, shape in found:
            print(f"{one.edition.id}  {shape.state:12} {shape.document.title}")
            for finding in shape.findings:
                print(f"    {finding.text}")
        print(f"{len(found)} edities wachten.")


@documents.command("publish")
def publish(edition_id: EditionId, reason: Reason = None, data: Data = None, as_json: AsJson = False) -> None:
    """Maak een wachtende editie zichtbaar."""
    with opened(data, writer=True) as app:
        _show(app, app.curation.publish(edition_id, getuser(), reason), "Gepubliceerd", as_json)


@documents.command("reject")
def reject(edition_id: EditionId, reason: Reason = None, data: Data = None) -> None:
    """Wijs een wachtende editie af: zij gaat uit de bibliotheek."""
    with opened(data, writer=True) as app:
        app.curation.reject(edition_id, getuser(), reason)
        print("Afgewezen en verwijderd.")


@documents.command("withdraw")
def withdraw(document_id: DocumentId, data: Data = None, as_json: AsJson = False) -> None:
    """Trek een stuk in: het telt vanaf vandaag in geen antwoord meer mee."""
    with opened(data, writer=True) as app:
        _show(app, app.curation.withdraw(document_id, getuser()), "Ingetrokken", as_json)


@documents.command("restore")
def restore(document_id: DocumentId, data: Data = None, as_json: AsJson = False) -> None:
    """Maak een intrekking ongedaan."""
    with opened(data, writer=True) as app:
        _show(app, app.curation.restore(document_id, getuser()), "Teruggezet", as_json)


@documents.command("rollback")
def roll_back(document_id: DocumentId, reason: Reason = None, data: Data = None, as_json: AsJson = False) -> None:
    """Ga terug naar de vorige editie."""
    with opened(data, writer=True) as app:
        _show(app, app.curation.roll_back(document_id, getuser(), reason), "Teruggedraaid", as_json)


@documents.command("destroy")
def destroy(
    document_id: DocumentId,
    yes: Annotated[bool, typer.Option("--yes", help="Niet vragen")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Vernietig een stuk met alles wat ervan is gemaakt; geeft een verklaring."""
    with opened(data, writer=True) as app:
        title = app.library.document(document_id).title
        if not yes and not typer.confirm(f"‘{title}’ voorgoed vernietigen?"):
            raise Refused("Niets vernietigd.")
        certificate = CertificateShape.model_validate(asdict(app.curation.destroy(document_id, getuser())))
        print_json(certificate.model_dump(mode="json"))
        if not as_json:
            print("Bewaar deze verklaring; van het stuk zelf is niets over.")


@documents.command("changes")
def changes(document_id: DocumentId, data: Data = None, as_json: AsJson = False) -> None:
    """Wat er veranderde sinds de vorige editie, per artikel."""
    with opened(data) as app:
        held = app.library.editions(document_id)
        if len(held) < 2:
            raise Refused("Van dit stuk is maar één editie in de bibliotheek: er is niets om mee te vergelijken.")
        old, new = held[-2:]
        read = app.library.texts
        found = compare(read.whole(old.id), read.sections(old.id), read.whole(new.id), read.sections(new.id))
        if as_json:
            print_json({"old": old.id, "new": new.id, "differences": [asdict(one) for one in found]})
            return
        for one in found:
            print(f"{one.change:11} {one.locator:16} {one.heading or ''}")
        print(f"{len(found)} verschillen.")


@documents.command("history")
def history(document_id: DocumentId, data: Data = None, as_json: AsJson = False) -> None:
    """Wie wat wanneer met een stuk deed."""
    with opened(data) as app:
        found = app.library.reviews.events(document_id)
        if as_json:
            print_json({"events": [{**asdict(event), "at": event.at.isoformat()} for event in found]})
            return
        for event in found:
            print(f"{event.at:%Y-%m-%d %H:%M}  {event.actor:12} {event.action:12} {event.edition_id or ''} {event.detail or ''}")


def _show(app: App, document: Document, done: str, as_json: bool) -> None:
    shape: Any = wire.document(document, app.library.editions(document.id), date.today(), app.library.gemeenten())
    print_json(shape.model_dump(mode="json")) if as_json else print(f"{done}: {document.title}.")
