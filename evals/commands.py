"""The commands `oov eval …`."""

from __future__ import annotations

import statistics
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import cli
from assistant.cli import main as run
from assistant.commands.common import AsJson, Data, opened, print_json, progress
from assistant.commands.service import Program
from evals.answer_commands import answers, drafts, use

if TYPE_CHECKING:
    from fastapi import APIRouter

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


evaluate.command("answers")(answers)
evaluate.command("drafts")(drafts)
evaluate.command("use")(use)


def main() -> None:
    """The command `oov`: the assistant's commands, and those that measure it."""
    cli.add_typer(evaluate, name="eval")
    run(Program("evals.commands", _routers))


def _routers() -> list[APIRouter]:
    from evals.api import router

    return [router]


if __name__ == "__main__":
    main()
