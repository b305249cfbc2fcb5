"""Search as a library grows: real passages, repeated with other words and other vectors until there are so many.

Each leg runs in a process of its own (`python -m evals.scale ours|langchain COUNT FOLDER`), so that what it holds in memory is
its own. Ours is the whole of it: SQL, full text, Chroma, fusion, the sources with their sections and vectors. Beside it runs
the least that any search must do, the question's vector and one query of a bare Chroma collection, question by question, so
that a busy moment of the machine slows both.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from assistant.app import App
from assistant.model import Asked
from assistant.settings import Settings
from corpus.gemeenten import TWENTE
from corpus.library import Library
from corpus.model import Document, Edition, Kind, Locator, Passage, Section, Visibility, content_id, passage_id
from corpus.vectors import Embedding, unit
from corpus.writes import Text
from ingest.dense import DenseIndex

# Passages of one document, and the share of its words that are other words of the library.
_EACH, _CHANGED = 120, 0.25
# The length of what is added to a vector of length 1: the copy then has a cosine of about 0.94 with the original.
_MOVED = 0.35
_REPEATS = 6
_KINDS = (Kind.WET, Kind.APV, Kind.BELEIDSREGEL, Kind.IVP, Kind.PROJECTPLAN, Kind.NOTA, Kind.HANDREIKING, Kind.CONVENANT)
QUESTIONS = (
    "Tot hoe laat mag een café open zijn?",
    "Wie is projectleider van Weerbaar Platteland?",
    "Hoeveel stewards zijn nodig bij een wedstrijd van categorie C?",
    "Wat is de bewaartermijn van camerabeelden?",
    "Wanneer moet een demonstratie worden aangemeld?",
    "Welke boete staat op overbewoning van een vakantiehuis?",
    "Onder welke voorwaarden mag carbid worden geschoten?",
    "Wat is de opzegtermijn van de boa-pool?",
    "Mag de burgemeester een woning sluiten waar drugs zijn gevonden?",
    "Welke vergunning is nodig voor een evenement met muziek?",
    "Hoe wordt toezicht gehouden op het convenant met de politie?",
    "Wie beslist over cameratoezicht op een openbare plaats?",
)
# What a search is narrowed to, by name.
FILTERS: dict[str, dict[str, Any]] = {
    "alles": {},
    "gemeente": {"gemeenten": (TWENTE[3],)},
    "soort": {"kinds": (Kind.BELEIDSREGEL, Kind.APV)},
    "peildatum": {"as_of": date(2019, 6, 1)},
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A real passage that others are made of."""

    text: str
    path: tuple[str, ...]
    embedding: Embedding


@dataclass(frozen=True, slots=True)
class Leg:
    """What one leg measured. Seconds by what was narrowed to; `bare` beside `alles`; megabytes resident after searching."""

    passages: int
    seconds_per_thousand: float
    megabytes: float
    p50: dict[str, float]
    p95: dict[str, float]
    bare_p50: float = 0.0
    bare_p95: float = 0.0


def samples(library: Library, model: str) -> list[Sample]:
    """The passages of a library with their vectors."""
    found = []
    for edition in library.editions():
        passages = library.texts.passages(edition.id)
        made = library.vectors.of_passages(model, [p.id for p in passages])
        found += [Sample(p.text, p.path, made[p.id]) for p in passages if p.id in made]
    return found


