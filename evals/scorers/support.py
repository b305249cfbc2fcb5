"""Support: quotes that are their source to the letter, and numbers that stand in what is cited."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.check.verify import unsupported


def verbatim(quotes: Sequence[tuple[str, str]]) -> float | None:
    """The share of the quotes that are what stands at their place: pairs (quote, that text). None without quotes."""
    return sum(quote == source for quote, source in quotes) / len(quotes) if quotes else None


def numbers(sentences: Sequence[tuple[str, str]]) -> float | None:
    """The share of the sentences whose numbers, dates, amounts and articles all stand in what they cite: pairs (sentence, text
    of the passages that it cites). None without sentences."""
    return sum(not unsupported(text, cited) for text, cited in sentences) / len(sentences) if sentences else None
