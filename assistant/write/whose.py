"""Of which gemeenten a unit and its document speak, beside those that a question is about. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Hit
from assistant.understand.question import Query
from assistant.write.units import Unit
from corpus.gemeenten import TWENTE, Gemeenten


class Whose:
    """The hits of a question, read for the gemeenten that they name."""

    def __init__(self, query: Query, hits: Sequence[Hit], gemeenten: Gemeenten) -> None:
        self._query, self._hits, self._gemeenten = query, hits, gemeenten
        self._named: dict[str, set[str]] = {}
        for hit in hits if query.named else ():
            source = hit.source
            named = gemeenten.named_in(f"{source.document.title} {source.passage.text}")
            self._named.setdefault(source.document.id, set()).update(named)

    def rival(self, unit: Unit) -> bool:
        """Whether a unit is about a gemeente that was not asked about, and not about one that was."""
        named = set(self._gemeenten.named_in(unit.text)) if self._query.gemeenten else set()
        return bool(named) and named.isdisjoint(self._query.gemeenten)

    def foreign(self, unit: Unit) -> bool:
        """Whether the document that a unit stands in is of other gemeenten together than those that the question names. What is of
        some gemeenten of Twente is as a rule of all fourteen."""
        document, asked = self._hits[unit.hit].source.document, set(self._query.named)
        named = self._named.get(document.id, set()) if document.gemeente is None else set()
        together = asked | set(TWENTE) if asked & set(TWENTE) else asked
        return bool(named) and named.isdisjoint(together)