def grow(library: Library, model: str, real: Sequence[Sample], count: int) -> None:
    """Put so many passages in a library: documents of all kinds, of fourteen gemeenten or of none, now and in the past in force."""
    # The same every time, and nothing secret.
    chance, noise = random.Random(3), np.random.default_rng(3)  # noqa: S311
    words = [word for sample in real for word in sample.text.split()]
    for number in range(-(-count // _EACH)):
        kind = _KINDS[number % len(_KINDS)]
        gemeente = None if kind in (Kind.WET, Kind.HANDREIKING) else TWENTE[number % len(TWENTE)]
        begins = date(2016, 1, 1) + timedelta(days=chance.randrange(3000))
        document = Document(f"d-{number}", f"{kind} {number}", kind, gemeente, visibility=Visibility.OPENBAAR)
        # One in four has run out and is found on a day in the past only.
        ends = begins + timedelta(days=900) if number % 4 == 3 else None
        edition = Edition(f"e-{number}", document.id, content_id("f", number), f"{number}.md", "text/markdown", begins, begins, ends)
        made = [_changed(chance.choice(real), words, chance, noise) for _ in range(min(_EACH, count - number * _EACH))]
        inputs = tuple(content_id("i", number, n) for n in range(len(made)))
        library.vectors.keep(model, {key: sample.embedding for key, sample in zip(inputs, made, strict=True)})
        library.add(document, edition, _text(edition, made, inputs), "schaal")
    library.vectors.set_model(model)


def _changed(sample: Sample, words: Sequence[str], chance: random.Random, noise: np.random.Generator) -> Sample:
    """A copy with other words here and there and vectors moved at random. Sentences keep their places: nothing here reads them."""
    said = [chance.choice(words) if chance.random() < _CHANGED else word for word in sample.text.split()]
    whole, sentences = sample.embedding.passage, sample.embedding.sentences
    step = _MOVED / np.sqrt(len(whole))
    moved = replace(
        sample.embedding,
        passage=unit(whole + step * noise.standard_normal(whole.shape, np.float32)),
        sentences=unit(sentences + step * noise.standard_normal(sentences.shape, np.float32)),
    )
    return replace(sample, text=" ".join(said) + "\n", embedding=moved)


def _text(edition: Edition, made: Sequence[Sample], inputs: tuple[str, ...]) -> Text:
    passages, sections, start = [], [], 0
    for n, sample in enumerate(made):
        end, place = start + len(sample.text), Locator(article=str(n + 1))
        passages.append(Passage(passage_id(edition.id, start, end), edition.id, n, start, end, sample.text, sample.path, place))
        sections.append(Section(start, end, sample.path, place))
        start = end
    return Text(tuple(passages), inputs, tuple(sections), ())


def ours(count: int, folder: Path, real: Sequence[Sample]) -> Leg:
    """Our whole search over so many passages. The library is made first, then its index, as after the loss of one."""
    app = App(Settings(data_dir=folder / "data"), writer=True)
    embedder = app.embedder
    grow(app.library, embedder.name, real, count)
    started = perf_counter()
    _ = app.index
    indexing = perf_counter() - started

    def search(question: str, **given: Any) -> None:
        asked = Asked(question, given.pop("as_of", date.today()), **given)
        app.retriever.retrieve(app.retriever.understood(asked), asked)

    for given in FILTERS.values():
        search(QUESTIONS[0], **given)
    memory = _resident()
    bare = DenseIndex(folder / "bare")
    vectors = [app.library.vectors.of_edition(embedder.name, e.id) for e in app.library.editions()]
    bare.put("alles", range(count), np.stack([vector for some in vectors for vector in some.values()]))
    del vectors
    times: dict[str, list[float]] = {name: [] for name in (*FILTERS, "bare")}
    for question in QUESTIONS * _REPEATS:
        for name, given in FILTERS.items():
            times[name].append(_seconds(lambda given=given, question=question: search(question, **given)))  # type: ignore[misc]
        times["bare"].append(_seconds(lambda question=question: bare.nearest("alles", embedder.query(question), 10)))  # type: ignore[misc]
    app.close()
    kept = times.pop("bare")
    p50, p95 = _by_name(times)
    return Leg(count, indexing / count * 1000, memory, p50, p95, statistics.median(kept), _p95(kept))


def langchain(count: int, folder: Path, real: Sequence[Sample]) -> Leg:
    """LangChain's own Chroma store with the model as sentence-transformers runs it, as its tutorial builds it."""
    from langchain_chroma import Chroma

    # The same every time, and nothing secret.
    chance, noise = random.Random(3), np.random.default_rng(3)  # noqa: S311
    words = [word for sample in real for word in sample.text.split()]
    store = Chroma("schaal", embedding_function=plain_embeddings(), persist_directory=str(folder / "chroma"))
    seconds = 0.0
    for at in range(0, count, 1000):
        made = [_changed(chance.choice(real), words, chance, noise) for _ in range(min(1000, count - at))]
        about = [{"gemeente": TWENTE[n % len(TWENTE)], "soort": _KINDS[n // _EACH % len(_KINDS)].value} for n in range(at, at + len(made))]
        started = perf_counter()
        store._collection.add(
            ids=[str(n) for n in range(at, at + len(made))],
            embeddings=[sample.embedding.passage for sample in made],
            documents=[sample.text for sample in made],
            metadatas=about,
        )
        seconds += perf_counter() - started
    times: dict[str, list[float]] = {"alles": [], "gemeente": []}
    for question in QUESTIONS * _REPEATS:
        times["alles"].append(_seconds(lambda question=question: store.similarity_search(question, k=10)))  # type: ignore[misc]
        narrowed = {"gemeente": TWENTE[3]}
        times["gemeente"].append(_seconds(lambda question=question, n=narrowed: store.similarity_search(question, k=10, filter=n)))  # type: ignore[misc]
    return Leg(count, seconds / count * 1000, _resident(), *_by_name(times))


def plain_embeddings() -> Any:
    """The built-in model as sentence-transformers runs it, behind LangChain's interface: what langchain-huggingface does, which
    itself does not go with sentence-transformers 6."""
    from langchain_core.embeddings import Embeddings

    from ingest.embed import Embedder

    model: Any = Embedder()._model

    class Plain(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            made: list[list[float]] = model.encode(texts, show_progress_bar=False).tolist()
            return made

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return Plain()


def _by_name(times: dict[str, list[float]]) -> tuple[dict[str, float], dict[str, float]]:
    return {name: statistics.median(some) for name, some in times.items()}, {name: _p95(some) for name, some in times.items()}


def _seconds(do: Callable[[], object]) -> float:
    started = perf_counter()
    do()
    return perf_counter() - started


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def _resident() -> float:
    """Megabytes that this process holds in memory."""
    import resource

    if sys.platform == "linux":
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def main(which: str, count: int, folder: Path, source: Path) -> None:
    app = App(Settings(data_dir=source))
    real = samples(app.library, app.embedder.name)
    del app
    print(json.dumps(asdict((ours if which == "ours" else langchain)(count, folder, real))))


def legs(which: str, sizes: Sequence[int], folder: Path, source: Path) -> Iterator[Leg]:
    """Each size in a process of its own; `source` is the data folder whose passages are repeated."""
    import shutil
    import subprocess

    for count in sizes:
        place = folder / f"{which}-{count}"
        command = [sys.executable, "-m", "evals.scale", which, str(count), str(place), str(source)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        yield Leg(**json.loads(done.stdout.splitlines()[-1]))
        shutil.rmtree(place)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
