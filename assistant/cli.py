"""The command `oov`. Results on standard output, messages on standard error; 0 done, 1 could not, 2 wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import EnumType
from typing import Any

import typer

from assistant.commands import asking, curation, library, service  # noqa: F401
from assistant.commands.common import errors
from assistant.commands.service import PLAIN, Program

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="OOV-assistent: vragen aan de eigen bibliotheek, antwoorden met bron.",
)
_COMMANDS: tuple[Callable[..., None], ...] = (
    *(library.ingest, asking.search, asking.ask, asking.compare, library.rebuild, library.doctor),
    *(service.serve, service.ui, service.demo, service.prepare),
)
for command in _COMMANDS:
    cli.command()(command)
cli.add_typer(library.documents, name="documents")
cli.add_typer(service.users, name="users")


def main(program: Program = PLAIN) -> None:
    """The entry point: every error becomes one Dutch line and an exit code. `program` is what stands above the assistant."""
    with errors():
        try:
            result = cli(standalone_mode=False, obj=program)
        except typer.Abort:
            print("Afgebroken.", file=sys.stderr)
            sys.exit(1)
        except typer.TyperException as error:
            print(_usage(error), file=sys.stderr)
            sys.exit(2)
        sys.exit(result if isinstance(result, int) else 0)


def _usage(error: typer.TyperException) -> str:
    """What was wrong with the words of the command, in Dutch; a group without a command shows its help."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    named = f"‘{(param.opts or [param.name])[0]}’" if param is not None else "een waarde"
    if kind == "NoArgsIsHelpError":
        return str(getattr(error, "message", error))
    if kind == "MissingParameter":
        said = f"{named} ontbreekt."
    elif kind == "NoSuchOption":
        said = f"optie ‘{getattr(error, 'option_name', '?')}’ bestaat niet."
    elif param is not None:
        wanted = getattr(getattr(param, "type_descriptor", None), "annotation", None)
        options: list[Any] = list(wanted) if isinstance(wanted, EnumType) else []
        choices = f" Kies uit: {', '.join(str(option.value) for option in options)}." if options else ""
        said = f"{named} heeft geen bruikbare waarde.{choices}"
    elif str(getattr(error, "message", "")).startswith("No such command"):
        said = "deze opdracht bestaat niet."
    else:
        said = str(getattr(error, "message", error))
    return f"Onjuist gebruik: {said} Zie ‘oov --help’."


if __name__ == "__main__":
    main()
