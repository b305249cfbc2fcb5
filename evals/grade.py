"""From an answer to a result: every scorer asked, each for its own. Knows no runs and no files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.api.shapes import AnswerShape
from assistant.compare import Comparison
from assistant.model import Answer, Hit
from corpus.library import Library
from evals.result import Result
from evals.scorers import cells, citations, facts, lists, ranking, support
from evals.scorers.verdict import Stage, Verdict, stage, verdict
from evals.testset import Case, Expected

LIST = "list"


def graded(case: Case, answer: Answer, shape: AnswerShape, hits: Sequence[Hit], library: Library) -> Result:
    """An answer to a case, scored; `shape` is the same answer as it is kept, `hits` what was found for it."""
    passages = {hit.source.passage.id: hit.source.passage.text for hit in hits}
    cited = " ".join(passages.get(c.source.passage.id, c.quote) for c in answer.citations)
    said, retrieved = facts.standing(shape.text, case.facts), facts.standing("\n".join(passages.values()), case.facts)
    wrong = facts.forbidden(shape.text, case.forbidden)
    answered = bool(answer.sentences)
    recall = facts.recall(shape.text, case.facts)
    found = verdict(answerable=case.expected is Expected.ANSWERED, answered=answered, recall=recall, forbidden=len(wrong))
    at = stage(found, said=said, retrieved=retrieved, cited=facts.standing(cited, case.facts))
    named = [(c.source.document.id, c.source.edition.filename) for c in answer.citations]
    verbatim, numbers = supported(shape, library.texts.whole, passages)
    return Result(
        **about(case),
        verdict=found.value,
        stage=at.value if at else None,
        facts=recall if answered else 0.0,
        forbidden=tuple(wrong),
        missing=tuple(lists.missing(shape.text, case.facts)),
        items=lists.completeness(shape.text, case.facts) if case.type == LIST and answered else None,
        document=citations.document_recall(named, case.documents),
        precision=citations.precision(named, case.documents),
        place=citations.place_recall([c.locator for c in answer.citations], case.place),
        verbatim=verbatim,
        numbers=numbers,
        context=sum(retrieved) / len(retrieved) if retrieved else None,
        rank=ranking.reciprocal(list(passages.values()), case.facts),
        length=len(shape.text),
        seconds=answer.timings.get("write", 0.0),
        found=tuple(_found(hit) for hit in hits),
        answer=shape.model_dump(mode="json"),
    )


def compared(case: Case, given: Comparison, name: Callable[[str], str], library: Library) -> Result:
    """A comparison to a case with cells, scored. Right where all cells are."""
    row = given.rows[0]
    said = {name(cell.gemeente): cells.Cell(cell.state.value, " ".join(s.text for s in cell.sentences)) for cell in row.cells}
    held = cells.right(said, case.cells)
    part = cells.share(held) or 0.0
    found = Verdict.RIGHT if part == 1 else Verdict.PARTLY if part else Verdict.WRONG
    cited = [c for cell in row.cells for c in cell.citations]
    quotes = [(c.quote, library.texts.whole(c.source.edition.id)[c.start : c.end]) for c in cited]
    sentences = [
        (s.text, " ".join(c.source.passage.text for c in cell.citations if c.n in s.citations))
        for cell in row.cells
        for s in cell.sentences
    ]
    named = [(c.source.document.id, c.source.edition.filename) for c in cited]
    return Result(
        **about(case),
        verdict=found.value,
        stage=None if found is Verdict.RIGHT else Stage.CELLS.value,
        facts=part,
        cells=held,
        document=citations.document_recall(named, case.documents),
        precision=citations.precision(named, case.documents),
        verbatim=support.verbatim(quotes),
        numbers=support.numbers(sentences),
        length=sum(len(cell.text) for cell in said.values()),
        answer={
            "text": "\n".join(f"{gemeente}: {cell.text or cell.state}" for gemeente, cell in said.items()),
            "missing": None,
            "citations": [{"title": c.source.title, "locator": c.locator, "quote": c.quote} for c in cited],
        },
    )


def ungraded(case: Case, reason: str) -> Result:
    """A case without an answer that can be judged, and why."""
    return Result(**about(case), verdict=Verdict.UNGRADED.value, reason=reason)


def about(case: Case) -> dict[str, Any]:
    """What a result says of its case, whatever came of it."""
    wanted = case.facts or tuple((f"{name}: {_wanted(cell)}",) for name, cell in case.cells.items())
    return {
        "id": case.id,
        "case": case.digest,
        "type": case.type,
        "gemeenten": tuple(case.cells) or ((case.gemeente,) if case.gemeente else ()),
        "question": " → ".join((*case.history, case.question)),
        "expected": case.expected.value,
        "wanted": wanted,
        "documents": case.documents,
    }


def supported(answer: AnswerShape, text_of: Callable[[str], str], passages: Mapping[str, str]) -> tuple[float | None, float | None]:
    """(quotes verbatim, numbers supported) of an answer as it is kept: `text_of` an edition, and the text of its passages by id."""
    quotes = [(c.quote, text_of(c.edition_id)[c.start : c.end]) for c in answer.citations]
    held = {c.n: passages.get(c.passage_id, c.quote) for c in answer.citations}
    return support.verbatim(quotes), support.numbers([(s.text, " ".join(held[n] for n in s.citations)) for s in answer.sentences])


def _wanted(cell: cells.Cell) -> str:
    return ", ".join(" of ".join(group) for group in cell.facts) or cell.state


def _found(hit: Hit) -> dict[str, str]:
    place = hit.source
    return {"title": place.title, "locator": str(place.passage.locator), "text": place.passage.text}
