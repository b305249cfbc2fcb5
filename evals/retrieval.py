"""How well passages from outside are found: `oov eval retrieval`. Goes through the same ranking as every answer.

The set is indexed as a library would: title and text, a long passage in parts, each part counting for its passage. Its
vectors are kept by content beside the library, never in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.find.ranking import READ_AGAIN, SecondReader, ranked, read_again
from assistant.model import Asked
from assistant.understand.question import Query, understand
from corpus.database import open_database, sqlite_url
from corpus.errors import Refused
from corpus.gemeenten import Gemeenten
from corpus.sentences import units
from corpus.vector_store import VectorStore
from corpus.vectors import Matrix, Vector
from ingest.candidates import Found, best, candidates
from ingest.embed import Embedder, Input
from ingest.lexical import Fields, Sought
from ingest.shelf import Filter, Rows

DEPTH = 100
_AT_ONCE = 512
# Tokens of a part; what is longer is cut at a sentence.
_PART = 380


@dataclass(frozen=True, slots=True)
class Outside:
    """A passage of the set."""

    pid: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the set with the passages that answer it."""

    qid: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ranking:
    """What each question found, best first, and how long it took (seconds, embedding of the question included)."""

    found: tuple[tuple[str, ...], ...]
    seconds: tuple[float, ...]


@dataclass
class SetIndex:
    """The passages of a set as rows of an index; `owners[r]` is the passage that row r is a part of, `texts[r]` what it says."""

    rows: Rows = field(default_factory=Rows)
    owners: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @cached_property
    def vectors(self) -> Matrix:
        """All rows, ready to be multiplied."""
        return self.rows.vectors.astype(np.float32)

    def search(self, vector: Vector, words: Sequence[Sought], allowed: Filter, count: int) -> list[Found]:  # noqa: ARG002
        """All rows are live: an outside set has no gemeenten, dates or rights."""
        live = np.ones(len(self.rows), np.bool_)
        near = best(self.vectors @ vector, count)
        return candidates(self.rows, vector, words, live, near, count)


def passages(path: Path) -> list[Outside]:
    """The corpus file: one {"pid", "title", "text"} a line."""
    return [Outside(str(said["pid"]), str(said.get("title") or ""), str(said["text"])) for said in _lines(path, ("pid", "text"))]


def questions(path: Path, key: str = "question") -> list[Question]:
    """The questions file: one {"qid", "question", "relevant": [pid…]} a line; `key` names another form of the question."""
    return [
        Question(str(said["qid"]), str(said[key]), frozenset(map(str, said["relevant"])))
        for said in _lines(path, ("qid", key, "relevant"))
        if said["relevant"]
    ]


def half(asked: Sequence[Question], which: str) -> list[Question]:
    """Half `a` or `b` of the questions, by their id alone: what is tuned on one is reported on the other."""
    return [question for question in asked if "ab"[hashlib.sha256(question.qid.encode()).digest()[0] % 2] == which]


def build(corpus: Sequence[Outside], embedder: Embedder, cache: Path, heard: Callable[[str, int], None]) -> SetIndex:
    """Index a set; what was embedded before, by this model, is not embedded again."""
    parts = [(passage, text) for passage in corpus for text in _parts(passage, embedder)]
    inputs = [Input(passage.title, text) for passage, text in parts]
    cache.mkdir(parents=True, exist_ok=True)
    store = VectorStore(open_database(sqlite_url(cache / "vectors.db")))
    digests = [i.digest for i in inputs]
    known = store.known(embedder.name, digests)
    fresh = list({i.digest: i for i in inputs if i.digest not in known}.values())
    heard("passages", len(fresh))
    for at in range(0, len(fresh), _AT_ONCE):
        some = fresh[at : at + _AT_ONCE]
        made = embedder.passages(some, lambda count: heard("embedded", count))
        store.keep(embedder.name, {i.digest: e for i, e in zip(some, made, strict=True)})
    vectors = store.of_inputs(embedder.name, digests)
    index = SetIndex()
    for at in range(0, len(parts), 5_000):
        portion = parts[at : at + 5_000]
        stacked = np.stack([vectors[digest] for digest in digests[at : at + 5_000]]).astype(np.float16)
        fields = [Fields(passage.title, "", text) for passage, text in portion]
        index.rows.add([f"{at + n}" for n in range(len(portion))], "set", stacked, fields)
        index.owners += [passage.pid for passage, _ in portion]
        index.texts += [f"{passage.title}\n{text}" for passage, text in portion]
    return index


