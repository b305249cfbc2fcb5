"""The single writes of which the library makes its transactions. Knows tables and values, begins and ends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from corpus import rows
from corpus import schema as t
from corpus.citation import Found
from corpus.model import Document, Edition, Page, Passage, Section
from corpus.review import Review


@dataclass(frozen=True, slots=True)
class Text:
    """All that an edition's text is: passages in order, and the pages and sections over them. `inputs[i]` is the digest of
    what was embedded for passage i, `references[i]` what passage i refers to."""

    passages: tuple[Passage, ...]
    inputs: tuple[str, ...]
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]
    references: tuple[tuple[Found, ...], ...] = ()


def put(db: Connection, table: Any, values: Mapping[str, Any], key: str = "id") -> None:
    changed = db.execute(update(table).where(table.c[key] == values[key]).values(values)).rowcount
    if not changed:
        db.execute(insert(table).values(values))


def insert_text(db: Connection, edition_id: str, text: Text) -> None:
    if text.pages:
        db.execute(insert(t.pages), [{**asdict(page), "edition_id": edition_id} for page in text.pages])
    db.execute(insert(t.sections), [{**rows.placed(s), "edition_id": edition_id, "article": s.locator.article} for s in text.sections])
    put_references(db, edition_id, text.passages, text.references)
    made = zip(text.passages, text.inputs, strict=True)
    db.execute(
        insert(t.passages),
        [
            {**rows.placed(p), "id": p.id, "edition_id": edition_id, "ordinal": p.ordinal, "page": p.page, "text": p.text, "input": digest}
            for p, digest in made
        ],
    )


def put_references(db: Connection, edition_id: str, passages: Sequence[Passage], references: Sequence[Sequence[Found]]) -> None:
    """Say what the passages of an edition refer to, in place of what was said before; `references[i]` is of passage i."""
    referred = [
        {
            "passage_id": p.id,
            "edition_id": edition_id,
            "start": p.start + found.start,
            "end": p.start + found.end,
            "article": found.reference.article,
            "reference": str(found.reference),
            "law": found.reference.law or "",
        }
        for p, some in zip(passages, references, strict=False)
        for found in some
    ]
    db.execute(delete(t.references).where(t.references.c.edition_id == edition_id))
    if referred:
        db.execute(insert(t.references), referred)


def speaks_for_document(db: Connection, edition: Edition, review: Review | None) -> bool:
    """Whether what came with this edition says what its document is called: not while it waits, nor beside a newer edition."""
    if db.execute(select(t.documents.c.id).where(t.documents.c.id == edition.document_id)).first() is None:
        return True
    others = (t.editions.c.document_id == edition.document_id, t.editions.c.id != edition.id, t.editions.c.published)
    newest = db.execute(select(func.max(t.editions.c.valid_from)).where(*others)).scalar()
    return review is None and (newest is None or (edition.valid_from is not None and edition.valid_from >= newest))


def put_document(db: Connection, document: Document) -> None:
    put(db, t.documents, {**asdict(document), "kind": document.kind.value, "visibility": document.visibility.value})


def settle_line(db: Connection, document_id: str) -> None:
    """Say of each visible edition of a document when it ends: as was stated, or sooner, on the eve of the next one.

    An edition without a first day comes before all that have one; among such the one that was added first does.
    """
    shown = (t.editions.c.document_id == document_id, t.editions.c.published, t.editions.c.concept.is_(False))
    line = sorted(db.execute(select(t.editions).where(*shown)).all(), key=lambda row: (row.valid_from or date.min, row.added_at))
    for row, following in zip(line, [*line[1:], None][: len(line)], strict=True):
        ends = [row.stated_to] if row.stated_to is not None else []
        if following is not None:
            ends.append((following.valid_from or following.added_at.date()) - timedelta(days=1))
        db.execute(update(t.editions).where(t.editions.c.id == row.id).values(valid_to=min(ends, default=None)))


def raise_generation(db: Connection) -> None:
    db.execute(update(t.state).values(generation=t.state.c.generation + 1))
