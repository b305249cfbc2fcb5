"""Curation: what was found in a file before it was published, who decided, and what happened when.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("editions", sa.Column("stated_to", sa.Date))
    op.add_column("answers", sa.Column("feedback", sa.Text))
    op.add_column("jobs", sa.Column("preview", sa.Boolean, nullable=False, server_default="0"))
    op.execute("UPDATE editions SET stated_to = valid_to")
    op.create_table(
        "reviews",
        sa.Column("edition_id", sa.String(40), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("decided_by", sa.String(80)),
        sa.Column("decided_at", sa.DateTime),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("action", sa.String(30), nullable=False),
        sa.Column("document_id", sa.String(40), nullable=False),
        sa.Column("edition_id", sa.String(40)),
        sa.Column("detail", sa.Text),
    )
    op.create_index("events_by_document", "events", ["document_id", "id"])
    op.create_table(
        "refs",
        sa.Column("passage_id", sa.String(40), primary_key=True),
        sa.Column("start", sa.Integer, primary_key=True),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("edition_id", sa.String(40), sa.ForeignKey("editions.id"), nullable=False),
        sa.Column("article", sa.String(40), nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("law", sa.Text, nullable=False),
    )
    op.create_index("refs_by_article", "refs", ["article", "law"])
    op.create_index("refs_by_edition", "refs", ["edition_id"])
