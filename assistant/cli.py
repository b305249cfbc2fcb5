"""The command `oov`. Results on standard output, messages on standard error; 0 done, 1 could not, 2 wrong usage."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import click
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant import settings
from assistant.api import wire
from assistant.app import App
from assistant.model import Asked, Form
from assistant.question import understand
from corpus.errors import OovError, WrongSetting
from corpus.model import Kind

HELP = {"help_option_names": ["-h", "--help"]}
cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, context_settings=HELP, help="OOV-assistent: vragen aan de eigen bibliotheek, antwoorden met bron.")  # fmt: skip
documents = typer.Typer(no_args_is_help=True, help="De bibliotheek: lijst, inhoud, intrekken.")
users = typer.Typer(no_args_is_help=True, help="Accounts en rollen.")
cli.add_typer(documents, name="documents")
cli.add_typer(users, name="users")

console = Console(stderr=True)

Data = Annotated[Path | None, typer.Option("--data", help="Datamap; standaard OOV_DATA_DIR of ./data", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Eén JSON-waarde op standaarduitvoer")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Peildatum, jjjj-mm-dd; standaard vandaag", show_default=False)]
Gemeenten = Annotated[list[str] | None, typer.Option("--gemeente", help="Naam of CBS-code; herhaalbaar", show_default=False)]
KindOption = Annotated[Kind | None, typer.Option("--kind", help="Soort stuk", show_default=False)]


@cli.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Bestanden of mappen")],
    jobs: Annotated[int, typer.Option(help="Hoeveel bestanden tegelijk worden gelezen", min=1, max=32)] = 2,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Neem bestanden of mappen op in de bibliotheek."""
    started = perf_counter()
    outcomes = []
    with _app(data, writer=True) as app, _progress() as heard:
        for outcome in app.pipeline_heard(heard).run(paths, jobs):
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
    if as_json:
        _print_json(report)
    else:
        print(f"{len(outcomes)} bestanden in {seconds:.0f} s: {made} nieuwe passages, {len(refused)} geweigerd.")
    raise typer.Exit(1 if refused else 0)


@cli.command()
def search(
    question: Annotated[str, typer.Argument(help="Vraag of zoekwoorden")],
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="Hoeveel passages")] = 10,
    gemeente: Gemeenten = None,
    kind: KindOption = None,
    as_of: AsOf = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Zoek passages bij een vraag."""
    with _app(data) as app:
        started = perf_counter()
        asked = _asked(app, question, gemeente, as_of, Form.ANTWOORD, kind)
        hits = app.retriever.retrieve(understand(asked, app.library.gemeenten()), asked, k)
        found = [wire.hit(hit, asked.as_of).model_dump(mode="json") for hit in hits]
        if as_json:
            _print_json({"hits": found, "seconds": round(perf_counter() - started, 4)})
            return
        for hit in found:
            print(f"{hit['score']:.2f}  {hit['title']}, {hit['locator']} ({hit['status']})")
            print("      " + " ".join(hit["text"].split())[:200])
        if not found:
            print("Niets gevonden.")


@cli.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="De vraag", show_default=False)] = None,
    batch: Annotated[Path | None, typer.Option(help="JSONL-bestand met een vraag per regel", show_default=False)] = None,
    form: Annotated[Form, typer.Option(help="Vorm van het antwoord")] = Form.ANTWOORD,
    gemeente: Gemeenten = None,
    as_of: AsOf = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Beantwoord een vraag, of een bestand met vragen."""
    if (question is None) == (batch is None):
        raise click.UsageError("Geef een vraag, of een bestand met --batch.")
    with _app(data) as app:
        if batch is not None:
            for identity, asked in _batch(app, batch):
                _print_json({"id": identity, "answer": wire.answer(app.answerer.answer(asked)).model_dump(mode="json")}, indent=None)
            return
        answer = wire.answer(app.answerer.answer(_asked(app, question or "", gemeente, as_of, form)))
        if as_json:
            _print_json(answer.model_dump(mode="json"))
        else:
            _print_answer(answer)


@documents.command("list")
def list_documents(data: Data = None, as_json: AsJson = False) -> None:
    """Alle stukken in de bibliotheek."""
    with _app(data) as app:
        shown = [wire.document(d, app.library.editions(d.id), date.today()) for d in app.library.documents()]
        if as_json:
            _print_json({"documents": [document.model_dump(mode="json") for document in shown]})
            return
        for document in shown:
            print(f"{document.id:26} {document.editions[-1].status:10} {document.kind:16} {document.title}")
        print(f"{len(shown)} stukken.")


