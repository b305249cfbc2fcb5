"""What each block of a document is part of: its headings from above, its article and lid. Pure.

Levels come from the format where it knows them; else from what the heading says (hoofdstuk, 3.2.1, artikel) and from
how often it returns: a heading that comes back ("Doel", "Planning") is a label inside the last heading that does not.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.counting import ORDINALS, listed
from corpus.model import Locator
from corpus.sentences import list_mark
from ingest.blocks import Block, Role
from ingest.marks import Marks

# Ranks of headings without a level: smaller stands above greater.
_DIVISIONS = {"boek": 1, "deel": 2, "hoofdstuk": 3, "bijlage": 3, "toelichting": 3, "titel": 4, "titeldeel": 4}
_DIVISIONS |= {"afdeling": 5, "paragraaf": 6, "§": 6}
_NUMBERED, _PART, _CAPITALS, _PLAIN, _LABEL, _ARTICLE, _OF_ARTICLE = 3, 20, 21, 22, 30, 40, 41

# `2:10`, `13b`, `5:32a`, `2a.1`, `81bis`, `IV`, and `H 10a` in a law that numbers by hoofdstuk.
_ARTICLE_NUMBER = (
    r"[A-Z][A-Za-z]? ?\d{1,3}[a-z]{0,2}|(?:\d+(?:bis|ter|quater|[a-z]{1,2}\d?)?|[IVXL]+[a-z]?)(?:[:.]\d+(?:bis|[a-z]{1,2})?)*(?:\s?[A-Z])?"
)
_ARTICLE_HEAD = re.compile(
    rf"^(?:Artikel|ARTIKEL|Art\.)\s+(?P<number>{_ARTICLE_NUMBER})(?!\w)[.:]?"
    r"(?:\s+(?P<title>(?!\[(?:[Vv]ervallen|[Nn]og niet))[^a-z\s,;(][^\n]*|\([^()]{2,120}\)\.?))?$"
)
_DIVISION_HEAD = re.compile(
    r"^(?P<word>Boek|Deel|Hoofdstuk|Titeldeel|Titel|Afdeling|Paragraaf|Bijlage|Toelichting|§)\b[ .]*(?P<number>[\dIVXLA-Z]+[\d.]*[a-z]?)?\b",
    re.IGNORECASE,
)
_SECTION_HEAD = re.compile(r"^(?P<number>\d+(?:\.\d+)*)\.?\s+(?=\S)")
_PART_HEAD = re.compile(r"^[A-Z][a-z]+\s+(?:\d{1,2}|[A-H])(?:[ .:]|$)")
_RECORD = re.compile(
    r"^(?P<key>(?:Naam|Project|Projectnaam|Deelproject|Titel|Maatregel|Actie|Thema|Onderwerp|Casus|Programma|Initiatief)\b[\w ]{0,24}): \S"
)
# Where a toelichting speaks of one lid: a label inside its article.
_LID_HEAD = re.compile(rf"^(?:(?P<ordinal>{'|'.join(ORDINALS)})\s+lid|lid\s+(?P<number>\d{{1,2}}))\b[.:]?$", re.IGNORECASE)
# Characters of an article's title that stands on a line of its own.
_TITLE = 80
_LID = re.compile(r"^\(?(?P<number>\d{1,2}[a-z]?)[.)]?\s")
# `Lid 2 De boete is`, and `4.2 De gemeente zorgt` inside article 4.
_LID_TOLD = re.compile(r"^(?:Lid\s+(?P<number>\d{1,2}[a-z]?)\b[.:]?\s+(?=[A-Z])|(?P<article>\d+)\.(?P<below>\d{1,2})\.?\s)")
_LAPSED = re.compile(rf"^(?:Artikel|ARTIKEL|Art\.)\s+(?:{_ARTICLE_NUMBER})\s+\[(?:vervallen|nog niet)[^\]]*\]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its place: the headings above it, outermost first, and its locator (without page)."""

    block: Block
    path: tuple[str, ...]
    locator: Locator


def parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Give every block its place. The blocks come back in the same order, unchanged but for records made headings, and articles
    whose title stands on the next line, which are one heading."""
    blocks = list(_titled(_records(list(_marked(blocks)))))
    with_body = [
        _normal(block.text) for block, after in itertools.pairwise(blocks) if block.role is Role.HEADING and after.role is not Role.HEADING
    ]
    returns = {text for text, count in Counter(with_body).items() if count >= 2}
    return tuple(_walk(blocks, returns))


def _walk(blocks: Iterable[Block], returns: set[str]) -> Iterator[Part]:
    stack: list[tuple[int, str, Locator]] = []
    chapter = 0
    locator = Locator()
    article: Block | None = None
    for block in blocks:
        if block.locator is None and _LAPSED.match(block.text):
            stack = [head for head in stack if head[0] < _ARTICLE]
            article, locator = None, stack[-1][2] if stack else Locator()
            yield Part(replace(block, role=Role.PARAGRAPH), tuple(text for _, text, _ in stack), locator)
            continue
        if block.locator is not None:
            if block.role is Role.HEADING:
                rank = block.level if block.level is not None else _PLAIN
                while stack and stack[-1][0] >= rank:
                    stack.pop()
                stack.append((rank, block.text, block.locator))
            locator = block.locator
        elif block.role is Role.HEADING or _ARTICLE_HEAD.match(block.text):
            rank, chapter = (_OF_ARTICLE, chapter) if _inside(block, article) else _rank(block, returns, chapter)
            while stack and stack[-1][0] >= rank:
                stack.pop()
            above = stack[-1][2] if stack else Locator()
            locator = _heading_locator(block.text, above)
            stack.append((rank, block.text, locator))
            article = block if rank == _ARTICLE else article if rank == _OF_ARTICLE else None
        elif locator.article is not None and (lid := _lid(block, locator.article)):
            locator = replace(locator, leden=(lid,))
        elif locator.leden and block.role is Role.PARAGRAPH:
            locator = replace(locator, leden=stack[-1][2].leden if stack else ())
        yield Part(block, tuple(text for _, text, _ in stack), locator)


def _lid(block: Block, article: str) -> str | None:
    """The number of the lid that a block of an article begins."""
    if block.role is Role.ITEM and (found := _LID.match(block.text)):
        return found["number"]
    told = _LID_TOLD.match(block.text) if block.role in (Role.ITEM, Role.PARAGRAPH) else None
    if told is None or (told["article"] or article) != article:
        return None
    return told["number"] or told["below"]


def _inside(block: Block, article: Block | None) -> bool:
    """Whether a heading stands inside the article that runs: it names a lid, or the format ranks it below the article."""
    if article is None or _ARTICLE_HEAD.match(block.text):
        return False
    below = block.level is not None and article.level is not None and block.level > article.level
    return below or _LID_HEAD.match(block.text) is not None


def _rank(block: Block, returns: set[str], chapter: int) -> tuple[int, int]:
    """The rank of a heading, and the number of the chapter that now runs."""
    text = block.text
    if _ARTICLE_HEAD.match(text):
        return _ARTICLE, chapter
    if block.level is not None:
        return block.level, chapter
    if division := _DIVISION_HEAD.match(text):
        return _DIVISIONS[division["word"].lower()], chapter
    if _RECORD.match(text):
        return _PART, chapter
    if _normal(text) in returns:
        return _LABEL, chapter
    if section := _SECTION_HEAD.match(text):
        depth = section["number"].count(".")
        if depth == 0:
            # A lone number is a chapter only where it counts on; "1." inside chapter 3 is an enumeration of its own.
            number = int(section["number"])
            return (_NUMBERED, number) if number == chapter + 1 or (chapter == 0 and number <= 1) else (_PART, chapter)
        return _NUMBERED + depth, int(section["number"].split(".")[0])
    if _PART_HEAD.match(text):
        return _PART, chapter
    return (_CAPITALS if text.isupper() else _PLAIN), chapter


def _heading_locator(text: str, above: Locator) -> Locator:
    if article := _ARTICLE_HEAD.match(text):
        return Locator(article=article["number"].replace(" ", ""), heading=text)
    if above.article is not None:
        lid = _LID_HEAD.match(text)
        return replace(above, leden=listed(lid["number"] or lid["ordinal"]) if lid else (), heading=text)
    if (section := _SECTION_HEAD.match(text)) and "." in section["number"]:
        return Locator(section=section["number"], heading=text)
    if section and above.section is None and above.article is None:
        return Locator(section=section["number"], heading=text)
    return Locator(section=above.section, heading=text)


def _records(blocks: Sequence[Block]) -> list[Block]:
    """Lines as `Naam van het project: X` that come back with another X each begin a record: make them headings."""
    keys: dict[str, set[str]] = {}
    for block in blocks:
        if found := _RECORD.match(block.text):
            keys.setdefault(found["key"], set()).add(block.text)
    repeated = {key for key, lines in keys.items() if len(lines) >= 3}
    return [
        replace(block, role=Role.HEADING)
        if block.role is not Role.HEADING and len(block.text) < 200 and (found := _RECORD.match(block.text)) and found["key"] in repeated
        else block
        for block in blocks
    ]


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
    head = _ARTICLE_HEAD.match(block.text) if block.locator is None else None
    return head is not None and head["title"] is None


def _may_be_title(block: Block, then: Block | None) -> bool:
    """Whether a block below a bare article number may be its title: a heading that is no division, or a short line above text."""
    if block.locator is not None or _ARTICLE_HEAD.match(f"Artikel 1 {block.text}") is None:
        return False
    if any(head.match(block.text) for head in (_ARTICLE_HEAD, _DIVISION_HEAD, _SECTION_HEAD, _LID_HEAD)):
        return False
    if block.role is Role.HEADING:
        return True
    bare = len(block.text) <= _TITLE and not list_mark(block.text) and re.search(r"[.,:;?!\]]$", block.text) is None
    told = then is not None and then.role in (Role.PARAGRAPH, Role.ITEM) and not _ARTICLE_HEAD.match(then.text)
    return bare and told and block.role in (Role.PARAGRAPH, Role.ITEM)


def _normal(text: str) -> str:
    return re.sub(r"[\W\d]+", " ", text).strip().lower()
