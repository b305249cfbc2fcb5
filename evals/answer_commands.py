"""The commands that measure answers: `oov eval answers`, `drafts` and `use`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands.common import AsJson, Data, opened, print_json, progress
from corpus.errors import Refused
from evals import testset, usage
from evals.evaluation import Options, evaluate
from evals.figures import NAMES, Changed, Figure, figures, seconds
from evals.report import Report, markdown
from evals.result import Mark, Result, kept, marks
from evals.words import TYPES, percent

Sets = Annotated[list[Path], typer.Argument(help="Testsets (YAML)")]


def answers(
    sets: Sets,
    out: Annotated[Path, typer.Option(help="Map voor resultaten en verslag; een afgebroken run gaat daar verder")] = Path("evaluatie"),
    with_baseline: Annotated[bool, typer.Option("--baseline", help="Ook een kale LangChain-pijplijn, ernaast in het verslag")] = False,
    with_judge: Annotated[bool, typer.Option("--judge", help="Laat het taalmodel (OOV_LLM_…) de antwoorden ook beoordelen")] = False,
    parallel: Annotated[int, typer.Option("--parallel", min=1, max=32, help="Hoeveel vragen tegelijk")] = 1,
    least: Annotated[list[str] | None, typer.Option("--min", help="Ondergrens, bijvoorbeeld recall=.85; herhaalbaar")] = None,
    no_worse_than: Annotated[Path | None, typer.Option("--no-worse-than", help="Map van een eerdere run, of wat --record bewaarde")] = None,
    record: Annotated[Path | None, typer.Option("--record", help="Bewaar de uitkomst per vraag in dit bestand")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Beantwoord testsets, beoordeel elk antwoord en maak een verslag. Afsluitcode 1 als een grens niet wordt gehaald."""
    chosen = [testset.load(path) for path in sets]
    floors = dict(_floor(said) for said in least or ())
    before = {one.name: earlier(no_worse_than, one.name) for one in chosen} if no_worse_than is not None else {}
    options = Options(with_baseline, with_judge, parallel)
    failed: list[str] = []
    shown: dict[str, Any] = {}
    with opened(data) as app, progress() as heard:
        for one in chosen:
            report = evaluate(app, one, out / one.name, options, heard, before=before.get(one.name))
            assert report is not None
            found = figures(report.results)
            failed += [f"{one.name}: {line}" for line in below(found, floors)]
            if report.since is not None and report.since.worse:
                failed.append(f"{one.name}: {_worse(report.since)}")
            shown[one.name] = _shown(report)
            if record is not None:
                _record(record, one.name, report.results)
            if not as_json:
                print(markdown(report))
    if as_json:
        print_json({"sets": shown, "failed": failed})
    for line in failed:
        print(line, file=sys.stderr)
    raise typer.Exit(1 if failed else 0)


def below(found: Mapping[str, Figure], floors: Mapping[str, float]) -> list[str]:
    """What does not reach its floor, a line for each; a figure that no case asks for does not."""
    values = {name: found[name].value if name in found else 0.0 for name in floors}
    return [f"{name} is {values[name]:.3f}, grens {floor}" for name, floor in floors.items() if values[name] < floor]


def earlier(path: Path, name: str) -> dict[str, Mark]:
    """The marks of an earlier run, from its folder or from what was recorded of it. Raises Refused where there are none."""
    if path.is_dir():
        found = marks(list(kept(path / name)))
    else:
        try:
            found = {i: Mark(*said) for i, said in json.loads(path.read_text(encoding="utf-8"))[name].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            found = {}
    if not found:
        raise Refused(f"{path} bevat geen eerdere run van set ‘{name}’. Geef een map van --out, of een bestand van --record.")
    return found


def drafts(
    out: Annotated[Path, typer.Option(help="Bestand voor de concept-testset")] = Path("concept.yaml"),
    data: Data = None,
) -> None:
    """Maak van beoordeelde antwoorden concept-vragen voor een testset: vul de feiten zelf in."""
    with opened(data) as app:
        cases = usage.drafts(app.answers.judged(), app.library.gemeenten())
    out.write_text(testset.to_yaml(out.stem, cases), encoding="utf-8")
    print(f"{len(cases)} concept-vragen in {out}.")


def use(
    sets: Sets,
    count: Annotated[int, typer.Option("--count", min=1, help="Hoeveel van de nieuwste antwoorden")] = 500,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Houd wat gebruikers vragen naast de testsets, per soort vraag, en beoordeel hun antwoorden zonder de tekst te tonen."""
    cases = [case for path in sets for case in testset.load(path).cases]
    with opened(data) as app:
        held = app.answers.newest(count)
        covered = usage.coverage(cases, [answer.question for answer in held], app.library.gemeenten())
        found = usage.scored(held, app.library)
    if as_json:
        types = [{"type": name, "users": asked, "sets": tested} for name, asked, tested in covered]
        print_json({"answers": len(held), "cases": len(cases), "types": types, "figures": {n: asdict(f) for n, f in found.items()}})
        return
    print(f"{len(held)} vragen van gebruikers, {len(cases)} vragen in de sets.\n")
    print("| soort vraag | gebruikers | sets |\n|---|---|---|")
    for name, asked, tested in covered:
        print(f"| {TYPES[name]} | {percent(asked / max(len(held), 1))} ({asked}) | {percent(tested / len(cases))} ({tested}) |")
    for name, value in found.items():
        print(f"\n{NAMES.get(name, 'Beantwoord')}: {percent(value.value, 1)} van {value.count}.", end="")
    print()


def _shown(report: Report) -> dict[str, Any]:
    shown: dict[str, Any] = {name: ours.value for name, (ours, _) in report.figures.items()}
    shown["intervals"] = {name: [round(ours.low, 4), round(ours.high, 4), ours.count] for name, (ours, _) in report.figures.items()}
    shown["seconds"] = seconds(report.results)
    shown["ungraded"] = sum(not r.graded for r in report.results)
    if report.ahead is not None:
        shown["baseline"] = {name: value.value for name, value in figures(report.baseline).items()}
        shown["ahead_of_baseline"] = _change(report.ahead)
    if report.since is not None:
        shown["since"] = _change(report.since)
    if report.judged is not None:
        shown["judge"] = report.judged.told
    return shown


def _change(change: Changed) -> dict[str, Any]:
    return {**asdict(change), "refusals": len(change.refusals), "p": change.p, "worse": change.worse}


def _worse(change: Changed) -> str:
    return f"slechter dan de vorige run ({len(change.lost)} verloren, {len(change.gained)} gewonnen; zoeken: {change.farther} lager, {change.nearer} hoger)"


def _record(path: Path, name: str, results: Sequence[Result]) -> None:
    """Keep the marks of a set, a line for each case, beside those of other sets in the same file."""
    held = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    held[name] = {i: [mark.verdict, mark.rank] for i, mark in marks(results).items()}
    sets = (
        f"{json.dumps(one)}: {{\n" + ",\n".join(f"{json.dumps(i)}: {json.dumps(mark)}" for i, mark in cases.items()) + "\n}"
        for one, cases in held.items()
    )
    path.write_text("{" + ",\n".join(sets) + "}\n", encoding="utf-8")


def _floor(said: str) -> tuple[str, float]:
    name, _, value = said.partition("=")
    if name.strip() not in NAMES:
        raise typer.BadParameter(f"‘{name.strip()}’ is geen maat. Kies uit: {', '.join(NAMES)}.")
    try:
        return name.strip(), float(value.replace(",", "."))
    except ValueError:
        raise typer.BadParameter(f"‘{said}’ is geen grens; schrijf recall=.85.") from None
