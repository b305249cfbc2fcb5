"""Where a toelichting runs: what it says of an article is not that article. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.model import EXPLANATION, Locator
from ingest.blocks import Block, explains
from ingest.headings import ARTICLE_HEAD, ARTICLE_NUMBER, DIVISION_HEAD, normal

_EXPLAINS_ARTICLE = re.compile(rf"^toelichting\s+(?:op|bij)\s+art(?:ikel|\.)\s+(?P<number>{ARTICLE_NUMBER})(?![\w:.])", re.IGNORECASE)


class Explanation:
    """Goes with the headings of a regulation, and knows where a toelichting runs: from its heading on, to the end, to a bijlage, or to a
    heading that the format ranks as high. A heading `Toelichting` that returns stands for one article each."""

    def __init__(self, returns: set[str]) -> None:
        self._returns = returns
        self._regulates = False
        self._since: Block | None = None

    def placed(self, block: Block, locator: Locator) -> Locator:
        """The place of a heading, as what it explains where it stands in a toelichting."""
        if explains(block.text):
            if of := _EXPLAINS_ARTICLE.match(block.text):
                return replace(locator, article="".join(of["number"].split()), annex=EXPLANATION)
            if normal(block.text) in self._returns:
                return replace(locator, annex=EXPLANATION) if locator.article else locator
            self._since = self._since or (block if self._regulates else None)
        elif self._ends(block):
            self._since = None
        self._regulates = self._regulates or ARTICLE_HEAD.match(block.text) is not None
        return replace(locator, annex=EXPLANATION) if self._since else locator

    def _ends(self, block: Block) -> bool:
        if re.match(r"Bijlage\b", block.text, re.IGNORECASE):
            return True
        if self._since is None or block.level is None or self._since.level is None:
            return False
        return block.level <= self._since.level and not (ARTICLE_HEAD.match(block.text) or DIVISION_HEAD.match(block.text))
