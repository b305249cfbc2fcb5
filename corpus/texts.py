"""What editions say: their passages, pages and sections, read from the truth."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select

from corpus import rows
from corpus import schema as t
from corpus.model import Page, Passage, Section, Source


class Texts:
    """The texts of a library's editions. Safe to read from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def passages(self, edition_id: str, holding: str = "") -> list[Passage]:
        """The passages of an edition in order; joined they are its text. Only those that hold a word, in any case of letters, where one is
        given."""
        query = select(t.passages).where(t.passages.c.edition_id == edition_id).order_by(t.passages.c.ordinal)
        if holding:
            query = query.where(t.passages.c.text.icontains(holding, autoescape=True))
        with self._engine.connect() as db:
            return [rows.passage(row) for row in db.execute(query).mappings()]

    def before(self, passage: Passage) -> Passage | None:
        """The passage right before another in its edition."""
        query = select(t.passages).where(t.passages.c.edition_id == passage.edition_id, t.passages.c.ordinal == passage.ordinal - 1)
        with self._engine.connect() as db:
            row = db.execute(query).mappings().first()
        return rows.passage(row) if row is not None else None

    def pages(self, edition_id: str) -> list[Page]:
        return self.pages_of([edition_id])[edition_id]

    def pages_of(self, edition_ids: Sequence[str]) -> dict[str, list[Page]]:
        """The pages of editions in order, by edition id."""
        found: dict[str, list[Page]] = {key: [] for key in edition_ids}
        with self._engine.connect() as db:
            for part in rows.parts(edition_ids):
                for row in db.execute(select(t.pages).where(t.pages.c.edition_id.in_(part)).order_by(t.pages.c.number)):
                    found[row.edition_id].append(Page(row.number, row.label, row.start, row.end))
        return found

    def sections(self, edition_id: str) -> list[Section]:
        query = select(t.sections).where(t.sections.c.edition_id == edition_id).order_by(t.sections.c.start)
        with self._engine.connect() as db:
            return [rows.section(row) for row in db.execute(query).mappings()]

    def sections_of(self, passages: Sequence[Passage]) -> dict[str, tuple[Section, ...]]:
        """The sections that each passage overlaps, by passage id."""
        found: dict[str, list[Section]] = {p.id: [] for p in passages}
        same = t.sections.c.edition_id == t.passages.c.edition_id
        overlap = same & (t.sections.c.start < t.passages.c.end) & (t.sections.c.end > t.passages.c.start)
        query = select(t.passages.c.id.label("passage"), t.sections).join(t.sections, overlap).order_by(t.sections.c.start)
        with self._engine.connect() as db:
            for part in rows.parts(list(found)):
                for row in db.execute(query.where(t.passages.c.id.in_(part))).mappings():
                    found[row["passage"]].append(rows.section(row))
        return {key: tuple(sections) for key, sections in found.items()}

    def whole(self, edition_id: str) -> str:
        """The whole text of an edition."""
        return "".join(passage.text for passage in self.passages(edition_id))

    def sources(self, passage_ids: Sequence[str]) -> dict[str, Source]:
        """Passages with their edition and document, by passage id. Unknown ids are left out."""
        found: dict[str, Source] = {}
        with self._engine.connect() as db:
            found_rows = [
                r for part in rows.parts(passage_ids) for r in db.execute(select(t.passages).where(t.passages.c.id.in_(part))).mappings()
            ]
            named = {row["edition_id"] for row in found_rows}
            editions = {r["id"]: rows.edition(r) for r in db.execute(select(t.editions).where(t.editions.c.id.in_(named))).mappings()}
            owners = {edition.document_id for edition in editions.values()}
            documents = {r["id"]: rows.document(r) for r in db.execute(select(t.documents).where(t.documents.c.id.in_(owners))).mappings()}
        for row in found_rows:
            edition = editions[row["edition_id"]]
            found[row["id"]] = Source(rows.passage(row), edition, documents[edition.document_id])
        return found

    def of(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """The text of passages alone, by passage id. Unknown ids are left out."""
        query = select(t.passages.c.id, t.passages.c.text)
        with self._engine.connect() as db:
            return {row.id: row.text for part in rows.parts(passage_ids) for row in db.execute(query.where(t.passages.c.id.in_(part)))}
