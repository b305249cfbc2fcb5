"""A sentence-transformers model on OpenVINO, converted once; the only importer of openvino. Knows tensors, not text.

Why: on two cores it does 1.5 times what PyTorch does without AVX-512, and ten times with AMX (BENCHMARKS.md). The detour
over optimum-intel is not taken: it pins older libraries and lets pip replace the CPU build of torch.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
import torch
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


class _Traced(torch.nn.Module):
    """All modules of the model as one, with two outputs: token vectors (b, t, d) and the sentence vector (b, d)."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        made = self.model.forward({"input_ids": input_ids, "attention_mask": attention_mask})
        return made["token_embeddings"], made["sentence_embedding"]


def convert(model: Any, path: Path) -> None:
    """Write `model` (a SentenceTransformer that takes input_ids and attention_mask) as OpenVINO files; takes seconds."""
    example = {name: torch.ones(2, 16, dtype=torch.long) for name in ("input_ids", "attention_mask")}
    with torch.inference_mode():
        converted = ov.convert_model(_Traced(model.eval()), example_input=example)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name("unfinished.xml")
    ov.save_model(converted, unfinished, compress_to_fp16=True)
    unfinished.with_suffix(".bin").replace(path.with_suffix(".bin"))
    unfinished.replace(path)


class Runner:
    """A converted model, ready to run. `LATENCY` answers one question soonest, `THROUGHPUT` does most passages a second.

    Safe to call from several threads: each has its own request.
    """

    def __init__(self, path: Path, hint: str) -> None:
        self._compiled = ov.Core().compile_model(path, "CPU", {"PERFORMANCE_HINT": hint})
        self.parallel = int(self._compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        self._own = threading.local()

    def __call__(self, input_ids: NDArray[Any], attention_mask: NDArray[Any]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Token vectors (b, t, d) and sentence vectors (b, d) for token ids and mask of shape (b, t)."""
        if not hasattr(self._own, "request"):
            self._own.request = self._compiled.create_infer_request()
        made = self._own.request.infer({"input_ids": input_ids, "attention_mask": attention_mask})
        return made[0].copy(), made[1].copy()
