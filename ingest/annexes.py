"""Where bijlagen and the toelichting of a document run: their articles and paragraphs are not those of its body. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import EXPLANATION, Locator
from ingest.blocks import Block, explains
from ingest.headings import ARTICLE_HEAD, ARTICLE_NUMBER, DIVISION_HEAD, normal

_BIJLAGE = re.compile(r"Bijlage\b[ .:]*(?P<number>\d{1,2}|[IVX]{1,4}|[A-Z])?(?![\w])", re.IGNORECASE)
_EXPLAINS_ARTICLE = re.compile(rf"^toelichting\s+(?:op|bij)\s+art(?:ikel|\.)\s+(?P<number>{ARTICLE_NUMBER})(?![\w:.])", re.IGNORECASE)


class Annexes:
    """Goes with the headings of a document. A bijlage runs from its heading to the next one, the toelichting of a regulation from its
    heading to a bijlage; both end before that at a heading that the format ranks as high. A heading `Toelichting` that returns stands
    for one article each, and a document that is called a bijlage has none for that."""

    def __init__(self, returns: set[str]) -> None:
        self._returns = returns
        self._begun = False
        self._regulates = False
        self._since: Block | None = None
        self._annex: str | None = None
        self._bijlagen = 0

    def placed(self, block: Block, locator: Locator) -> Locator:
        """The place of a heading, in the annex that it opens or stands in."""
        if explains(block.text):
            if of := _EXPLAINS_ARTICLE.match(block.text):
                return replace(locator, article="".join(of["number"].split()), annex=EXPLANATION)
            if normal(block.text) in self._returns:
                return replace(locator, annex=EXPLANATION) if locator.article else locator
            if self._regulates and self._annex != EXPLANATION:
                self._since, self._annex = block, EXPLANATION
        elif self._begun and (bijlage := _BIJLAGE.match(block.text)):
            self._bijlagen += 1
            self._since, self._annex = block, bijlage["number"] or str(self._bijlagen)
        elif self._ends(block):
            self._since, self._annex = None, None
        self._begun = True
        self._regulates = self._regulates or ARTICLE_HEAD.match(block.text) is not None
        return replace(locator, annex=self._annex) if self._annex else locator

    def _ends(self, block: Block) -> bool:
        if self._since is None or block.level is None or self._since.level is None:
            return False
        return block.level <= self._since.level and not (ARTICLE_HEAD.match(block.text) or DIVISION_HEAD.match(block.text))
