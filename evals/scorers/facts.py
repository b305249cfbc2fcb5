"""Key facts: of each group of alternatives one has to stand in the answer; a forbidden one never."""

from __future__ import annotations

import re
from collections.abc import Sequence


def recall(text: str, facts: Sequence[Sequence[str]]) -> float:
    """The share of the facts that the text holds, 0 to 1; 1 where there are none."""
    return sum(map(bool, standing(text, facts))) / len(facts) if facts else 1.0


def standing(text: str, facts: Sequence[Sequence[str]]) -> list[bool]:
    """Of each fact whether the text holds it, in one of its spellings."""
    return [any(holds(text, one) for one in group) for group in facts]


def forbidden(text: str, facts: Sequence[str]) -> list[str]:
    """The forbidden facts that the text holds."""
    return [one for one in facts if holds(text, one)]


def holds(text: str, fact: str) -> bool:
    """Whether a fact stands in a text, whatever the case and the white space; a number only as a whole number."""
    return pattern(fact).search(_plain(text)) is not None


def pattern(fact: str) -> re.Pattern[str]:
    """How a fact is looked for, in text of one case with single spaces."""
    plain = _plain(fact)
    begins = r"(?<![\d.,])" if plain[:1].isdigit() else ""
    ends = r"(?![\d]|[.,]\d)" if plain[-1:].isdigit() else ""
    return re.compile(begins + re.escape(plain) + ends)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\s*\[\d+\]", "", text).lower().replace("’", "'").split())
