"""A second reading of what was found: any CrossEncoder of sentence-transformers, which reads question and passage together.

Off unless one is configured. Knows no documents, only strings.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import WrongSetting

_BATCH = 8


class Reranker:
    """A CrossEncoder, loaded at once so that a wrong name is told at the start."""

    def __init__(self, model: str) -> None:
        """`model` is a folder or hub name. Raises WrongSetting where it is no CrossEncoder that gives one score."""
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        try:
            self._model: Any = CrossEncoder(model, device="cpu", local_files_only=Path(model).is_dir())
            scores = np.asarray(self._model.predict([("vraag", "tekst")], show_progress_bar=False))
        except Exception as error:  # whatever a hub, a folder or a foreign model may raise
            raise WrongSetting(
                f"OOV_RERANK_MODEL: model ‘{model}’ kan niet worden geladen. Geef de map of hubnaam van een CrossEncoder, of laat de instelling weg."
            ) from error
        if scores.shape != (1,):
            raise WrongSetting(
                f"OOV_RERANK_MODEL: model ‘{model}’ geeft geen enkele score per passage. Kies een CrossEncoder met één uitkomst."
            )

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How well each text answers the question: higher is better, on the model's own scale."""
        if not texts:
            return np.empty(0)
        pairs = [(question, text) for text in texts]
        return np.asarray(self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False), np.float64)
