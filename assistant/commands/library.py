"""Commands on the library: take in, list, show, withdraw, rebuild, check."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import typer

from assistant.api import wire
from assistant.api.reference_wire import references
from assistant.app import App
from assistant.commands.common import AsJson, Data, day, opened, print_json, progress
from corpus import citation
from corpus.errors import NotFound, OovError
from corpus.model import Passage
from corpus.references import References
from ingest.official import NAMED, Repository
from ingest.pipeline import Outcome

documents = typer.Typer(no_args_is_help=True, help="De bibliotheek: lijst, inhoud, edities, controle, intrekken, vernietigen.")


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Bestanden of mappen, of bwb:BWBR0005416 of cvdr:CVDR123456")],
    jobs: Annotated[int, typer.Option(help="Hoeveel bestanden tegelijk worden gelezen", min=1, max=32)] = 2,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Neem bestanden of mappen op in de bibliotheek."""
    started = perf_counter()
    outcomes = []
    with opened(data, writer=True) as app, progress() as heard, TemporaryDirectory() as folder:
        fetched, failed = _fetched(app, [str(path) for path in paths if NAMED.fullmatch(str(path))], Path(folder))
        files = [path for path in paths if not NAMED.fullmatch(str(path))] + fetched
        for outcome in chain(failed, app.pipeline_heard(heard).run(files, jobs)):
            outcomes.append(outcome)
            if not as_json:
                _print_outcome(outcome)
    seconds = perf_counter() - started
    made = sum(o.passages for o in outcomes if o.outcome == "indexed")
    report = {
        "documents": [asdict(o) for o in outcomes],
        "seconds": round(seconds, 2),
        "passages_per_second": round(made / seconds, 1) if seconds else 0.0,
    }
    refused = [o for o in outcomes if o.outcome == "refused"]
    waiting = sum(1 for o in outcomes if o.outcome in ("quarantined", "preview"))
    if as_json:
        print_json(report)
    else:
        print(f"{len(outcomes)} bestanden in {seconds:.0f} s: {made} nieuwe passages, {len(refused)} geweigerd.")
        if waiting:
            print(f"{waiting} bestanden wachten op een besluit: ‘oov documents waiting’.")
    raise typer.Exit(1 if refused else 0)


def _fetched(app: App, named: list[str], folder: Path) -> tuple[list[Path], list[Outcome]]:
    """The files of regelingen that were named, and an outcome for each that could not be had."""
    repository = Repository(str(app.settings.sru_url))
    files: list[Path] = []
    failed: list[Outcome] = []
    for name in named:
        try:
            found = repository.fetch(name, date.today())
        except OovError as error:
            failed.append(Outcome(name, None, None, "refused", str(error)))
            continue
        files.append(folder / found.filename)
        files[-1].write_bytes(found.data)
    return files, failed


@documents.command("list")
def list_documents(data: Data = None, as_json: AsJson = False) -> None:
    """Alle stukken in de bibliotheek."""
    with opened(data) as app:
        names = app.library.gemeenten()
        shown = [wire.document(d, app.library.editions(d.id), date.today(), names) for d in app.library.documents()]
        if as_json:
            print_json({"documents": [document.model_dump(mode="json") for document in shown]})
            return
        for document in shown:
            print(f"{document.id:26} {document.editions[-1].status:10} {document.kind:16} {document.title}")
        print(f"{len(shown)} stukken.")


@documents.command("show")
def show_document(document_id: Annotated[str, typer.Argument(help="Id van het stuk")], data: Data = None, as_json: AsJson = False) -> None:
    """Een stuk met zijn edities en opbouw."""
    with opened(data) as app:
        owner = app.library.document(document_id)
        editions = app.library.editions(document_id)
        shown = wire.document(owner, editions, date.today(), app.library.gemeenten())
        if as_json:
            print_json(shown.model_dump(mode="json"))
            return
        print(f"{shown.title} ({shown.kind}, {shown.gemeente_name or shown.region or 'landelijk'})")
        for edition, row in zip(editions, shown.editions, strict=True):
            print(f"  {edition.id}  {row.status}  {row.valid_from or '?'} t/m {row.valid_to or 'heden'}  {edition.filename}")
            for passage in app.library.texts.passages(edition.id):
                print(f"    {passage.locator!s:24} {' '.join(passage.text.split())[:80]}")


