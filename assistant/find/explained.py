"""Why a passage came, for the curator's test page. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.find.ranking import DENSE, scaled
from assistant.model import Hit
from assistant.understand.question import Query
from ingest import dutch


@dataclass(frozen=True, slots=True)
class Why:
    """Why a hit came: `dense_share` and `full_text_share` are what each search gave to its score, among these hits."""

    named: bool
    dense_share: float
    full_text_share: float
    matched: list[str]


def explained(query: Query, hits: Sequence[Hit]) -> list[Why]:
    """Of each hit whether it was named, what each search gave, and which words it holds."""
    dense = DENSE * scaled(np.array([hit.cosine for hit in hits]))
    full = (1 - DENSE) * scaled(np.array([hit.bm25 for hit in hits]), floor=0.0)
    made = []
    for hit, near, words in zip(hits, dense, full, strict=True):
        source = hit.source
        held = {dutch.stem(word) for word in dutch.words(f"{source.document.title} {' '.join(source.passage.path)} {source.passage.text}")}
        matched = [sought.word for sought in query.sought if dutch.stem(sought.word) in held]
        made.append(Why(hit.named, round(float(near), 4), round(float(words), 4), matched))
    return made
