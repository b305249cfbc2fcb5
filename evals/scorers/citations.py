"""Citations: whether the right document, and the right place in it, was cited, and how much of what was cited is right."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePath


def document_recall(cited: Sequence[Collection[str]], wanted: Sequence[str]) -> float | None:
    """1 where one of the documents wanted was cited, else 0; None where none is wanted.

    Of each citation the names that its document goes by: its id and its file name. What is wanted may leave out the ending.
    """
    return None if not wanted else float(any(_is(names, wanted) for names in cited))


def precision(cited: Sequence[Collection[str]], wanted: Sequence[str]) -> float | None:
    """The share of the citations that are of a document wanted; None where nothing is cited or wanted."""
    if not cited or not wanted:
        return None
    return sum(_is(names, wanted) for names in cited) / len(cited)


def place_recall(locators: Sequence[str], wanted: str | None) -> float | None:
    """1 where the article or paragraph wanted (`art. 2:10 lid 3`, `par. 6.3`) was cited; None where the place is no such thing."""
    place = _place(wanted or "")
    return None if place is None else float(any(_place(one) == place for one in locators))


def _place(text: str) -> str | None:
    found = re.search(r"\bart\. (?P<article>[\w:.]*\w)|(?:§|\bpar\.|\bhoofdstuk|\bvraag) (?P<part>\d[\d.]*)", text)
    return None if found is None else found["article"] or f"§ {found['part'].rstrip('.')}"


def _is(names: Collection[str], wanted: Sequence[str]) -> bool:
    known = {*names, *(PurePath(name).stem for name in names)}
    return any(one in known for one in wanted)
