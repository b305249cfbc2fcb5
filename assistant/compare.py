"""Municipalities side by side: topics down, gemeenten across, a citation in every filled cell, and three kinds of empty ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.check.verify import Verifier
from assistant.find.retrieve import Retriever
from assistant.model import Asked, Citation, Hit, Sentence
from assistant.understand.question import Query
from assistant.write import Draft, Writer
from corpus.errors import Refused
from corpus.library import Library
from corpus.model import Kind
from corpus.validity import KEEPS_SPEAKING, Status, status

_RULES = frozenset({Kind.APV, Kind.VERORDENING, Kind.BELEIDSREGEL, Kind.BIBOB_BELEID})
_FIGURE = re.compile(r"\d+(?:[.:,]\d+)*")
_DEPTH = 20
# Hits of a cell that are shown as its sources.
_SHOWN = 3


class CellState(StrEnum):
    FOUND = "gevonden"
    NOT_FOUND = "geen bepaling gevonden"
    NO_DOCUMENT = "document niet in bibliotheek"
    LAPSED = "vervallen"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one gemeente says on one topic. `sentences` cite `citations` by number, within the cell; `hits` are what was read for it."""

    gemeente: str
    state: CellState
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A topic with a cell per gemeente. `differs` where the cells name other numbers, or one of them is empty."""

    topic: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    gemeenten: tuple[str, ...]
    rows: tuple[Row, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class Comparer:
    """Compares local rules, in their own words; what it shows passes the same verification as every answer."""

    library: Library
    retriever: Retriever
    quotes: Writer

    def compare(self, topics: Sequence[str], asked: Asked) -> Comparison:
        """The matrix for the gemeenten of `asked`. Raises Refused for fewer than two."""
        if len(asked.gemeenten) < 2:
            raise Refused("Noem ten minste twee gemeenten om te vergelijken.")
        rows = []
        for topic in topics:
            cells = tuple(self._cell(topic, replace(asked, gemeenten=(code,))) for code in asked.gemeenten)
            rows.append(Row(topic, cells, _differ(cells)))
        return Comparison(asked.gemeenten, tuple(rows), asked.as_of)

    def _cell(self, topic: str, asked: Asked) -> Cell:
        code = asked.gemeenten[0]
        local = [d for d in self.library.documents() if d.gemeente == code and (asked.scopes is None or d.scope in asked.scopes)]
        if not any(d.kind in _RULES or d.kind in KEEPS_SPEAKING for d in local):
            return Cell(code, CellState.NO_DOCUMENT)
        found = self._said(topic, asked)
        if found is not None:
            return found
        ends = {
            e.valid_to for d in local for e in self.library.editions(d.id) if status(d, e, asked.as_of) is Status.VERVALLEN and e.valid_to
        }
        for day in sorted(ends, reverse=True)[:3]:
            earlier = self._said(topic, replace(asked, as_of=day))
            if earlier is not None:
                shown = tuple(replace(citation, as_of=asked.as_of) for citation in earlier.citations)
                return replace(earlier, state=CellState.LAPSED, citations=shown)
        return Cell(code, CellState.NOT_FOUND)

    def _said(self, topic: str, asked: Asked) -> Cell | None:
        """What the gemeente's own documents say; rules first, plans where no rule speaks."""
        question = topic if topic.rstrip().endswith("?") else f"Wat geldt er voor {topic}?"
        query = self.retriever.understood(replace(asked, question=question, read_as=None))
        hits = [
            h
            for h in self.retriever.retrieve(query, asked, _DEPTH)
            if h.source.document.gemeente == asked.gemeenten[0] and not h.source.edition.concept
        ]
        for some in ([h for h in hits if h.source.document.kind in _RULES], hits):
            cell = self._written(query, asked, some)
            if cell is not None:
                return cell
        return None

    def _written(self, query: Query, asked: Asked, hits: list[Hit]) -> Cell | None:
        if not hits:
            return None
        verifier = Verifier(hits, asked.as_of)
        drafts = (said for said in self.quotes.write(query, asked, hits) if isinstance(said, Draft))
        sentences = tuple(s for draft in drafts if (s := verifier.accept(draft)) is not None)
        return Cell(asked.gemeenten[0], CellState.FOUND, sentences, verifier.citations, tuple(hits[:_SHOWN])) if sentences else None


def _differ(cells: Sequence[Cell]) -> bool:
    states = {cell.state for cell in cells}
    figures = {frozenset(_FIGURE.findall(" ".join(s.text for s in cell.sentences))) for cell in cells}
    return len(states) > 1 or len(figures) > 1
