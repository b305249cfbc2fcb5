"""Text to vectors; the only importer of sentence-transformers. Knows no documents, only strings.

Any sentence-transformers model will do. It is converted once to OpenVINO and from then on runs without PyTorch; a model that
does not convert runs on PyTorch. A passage's sentences get vectors of their own from the same pass: the mean over their
tokens, read in the context of the whole passage.
"""

from __future__ import annotations

import hashlib
import json
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import Unavailable
from corpus.sentences import units
from corpus.vectors import Embedding, Matrix, Vector, unit, vector
from ingest import builtin_model
from ingest.tokens import Tokens

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


@dataclass(frozen=True, slots=True)
class _About:
    """What of a model has to be known besides its weights; kept beside the converted model."""

    max_tokens: int
    query: str
    passage: str
    pad_id: int
    pad_token: str


class Embedder:
    """A model, loaded on first use and kept. `name` tells models apart, also two versions of one folder."""

    def __init__(self, model: str | None = None) -> None:
        """`model` is a folder or hub name; None is the built-in model. Raises Unavailable where it cannot be made."""
        folder = Path(model) if model else builtin_model.ensure()
        self._folder = folder if folder.is_dir() else None
        self._source = str(folder) if self._folder else str(model)
        self.name = _fingerprint(self._folder, self._source)
        self._built_in = model is None

    @property
    def max_tokens(self) -> int:
        return self._about.max_tokens

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, without the model's own marks."""
        return self._tokens.count(texts)

    def query(self, question: str) -> Vector:
        """The vector of a question, shape (d,), length 1."""
        return self._asker._vector(question)

    def _vector(self, question: str) -> Vector:
        encoded = self._tokens.encode([self._about.query + question])
        if self._converted is not None:
            return vector(self._asking.run(_arrays(encoded)))
        return vector(self._torch(encoded)[1])

    def passages(self, inputs: Sequence[Input], done: Callable[[int], None] = lambda count: None) -> list[Embedding]:
        """The vectors of passages and their sentences, in the order given. `done` hears how many each batch finished.

        Batches hold texts of about one length, so that little is spent on padding.
        """
        texts = [self._about.passage + (f"{i.context}\n{i.text}" if i.context else i.text) for i in inputs]
        order = sorted(range(len(inputs)), key=lambda n: len(texts[n]))
        made: dict[int, Embedding] = {}

        def keep(batch: Sequence[int], offsets: Any, tokens: Any, whole: Matrix) -> None:
            for row, n in enumerate(batch):
                before = len(texts[n]) - len(inputs[n].text)
                made[n] = self._embedding(inputs[n], before, unit(whole[row]), tokens[row] if tokens is not None else None, offsets[row])
            done(len(batch))

        def batches() -> Iterator[tuple[dict[str, Any], Any]]:
            for at in range(0, len(order), _BATCH):
                batch = order[at : at + _BATCH]
                encoded = self._tokens.encode([texts[n] for n in batch])
                yield encoded, partial(keep, batch, encoded["offsets"])

        if self._converted is not None:
            self._filling.run((_arrays(encoded), finished) for encoded, finished in batches())
        else:
            for encoded, finished in batches():
                finished(*self._torch(encoded))
        return [made[n] for n in range(len(inputs))]

    def _embedding(self, item: Input, before: int, whole: Vector, tokens: Any, offsets: Any) -> Embedding:
        spans = tuple(units(item.text))
        if tokens is None:
            sentences = np.asarray(self._model.encode([item.text[a:b] for a, b in spans], show_progress_bar=False), np.float32)
            return Embedding(whole, unit(sentences.reshape(len(spans), -1)), spans)
        middle = offsets.mean(axis=1) - before
        real = offsets[:, 1] > offsets[:, 0]
        means = np.zeros((len(spans), whole.shape[0]), np.float32)
        for n, (start, end) in enumerate(spans):
            inside = real & (middle >= start) & (middle < end)
            if inside.any():
                means[n] = tokens[inside].mean(axis=0)
        return Embedding(whole, unit(means), spans)

    def _torch(self, encoded: dict[str, Any]) -> tuple[Any, Matrix]:
        import torch

        with torch.inference_mode():
            made = self._model.forward({key: torch.from_numpy(value) for key, value in _arrays(encoded).items()})
        tokens = made.get("token_embeddings")
        return None if tokens is None else tokens.numpy(), unit(made["sentence_embedding"].numpy())

    # --- the model and its converted form -----------------------------------------------------------------------

    @cached_property
    def _model(self) -> Any:
        """The model as sentence-transformers loads it: to convert it, or to run one that does not convert."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()
        transformers_logging.disable_progress_bar()
        try:
            return SentenceTransformer(self._source, device="cpu", local_files_only=self._folder is not None)
        except Exception as error:  # whatever a hub, a folder or a foreign model may raise
            raise Unavailable(f"Embeddingmodel ‘{self._source}’ kan niet worden geladen. Controleer OOV_EMBEDDING_MODEL.") from error

    @cached_property
    def _tokens(self) -> Tokens:
        about, kept = self._about, self._kept / "tokenizer.json"
        if not kept.exists():
            return Tokens(self._model.tokenizer.backend_tokenizer, about.max_tokens, about.pad_id, about.pad_token)
        return Tokens.read(kept, about.max_tokens, about.pad_id, about.pad_token)

    @cached_property
    def _about(self) -> _About:
        kept = self._kept / "about.json"
        if self._converted is not None and kept.exists():
            return _About(**json.loads(kept.read_text(encoding="utf-8")))
        return _describe(self._model, self._source)

    @property
    def _kept(self) -> Path:
        return builtin_model.models_folder() / "openvino" / self.name.replace("/", "--")

    @cached_property
    def _converted(self) -> Path | None:
        """The model in OpenVINO's form; made once. None for a model that does not convert."""
        path = self._kept / "model.xml"
        if path.exists():
            return path
        try:
            from ingest import accelerate

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                accelerate.convert(self._model, path)
            self._model.tokenizer.backend_tokenizer.save(str(self._kept / "tokenizer.json"))
            (self._kept / "about.json").write_text(json.dumps(asdict(_describe(self._model, self._source))), encoding="utf-8")
            return path
        except Unavailable:
            raise
        except Exception as error:  # any model that does not convert runs on PyTorch, slower but the same
            log.warning("OpenVINO is niet bruikbaar voor dit model (%s); PyTorch wordt gebruikt.", type(error).__name__)
            return None

    @cached_property
    def _asker(self) -> Embedder:
        """What reads questions: beside the built-in model one of their own, trained towards its vectors (decisions/0017)."""
        return Embedder(str(builtin_model.asking())) if self._built_in else self

    @cached_property
    def _asking(self) -> Any:
        from ingest import accelerate

        return accelerate.asking(self._converted)

    @cached_property
    def _filling(self) -> Any:
        from ingest import accelerate

        return accelerate.filling(self._converted)


