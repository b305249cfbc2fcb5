"""The truth: what the library holds, in one SQL database, with the original files beside it. Knows no search and no model.

Acknowledged is durable: `add` returns after the commit that makes an edition visible, all of it or nothing. Every change
of what is visible raises the generation, by which an index knows whether it is behind.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, func, insert, select, update

from corpus import rows, writes
from corpus import schema as t
from corpus.database import writing
from corpus.errors import NotFound, Unavailable
from corpus.gemeenten import Gemeenten, with_national
from corpus.laws import Laws, laws_with
from corpus.model import Document, Edition, Kind
from corpus.review import Review
from corpus.reviews import Reviews
from corpus.texts import Texts
from corpus.vector_store import VectorStore
from corpus.writes import Text


class Library:
    """One per data folder. Safe to read from several threads and processes; one process at a time writes."""

    def __init__(self, engine: Engine, originals: Path) -> None:
        self._engine = engine
        self._originals = originals
        self.vectors = VectorStore(engine)
        self.reviews = Reviews(engine)
        self.texts = Texts(engine)

    # --- changing what is visible -------------------------------------------------------------------------------

    def add(self, document: Document, edition: Edition, text: Text, said: str, review: Review | None = None) -> None:
        """Put an edition in, in one transaction: visible, or with a review as one that waits for a curator's decision.

        Adding it again changes nothing but its metadata. `said` is the digest of the metadata it was added with. Its vectors
        have to be kept (`vectors.keep`) before.
        """
        with writing(self._engine) as db:
            if writes.speaks_for_document(db, edition, review):
                writes.put_document(db, document)
            new = db.execute(select(t.editions.c.id).where(t.editions.c.id == edition.id)).first() is None
            stored = {
                **asdict(edition),
                "stated_to": edition.valid_to,
                "published": review is None,
                "said": said,
                "added_at": datetime.now(UTC),
            }
            if new:
                db.execute(insert(t.editions).values(stored))
                writes.insert_text(db, edition.id, text)
            else:
                del stored["added_at"]
                db.execute(update(t.editions).where(t.editions.c.id == edition.id).values(stored))
            if review is not None:
                writes.put(db, t.reviews, rows.review_row(edition.id, review), key="edition_id")
            else:
                writes.settle_line(db, document.id)
                writes.raise_generation(db)

    def publish(self, edition_id: str, document: Document, decided: Mapping[str, Any]) -> None:
        """Make a waiting edition visible under this document, in one transaction with the decision."""
        with writing(self._engine) as db:
            writes.put_document(db, document)
            db.execute(update(t.editions).where(t.editions.c.id == edition_id).values(published=True))
            db.execute(update(t.reviews).where(t.reviews.c.edition_id == edition_id).values(state="published", **decided))
            writes.settle_line(db, document.id)
            writes.raise_generation(db)

    def unpublish(self, edition: Edition, review: Review, decided: Mapping[str, Any]) -> None:
        """Take an edition out of sight and let the one before it speak again; it waits as a draft, nothing of it is lost."""
        with writing(self._engine) as db:
            writes.put(db, t.reviews, {**rows.review_row(edition.id, review), **decided}, key="edition_id")
            db.execute(update(t.editions).where(t.editions.c.id == edition.id).values(published=False))
            writes.settle_line(db, edition.document_id)
            writes.raise_generation(db)

    def remove_edition(self, edition_id: str) -> None:
        """Take an edition out of the tables, with vectors that no other text needs. The last one takes its document along."""
        with writing(self._engine) as db:
            document_id = db.execute(select(t.editions.c.document_id).where(t.editions.c.id == edition_id)).scalar()
            inputs = set(db.execute(select(t.passages.c.input).where(t.passages.c.edition_id == edition_id)).scalars())
            for table in (t.references, t.passages, t.sections, t.pages, t.reviews):
                db.execute(delete(table).where(table.c.edition_id == edition_id))
            for part in rows.parts(sorted(inputs)):
                used = select(t.passages.c.input).where(t.passages.c.input.in_(part))
                db.execute(delete(t.vectors).where(t.vectors.c.input.in_(part), t.vectors.c.input.not_in(used)))
            db.execute(delete(t.editions).where(t.editions.c.id == edition_id))
            writes.settle_line(db, str(document_id))
            if db.execute(select(t.editions.c.id).where(t.editions.c.document_id == document_id)).first() is None:
                db.execute(delete(t.documents).where(t.documents.c.id == document_id))
            writes.raise_generation(db)

    def set_inputs(self, edition_id: str, inputs: Sequence[str]) -> None:
        """Say again of what each passage's vector is made; for a library that changes its model or its titles."""
        with writing(self._engine) as db:
            for ordinal, digest in enumerate(inputs):
                of_passage = (t.passages.c.edition_id == edition_id, t.passages.c.ordinal == ordinal)
                db.execute(update(t.passages).where(*of_passage).values(input=digest))

    def describe(self, document: Document, dates: Mapping[str, Any]) -> None:
        """Say anew what a document is called and what it is, and the dates of its newest edition."""
        newest = self.editions(document.id)[-1:]
        with writing(self._engine) as db:
            writes.put_document(db, document)
            stated = {"stated_to": dates["valid_to"]} if "valid_to" in dates else {}
            for edition in newest:
                db.execute(update(t.editions).where(t.editions.c.id == edition.id).values(title=document.title, **dates, **stated))
            writes.settle_line(db, document.id)
            writes.raise_generation(db)

    def withdraw(self, document_id: str, on: date | None) -> Document:
        """Take a document out of every search and answer from this day on (None: take it back in); it stays on record."""
        self.document(document_id)
        with writing(self._engine) as db:
            db.execute(update(t.documents).where(t.documents.c.id == document_id).values(withdrawn_on=on))
            writes.raise_generation(db)
        return self.document(document_id)

    def keep_gemeenten(self, named: Mapping[str, str]) -> None:
        """Remember gemeenten that a library names besides the national list."""
        with writing(self._engine) as db:
            for code, name in named.items():
                writes.put(db, t.gemeenten, {"code": code, "name": name}, key="code")

    def keep_original(self, data: bytes, sha256: str) -> Path:
        """Keep a file under its digest. Complete or absent: it is written elsewhere and renamed."""
        path = self._originals / sha256[:2] / sha256
        if path.exists():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(file.name, path)
        except OSError as error:
            raise Unavailable(f"Het origineel kan niet worden bewaard: {error.strerror}. Maak ruimte en probeer opnieuw.") from error
        return path

    @property
    def engine(self) -> Engine:
        """The database, for the other tables in it."""
        return self._engine

    # --- curation -----------------------------------------------------------------------------------------------

    def waiting(self, edition_id: str) -> Edition:
        """An edition that is not visible. Raises NotFound where there is none."""
        return self._edition(
            f"Editie ‘{edition_id}’ wacht niet op een besluit. Bekijk de lijst met ‘oov documents waiting’.",
            t.editions.c.id == edition_id,
            t.editions.c.published.is_(False),
        )

    def all_editions(self, document_id: str) -> list[Edition]:
        """The editions of a document, also those that wait or were rolled back."""
        query = select(t.editions).where(t.editions.c.document_id == document_id).order_by(t.editions.c.valid_from, t.editions.c.added_at)
        with self._engine.connect() as db:
            return [rows.edition(row) for row in db.execute(query).mappings()]

    def forget_original(self, sha256: str) -> None:
        """Remove a file that no edition is made of any more."""
        with self._engine.connect() as db:
            if db.execute(select(t.editions.c.id).where(t.editions.c.sha256 == sha256)).first() is None:
                (self._originals / sha256[:2] / sha256).unlink(missing_ok=True)

    # --- reading ------------------------------------------------------------------------------------------------

    def generation(self) -> int:
        with self._engine.connect() as db:
            return int(db.execute(select(t.state.c.generation)).scalar() or 0)

    def gemeenten(self) -> Gemeenten:
        with self._engine.connect() as db:
            return with_national(frozenset((row.code, row.name) for row in db.execute(select(t.gemeenten))))

    def edition_of_file(self, sha256: str) -> tuple[Edition, str, bool] | None:
        """The edition made of exactly this file, the digest of the metadata it was added with, and whether it is visible."""
        with self._engine.connect() as db:
            row = db.execute(select(t.editions).where(t.editions.c.sha256 == sha256)).mappings().first()
        return (rows.edition(row), row["said"], row["published"]) if row is not None else None

    def laws(self) -> Laws:
        """The names of regelingen by which texts and questions refer: those of the field, and those of this library's own."""
        regulations = (Kind.WET, Kind.AMVB, Kind.MINISTERIELE_REGELING, Kind.VERORDENING)
        query = select(t.documents.c.title).where(t.documents.c.kind.in_([kind.value for kind in regulations]))
        with self._engine.connect() as db:
            return laws_with(tuple(db.execute(query).scalars()))

    def documents(self) -> list[Document]:
        """All documents that have a visible edition, withdrawn ones too, by title."""
        shown = select(t.editions.c.document_id).where(t.editions.c.published)
        with self._engine.connect() as db:
            found = db.execute(select(t.documents).where(t.documents.c.id.in_(shown)).order_by(t.documents.c.title)).mappings()
            return [rows.document(row) for row in found]

    def every_document(self) -> list[Document]:
        """All documents on record, also those of which every edition waits."""
        with self._engine.connect() as db:
            return [rows.document(row) for row in db.execute(select(t.documents)).mappings()]

    def document(self, document_id: str) -> Document:
        with self._engine.connect() as db:
            row = db.execute(select(t.documents).where(t.documents.c.id == document_id)).mappings().first()
        if row is None:
            raise NotFound(f"Document ‘{document_id}’ staat niet in de bibliotheek. Bekijk de lijst met ‘oov documents list’.")
        return rows.document(row)

    def editions(self, document_id: str | None = None) -> list[Edition]:
        """The visible editions, of one document or of all, oldest first."""
        query = select(t.editions).where(t.editions.c.published).order_by(t.editions.c.valid_from, t.editions.c.added_at)
        if document_id is not None:
            query = query.where(t.editions.c.document_id == document_id)
        with self._engine.connect() as db:
            return [rows.edition(row) for row in db.execute(query).mappings()]

    def edition(self, edition_id: str) -> Edition:
        return self._edition(f"Editie ‘{edition_id}’ staat niet in de bibliotheek.", t.editions.c.id == edition_id, t.editions.c.published)

    def edition_anywhere(self, edition_id: str) -> Edition:
        """An edition, visible or waiting. Raises NotFound where there is none."""
        return self._edition(f"Editie ‘{edition_id}’ staat niet in de bibliotheek.", t.editions.c.id == edition_id)

    def _edition(self, otherwise: str, *such: ColumnElement[bool]) -> Edition:
        """The edition that is such; raises NotFound with this message where there is none."""
        with self._engine.connect() as db:
            row = db.execute(select(t.editions).where(*such)).mappings().first()
        if row is None:
            raise NotFound(otherwise)
        return rows.edition(row)

    def original(self, edition: Edition) -> Path:
        return self._originals / edition.sha256[:2] / edition.sha256

    def size(self) -> tuple[int, int]:
        """(documents, passages) that are visible."""
        shown = select(t.editions.c.id).where(t.editions.c.published)
        with self._engine.connect() as db:
            documents = db.execute(select(func.count(t.editions.c.document_id.distinct())).where(t.editions.c.published)).scalar()
            passages = db.execute(select(func.count()).select_from(t.passages).where(t.passages.c.edition_id.in_(shown))).scalar()
        return int(documents or 0), int(passages or 0)