def rank(index: SetIndex, asked: Sequence[Question], embedder: Embedder, names: Gemeenten, second: SecondReader | None = None) -> Ranking:
    """Find passages for every question, as an answer would."""
    found, seconds = [], []
    for question in asked:
        started = perf_counter()
        query = _read(question, names)
        vector = embedder.query(query.core)
        results = ranked(index, vector, query, Filter(on=date.today()), DEPTH)
        if second is not None:
            texts = {found.passage_id: index.texts[int(found.passage_id)] for found, _ in results[:READ_AGAIN]}
            results = read_again(second, query.core, results, texts)
        seconds.append(perf_counter() - started)
        found.append(_owners(index, [result.passage_id for result, _ in results]))
    return Ranking(tuple(found), tuple(seconds))


def compared(index: SetIndex, asked: Sequence[Question], embedder: Embedder, names: Gemeenten) -> Iterator[tuple[str, Ranking]]:
    """Beside ours: meaning alone, words alone, and both fused by reciprocal rank."""
    singles: dict[str, list[tuple[str, ...]]] = {"betekenis alleen": [], "volledige tekst alleen": [], "reciprocal rank fusion": []}
    for question in asked:
        vector, live = embedder.query(question.text), np.ones(len(index.rows), np.bool_)
        near = [int(row) for row in best(index.vectors @ vector, DEPTH)]
        bm25 = index.rows.lexical.scores(_read(question, names).sought, live)
        words = [int(row) for row in best(bm25, DEPTH) if bm25[row] > 0]
        fused: dict[int, float] = {}
        for ranking in (near, words):
            for place, row in enumerate(ranking):
                fused[row] = fused.get(row, 0.0) + 1 / (60 + place + 1)
        mixed = sorted(fused, key=lambda row: -fused[row])
        for name, order in zip(singles, (near, words, mixed), strict=True):
            singles[name].append(_owners(index, [str(row) for row in order]))
    for name, found in singles.items():
        yield name, Ranking(tuple(found), ())


def measures(ranking: Ranking, asked: Sequence[Question]) -> dict[str, NDArray[np.float64]]:
    """Per question: nDCG and reciprocal rank over ten, recall over five, ten and a hundred."""
    values: dict[str, list[float]] = {name: [] for name in ("ndcg@10", "recall@5", "recall@10", "recall@100", "mrr@10")}
    for found, question in zip(ranking.found, asked, strict=True):
        right = [pid in question.relevant for pid in found]
        gain = sum(1 / np.log2(place + 2) for place, is_right in enumerate(right[:10]) if is_right)
        ideal = sum(1 / np.log2(place + 2) for place in range(min(10, len(question.relevant))))
        values["ndcg@10"].append(gain / ideal)
        for depth in (5, 10, 100):
            values[f"recall@{depth}"].append(sum(right[:depth]) / len(question.relevant))
        values["mrr@10"].append(1 / (right.index(True) + 1) if True in right[:10] else 0.0)
    return {name: np.array(scores) for name, scores in values.items()}


def interval(scores: NDArray[np.float64], draws: int = 1_000) -> tuple[float, float]:
    """The 95 % interval of a mean, by bootstrap over questions with a fixed seed."""
    chance = np.random.default_rng(7)
    means = scores[chance.integers(0, len(scores), (draws, len(scores)))].mean(axis=1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def write_found(path: Path, ranking: Ranking, asked: Sequence[Question], count: int) -> None:
    """Per question a line with what was found, for who wants to look."""
    lines = (json.dumps({"qid": q.qid, "found": list(found[:count])}) for q, found in zip(asked, ranking.found, strict=True))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _read(question: Question, names: Gemeenten) -> Query:
    return understand(Asked(question.text, date.today()), names)


def _parts(passage: Outside, embedder: Embedder) -> list[str]:
    """A passage as it is, or cut at sentences where it is longer than the model reads."""
    if len(passage.text) < 3 * _PART:
        return [passage.text]
    spans = list(units(passage.text)) or [(0, len(passage.text))]
    parts: list[str] = []
    begin, total = spans[0][0], 0
    for (start, end), tokens in zip(spans, embedder.count([passage.text[a:b] for a, b in spans]), strict=True):
        if total and total + tokens > _PART:
            parts.append(passage.text[begin:start])
            begin, total = start, 0
        total += tokens
        last = end
    return [*parts, passage.text[begin:last]]


def _owners(index: SetIndex, rows: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(index.owners[int(row)] for row in rows))[:DEPTH]


def _lines(path: Path, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} kan niet worden gelezen. Geef een JSONL-bestand in UTF-8.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if not isinstance(said, dict) or any(name not in said for name in needed):
            raise Refused(f"{path}, regel {number}: verwacht een JSON-object met {', '.join(needed)}.")
        yield said
