"""Writers: from a question and its hits to drafts of sentences. What a draft claims is believed only after `verify`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Protocol

from assistant.model import Asked, Hit
from assistant.understand.question import Query


@dataclass(frozen=True, slots=True)
class Cite:
    """A stretch of a hit that a draft rests on; `start` and `end` count in the passage's text."""

    hit: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a writer gives it. `quote` claims that it is verbatim what its (single) cite holds."""

    text: str
    cites: tuple[Cite, ...]
    quote: bool

    def shifted(self, by: int) -> Draft:
        """The same, for hits that stand this many places further on."""
        return replace(self, cites=tuple(replace(cite, hit=cite.hit + by) for cite in self.cites))


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader has to know of an answer that is not whole, or not written as was asked; `model` is what wrote it."""

    text: str
    model: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A writer's sign of life, about every second, so that who no longer listens can be noticed."""


@dataclass(slots=True)
class Progress:
    """How far one answer is, over all parts of its question: when its writing began, whether a language model wrote some of it,
    and how that failed. What a writer leaves behind for the next part. `followed_on` tells that reading the question, as one that
    follows on others, took some of the time already."""

    followed_on: bool = False
    began: float = field(default_factory=monotonic)
    by_model: bool = False
    failed: Exception | None = None


class Writer(Protocol):
    """Writes an answer, sentence by sentence. No drafts means: these hits do not answer the question."""

    @property
    def name(self) -> str: ...

    def write(
        self, query: Query, asked: Asked, hits: Sequence[Hit], so_far: Progress | None = None, /
    ) -> Iterator[Draft | Remark | Waiting]: ...
