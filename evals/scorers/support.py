"""Support: quotes that are their source to the letter, and numbers that stand in what is cited."""

from __future__ import annotations

from assistant.model import Answer
from assistant.verify import unsupported
from corpus.library import Library


def verbatim(answer: Answer, library: Library) -> float | None:
    """The share of the citations whose quote is the text of its edition from start to end; None without citations."""
    if not answer.citations:
        return None
    right = sum(library.text(c.source.edition.id)[c.start : c.end] == c.quote for c in answer.citations)
    return right / len(answer.citations)


def numbers(answer: Answer) -> float | None:
    """The share of the sentences whose numbers, dates, amounts and articles all stand in a passage that they cite."""
    if not answer.sentences:
        return None
    passages = {c.n: c.source.passage.text for c in answer.citations}
    held = [not unsupported(s.text, " ".join(passages[n] for n in s.citations)) for s in answer.sentences]
    return sum(held) / len(held)
