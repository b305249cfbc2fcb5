"""What every loader gives: a document as a row of blocks. Pure values; knows no format and no law.

A block is one paragraph, heading, list item or table row, on one line, with the page it began on. A heading's level is
None where the format does not say it (plain text, most PDFs): `structure` then infers it from the whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.model import Locator


class Role(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """`text` holds no line break. `page` counts from 1 and is None where the format has no pages.

    `turns` are the places inside the text where a next page begins: (offset, page), in order. `locator` is where the block
    stands in the regeling, for formats that say it exactly; `structure` infers it for the others.
    """

    text: str
    role: Role = Role.PARAGRAPH
    level: int | None = None
    page: int | None = None
    turns: tuple[tuple[int, int], ...] = ()
    locator: Locator | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as it was read: its blocks, the labels printed on its pages, and what the file says of itself.

    `hidden` is text that the file holds and no reader sees, each stretch with its page (None without pages); no block has it.
    `pictures` are the pages that show something and give hardly a letter; `recognised` those whose text was read from a picture.
    """

    blocks: tuple[Block, ...]
    page_labels: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[tuple[int | None, str], ...] = ()
    pictures: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()

    def to_wire(self) -> dict[str, Any]:
        """Plain JSON values, because a child process that read a stranger's file is not trusted with pickles."""
        return {
            "blocks": [[b.text, b.role.value, b.level, b.page, b.turns, _place_to_wire(b.locator)] for b in self.blocks],
            "page_labels": list(self.page_labels),
            "properties": dict(self.properties),
            "hidden": [list(stretch) for stretch in self.hidden],
            "pictures": list(self.pictures),
        }

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Loaded:
        return cls(
            tuple(
                Block(str(text), Role(role), level, page, tuple((int(at), int(to)) for at, to in turns), _place_from_wire(place))
                for text, role, level, page, turns, place in wire["blocks"]
            ),
            tuple(str(label) for label in wire["page_labels"]),
            {str(key): str(value) for key, value in wire["properties"].items()},
            tuple((page, str(text)) for page, text in wire["hidden"]),
            tuple(int(page) for page in wire["pictures"]),
        )


def _place_to_wire(place: Locator | None) -> dict[str, Any] | None:
    return None if place is None else {**asdict(place), "since": place.since and place.since.isoformat()}


def _place_from_wire(wire: Mapping[str, Any] | None) -> Locator | None:
    if wire is None:
        return None
    since = wire["since"]
    return Locator(**{**wire, "leden": tuple(wire["leden"]), "since": date.fromisoformat(since) if since else None})


_EXPLAINS = re.compile(
    r"(?:(?:algemene|artikelsgewijze|nota van|memorie van|inhoudelijke)\s+)?toelichting\b|artikelsgewijs\b", re.IGNORECASE
)


def explains(heading: str) -> bool:
    """Whether a heading says that a toelichting begins."""
    return _EXPLAINS.match(heading) is not None


_CONTENTS_LINE = re.compile(r"\S.*?(?:\s*\|\s*|[ .…·_]{4,}|\s)\d{1,3}$")
_LEADER = re.compile(r"\|\s*\d{1,3}$|(?:[.…·_]\s?){4,}\s*\d{1,3}$")


def without_contents(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without a printed table of contents: it repeats the headings and answers no question.

    A table of contents is a run of at least three lines that end in a page number, most of them after a leader; rows of cells only
    under a heading that says so, for figures in the last column of a table may rise too.
    """
    kept: list[Block] = []
    run: list[Block] = []
    for block in (*blocks, Block("")):
        if block.text and len(block.text) < 160 and _CONTENTS_LINE.match(block.text):
            run.append(block)
            continue
        leaders = sum(1 for line in run if _LEADER.search(line.text))
        headed = bool(kept) and re.fullmatch(r"inhoud(?:sopgave)?:?", kept[-1].text.lower()) is not None
        table = not headed and any("|" in line.text for line in run)
        if len(run) >= 3 and leaders >= 0.6 * len(run) and not table and _ascending([line.text for line in run]):
            if headed:
                kept.pop()
        else:
            kept += run
        run = []
        kept.append(block)
    return tuple(kept[:-1])


def _ascending(lines: Sequence[str]) -> bool:
    pages = [int(line[re.search(r"\d+$", line).start() :]) for line in lines]  # type: ignore[union-attr]
    return all(first <= second for first, second in itertools.pairwise(pages))


def has_words(blocks: Iterable[Block]) -> bool:
    """Whether there is anything to read: at least twenty letters in all."""
    letters = 0
    for block in blocks:
        letters += sum(char.isalpha() for char in block.text)
        if letters >= 20:
            return True
    return False
