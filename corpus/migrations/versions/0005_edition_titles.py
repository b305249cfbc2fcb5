"""Editions: what each is called itself, for the name of a document is that of its newest.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("editions", sa.Column("title", sa.Text))
