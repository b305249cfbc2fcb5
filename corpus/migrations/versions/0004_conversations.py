"""Conversations: to which one an answer belongs, and as which question it was read there.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("answers", sa.Column("conversation", sa.String(40)))
    op.add_column("answers", sa.Column("read_as", sa.Text))
    op.create_index("answers_by_conversation", "answers", ["conversation", "created_at"])
