"""Leden and onderdelen whose number or letter is printed without a stop: `1 Het is verboden`, `a terrassen;`. Pure.

Publications of laws are printed so. A bare number or letter is only a mark inside an article, and only where it is the next one.
"""

from __future__ import annotations

import re

from corpus.sentences import list_mark

_ARTICLE = re.compile(r"(?:artikel|art\.)\s+[\dIVX]", re.IGNORECASE)
_LID = re.compile(r"(?P<number>\d{1,2})(?P<inserted>[a-z]?)\s+(?=[\"'“‘(€]?[A-ZÀ-Ý])")
_PART = re.compile(r"(?P<letter>[a-z])\s+(?=\S)")


class Marks:
    """Goes with the texts of a document in order, and writes out the marks that lack a stop."""

    def __init__(self) -> None:
        self._inside = False
        self._lid = 0
        self._letter = ""
        self._before = ""

    def begins(self, text: str) -> bool:
        """Whether a text begins with the bare mark that comes next."""
        return self._inside and (self._next_lid(text) is not None or self._next_part(text) is not None)

    def written(self, text: str) -> str:
        """The text that follows, its mark with a stop: `1. Het is verboden`."""
        if _ARTICLE.match(text):
            self._inside, self._lid, self._letter = True, 0, ""
        elif self._inside and (lid := self._next_lid(text)):
            text = f"{lid['number']}{lid['inserted']}. {text[lid.end() :]}"
            self._lid, self._letter = int(lid["number"]), ""
        elif self._inside and (part := self._next_part(text)):
            text = f"{part['letter']}. {text[part.end() :]}"
            self._letter = part["letter"]
        elif marked := re.match(r"(\d{1,2})[a-z]?[.)]", list_mark(text)):
            self._lid, self._letter = int(marked[1]), ""
        self._before = text
        return text

    def _next_lid(self, text: str) -> re.Match[str] | None:
        found = _LID.match(text)
        if found is None:
            return None
        number = int(found["number"])
        return found if number == self._lid + 1 or (number == self._lid and found["inserted"]) else None

    def _next_part(self, text: str) -> re.Match[str] | None:
        found = _PART.match(text)
        if found is None:
            return None
        first = not self._letter and found["letter"] == "a" and self._before.endswith(":")
        return found if first or (self._letter and ord(found["letter"]) == ord(self._letter) + 1) else None
