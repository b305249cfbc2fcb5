"""Commands that ask: `search` and `ask`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from assistant.api import shapes, wire
from assistant.api.comparison_wire import comparison
from assistant.api.notices import notices
from assistant.app import App
from assistant.commands.common import AsJson, Data, code, day, opened, print_json
from assistant.model import Asked, Form
from corpus.errors import WrongSetting
from corpus.model import Kind

AsOf = Annotated[str | None, typer.Option("--as-of", help="Peildatum, jjjj-mm-dd; standaard vandaag", show_default=False)]
Gemeenten = Annotated[list[str] | None, typer.Option("--gemeente", help="Naam of CBS-code; herhaalbaar", show_default=False)]
KindOption = Annotated[Kind | None, typer.Option("--kind", help="Soort stuk", show_default=False)]


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a batch. `after` is the id of an earlier line that it follows on, `history` the questions before it."""

    id: Any
    asked: Asked
    after: Any = None
    history: tuple[str, ...] = ()


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
    with opened(data) as app:
        started = perf_counter()
        asked = _asked(app, question, gemeente, as_of, Form.ANTWOORD, kind)
        hits = app.retriever.retrieve(app.retriever.understood(asked), asked, k)
        found = [wire.hit(hit, asked.as_of).model_dump(mode="json") for hit in hits]
        if as_json:
            print_json({"hits": found, "seconds": round(perf_counter() - started, 4)})
            return
        for hit in found:
            print(f"{hit['score']:.2f}  {hit['title']}, {hit['locator']} ({hit['status']})")
            print("      " + " ".join(hit["text"].split())[:200])
        if not found:
            print("Niets gevonden.")


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
        raise typer.BadParameter("Geef een vraag, of een bestand met --batch.")
    with opened(data) as app:
        if batch is not None:
            for identity, asked in conversed(app, _batch(app, batch)):
                print_json({"id": identity, "answer": wire.answer(app.answerer.answer(asked)).model_dump(mode="json")}, indent=None)
            return
        asked = app.reader.read(_asked(app, question or "", gemeente, as_of, form), [])
        answer = wire.answer(app.answerer.answer(asked))
        if as_json:
            print_json(answer.model_dump(mode="json"))
        else:
            _print_answer(answer)


def compare(
    topic: Annotated[list[str], typer.Argument(help="Onderwerp; meer onderwerpen achter elkaar geven meer rijen")],
    gemeente: Gemeenten = None,
    as_of: AsOf = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Zet gemeenten naast elkaar: per onderwerp wat elk bepaalt, met bron."""
    with opened(data) as app:
        codes = tuple(dict.fromkeys(code(app, named) for named in gemeente or ()))
        names = app.library.gemeenten()
        shape = comparison(app.comparer.compare(topic, Asked(topic[0], day(as_of), gemeenten=codes)), names)
    if as_json:
        print_json(shape.model_dump(mode="json"))
        return
    for row in shape.rows:
        print(f"{row.topic}{'  (verschilt)' if row.differs else ''}")
        for cell in row.cells:
            print(f"  {cell.gemeente_name}: {cell.text or cell.state}")
            for cited in cell.citations:
                print(f"      [{cited.n}] {cited.title}, {cited.locator} ({cited.status})")


def _asked(app: App, question: str, gemeenten: list[str] | None, as_of: str | None, form: Form, kind: Kind | None = None) -> Asked:
    if not question.strip():
        raise typer.BadParameter("Stel een vraag: de tekst is leeg.")
    codes = tuple(code(app, named) for named in gemeenten or ())
    return Asked(question.strip(), day(as_of), form, codes, (kind,) if kind else (), day_given=as_of is not None)


def conversed(app: App, lines: Iterable[Line]) -> Iterator[tuple[Any, Asked]]:
    """Each question as it is read after the line that it names, or after the questions that it brings along."""
    told: dict[Any, list[str]] = {}
    for line in lines:
        earlier = told.get(line.after, []) if line.after is not None else list(line.history)
        asked = app.reader.read_all(earlier, line.asked)
        told[line.id] = [*earlier, asked.meant]
        yield line.id, asked


def _batch(app: App, file: Path) -> Iterator[Line]:
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
            history = tuple(str(earlier) for earlier in said.get("history") or ())
        except (ValueError, KeyError, TypeError, AttributeError):
            raise WrongSetting(f'Regel {number} van {file} is geen vraag. Schrijf een regel als {{"id": "1", "question": "…"}}.') from None
        asked = _asked(app, question, named, said.get("as_of"), form, kind)
        yield Line(said.get("id", str(number)), asked, said.get("after"), history)


def _print_answer(answer: shapes.AnswerShape) -> None:
    print(answer.text or answer.missing)
    for c in answer.citations:
        page = f", p. {c.page}" if c.page and not c.locator.startswith("p.") else ""
        print(f"  [{c.n}] {c.title}, {c.locator}{page} ({c.status})")
    for notice in notices(answer):
        print(f"Let op: {notice}")