@documents.command("show")
def show_document(document_id: Annotated[str, typer.Argument(help="Id van het stuk")], data: Data = None, as_json: AsJson = False) -> None:
    """Een stuk met zijn edities en opbouw."""
    with _app(data) as app:
        owner = app.library.document(document_id)
        editions = app.library.editions(document_id)
        shown = wire.document(owner, editions, date.today())
        if as_json:
            _print_json(shown.model_dump(mode="json"))
            return
        print(f"{shown.title} ({shown.kind}, {shown.gemeente or shown.region or 'landelijk'})")
        for edition, row in zip(editions, shown.editions, strict=True):
            print(f"  {edition.id}  {row.status}  {row.valid_from or '?'} t/m {row.valid_to or 'heden'}  {edition.filename}")
            for passage in app.library.passages(edition.id):
                print(f"    {str(passage.locator):24} {' '.join(passage.text.split())[:80]}")


@documents.command("withdraw")
def withdraw_document(document_id: Annotated[str, typer.Argument(help="Id van het stuk")], data: Data = None, as_json: AsJson = False) -> None:
    """Trek een stuk in: het telt vanaf vandaag in geen antwoord meer mee."""
    with _app(data, writer=True) as app:
        index = app.index
        withdrawn = app.library.withdraw(document_id, date.today())
        for edition in app.library.editions(document_id):
            index.replace(withdrawn, edition)
        shown = wire.document(withdrawn, app.library.editions(document_id), date.today())
        _print_json(shown.model_dump(mode="json")) if as_json else print(f"Ingetrokken: {withdrawn.title}.")


@cli.command()
def rebuild(data: Data = None, as_json: AsJson = False) -> None:
    """Maak de zoekindex opnieuw uit de bibliotheek; met een ander model ook de vectoren."""
    started = perf_counter()
    with _app(data, writer=True) as app, _progress() as heard:
        app.pipeline_heard(heard).reembed()
        app.index.rebuild()
        documents_held, passages = app.library.size()
    result = {"documents": documents_held, "passages": passages, "seconds": round(perf_counter() - started, 2)}
    _print_json(result) if as_json else print(f"Zoekindex opnieuw gemaakt: {documents_held} stukken, {passages} passages.")


@cli.command()
def doctor(data: Data = None, as_json: AsJson = False) -> None:
    """Controleer bibliotheek en zoekindex."""
    with _app(data) as app:
        documents_held, passages = app.library.size()
        findings = app.index.check()
        report = {"documents": documents_held, "passages": passages, "model": app.embedder.name, "findings": findings}
    if as_json:
        _print_json(report)
    else:
        print(f"{documents_held} stukken, {passages} passages, model {report['model']}.")
        print("\n".join(findings) or "Alles in orde.")
    raise typer.Exit(1 if findings else 0)


@cli.command()
def prepare() -> None:
    """Maak het ingebouwde taalmodel klaar (eenmalig, bij de installatie)."""
    from ingest.embed import Embedder

    Embedder().query("Is het taalmodel klaar?")
    print("Het taalmodel staat klaar.", file=sys.stderr)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Adres waarop de API luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort", min=1, max=65535)] = 8000,
    data: Data = None,
) -> None:
    """Start de API."""
    from assistant.api.server import run

    with _errors():
        run(settings.load(data_dir=data), host, port)


@cli.command()
def ui(
    host: Annotated[str, typer.Option(help="Adres waarop de chat luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort", min=1, max=65535)] = 8501,
) -> None:
    """Start de chat in de browser."""
    from assistant.demo import chat_command

    command = chat_command(host, port)
    os.execv(command[0], command)


@cli.command()
def demo(data: Data = None) -> None:
    """Zet de demobibliotheek klaar en start API en chat (wat `make run` doet)."""
    from assistant.demo import run

    with _errors():
        run(settings.load(data_dir=data))