@documents.command("references")
def show_references(
    document_id: Annotated[str, typer.Argument(help="Id van het stuk")],
    where: Annotated[str, typer.Argument(help="Artikel (‘2:10’ of ‘2:10 lid 3’), of id van een passage")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Peildatum, jjjj-mm-dd; standaard vandaag", show_default=False)] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Waar een artikel naar verwijst, en waar het wordt genoemd."""
    with opened(data) as app:
        on = day(as_of)
        found = [references(app.library, passage, on, None) for passage in _passages(app, document_id, where, on)]
        if as_json:
            print_json({"passages": [shape.model_dump(mode="json") for shape in found]})
            return
        for shape in found:
            for referral in shape.refers_to:
                places = "; ".join(f"{place.title}, {place.locator}" for place in referral.leads_to)
                print(f"verwijst naar      {referral.words}: {places or 'niet in de bibliotheek'}")
            for referrer in shape.referred_by:
                print(f"wordt genoemd in   {referrer.title}, {referrer.locator}: {referrer.words}")


def _passages(app: App, document_id: str, where: str, on: date) -> list[Passage]:
    """The passages of an article of a document on a day, or the one with this id."""
    editions = app.library.editions(app.library.document(document_id).id)
    source = app.library.texts.sources([where]).get(where)
    if source is not None and source.edition in editions:
        return [source.passage]
    known = References(app.library)
    edition, named = known.edition_on(app.library.document(document_id), on), citation.read(f"artikel {where}")
    found = known.passages_of(named, edition) if edition is not None and named is not None else []
    if not found:
        raise NotFound(f"‘{where}’ staat niet in dit stuk. Bekijk de artikelen met ‘oov documents show {document_id}’.")
    return found


def rebuild(data: Data = None, as_json: AsJson = False) -> None:
    """Maak de zoekindex opnieuw uit de bibliotheek en lees de verwijzingen opnieuw; met een ander model ook de vectoren."""
    started = perf_counter()
    with opened(data, writer=True) as app, progress() as heard:
        app.pipeline_heard(heard).reembed()
        References(app.library).read_again()
        app.index.rebuild()
        documents_held, passages = app.library.size()
    result = {"documents": documents_held, "passages": passages, "seconds": round(perf_counter() - started, 2)}
    print_json(result) if as_json else print(f"Zoekindex opnieuw gemaakt: {documents_held} stukken, {passages} passages.")


def doctor(data: Data = None, as_json: AsJson = False) -> None:
    """Controleer bibliotheek en zoekindex."""
    with opened(data) as app:
        documents_held, passages = app.library.size()
        findings = app.index.check()
        report = {"documents": documents_held, "passages": passages, "model": app.embedder.name, "findings": findings}
    if as_json:
        print_json(report)
    else:
        print(f"{documents_held} stukken, {passages} passages, model {report['model']}.")
        print("\n".join(findings) or "Alles in orde.")
    raise typer.Exit(1 if findings else 0)


def _print_outcome(outcome: Any) -> None:
    words = {
        "indexed": "opgenomen",
        "unchanged": "ongewijzigd",
        "refused": "geweigerd",
        "quarantined": "in quarantaine",
        "preview": "wacht",
    }
    said = outcome.reason or f"{outcome.passages} passages" + (f", {outcome.pages} pagina's" if outcome.pages else "")
    print(f"{words[outcome.outcome]:12} {outcome.path}: {said}", flush=True)
