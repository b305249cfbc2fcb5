"""Slips of the keyboard in a question, set right where what stands in its place can only be a slip. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.text import synonyms
from ingest import dutch

_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")


def set_right(question: str, meant: Callable[[str], str | None]) -> str:
    """The question with each word in it that `meant` knows better; a name keeps its capital. What is all capitals, or holds a number or
    a mark, is left as it is."""

    def right(found: re.Match[str]) -> str:
        word = found[0]
        low = word.lower()
        known = low in dutch.STOP_WORDS or bool(synonyms.of(low, (dutch.stem(low),)))
        if known or word.isupper() or dutch.words(word) != [low]:
            return word
        better = meant(word)
        return word if better is None else better[0].upper() + better[1:] if word[0].isupper() else better

    return _WORD.sub(right, question)
