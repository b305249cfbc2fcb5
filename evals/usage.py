"""From use to test: judged answers as draft cases, kept answers scored, and what users ask held beside what the sets ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from assistant.api.shapes import AnswerShape, FeedbackShape
from assistant.model import Asked
from assistant.understand.question import Wanted, understand
from corpus.gemeenten import Gemeenten
from corpus.library import Library
from evals import grade
from evals.figures import Figure, figure
from evals.testset import Case

TO_FILL_IN = "VUL HIER HET JUISTE FEIT IN"
_KINDS = {
    Wanted.AMOUNT: "amount",
    Wanted.DATE: "date",
    Wanted.NAME: "name",
    Wanted.LIST: "list",
    Wanted.YES_NO: "yes_no",
    Wanted.DEFINITION: "definition",
    Wanted.REASON: "fact",
    Wanted.ARTICLE: "article",
    Wanted.RULES: "article",
    Wanted.CONDITION: "condition",
    Wanted.MEASURE: "fact",
    Wanted.OTHER: "fact",
}


def kind(question: str, gemeenten: Gemeenten) -> str:
    """The type of a question as its words tell it: the same reading for the sets and for use, so that they can be compared."""
    query = understand(Asked(question, date.min), gemeenten)
    if len(query.named) > 1:
        return "comparison"
    return "article" if query.references else _KINDS[query.wanted]


def coverage(cases: Sequence[Case], asked: Sequence[str], gemeenten: Gemeenten) -> list[tuple[str, int, int]]:
    """(type, questions of users, questions of the sets), most asked by users first."""
    users = Counter(kind(question, gemeenten) for question in asked)
    sets = Counter(kind(case.question, gemeenten) for case in cases)
    return sorted(((name, users[name], sets[name]) for name in users | sets), key=lambda row: (-row[1], -row[2], row[0]))


def scored(answers: Sequence[AnswerShape], library: Library) -> dict[str, Figure]:
    """Kept answers by the scorers that need no expectation: answered, quotes verbatim, numbers supported.

    An answer whose edition is no longer in the library is left out of the last two.
    """
    support = [_supported(answer, library) for answer in answers]
    made = {
        "answered": figure(float(bool(answer.sentences)) for answer in answers),
        "verbatim": figure(quotes for quotes, _ in support),
        "numbers": figure(numbers for _, numbers in support),
    }
    return {name: value for name, value in made.items() if value is not None}


def drafts(judged: Iterable[tuple[AnswerShape, FeedbackShape]], gemeenten: Gemeenten) -> list[dict[str, Any]]:
    """Judged answers as cases, for an evaluator to fill in what the right answer is."""
    cases: list[dict[str, Any]] = []
    for answer, said in judged:
        answered = bool(answer.citations)
        remark = " ".join(filter(None, ("nuttig" if said.useful else "niet nuttig", said.reason, said.comment)))
        case: dict[str, Any] = {
            "id": answer.id,
            "question": answer.question,
            "type": kind(answer.question, gemeenten) if answered else "unanswerable",
            "status": "answered" if answered else "not_found",
            "as_of": answer.as_of,
        }
        if answered:
            case |= {"documents": list(dict.fromkeys(c.document_id for c in answer.citations)), "facts": [TO_FILL_IN]}
        cases.append(case | {"note": remark})
    return cases


def _supported(answer: AnswerShape, library: Library) -> tuple[float | None, float | None]:
    if not answer.citations:
        return None, None
    held = library.texts.sources([c.passage_id for c in answer.citations])
    if any(c.passage_id not in held for c in answer.citations):
        return None, None
    return grade.supported(answer, library.texts.whole, {key: source.passage.text for key, source in held.items()})
