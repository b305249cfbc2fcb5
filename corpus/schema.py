"""The tables of the library. One row per thing of `corpus.model`; text is stored once, in the passages that partition it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

gemeenten = Table(
    "gemeenten",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("name", String(100), nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("gemeente", String(8)),
    Column("region", String(100)),
    Column("publisher", String(200)),
    Column("visibility", String(20), nullable=False),
    Column("source_url", Text),
    Column("withdrawn_on", Date),
)

# `published` is the one flag that makes an edition visible; it is set in the transaction that adds its passages, or by a
# curator later. `stated_to` is the last day as it was said; `valid_to` is that, or sooner where a next edition begins.
editions = Table(
    "editions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("filename", Text, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("adopted_on", Date),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("stated_to", Date),
    Column("concept", Boolean, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("title", Text),
    Column("said", String(64), nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Index("editions_by_document", "document_id"),
    Index("editions_by_file", "sha256"),
)

pages = Table(
    "pages",
    metadata,
    Column("edition_id", ForeignKey("editions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("label", String(40), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

sections = Table(
    "sections",
    metadata,
    Column("edition_id", ForeignKey("editions.id"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("article", String(40)),
    Index("sections_by_article", "edition_id", "article"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("path", Text, nullable=False),
    Column("locator", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("input", String(64), nullable=False),
    Index("passages_by_edition", "edition_id", "ordinal"),
    Index("passages_by_input", "input"),
)

# References in the text of passages. `law` is the name of a regeling as in `citation.Laws`, or "" where a text names none.
references = Table(
    "refs",
    metadata,
    Column("passage_id", String(40), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("edition_id", ForeignKey("editions.id"), nullable=False),
    Column("article", String(40), nullable=False),
    Column("reference", Text, nullable=False),
    Column("law", Text, nullable=False),
    Index("refs_by_article", "article", "law"),
    Index("refs_by_edition", "edition_id"),
)

# Vectors by what was embedded and by which model, so that equal text is never embedded twice.
vectors = Table(
    "vectors",
    metadata,
    Column("model", String(100), primary_key=True),
    Column("input", String(64), primary_key=True),
    Column("passage", LargeBinary, nullable=False),
    Column("sentences", LargeBinary, nullable=False),
)

# What was found in an edition's file, and what a curator decided; `document` is what the document will be called.
reviews = Table(
    "reviews",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("document", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("decided_by", String(80)),
    Column("decided_at", DateTime),
    Column("reason", Text),
)

# Who did what when. Names and numbers only, never text of a document: it outlives what is destroyed.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(30), nullable=False),
    Column("document_id", String(40), nullable=False),
    Column("edition_id", String(40)),
    Column("detail", Text),
    Index("events_by_document", "document_id", "id"),
)

# One row: how often the visible library has changed, and the model that its vectors are made with.
state = Table(
    "library_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", Integer, nullable=False),
    Column("model", String(100)),
)
