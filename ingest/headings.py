"""What headings look like, and blocks with their headings whole: records, articles with their titles, leden with their stops. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.counting import ORDINALS
from corpus.sentences import list_mark
from ingest.blocks import Block, Role
from ingest.marks import Marks

# `2:10`, `13b`, `5:32a`, `2a.1`, `81bis`, `IV`, and `H 10a` in a law that numbers by hoofdstuk.
ARTICLE_NUMBER = (
    r"[A-Z][A-Za-z]? ?\d{1,3}[a-z]{0,2}|(?:\d+(?:bis|ter|quater|[a-z]{1,2}\d?)?|[IVXL]+[a-z]?)(?:[:.]\d+(?:bis|[a-z]{1,2})?)*(?:\s?[A-Z])?"
)
ARTICLE_HEAD = re.compile(
    rf"^(?:Artikel|ARTIKEL|Art\.)\s+(?P<number>{ARTICLE_NUMBER})(?!\w)[.:]?"
    r"(?:\s+(?P<title>(?!\[(?:[Vv]ervallen|[Nn]og niet))[^a-z\s,;(][^\n]*|\([^()]{2,120}\)\.?))?$"
)
DIVISION_HEAD = re.compile(
    r"^(?P<word>Boek|Deel|Hoofdstuk|Titeldeel|Titel|Afdeling|Paragraaf|Bijlage|Toelichting|§)\b[ .]*(?P<number>[\dIVXLA-Z]+[\d.]*[a-z]?)?\b",
    re.IGNORECASE,
)
SECTION_HEAD = re.compile(r"^(?P<number>\d+(?:\.\d+)*)\.?\s+(?=\S)")
RECORD = re.compile(
    r"^(?P<key>(?:Naam|Project|Projectnaam|Deelproject|Titel|Maatregel|Actie|Thema|Onderwerp|Casus|Programma|Initiatief)\b[\w ]{0,24}): \S"
)
_BIJLAGE = re.compile(r"^(?:Bijlage|BIJLAGE)\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])(?:\s*[:.–-]\s*\S|\s+[A-Z]|$)[^.;]{0,80}$")
# Where a toelichting speaks of one lid: a label inside its article.
LID_HEAD = re.compile(rf"^(?:(?P<ordinal>{'|'.join(ORDINALS)})\s+lid|lid\s+(?P<number>\d{{1,2}}))\b[.:]?$", re.IGNORECASE)
# Characters of an article's title that stands on a line of its own.
_TITLE = 80


def whole(blocks: Iterable[Block]) -> list[Block]:
    """The blocks in the same order, unchanged but for records made headings, articles whose title stands on the next line, which are one
    heading, and the stops behind bare numbers of leden."""
    return list(_titled(_records(list(_marked(_bijlagen(blocks))))))


def normal(text: str) -> str:
    """A heading as it is compared: its words alone."""
    return re.sub(r"[\W\d]+", " ", text).strip().lower()


def _bijlagen(blocks: Iterable[Block]) -> Iterator[Block]:
    """`Bijlage 2: Sanctietabel` on a line of its own begins a bijlage, also where it was not typed as a heading."""
    for block in blocks:
        begins = block.locator is None and block.role is Role.PARAGRAPH and _BIJLAGE.match(block.text)
        yield replace(block, role=Role.HEADING, level=None) if begins else block


def _marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leden and onderdelen without a stop behind their number or letter, as items."""
    marks = Marks()
    for block in blocks:
        plain = block.locator is None and block.role in (Role.PARAGRAPH, Role.ITEM)
        item = plain and marks.begins(block.text)
        text = marks.written(block.text)
        yield replace(block, text=text, role=Role.ITEM) if item else block


def _titled(blocks: Sequence[Block]) -> Iterator[Block]:
    """`Artikel 5` with its title on the line below it, as one heading: else that title would end the article where it begins."""
    rest = iter(itertools.zip_longest(blocks, blocks[1:], blocks[2:]))
    for block, title, then in rest:
        if title is not None and _lacks_title(block) and _may_be_title(title, then):
            yield replace(block, text=f"{block.text.rstrip('.: ')} {title.text}", role=Role.HEADING)
            next(rest)
        else:
            yield block


def _lacks_title(block: Block) -> bool:
    head = ARTICLE_HEAD.match(block.text) if block.locator is None else None
    return head is not None and head["title"] is None


def _may_be_title(block: Block, then: Block | None) -> bool:
    """Whether a block below a bare article number may be its title: a heading that is no division, or a short line above text."""
    if block.locator is not None or ARTICLE_HEAD.match(f"Artikel 1 {block.text}") is None:
        return False
    if any(head.match(block.text) for head in (ARTICLE_HEAD, DIVISION_HEAD, SECTION_HEAD, LID_HEAD)):
        return False
    if block.role is Role.HEADING:
        return True
    bare = len(block.text) <= _TITLE and not list_mark(block.text) and re.search(r"[.,:;?!\]]$", block.text) is None
    told = then is not None and then.role in (Role.PARAGRAPH, Role.ITEM) and not ARTICLE_HEAD.match(then.text)
    return bare and told and block.role in (Role.PARAGRAPH, Role.ITEM)


def _records(blocks: Sequence[Block]) -> list[Block]:
    """Lines as `Naam van het project: X` that come back with another X each begin a record: make them headings."""
    keys: dict[str, set[str]] = {}
    for block in blocks:
        if found := RECORD.match(block.text):
            keys.setdefault(found["key"], set()).add(block.text)
    repeated = {key for key, lines in keys.items() if len(lines) >= 3}
    return [
        replace(block, role=Role.HEADING)
        if block.role is not Role.HEADING and len(block.text) < 200 and (found := RECORD.match(block.text)) and found["key"] in repeated
        else block
        for block in blocks
    ]
