"""Speed as ratios in one run, on this machine: `make bench`. Prints a table and keeps it in BENCHMARKS.md.

Seconds differ between machines and hours; a ratio of two things measured side by side does not, much.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from assistant.app import App
from assistant.model import Asked, Sentence
from assistant.settings import Settings
from evals import scale
from ingest.embed import Embedder, Input

ROOT = Path(__file__).parent.parent
SIZES, LARGE = (3_000, 30_000), 300_000
# Pieces that the plain pipeline embeds to be timed; it takes some seconds for ten of them.
_PIECES = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, how it came out, and what it is held against."""

    what: str
    value: str
    bar: str


def main(
    large: Annotated[bool, typer.Option("--large", help="Ook 300.000 passages; duurt lang")] = False,
    source: Annotated[Path | None, typer.Option("--from", help="Datamap waarvan de passages worden herhaald; standaard de demo")] = None,
) -> None:
    """Meet de snelheid en zet de tabel in BENCHMARKS.md."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_measure(Path(folder)), *_scale(Path(folder), source or Path(folder) / "data", (*SIZES, *([LARGE] if large else [])))]
    table = _table(rows)
    print(table)
    (ROOT / "BENCHMARKS.md").write_text(table, encoding="utf-8")


def _measure(folder: Path) -> Iterator[Row]:
    app = App(Settings(data_dir=folder / "data"), writer=True)
    embedder = app.embedder
    embedder.query("warm")
    embedder.passages([Input("", "warm")] * 8)
    _ = app.index
    started = perf_counter()
    made = sum(outcome.passages for outcome in app.pipeline.run([ROOT / "corpus" / "documents"]))
    ingest = made / (perf_counter() - started)
    inputs = [Input(" > ".join(p.path), p.text) for e in app.library.editions() for p in app.library.texts.passages(e.id)]
    raw = _rate(embedder.passages, inputs)
    torch = _rate(_plain_torch(), inputs[:48])
    yield Row("opnemen van begin tot eind / alleen embedden", f"{ingest / raw:.2f}", "≥ 0,60")
    yield Row("embedden hier / kale PyTorch", f"{raw / torch:.1f}", f"≥ 5 met AVX-512 of AMX; hier {_vector_units()}")
    yield Row("passages per seconde, opnemen / embedden / PyTorch", f"{ingest:.1f} / {raw:.1f} / {torch:.1f}", "ter informatie")
    yield _tutorial(app, folder)
    yield _first_sentence(app)
    app.close()


def _scale(folder: Path, source: Path, sizes: Sequence[int]) -> Iterator[Row]:
    """Search at each size, ours and LangChain's, and what grows with it."""
    ours, theirs = list(scale.legs("ours", sizes, folder, source)), list(scale.legs("langchain", sizes, folder, source))
    for leg, other in zip(ours, theirs, strict=True):
        size = f"{leg.passages:,}".replace(",", ".")
        whole, slow = leg.p50["alles"], leg.p95["alles"]
        bar = "p95 ≤ 3" if leg.passages == SIZES[-1] else "ter informatie"
        yield Row(
            f"{size} passages: zoeken / (vraag embedden + kale Chroma-vraag), p50 en p95",
            f"{whole / leg.bare_p50:.2f} en {slow / leg.bare_p95:.2f}",
            bar,
        )
        narrowed = " / ".join(f"{leg.p50[name] / whole:.2f}" for name in scale.FILTERS if name != "alles")
        yield Row(f"{size} passages: met filter op gemeente / soort / peildatum, tegenover zonder", narrowed, "≤ 1,2")
        yield Row(
            f"{size} passages: milliseconden p50 (p95), hier / kaal / LangChain / LangChain met filter",
            f"{_ms(whole, slow)} / {_ms(leg.bare_p50, leg.bare_p95)} / {_ms(other.p50['alles'], other.p95['alles'])} / "
            f"{_ms(other.p50['gemeente'], other.p95['gemeente'])}",
            "ter informatie",
        )
        yield Row(f"{size} passages: geheugen in MB, hier / LangChain", f"{leg.megabytes:.0f} / {other.megabytes:.0f}", "ter informatie")
        yield Row(
            f"{size} passages: seconden per duizend om uit vectoren een index te maken, hier / LangChain",
            f"{leg.seconds_per_thousand:.2f} / {other.seconds_per_thousand:.2f}",
            "ter informatie",
        )
    for small, big in pairwise(ours):
        grown = big.p50["alles"] / small.p50["alles"]
        bar = "< 3" if big.passages == LARGE else "ter informatie"
        yield Row(f"zoektijd bij {big.passages:,} / bij {small.passages:,} passages".replace(",", "."), f"{grown:.2f}", bar)


