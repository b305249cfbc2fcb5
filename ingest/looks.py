"""Headings and items by how they look, for documents whose format does not mark them. Pure.

A heading is short, unfinished, and above something longer; an item begins with a number, letter or dash that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.sentences import list_mark
from ingest.blocks import Block, Role

_LONGEST = 90
_TITLE = re.compile(r"^(?:[\d.]+\s+)?[\"'“‘]?[A-ZÀ-Ý].*[^.;:,!…]$", re.DOTALL)


def mark_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Make headings of what looks like one. A document that marks its own headings is left as it is."""
    if any(block.role is Role.HEADING for block in blocks):
        return tuple(blocks)
    marked = list(blocks)
    # From below: a heading may stand above another heading, so the one below has to be known first.
    for i in range(len(blocks) - 2, -1, -1):
        if _looks_like_heading(marked, i):
            marked[i] = replace(blocks[i], role=Role.HEADING)
    return tuple(marked)


def mark_items(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Make items of the paragraphs that begin with a typed mark ("1. ", "a. ", "- "): leden are often written so."""
    return tuple(replace(b, role=Role.ITEM) if b.role is Role.PARAGRAPH and list_mark(b.text) else b for b in blocks)


def _looks_like_heading(blocks: Sequence[Block], at: int) -> bool:
    block, below = blocks[at], blocks[at + 1]
    if len(block.text) > _LONGEST or len(block.text.split()) > 12 or not _TITLE.match(block.text):
        return False
    if re.match(r"Voetnoot:|(?:Figuur|Tabel|Afbeelding) \d", block.text) or (at and blocks[at - 1].text.endswith(":")):
        return False
    if block.role is Role.ITEM:
        return re.match(r"\d+(?:\.\d+)+\.?\s", block.text) is not None and below.role is Role.PARAGRAPH
    return block.role is Role.PARAGRAPH and (
        below.role is Role.HEADING or len(below.text) > len(block.text) + 20 or below.text.endswith(":")
    )
