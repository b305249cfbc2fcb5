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
from pathlib import Path
from time import perf_counter
from typing import Any

from assistant.app import App
from assistant.model import Asked
from assistant.question import understand
from assistant.settings import Settings
from ingest.dense import DenseIndex
from ingest.embed import Embedder, Input

ROOT = Path(__file__).parent.parent
QUESTIONS = (
    "Tot hoe laat mag een café in Elzerveen open zijn?",
    "Wie is projectleider van Weerbaar Platteland?",
    "Hoeveel stewards zijn nodig bij een wedstrijd van categorie C?",
    "Wat is de bewaartermijn van camerabeelden?",
    "Wanneer moet een demonstratie worden aangemeld?",
    "Welke boete staat op overbewoning van een vakantiehuis?",
    "Onder welke voorwaarden mag carbid worden geschoten?",
    "Wat is de opzegtermijn van de boa-pool?",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, how it came out, and what it is held against."""

    what: str
    value: str
    bar: str


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_measure(Path(folder)))
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
    inputs = [Input(" > ".join(p.path), p.text) for e in app.library.editions() for p in app.library.passages(e.id)]
    raw = _rate(embedder.passages, inputs)
    torch = _rate(_plain_torch(), inputs[:48])
    yield Row("opnemen van begin tot eind / alleen embedden", f"{ingest / raw:.2f}", "≥ 0,60")
    yield Row("embedden hier / kale PyTorch", f"{raw / torch:.1f}", f"≥ 5 met AVX-512 of AMX; hier {_vector_units()}")
    yield Row("passages per seconde, opnemen / embedden / PyTorch", f"{ingest:.1f} / {raw:.1f} / {torch:.1f}", "ter informatie")
    retrieve, bare = _search_times(app, folder, embedder)
    yield Row("zoeken / (vraag embedden + kale Chroma-vraag), mediaan", f"{retrieve / bare:.2f}", "≤ 3")
    yield Row("milliseconden, zoeken / kaal", f"{retrieve * 1000:.1f} / {bare * 1000:.1f}", "ter informatie")
    app.close()


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


def _search_times(app: App, folder: Path, embedder: Embedder) -> tuple[float, float]:
    """(median seconds of a whole retrieval, of the embedding of the question plus one query of a bare Chroma collection)."""
    import numpy as np

    bare = DenseIndex(folder / "bare")
    vectors = [v for e in app.library.editions() for v in app.library.vectors.of_edition(embedder.name, e.id).values()]
    bare.put("alles", range(len(vectors)), np.stack(vectors))
    names = app.library.gemeenten()
    whole, kale = [], []
    for question in QUESTIONS * 6:
        asked = Asked(question, date.today())
        started = perf_counter()
        app.retriever.retrieve(understand(asked, names, app.library.laws()), asked)
        whole.append(perf_counter() - started)
        started = perf_counter()
        bare.nearest("alles", embedder.query(question), 10)
        kale.append(perf_counter() - started)
    return statistics.median(whole), statistics.median(kale)


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
    main()
