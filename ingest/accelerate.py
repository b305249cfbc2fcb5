"""A sentence-transformers model on OpenVINO, converted once; the only importer of openvino. Knows tensors, not text.

Why: on two cores it does 1.5 times what PyTorch does without AVX-512, and ten times with AMX (BENCHMARKS.md). The detour
over optimum-intel is not taken: it pins older libraries and lets pip replace the CPU build of torch.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
Done = Callable[[NDArray[np.float32], NDArray[np.float32]], None]


def convert(model: Any, path: Path) -> None:
    """Write `model` (a SentenceTransformer that takes input_ids and attention_mask) as OpenVINO files; takes seconds.

    Its modules become one, with two outputs: token vectors (b, t, d) and sentence vectors (b, d).
    """
    import torch

    class Traced(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            made = self.model.forward({"input_ids": input_ids, "attention_mask": attention_mask})
            return made["token_embeddings"], made["sentence_embedding"]

    example = {name: torch.ones(2, 16, dtype=torch.long) for name in ("input_ids", "attention_mask")}
    with torch.inference_mode():
        converted = ov.convert_model(Traced().eval(), example_input=example)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name("unfinished.xml")
    ov.save_model(converted, unfinished, compress_to_fp16=True)
    unfinished.with_suffix(".bin").replace(path.with_suffix(".bin"))
    unfinished.replace(path)


class Asking:
    """A converted model that answers one question soonest. One at a time: OpenVINO's Python side can lock itself up when
    several threads set inputs at once."""

    def __init__(self, path: Path) -> None:
        self._request = _compiled(path, "LATENCY").create_infer_request()
        self._lock = threading.Lock()

    def run(self, arrays: Arrays) -> NDArray[np.float32]:
        """Sentence vectors (b, d) for `input_ids` and `attention_mask` of shape (b, t)."""
        with self._lock:
            return np.array(self._request.infer(arrays)[1])


class Filling:
    """A converted model that does most passages a second: several batches under way at once, fed by one thread."""

    def __init__(self, path: Path) -> None:
        self._queue = ov.AsyncInferQueue(_compiled(path, "THROUGHPUT"))
        self._queue.set_callback(self._finished)
        self._lock = threading.Lock()
        self._failure: BaseException | None = None

    def run(self, batches: Iterator[tuple[Arrays, Done]]) -> None:
        """Run all batches; each `Done` gets token vectors (b, t, d) and sentence vectors (b, d), in any order."""
        with self._lock:
            self._failure = None
            for arrays, done in batches:
                # `arrays` goes along, so that it lives as long as the request that reads it.
                self._queue.start_async(arrays, (arrays, done), share_inputs=True)
            self._queue.wait_all()
            if self._failure is not None:
                raise self._failure

    def _finished(self, request: Any, given: tuple[Arrays, Done]) -> None:
        try:
            given[1](np.array(request.get_output_tensor(0).data), np.array(request.get_output_tensor(1).data))
        except BaseException as error:  # carried over to the thread that waits
            self._failure = error


# Kept for the process: each takes hundreds of megabytes, and the path carries the digest of what is in it.
asking, filling = lru_cache(maxsize=2)(Asking), lru_cache(maxsize=2)(Filling)


def _compiled(path: Path, hint: str) -> Any:
    return ov.Core().compile_model(path, "CPU", {"PERFORMANCE_HINT": hint})
