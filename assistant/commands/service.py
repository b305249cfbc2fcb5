"""Commands that start servers, prepare the machine, and manage accounts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import settings
from assistant.commands.common import AsJson, Data, code, opened, print_json

if TYPE_CHECKING:
    from fastapi import APIRouter


@dataclass(frozen=True, slots=True)
class Program:
    """What stands above the assistant and starts it: the module to run `oov` with, and the routers that its service gets beside
    its own. They are asked for when it serves, for they are slow to load."""

    module: str
    routers: Callable[[], Sequence[APIRouter]]


PLAIN = Program("assistant.cli", tuple)

users = typer.Typer(no_args_is_help=True, help="Accounts en rollen.")


def prepare() -> None:
    """Maak het ingebouwde taalmodel klaar (eenmalig, bij de installatie)."""
    from ingest.embed import Embedder, Input

    model = Embedder()
    model.query("Is het taalmodel klaar?")
    model.passages([Input("", "Het taalmodel is klaar.")])
    print("Het taalmodel staat klaar.", file=sys.stderr)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Adres waarop de API luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort", min=1, max=65535)] = 8000,
    data: Data = None,
) -> None:
    """Start de API."""
    from assistant.api.server import run

    program: Program = context.obj or PLAIN
    run(settings.load(data_dir=data), host, port, program.routers())


def ui(
    host: Annotated[str, typer.Option(help="Adres waarop de chat luistert")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort", min=1, max=65535)] = 8501,
) -> None:
    """Start de chat in de browser."""
    from assistant.demo import chat_command

    command = chat_command(host, port)
    os.execv(command[0], command)  # noqa: S606


def demo(context: typer.Context, data: Data = None) -> None:
    """Zet de demobibliotheek klaar en start API en chat (wat `make run` doet)."""
    from assistant.demo import run

    run(settings.load(data_dir=data), (context.obj or PLAIN).module)


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
    with opened(data) as app:
        secret = password or typer.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog een keer", err=True)
        account = app.accounts.add(name, secret, role, code(app, gemeente) if gemeente else None)
        shown = {"name": account.name, "role": account.role.value, "gemeente": account.gemeente}
        print_json(shown) if as_json else print(f"Account ‘{account.name}’ toegevoegd als {account.role}.")


@users.command("list")
def list_users(data: Data = None, as_json: AsJson = False) -> None:
    """Alle accounts."""
    with opened(data) as app:
        shown = [{"name": a.name, "role": a.role.value, "gemeente": a.gemeente, "disabled": a.disabled} for a in app.accounts.all()]
        if as_json:
            print_json({"users": shown})
            return
        for account in shown:
            print(
                f"{account['name']:20} {account['role']:10} {account['gemeente'] or '-':8} {'uitgeschakeld' if account['disabled'] else ''}"
            )


@users.command("disable")
def disable_user(name: Annotated[str, typer.Argument(help="Gebruikersnaam")], data: Data = None, as_json: AsJson = False) -> None:
    """Schakel een account uit; lopende sessies eindigen meteen."""
    with opened(data) as app:
        app.accounts.disable(name)
        print_json({"name": name, "disabled": True}) if as_json else print(f"Account ‘{name}’ uitgeschakeld.")
