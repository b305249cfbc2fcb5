"""The library: gemeenten, documents, editions, pages, sections, passages, vectors.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table("gemeenten", sa.Column("code", sa.String(8), primary_key=True), sa.Column("name", sa.String(100), nullable=False))
    op.create_table(
        "documents",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("gemeente", sa.String(8)),
        sa.Column("region", sa.String(100)),
        sa.Column("publisher", sa.String(200)),
        sa.Column("visibility", sa.String(20), nullable=False),
        sa.Column("source_url", sa.Text),
        sa.Column("withdrawn_on", sa.Date),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("document_id", sa.String(40), sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("adopted_on", sa.Date),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("concept", sa.Boolean, nullable=False),
        sa.Column("published", sa.Boolean, nullable=False),
        sa.Column("said", sa.String(64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("editions_by_document", "editions", ["document_id"])
    op.create_index("editions_by_file", "editions", ["sha256"])
    op.create_table(
        "pages",
        sa.Column("edition_id", sa.String(40), sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "sections",
        sa.Column("edition_id", sa.String(40), sa.ForeignKey("editions.id"), primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("locator", sa.Text, nullable=False),
        sa.Column("article", sa.String(40)),
    )
    op.create_index("sections_by_article", "sections", ["edition_id", "article"])
    op.create_table(
        "passages",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("edition_id", sa.String(40), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("locator", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("input", sa.String(64), nullable=False),
    )
    op.create_index("passages_by_edition", "passages", ["edition_id", "ordinal"])
    op.create_index("passages_by_input", "passages", ["input"])
    op.create_table(
        "vectors",
        sa.Column("model", sa.String(100), primary_key=True),
        sa.Column("input", sa.String(64), primary_key=True),
        sa.Column("passage", sa.LargeBinary, nullable=False),
        sa.Column("sentences", sa.LargeBinary, nullable=False),
    )
    state = op.create_table(
        "library_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("model", sa.String(100)),
    )
    op.bulk_insert(state, [{"id": 1, "generation": 0, "model": None}])
