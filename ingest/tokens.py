"""Text to the token ids of a model, and back to places in the text; the only importer of tokenizers beside `builtin_model`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer


class Tokens:
    """A tokenizer with the window of its model. Counting and encoding do not disturb each other."""

    def __init__(self, counting: Tokenizer, max_tokens: int, pad_id: int, pad_token: str) -> None:
        self._counting = Tokenizer.from_str(counting.to_str())
        self._counting.no_truncation()
        self._counting.no_padding()
        self._encoding = Tokenizer.from_str(counting.to_str())
        self._encoding.enable_truncation(max_tokens)
        self._encoding.enable_padding(pad_id=pad_id, pad_token=pad_token)

    @classmethod
    def read(cls, file: Path, max_tokens: int, pad_id: int, pad_token: str) -> Tokens:
        return cls(Tokenizer.from_file(str(file)), max_tokens, pad_id, pad_token)

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, without the model's own marks."""
        return [len(encoded.ids) for encoded in self._counting.encode_batch_fast(list(texts), add_special_tokens=False)]

    def encode(self, texts: Sequence[str]) -> dict[str, NDArray[Any]]:
        """`input_ids` and `attention_mask` of shape (b, t), and `offsets` of shape (b, t, 2): where each token stands."""
        encoded = self._encoding.encode_batch(list(texts))
        return {
            "input_ids": np.array([e.ids for e in encoded], np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], np.int64),
            "offsets": np.array([e.offsets for e in encoded], np.int64),
        }
