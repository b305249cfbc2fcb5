"""The commands `oov eval …`."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from assistant.cli import cli
from assistant.cli import main as run
from assistant.commands.common import AsJson, Data, opened, print_json, progress

evaluate = typer.Typer(no_args_is_help=True, help="Meten hoe goed de assistent zoekt en antwoordt.")


@evaluate.callback()
def group() -> None:
    """Meten hoe goed de assistent zoekt en antwoordt."""


@evaluate.command("retrieval")
def retrieval(
    corpus: Annotated[Path, typer.Option(help="JSONL met pid, title, text")],
    queries: Annotated[Path, typer.Option(help="JSONL met qid, question, relevant")],
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="Hoeveel gevonden passages per vraag worden getoond")] = 10,
    key: Annotated[str, typer.Option(help="Veld met de vraag")] = "question",
    compare: Annotated[bool, typer.Option("--compare", help="Ook elke zoekweg alleen, en reciprocal rank fusion")] = False,
    half: Annotated[str | None, typer.Option(help="Alleen de ene helft van de vragen (a of b), vast geloot op hun id")] = None,
    runs: Annotated[Path | None, typer.Option("--found", help="Schrijf per vraag de k gevonden passages (JSONL)")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Meet het zoeken op passages en vragen van buiten. Raakt de bibliotheek niet aan."""
    from corpus.gemeenten import national
    from evals import retrieval as r

    if half not in (None, "a", "b"):
        raise typer.BadParameter(f"‘{half}’ is geen helft; kies a of b.")
    with opened(data) as app, progress() as heard:
        passages, asked = r.passages(corpus), r.questions(queries, key)
        asked = r.half(asked, half) if half else asked
        started = perf_counter()
        index = r.build(passages, app.embedder, app.settings.data_dir / "evaluations", heard)
        seconds = perf_counter() - started
        ours = r.rank(index, asked, app.embedder, national(), app.reranker)
        scores = r.measures(ours, asked)
        times = sorted(ours.seconds)
        result: dict[str, Any] = {name: round(float(values.mean()), 4) for name, values in scores.items()}
        result |= {f"{name}_interval": [round(bound, 4) for bound in r.interval(values)] for name, values in scores.items()}
        result |= {"questions": len(asked), "passages": len(passages), "index_seconds": round(seconds, 2)}
        result |= {"passages_per_second": round(len(passages) / seconds, 1)}
        result["query_ms"] = {"p50": round(statistics.median(times) * 1000, 2), "p95": round(times[int(0.95 * (len(times) - 1))] * 1000, 2)}
        if compare:
            result["compared"] = {}
            for name, ranking in r.compared(index, asked, app.embedder, national()):
                other = r.measures(ranking, asked)["ndcg@10"]
                ahead = scores["ndcg@10"] - other
                low, high = r.interval(ahead)
                result["compared"][name] = {
                    "ndcg@10": round(float(other.mean()), 4),
                    "ours_ahead": round(float(ahead.mean()), 4),
                    "interval": [round(low, 4), round(high, 4)],
                }
    if runs is not None:
        r.write_found(runs, ours, asked, k)
    if as_json:
        print_json(result)
        return
    for name in scores:
        low, high = result[f"{name}_interval"]
        print(f"{name:11} {result[name]:.3f}  (95 %: {low:.3f} – {high:.3f})")
    print(f"{len(asked)} vragen, {len(passages)} passages; p50 {result['query_ms']['p50']} ms, p95 {result['query_ms']['p95']} ms.")
    for name, said in result.get("compared", {}).items():
        low, high = said["interval"]
        print(f"{name:24} nDCG@10 {said['ndcg@10']:.3f}; onze voorsprong {said['ours_ahead']:+.3f} (95 %: {low:+.3f} – {high:+.3f})")


@evaluate.command("answers")
def answers(
    sets: Annotated[list[Path], typer.Argument(help="Testsets (YAML)")],
    out: Annotated[Path, typer.Option(help="Map voor resultaten en verslag; een afgebroken run gaat daar verder")] = Path("evaluatie"),
    least: Annotated[list[str] | None, typer.Option("--min", help="Ondergrens, bijvoorbeeld recall=.85; herhaalbaar")] = None,
    no_worse_than: Annotated[Path | None, typer.Option("--no-worse-than", help="Map van een eerdere run")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Beantwoord testsets, beoordeel elk antwoord en maak een verslag. Afsluitcode 1 als een grens niet wordt gehaald."""
    from evals import report, runner, testset

    chosen = [testset.load(path) for path in sets]
    floors = dict(_floor(said) for said in least or ())
    failed: list[str] = []
    shown: dict[str, Any] = {}
    with opened(data) as app, progress() as heard:
        for one in chosen:
            folder = out / one.name
            results = runner.run(app, one, folder, heard)
            before = list(runner.kept(no_worse_than / one.name)) if no_worse_than is not None else None
            (folder / "verslag.html").write_text(report.html(one.name, results, before), encoding="utf-8")
            (folder / "verslag.md").write_text(report.markdown(one.name, results, before), encoding="utf-8")
            found = shown[one.name] = runner.figures(results)
            failed += [
                f"{one.name}: {name} is {found.get(name, 0):.3f}, grens {floor}"
                for name, floor in floors.items()
                if found.get(name, 0) < floor
            ]
            if before is not None:
                gained, lost, chance = report.changed(results, before)
                if len(lost) > len(gained) and chance < 0.1:
                    failed.append(
                        f"{one.name}: slechter dan de vorige run ({len(lost)} verloren, {len(gained)} gewonnen, p = {chance:.2f})"
                    )
            if not as_json:
                print(report.markdown(one.name, results, before))
    if as_json:
        print_json({"sets": shown, "failed": failed})
    for line in failed:
        print(line, file=sys.stderr)
    raise typer.Exit(1 if failed else 0)


@evaluate.command("drafts")
def drafts(
    out: Annotated[Path, typer.Option(help="Bestand voor de concept-testset")] = Path("concept.yaml"),
    data: Data = None,
) -> None:
    """Maak van beoordeelde antwoorden concept-vragen voor een testset: vul de feiten zelf in."""
    from evals import testset

    with opened(data) as app:
        cases: list[dict[str, Any]] = []
        for answer, said in app.answers.judged():
            documents = list(dict.fromkeys(c.title for c in answer.citations))
            status = "answered" if answer.citations else "not_found"
            remark = " ".join(filter(None, ("nuttig" if said.useful else "niet nuttig", said.reason, said.comment)))
            case = {"id": answer.id, "question": answer.question, "type": "fact", "status": status, "documents": documents, "note": remark}
            cases.append({**case, "facts": ["VUL HIER HET JUISTE FEIT IN"]} if status == "answered" else case)
    out.write_text(testset.to_yaml(out.stem, cases), encoding="utf-8")
    print(f"{len(cases)} concept-vragen in {out}.")


def _floor(said: str) -> tuple[str, float]:
    name, _, value = said.partition("=")
    try:
        return name.strip(), float(value.replace(",", "."))
    except ValueError:
        raise typer.BadParameter(f"‘{said}’ is geen grens; schrijf recall=.85.") from None


def main() -> None:
    """The command `oov`: the assistant's commands, and those that measure it."""
    cli.add_typer(evaluate, name="eval")
    run()
