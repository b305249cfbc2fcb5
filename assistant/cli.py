"""The command `oov`. Results on standard output, messages on standard error; 0 done, 1 could not, 2 wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click
import typer

from assistant.commands import asking, library, service
from assistant.commands.common import errors

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="OOV-assistent: vragen aan de eigen bibliotheek, antwoorden met bron.",
)
_COMMANDS: tuple[Callable[..., None], ...] = (
    *(library.ingest, asking.search, asking.ask, library.rebuild, library.doctor),
    *(service.serve, service.ui, service.demo, service.prepare),
)
for command in _COMMANDS:
    cli.command()(command)
cli.add_typer(library.documents, name="documents")
cli.add_typer(service.users, name="users")


def main() -> None:
    """The entry point: every error becomes one Dutch line and an exit code."""
    with errors():
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


if __name__ == "__main__":
    main()
