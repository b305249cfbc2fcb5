"""The shapes of a comparison in JSON."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from assistant.api import shapes, wire
from assistant.compare import Cell, Comparison
from corpus.gemeenten import Gemeenten


class CellShape(shapes.Shape):
    gemeente: str
    gemeente_name: str
    state: str
    text: str
    sentences: list[shapes.SentenceShape]
    citations: list[shapes.CitationShape]


class RowShape(shapes.Shape):
    topic: str
    differs: bool
    cells: list[CellShape]


class ComparisonShape(shapes.Shape):
    gemeenten: list[str]
    rows: list[RowShape]
    as_of: date


class CompareShape(shapes.Shape):
    """What is posted to compare: topics, and gemeenten by name or CBS code."""

    topics: list[str] = Field(min_length=1, max_length=20)
    gemeente: list[str] = Field(min_length=2, max_length=14)
    as_of: date | None = None


def comparison(value: Comparison, names: Gemeenten) -> ComparisonShape:
    rows = [RowShape(topic=row.topic, differs=row.differs, cells=[_cell(cell, names) for cell in row.cells]) for row in value.rows]
    return ComparisonShape(gemeenten=[names.name(code) for code in value.gemeenten], rows=rows, as_of=value.as_of)


def _cell(value: Cell, names: Gemeenten) -> CellShape:
    marked = (s.text + "".join(f" [{n}]" for n in s.citations) for s in value.sentences)
    return CellShape(
        gemeente=value.gemeente,
        gemeente_name=names.name(value.gemeente),
        state=value.state.value,
        text="\n".join(marked),
        sentences=[wire.sentence(s) for s in value.sentences],
        citations=[wire.citation(c) for c in value.citations],
    )
