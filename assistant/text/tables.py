"""Tables and what names them: the caption above, and a text that refers to one by number ("gedurende de uren in tabel 1")
and says little without it. Pure."""

from __future__ import annotations

import re

# What parts the cells of a row in stored text.
CELLS = " | "
_NAMED = re.compile(r"\btabel (?P<number>\d+(?:\.\d+)*[a-z]?)\b", re.IGNORECASE)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a table: it names one and is no sentence."""
    return _NAMED.match(line) is not None and not line.rstrip().endswith((".", ":", ";"))


def captioned(text: str) -> set[str]:
    """The numbers of the tables whose captions stand in a text."""
    return {found["number"].lower() for line in text.splitlines() if is_caption(line) and (found := _NAMED.match(line))}


def referred(text: str) -> set[str]:
    """The numbers of the tables that a text refers to. A caption refers to none."""
    return {found["number"].lower() for line in text.splitlines() if not is_caption(line) for found in _NAMED.finditer(line)}


def goes_on(text: str) -> bool:
    """Whether a passage begins in the middle of a table: the row that names its columns stands in a passage before it."""
    return CELLS in text.lstrip().partition("\n")[0]
