"""Text to vectors; the only importer of sentence-transformers. Knows no documents, only strings.

Any sentence-transformers model will do. It runs on OpenVINO where it converts, else on PyTorch. A passage's sentences get
vectors of their own from the same pass: the mean over their tokens, read in the context of the whole passage.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from sentence_transformers import SentenceTransformer

from corpus.errors import Unavailable
from corpus.sentences import units
from corpus.vectors import Embedding, Matrix, Vector, unit
from ingest import builtin_model

_BATCH = 8
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Input:
    """What is embedded for a passage: the title and headings it stands under, then its text."""

    context: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.context}\n{self.text}".encode()).hexdigest()


class Embedder:
    """A model, loaded once and kept. `name` tells models apart, also two versions of one folder."""

    def __init__(self, model: str | None = None) -> None:
        """`model` is a folder or hub name; None is the built-in model. Raises Unavailable where it cannot be loaded."""
        self._folder = Path(model) if model else builtin_model.ensure()
        self._source = str(self._folder) if self._folder.is_dir() else str(model)
        self.name = _fingerprint(self._folder, self._source)
        self._lock = threading.Lock()

    @cached_property
    def _model(self) -> SentenceTransformer:
        try:
            return SentenceTransformer(self._source, device="cpu", local_files_only=self._folder.is_dir())
        except Exception as error:  # whatever a hub, a folder or a foreign model may raise
            raise Unavailable(f"Embeddingmodel ‘{self._source}’ kan niet worden geladen. Controleer OOV_EMBEDDING_MODEL.") from error

    @cached_property
    def _tokenizer(self) -> Any:
        return self._model.tokenizer

    @property
    def max_tokens(self) -> int:
        return min(int(self._model.get_max_seq_length() or 512), 8192)

    @cached_property
    def _prefixes(self) -> tuple[str, str]:
        """What the model wants before a question and before a passage."""
        prompts = {key: value for key, value in (self._model.prompts or {}).items() if value}
        if not prompts and "e5" in self._source.lower():
            return "query: ", "passage: "
        return prompts.get("query", ""), prompts.get("document", prompts.get("passage", ""))

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, without the model's own marks."""
        if not texts:
            return []
        return [len(ids) for ids in self._tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)["input_ids"]]

    def query(self, question: str) -> Vector:
        """The vector of a question, shape (d,), length 1."""
        with self._lock:
            _, made = self._run([self._prefixes[0] + question], "LATENCY")
        return made[0]

    def passages(self, inputs: Sequence[Input], done: Callable[[int], None] = lambda count: None) -> list[Embedding]:
        """The vectors of passages and their sentences, in the order given. `done` hears how many each batch finished.

        Batches hold texts of about one length, so that little is spent on padding.
        """
        texts = [self._prefixes[1] + (f"{i.context}\n{i.text}" if i.context else i.text) for i in inputs]
        order = sorted(range(len(inputs)), key=lambda n: len(texts[n]))
        batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
        made: list[Embedding | None] = [None] * len(inputs)

        def embed(batch: list[int]) -> None:
            offsets, tokens, whole = self._tokens([texts[n] for n in batch])
            for row, n in enumerate(batch):
                made[n] = self._embedding(inputs[n], len(texts[n]) - len(inputs[n].text), whole[row], tokens, offsets, row)
            done(len(batch))

        with ThreadPoolExecutor(self._parallel()) as pool:
            list(pool.map(embed, batches))
        return [embedding for embedding in made if embedding is not None]

    def _embedding(self, item: Input, before: int, whole: Vector, tokens: Any, offsets: Any, row: int) -> Embedding:
        spans = tuple(units(item.text))
        if tokens is None:
            sentences = np.asarray(self._model.encode([item.text[a:b] for a, b in spans], show_progress_bar=False), np.float32)
            return Embedding(whole, unit(sentences.reshape(len(spans), -1)), spans)
        middle = offsets[row].mean(axis=1) - before
        real = offsets[row][:, 1] > offsets[row][:, 0]
        means = np.zeros((len(spans), whole.shape[0]), np.float32)
        for n, (start, end) in enumerate(spans):
            inside = real & (middle >= start) & (middle < end)
            if inside.any():
                means[n] = tokens[row][inside].mean(axis=0)
        return Embedding(whole, unit(means), spans)

    def _tokens(self, texts: list[str]) -> tuple[Any, Any, Matrix]:
        encoded = self._encode(texts, offsets=True)
        tokens, whole = self._forward(encoded, "THROUGHPUT")
        return encoded["offset_mapping"], tokens, whole

    def _run(self, texts: list[str], hint: str) -> tuple[Any, Matrix]:
        return self._forward(self._encode(texts, offsets=False), hint)

    def _encode(self, texts: list[str], *, offsets: bool) -> Any:
        return self._tokenizer(
            texts, padding=True, truncation=True, max_length=self.max_tokens, return_offsets_mapping=offsets, return_tensors="np"
        )

    def _forward(self, encoded: Any, hint: str) -> tuple[Any, Matrix]:
        runner = self._runner(hint)
        if runner is not None:
            tokens, whole = runner(encoded["input_ids"], encoded["attention_mask"])
            return tokens, unit(whole)
        import torch

        features = {key: torch.from_numpy(value) for key, value in encoded.items() if key != "offset_mapping"}
        with torch.inference_mode():
            made = self._model.forward(features)
        tokens = made.get("token_embeddings")
        return None if tokens is None else tokens.numpy(), unit(made["sentence_embedding"].numpy())

    def _parallel(self) -> int:
        runner = self._runner("THROUGHPUT")
        return runner.parallel if runner is not None else 1

    def _runner(self, hint: str) -> Any:
        runners = self.__dict__.setdefault("_runners", {})
        if hint not in runners:
            with self.__dict__.setdefault("_compiling", threading.Lock()):
                if hint not in runners:
                    runners[hint] = self._compile(hint)
        return runners[hint]

    def _compile(self, hint: str) -> Any:
        path = builtin_model.models_folder() / "openvino" / self.name / "model.xml"
        try:
            from ingest import accelerate

            if not path.exists():
                accelerate.convert(self._model, path)
            return accelerate.Runner(path, hint)
        except Exception as error:  # any model that does not convert runs on PyTorch, slower but the same
            log.warning("OpenVINO is niet bruikbaar voor dit model (%s); PyTorch wordt gebruikt.", type(error).__name__)
            return None


def _fingerprint(folder: Path, source: str) -> str:
    """The model's name with a digest of what determines its vectors."""
    if not folder.is_dir():
        return source
    made = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in (".json", ".safetensors", ".bin", ".model"):
            made.update(f"{file.relative_to(folder)}:{file.stat().st_size}".encode())
            with file.open("rb") as data:
                made.update(data.read(65_536))
    return f"{folder.name}-{made.hexdigest()[:12]}"
