"""Key facts: of each group of alternatives one has to stand in the answer; a forbidden one never."""

from __future__ import annotations

import re
from collections.abc import Sequence


def recall(text: str, facts: Sequence[Sequence[str]]) -> float:
    """The share of the facts that the text holds, 0 to 1; 1 where there are none."""
    return sum(any(holds(text, one) for one in group) for group in facts) / len(facts) if facts else 1.0


def forbidden(text: str, facts: Sequence[str]) -> list[str]:
    """The forbidden facts that the text holds."""
    return [one for one in facts if holds(text, one)]


def holds(text: str, fact: str) -> bool:
    """Whether a fact stands in a text, whatever the case and the white space; a number only as a whole number."""
    wanted = re.escape(_plain(fact))
    begins = r"(?<![\d.,])" if _plain(fact)[:1].isdigit() else ""
    ends = r"(?![\d]|[.,]\d)" if _plain(fact)[-1:].isdigit() else ""
    return re.search(begins + wanted + ends, _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\s*\[\d+\]", "", text).lower().replace("’", "'").split())