def _ms(p50: float, p95: float) -> str:
    return f"{p50 * 1000:.0f} ({p95 * 1000:.0f})"


def _tutorial(app: App, folder: Path) -> Row:
    """The same documents as LangChain's tutorial takes them in: cut at 1000 characters with 200 shared, embedded, put in Chroma."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    whole = [Document(app.library.texts.whole(edition.id), metadata={"title": edition.filename}) for edition in app.library.editions()]
    pieces = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(whole)
    some = pieces[: _PIECES * 2 : 2]
    started = perf_counter()
    Chroma.from_documents(some, scale.plain_embeddings(), persist_directory=str(folder / "les"))
    theirs = (perf_counter() - started) / len(some) * len(pieces)
    inputs = [Input("", piece.page_content) for piece in some]
    started = perf_counter()
    app.embedder.passages(inputs)
    ours = (perf_counter() - started) / len(some) * len(pieces)
    return Row(
        "dezelfde stukken in LangChain (knippen op 1000/200) / dezelfde stukjes hier embedden, tijd",
        f"{theirs / ours:.1f}",
        "ter informatie",
    )


def _first_sentence(app: App) -> Row:
    """How long the first sentence takes beside the search alone, question by question."""
    shares: list[float] = []
    for question in scale.QUESTIONS * 3:
        asked = Asked(question, date.today())
        started = perf_counter()
        app.retriever.retrieve(app.retriever.understood(asked), asked)
        searched = perf_counter()
        first = next((perf_counter() for event in app.answerer.stream(asked) if isinstance(event, Sentence)), None)
        if first is not None:
            shares.append((first - searched) / (searched - started))
    return Row("eerste zin van een antwoord / zoeken alleen, p50", f"{statistics.median(shares):.2f}", "≤ 2")


def _rate(embed: Callable[[Sequence[Input]], object], inputs: Sequence[Input]) -> float:
    started = perf_counter()
    embed(inputs)
    return len(inputs) / (perf_counter() - started)


def _plain_torch() -> Callable[[Sequence[Input]], object]:
    """The same model as sentence-transformers runs it out of the box."""
    model: Any = Embedder()._model

    def embed(inputs: Sequence[Input]) -> object:
        return model.encode([f"passage: {i.context}\n{i.text}" for i in inputs], show_progress_bar=False)

    embed([Input("", "warm")])
    return embed


def _vector_units() -> str:
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if sys.platform == "linux" else ""
    return next((name for sign, name in (("amx_bf16", "AMX"), ("avx512f", "AVX-512"), ("avx2", "AVX2")) if sign in flags), "onbekend")


def _table(rows: Sequence[Row]) -> str:
    cpu = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), platform.processor())
    lines = [
        "# Snelheid",
        "",
        "Verhoudingen uit één run van `make bench`; seconden verschillen per machine en per uur.",
        "",
        f"Machine: {cpu}, {os.cpu_count()} kernen, {_vector_units()}, Python {platform.python_version()}. Gemeten op {date.today().isoformat()}.",
        "",
        "| gemeten | uitkomst | norm |",
        "|---|---|---|",
        *(f"| {row.what} | {row.value} | {row.bar} |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


if __name__ == "__main__":
    typer.run(main)
