"""The articles that a question names by number: where they stand on the day asked, and which of them do not exist there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.model import Asked, Hit
from assistant.understand import meant
from assistant.understand.question import Query
from corpus import citation
from corpus.citation import Reference
from corpus.library import Library
from corpus.model import Edition, Passage
from corpus.references import References

# Passages of one named article: a long one is cut by lid.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Articles:
    """Looks articles up by structure, within what the asker may see."""

    library: Library

    def passages(self, references: Sequence[Reference], query: Query, asked: Asked) -> list[Passage]:
        """Where these articles stand; one of no regeling in what the question names."""
        held = References(self.library)
        editions = [(reference, edition) for reference in references for edition in self._editions(reference, query, asked)]
        return [passage for reference, edition in editions for passage in held.passages_of(reference, edition)[:_MOST]]

    def counted(self, query: Query, asked: Asked) -> Query:
        """The question with `artikel 2.2` of a convenant that counts its leden so as lid 2 of article 2, where no article has that number."""
        return replace(query, references=tuple(self._counted(one, query, asked) for one in query.references))

    def _counted(self, one: Reference, query: Query, asked: Asked) -> Reference:
        number = re.fullmatch(r"(\d+)\.(\d+)", one.article)
        if number is None or one.leden or one.until or self.passages([one], query, asked):
            return one
        below = replace(one, article=number[1], leden=(number[2],))
        begins = re.compile(rf"^{re.escape(one.article)}\.?\s", re.MULTILINE)
        return below if any(begins.search(passage.text) for passage in self.passages([below], query, asked)) else one

    def absent(self, query: Query, asked: Asked, hits: Sequence[Hit]) -> list[Reference]:
        """The articles that the question names of a regeling that the library holds, that do not stand there and of which no hit speaks."""
        return [
            one
            for one in query.references
            if (editions := self._editions(one, query, asked))
            and not self.passages([one], query, asked)
            and not any(_speaks(hit, one, editions) for hit in hits)
        ]

    def _editions(self, reference: Reference, query: Query, asked: Asked) -> list[Edition]:
        """The editions in which an article has to stand: of its regeling, or else of the document that the question names."""
        held = References(self.library)
        if reference.law:
            named = held.documents_named(reference.law, query.gemeenten)
        else:
            inside = meant.documents(query, self.library.documents)
            named = meant.repeated(query, (d for d in self.library.documents() if d.id in inside)) if inside else []
        allowed = [d for d in named if (asked.scopes is None or d.scope in asked.scopes) and (not asked.kinds or d.kind in asked.kinds)]
        return [edition for document in allowed if (edition := held.edition_on(document, asked.as_of)) is not None]


def _speaks(hit: Hit, reference: Reference, editions: Sequence[Edition]) -> bool:
    """Whether a hit speaks of an article: by its regeling, or by its number in one of these editions."""
    text = hit.source.passage.text
    if hit.source.edition in editions and reference.article in text.split():
        return True
    return any(found.reference.article == reference.article and found.reference.law == reference.law for found in citation.find(text))
