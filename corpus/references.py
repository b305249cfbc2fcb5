"""Where references lead: from `artikel 13b Opiumwet` to the passages that hold that article on a day, and back.

Knows the library and the names of regelingen; knows no search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from corpus import citation, rows, writes
from corpus import schema as t
from corpus.citation import SELF, Found, Reference
from corpus.database import writing
from corpus.headed import headed_at
from corpus.laws import Laws, known_laws, plain
from corpus.model import Document, Edition, Kind, Passage
from corpus.validity import speaks

if TYPE_CHECKING:
    from corpus.library import Library

APV = "Algemene plaatselijke verordening"
_NAME_GOES_ON = {"op", "van", "tot", "voor", "inzake", "en", "bij", "der", "des", "over", "met", "tegen", "betreffende"}


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
        held = [d for d in self.library.documents() if not gemeenten or d.gemeente is None or d.gemeente in gemeenten]
        return [d for d in held if (d.kind is Kind.APV if law == APV else _means(law, d))]

    def edition_on(self, document: Document, on: date) -> Edition | None:
        """The edition of a document that speaks on a day; a concept only where there is nothing else."""
        held = self.library.editions(document.id)
        speaking = [e for e in held if speaks(document, e, on, last=e is held[-1])]
        return next((e for e in reversed(speaking) if not e.concept), speaking[-1] if speaking else None)

    def passages_of(self, reference: Reference, edition: Edition, annex: str | None = None) -> list[Passage]:
        """The passages of an edition that hold an article, or the leden of it that are named, in order."""
        named = (reference.article,) if reference.until is None else _run(reference, self._articles(edition))
        # A question may write the letter of an article in another case; what is written exactly so goes before.
        same = func.lower(t.sections.c.article).in_([str(number).lower() for number in named])
        query = select(t.sections).where(t.sections.c.edition_id == edition.id, same)
        with self.library.engine.connect() as db:
            found = [rows.section(row) for row in db.execute(query.order_by(t.sections.c.start)).mappings()]
        found = [s for s in found if s.locator.article in named] or found
        found = [s for s in found if (s.locator.annex or None) == annex]
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
        named = cache(lambda law: self.documents_named(law, (owner.gemeente,) if owner.gemeente else ()))
        edition_on = cache(lambda document: self.edition_on(document, on))
        passages_of = cache(self.passages_of)
        referrals = []
        for row in found:
            reference = _reference(row)
            editions = [own] if row.law in ("", SELF) else [edition_on(document) for document in named(row.law)]
            leads = tuple(p for edition in editions if edition is not None for p in passages_of(_place(reference), edition))
            referrals.append(Referral(reference, row.start, row.end, passage.id, leads))
        return referrals

    def to_passage(self, passage: Passage, on: date) -> list[Referral]:
        """What refers to a passage on a day, in its own edition and in all others that speak then: as `from_passage`, turned around."""
        article = passage.locator.article
        if article is None:
            return []
        own = self.library.edition_anywhere(passage.edition_id)
        owner = self.library.document(own.document_id)
        r = t.references.c
        inside = and_(r.law.in_(("", SELF)), r.edition_id == own.id)
        spelled = {form for name in _names(owner) for form in (name, name.replace("'", "’"))}
        across = or_(*(func.lower(r.law).startswith(form, autoescape=True) for form in sorted(spelled)))
        # A run of articles is kept under its first one, and written with a dash.
        query = select(t.references).where(or_(r.article == article, r.reference.contains("-")), or_(inside, across))
        with self.library.engine.connect() as db:
            found = db.execute(query.order_by(r.edition_id, r.start)).all()
        order = self._articles(own)
        leads = cache(
            lambda reference: article in _run(reference, order) and passage.id in {p.id for p in self.passages_of(reference, own)}
        )
        heard = self._heard(own, owner, on)
        referrals = []
        for row in found:
            reference = _reference(row)
            named = row.law in ("", SELF) or _means(row.law, owner)
            if named and row.passage_id != passage.id and heard(row.edition_id) and leads(_place(reference)):
                referrals.append(Referral(reference, row.start, row.end, row.passage_id, (passage,)))
        return referrals

    def _articles(self, edition: Edition) -> Sequence[str]:
        """The numbers of the articles of an edition, in order."""
        query = select(t.sections.c.article).where(t.sections.c.edition_id == edition.id, t.sections.c.article.is_not(None))
        with self.library.engine.connect() as db:
            return db.execute(query.order_by(t.sections.c.start)).scalars().all()

    def _heard(self, own: Edition, owner: Document, on: date) -> Callable[[str], bool]:
        """Whether what another edition says of an article means this edition: it speaks on the day, and so does this one."""
        shown = {edition.id: edition for edition in self.library.editions()}
        current = self.edition_on(owner, on)

        @cache
        def heard(edition_id: str) -> bool:
            if edition_id == own.id:
                return True
            if edition_id not in shown or current is None or current.id != own.id:
                return False
            other = self.library.document(shown[edition_id].document_id)
            speaking = self.edition_on(other, on)
            near = owner.gemeente is None or other.gemeente in (None, owner.gemeente)
            return near and speaking is not None and speaking.id == edition_id

        return heard

    def read_again(self) -> int:
        """Read the references of all visible editions anew, for a library taken in with an older reading; how many there are."""
        laws, count = self.library.laws(), 0
        for edition in self.library.editions():
            passages = self.library.texts.passages(edition.id)
            found = of_passages(passages, laws)
            with writing(self.library.engine) as db:
                writes.put_references(db, edition.id, passages, found)
            count += sum(map(len, found))
        return count


def _place(reference: Reference) -> Reference:
    """As far as it is known where things stand: article and leden."""
    return replace(reference, law=None, parts=())


def _run(reference: Reference, order: Sequence[str]) -> set[str]:
    """The articles that a reference names, of those that a regeling has in this order."""
    if reference.until is None:
        return {reference.article}
    line = list(dict.fromkeys(order))
    if reference.article not in line or reference.until not in line:
        return set()
    return set(line[line.index(reference.article) : line.index(reference.until) + 1])


def of_passages(passages: Sequence[Passage], laws: Laws) -> list[tuple[Found, ...]]:
    """The references in the text of each passage of an edition, without the headings of its own articles; places count in the passage."""
    found: list[tuple[Found, ...]] = []
    headed, stretch = None, None
    for passage in passages:
        # In an annex a list goes on in the next passage, still under the name of its regeling.
        here = (passage.locator.annex, passage.locator.article)
        headed = headed if here == stretch and passage.locator.annex else None
        found.append(tuple(one for one in citation.find(passage.text, laws, headed=headed) if not _is_own_head(passage, one)))
        headed, stretch = headed_at(passage.text, len(passage.text), laws, headed), here
    return found


def _is_own_head(passage: Passage, found: Found) -> bool:
    begins_line = found.start == 0 or passage.text[found.start - 1] == "\n"
    return begins_line and passage.text[found.start].isupper() and found.reference.law is None


def _reference(row: Any) -> Reference:
    """A reference as it was kept: its regeling stands apart, so its name need not be recognised again."""
    found = citation.find(row.reference.removesuffix(f" {row.law}"), Laws())
    return replace(found[0].reference if found else Reference(row.article), law=row.law or None)


def _means(law: str, document: Document) -> bool:
    """Whether a name in a text is that of a document. A name that was not known when the text was read may have a piece of its
    sentence behind it: `Wet op de proefvaarten nageleefd`, but not `Wet op de kansspelen BES`."""
    said = " ".join(law.split())
    for name in _names(document):
        behind = said[len(name) + 1 :].split(" ")[0]
        if plain(said) == name or (plain(said).startswith(f"{name} ") and behind.islower() and behind not in _NAME_GOES_ON):
            return True
    return False


def _names(document: Document) -> set[str]:
    """The names by which texts refer to a document, in one spelling."""
    named = {APV} if document.kind is Kind.APV else {document.title, known_laws().named.get(document.title, document.title)}
    return {plain(name) for name in named}