@users.command("add")
def add_user(
    name: Annotated[str, typer.Argument(help="Gebruikersnaam")],
    role: Annotated[str, typer.Option(help="vrager, curator, evaluator of beheerder")] = "vrager",
    gemeente: Annotated[str | None, typer.Option(help="Eigen gemeente, naam of CBS-code", show_default=False)] = None,
    password: Annotated[str | None, typer.Option(help="Wachtwoord; zonder deze optie wordt ernaar gevraagd", show_default=False)] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Voeg een account toe."""
    with _app(data) as app:
        secret = password or typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog een keer", err=True)
        code = _code(app, gemeente) if gemeente else None
        account = app.accounts.add(name, secret, role, code)
        shown = {"name": account.name, "role": account.role.value, "gemeente": account.gemeente}
        _print_json(shown) if as_json else print(f"Account ‘{account.name}’ toegevoegd als {account.role}.")


@users.command("list")
def list_users(data: Data = None, as_json: AsJson = False) -> None:
    """Alle accounts."""
    with _app(data) as app:
        shown = [{"name": a.name, "role": a.role.value, "gemeente": a.gemeente, "disabled": a.disabled} for a in app.accounts.all()]
        if as_json:
            _print_json({"users": shown})
            return
        for account in shown:
            print(f"{account['name']:20} {account['role']:10} {account['gemeente'] or '-':8} {'uitgeschakeld' if account['disabled'] else ''}")


@users.command("disable")
def disable_user(name: Annotated[str, typer.Argument(help="Gebruikersnaam")], data: Data = None, as_json: AsJson = False) -> None:
    """Schakel een account uit; lopende sessies eindigen meteen."""
    with _app(data) as app:
        app.accounts.disable(name)
        _print_json({"name": name, "disabled": True}) if as_json else print(f"Account ‘{name}’ uitgeschakeld.")


def main() -> None:
    """The entry point: every error becomes one Dutch line and an exit code."""
    with _errors():
        try:
            result = cli(standalone_mode=False)
        except click.exceptions.NoArgsIsHelpError as error:
            print(error.format_message(), file=sys.stderr)
            sys.exit(2)
        except click.UsageError as error:
            print(f"Onjuist gebruik: {_usage(error)} Zie ‘oov --help’.", file=sys.stderr)
            sys.exit(2)
        except click.Abort:
            print("Afgebroken.", file=sys.stderr)
            sys.exit(1)
        sys.exit(result if isinstance(result, int) else 0)


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return f"{error.param.human_readable_name if error.param else 'een waarde'} ontbreekt."
    if isinstance(error, click.NoSuchOption):
        return f"optie ‘{error.option_name}’ bestaat niet."
    if isinstance(error, click.BadParameter):
        options = getattr(getattr(error.param, "type", None), "choices", None)
        hint = f" Kies uit: {', '.join(str(getattr(o, 'value', o)) for o in options)}." if options else ""
        return f"{error.param.human_readable_name if error.param else 'een waarde'} heeft geen bruikbare waarde.{hint}"
    if error.format_message().startswith("No such command"):
        return "deze opdracht bestaat niet."
    return error.format_message()


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except OovError as error:
        print(str(error), file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("Afgebroken.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output left; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@contextmanager
def _app(data: Path | None, *, writer: bool = False) -> Iterator[App]:
    app = App(settings.load(data_dir=data), writer=writer)
    try:
        yield app
    finally:
        app.close()


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("passages", total=0)

        def heard(what: str, count: int) -> None:
            if what == "passages":
                bar.update(task, total=(bar.tasks[task].total or 0) + count)
            elif what == "embedded":
                bar.advance(task, count)

        yield heard


def _asked(app: App, question: str, gemeenten: list[str] | None, as_of: str | None, form: Form, kind: Kind | None = None) -> Asked:
    if not question.strip():
        raise click.UsageError("Stel een vraag: de tekst is leeg.")
    codes = tuple(_code(app, named) for named in gemeenten or ())
    return Asked(question.strip(), _day(as_of), form, codes, (kind,) if kind else ())


def _code(app: App, named: str) -> str:
    code = app.library.gemeenten().code(named)
    if code is None:
        raise WrongSetting(f"Gemeente ‘{named}’ is niet bekend. Gebruik de naam of de CBS-code, bijvoorbeeld Enschede of GM0153.")
    return code


def _day(said: str | None) -> date:
    if said is None:
        return date.today()
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    raise click.UsageError(f"‘{said}’ is geen datum; schrijf jjjj-mm-dd.")


def _batch(app: App, file: Path) -> Iterator[tuple[Any, Asked]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise WrongSetting(f"Bestand {file} kan niet worden gelezen: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
            question = str(said["question"])
            gemeenten = said.get("gemeente") or said.get("gemeenten") or []
            named = [gemeenten] if isinstance(gemeenten, str) else [str(g) for g in gemeenten]
            form = Form(said.get("form") or Form.ANTWOORD)
            kind = Kind(said["kind"]) if said.get("kind") else None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise WrongSetting(f"Regel {number} van {file} is geen vraag. Schrijf een regel als {{\"id\": \"1\", \"question\": \"…\"}}.") from None
        yield said.get("id", str(number)), _asked(app, question, named, said.get("as_of"), form, kind)


def _print_json(value: Any, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)


def _print_outcome(outcome: Any) -> None:
    words = {"indexed": "opgenomen", "unchanged": "ongewijzigd", "refused": "geweigerd", "quarantined": "in quarantaine"}
    said = outcome.reason or f"{outcome.passages} passages" + (f", {outcome.pages} pagina's" if outcome.pages else "")
    print(f"{words[outcome.outcome]:12} {outcome.path}: {said}")


def _print_answer(answer: wire.AnswerShape) -> None:
    print(answer.text or answer.missing)
    for c in answer.citations:
        page = f", p. {c.page}" if c.page and not c.locator.startswith("p.") else ""
        print(f"  [{c.n}] {c.title}, {c.locator}{page} ({c.status})")


if __name__ == "__main__":
    main()
