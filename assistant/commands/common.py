"""What the commands share: their options, the app they open, how results and errors are shown."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from assistant import settings
from assistant.app import App
from corpus.errors import OovError, WrongSetting

console = Console(stderr=True)

Data = Annotated[Path | None, typer.Option("--data", help="Datamap; standaard OOV_DATA_DIR of ./data", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Eén JSON-waarde op standaarduitvoer")]


@contextmanager
def opened(data: Path | None, *, writer: bool = False) -> Iterator[App]:
    """The app on a data folder, closed at the end. `writer` holds the index: one process at a time."""
    app = App(settings.load(data_dir=data), writer=writer)
    try:
        yield app
    finally:
        app.close()


@contextmanager
def errors() -> Iterator[None]:
    """Every error becomes one Dutch line and an exit code; never a traceback, unless OOV_DEBUG asks for it."""
    try:
        yield
    except OovError as error:
        print(str(error), file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output left; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        print("Afgebroken.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        # Never a traceback, unless someone who can use it asks.
        if os.environ.get("OOV_DEBUG"):
            raise
        print(f"Onverwachte fout ({type(error).__name__}). Zet OOV_DEBUG=1 voor de details en meld het bij beheer.", file=sys.stderr)
        sys.exit(1)


@contextmanager
def progress() -> Iterator[Callable[[str, int], None]]:
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


def code(app: App, named: str) -> str:
    code = app.library.gemeenten().code(named)
    if code is None:
        raise WrongSetting(f"Gemeente ‘{named}’ is niet bekend. Gebruik de naam of de CBS-code, bijvoorbeeld Enschede of GM0153.")
    return code


def day(said: str | None) -> date:
    if said is None:
        return date.today()
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    raise typer.BadParameter(f"‘{said}’ is geen datum; schrijf jjjj-mm-dd.")


def print_json(value: Any, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent), flush=True)