def _describe(model: Any, source: str) -> _About:
    prompts = {key: value for key, value in (model.prompts or {}).items() if value}
    if not prompts and "e5" in source.lower():
        prompts = {"query": "query: ", "document": "passage: "}
    tokenizer = model.tokenizer
    return _About(
        max_tokens=min(int(model.get_max_seq_length() or 512), 8192),
        query=prompts.get("query", ""),
        passage=prompts.get("document", prompts.get("passage", "")),
        pad_id=int(tokenizer.pad_token_id or 0),
        pad_token=str(tokenizer.pad_token or ""),
    )


def _arrays(encoded: dict[str, Any]) -> dict[str, Any]:
    return {key: encoded[key] for key in ("input_ids", "attention_mask")}


def _fingerprint(folder: Path | None, source: str) -> str:
    """The model's name with a digest of what determines its vectors."""
    if folder is None:
        return source
    made = hashlib.sha256()
    # Samples from all over a large file: models that were trained on from one base share long stretches.
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix in (".json", ".safetensors", ".bin", ".model"):
            size = file.stat().st_size
            made.update(f"{file.relative_to(folder)}:{size}".encode())
            with file.open("rb") as data:
                for part in range(16):
                    data.seek(size * part // 16)
                    made.update(data.read(65_536))
    return f"{folder.name}-{made.hexdigest()[:12]}"
