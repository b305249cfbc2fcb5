"""Where references lead: from `artikel 13b Opiumwet` to the passages that hold that article on a day, and back.

Knows the library and the names of regelingen; knows no search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from corpus import rows
from corpus import schema as t
from corpus.citation import SELF, Reference, known_laws, read
from corpus.model import Document, Edition, Kind, Passage
from corpus.validity import speaks

if TYPE_CHECKING:
    from corpus.library import Library

APV = "Algemene plaatselijke verordening"


@dataclass(frozen=True, slots=True)
class Referral:
    """A reference in a passage (`start` and `end` count in the edition) with the passages that it leads to."""

    reference: Reference
    start: int
    end: int
    passage_id: str
    leads_to: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class References:
    """The references of one library."""

    library: Library

    def documents_named(self, law: str, gemeenten: Sequence[str] = ()) -> list[Document]:
        """The documents that a name means; a local one only of the gemeenten named, or of every gemeente where none is."""
        named, wanted = known_laws().named, _plain(law)
        held = [d for d in self.library.documents() if not gemeenten or d.gemeente is None or d.gemeente in gemeenten]
        if law == APV:
            return [d for d in held if d.kind is Kind.APV]
        return [d for d in held if wanted in (_plain(named.get(d.title, d.title)), _plain(d.title))]

    def edition_on(self, document: Document, on: date) -> Edition | None:
        """The edition of a document that speaks on a day; a concept only where there is nothing else."""
        held = self.library.editions(document.id)
        speaking = [e for e in held if speaks(document, e, on, last=e is held[-1])]
        return next((e for e in reversed(speaking) if not e.concept), speaking[-1] if speaking else None)

    def passages_of(self, reference: Reference, edition: Edition, annex: str | None = None) -> list[Passage]:
        """The passages of an edition that hold an article, or the leden of it that are named, in order."""
        articles = [reference.article, *([reference.until] if reference.until else [])]
        query = select(t.sections).where(t.sections.c.edition_id == edition.id).order_by(t.sections.c.start)
        if reference.until is None:
            query = query.where(t.sections.c.article == reference.article)
        with self.library.engine.connect() as db:
            found = [rows.section(row) for row in db.execute(query).mappings()]
        found = [s for s in found if (s.locator.annex or None) == annex]
        if reference.until is not None:
            order = list(dict.fromkeys(s.locator.article for s in found if s.locator.article))
            if not all(article in order for article in articles):
                return []
            run = set(order[order.index(articles[0]) : order.index(articles[1]) + 1])
            found = [s for s in found if s.locator.article in run]
        leden = [s for s in found if set(s.locator.leden) & set(reference.leden)] or found
        spans = [(s.start, s.end) for s in leden]
        if not spans:
            return []
        within = (t.passages.c.edition_id == edition.id, t.passages.c.start < spans[-1][1], t.passages.c.end > spans[0][0])
        with self.library.engine.connect() as db:
            near = [rows.passage(row) for row in db.execute(select(t.passages).where(*within).order_by(t.passages.c.ordinal)).mappings()]
        return [p for p in near if any(p.start < end and p.end > start for start, end in spans)]

    def from_passage(self, passage: Passage, on: date) -> list[Referral]:
        """What a passage refers to, each with where it leads on a day: nowhere where the library does not hold it."""
        query = select(t.references).where(t.references.c.passage_id == passage.id).order_by(t.references.c.start)
        with self.library.engine.connect() as db:
            found = db.execute(query).all()
        own = self.library.edition_anywhere(passage.edition_id)
        owner = self.library.document(own.document_id)
        referrals = []
        for row in found:
            reference = read(row.reference) or Reference(row.article)
            leads: list[Passage] = []
            if row.law in ("", SELF):
                leads = self.passages_of(reference, own)
            else:
                for document in self.documents_named(row.law, (owner.gemeente,) if owner.gemeente else ()):
                    edition = self.edition_on(document, on)
                    leads += self.passages_of(reference, edition) if edition is not None else []
            referrals.append(Referral(reference, row.start, row.end, passage.id, tuple(leads)))
        return referrals

    def to_passage(self, passage: Passage) -> list[Passage]:
        """The passages of visible editions that refer to the article of a passage."""
        article = passage.locator.article
        if article is None:
            return []
        own = self.library.edition_anywhere(passage.edition_id)
        owner = self.library.document(own.document_id)
        name = APV if owner.kind is Kind.APV else known_laws().named.get(owner.title, owner.title)
        query = select(t.references).where(t.references.c.article == article, t.references.c.passage_id != passage.id)
        with self.library.engine.connect() as db:
            found = db.execute(query).all()
        ids = [row.passage_id for row in found if (row.law in ("", SELF) and row.edition_id == own.id) or _plain(row.law) == _plain(name)]
        sources = self.library.sources(ids)
        shown = {edition.id for edition in self.library.editions()}
        return [
            source.passage
            for source in sources.values()
            if source.edition.id in shown and (name != APV or source.document.gemeente == owner.gemeente)
        ]


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split())
