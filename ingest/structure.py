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

from corpus.counting import listed
from corpus.model import EXPLANATION, Locator
from ingest.annexes import Annexes
from ingest.blocks import Block, Role
from ingest.headings import ARTICLE_HEAD, ARTICLE_NUMBER, DIVISION_HEAD, LID_HEAD, RECORD, SECTION_HEAD, normal, whole

# Ranks of headings without a level: smaller stands above greater.
_DIVISIONS = {"boek": 1, "deel": 2, "hoofdstuk": 3, "bijlage": 3, "toelichting": 3, "titel": 4, "titeldeel": 4}
_DIVISIONS |= {"afdeling": 5, "paragraaf": 6, "§": 6}
_NUMBERED, _PART, _CAPITALS, _PLAIN, _LABEL, _ARTICLE, _OF_ARTICLE = 3, 20, 21, 22, 30, 40, 41

_PART_HEAD = re.compile(r"^[A-Z][a-z]+\s+(?:\d{1,2}|[A-H])(?:[ .:]|$)")
_LID = re.compile(r"^\(?(?P<number>\d{1,2}[a-z]?)[.)]?\s")
# `Lid 2 De boete is`, and `4.2 De gemeente zorgt` inside article 4.
_LID_TOLD = re.compile(r"^(?:Lid\s+(?P<number>\d{1,2}[a-z]?)\b[.:]?\s+(?=[A-Z])|(?P<article>\d+)\.(?P<below>\d{1,2})\.?\s)")
_LAPSED = re.compile(rf"^(?:Artikel|ARTIKEL|Art\.)\s+(?:{ARTICLE_NUMBER})\s+\[(?:vervallen|nog niet)[^\]]*\]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its place: the headings above it, outermost first, and its locator (without page)."""

    block: Block
    path: tuple[str, ...]
    locator: Locator


def parts(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Give every block its place. The blocks come back in the same order, unchanged but for records made headings, and articles
    whose title stands on the next line, which are one heading."""
    blocks = whole(blocks)
    with_body = [
        normal(block.text) for block, after in itertools.pairwise(blocks) if block.role is Role.HEADING and after.role is not Role.HEADING
    ]
    returns = {text for text, count in Counter(with_body).items() if count >= 2}
    return tuple(_walk(blocks, returns))


def _walk(blocks: Iterable[Block], returns: set[str]) -> Iterator[Part]:
    stack: list[tuple[int, str, Locator]] = []
    chapter = 0
    locator = Locator()
    article: Block | None = None
    annexes = Annexes(returns)
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
        elif block.role is Role.HEADING or ARTICLE_HEAD.match(block.text):
            rank, chapter = (_OF_ARTICLE, chapter) if _inside(block, article, returns) else _rank(block, returns, chapter)
            while stack and stack[-1][0] >= rank:
                stack.pop()
            above = stack[-1][2] if stack else Locator()
            locator = annexes.placed(block, _heading_locator(block.text, above))
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


def _inside(block: Block, article: Block | None, returns: set[str]) -> bool:
    """Whether a heading stands inside the article that runs: it names a lid, the format ranks it below the article, or it is the
    toelichting that each article has of its own."""
    if article is None or ARTICLE_HEAD.match(block.text):
        return False
    below = block.level is not None and article.level is not None and block.level > article.level
    own = normal(block.text) == EXPLANATION and EXPLANATION in returns
    return below or own or LID_HEAD.match(block.text) is not None


def _rank(block: Block, returns: set[str], chapter: int) -> tuple[int, int]:
    """The rank of a heading, and the number of the chapter that now runs."""
    text = block.text
    if ARTICLE_HEAD.match(text):
        return _ARTICLE, chapter
    if block.level is not None:
        return block.level, chapter
    if division := DIVISION_HEAD.match(text):
        return _DIVISIONS[division["word"].lower()], chapter
    if RECORD.match(text):
        return _PART, chapter
    if normal(text) in returns:
        return _LABEL, chapter
    if section := SECTION_HEAD.match(text):
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
    if article := ARTICLE_HEAD.match(text):
        return Locator(article=article["number"].replace(" ", ""), heading=text)
    if above.article is not None:
        lid = LID_HEAD.match(text)
        return replace(above, leden=listed(lid["number"] or lid["ordinal"]) if lid else (), heading=text)
    if (section := SECTION_HEAD.match(text)) and "." in section["number"]:
        return Locator(section=section["number"], heading=text)
    if section and above.section is None and above.article is None:
        return Locator(section=section["number"], heading=text)
    return Locator(section=above.section, heading=text)
