"""The tables of the service beside the library's: accounts, sessions, answers, jobs. No queries here."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Table, Text

from corpus.schema import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("password", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("gemeente", String(8)),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("blocked_until", DateTime),
    Column("created_at", DateTime, nullable=False),
)

# A session is known by the digest of its token: who reads the database cannot use it.
sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("account", ForeignKey("accounts.name"), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("account", String(80), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("feedback", Text),
    Column("conversation", String(40)),
    Column("read_as", Text),
    Index("answers_by_account", "account", "created_at"),
    Index("answers_by_conversation", "conversation", "created_at"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("account", String(80), nullable=False),
    Column("filename", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("preview", Boolean, nullable=False, server_default="0"),
    Column("outcome", Text),
    Column("created_at", DateTime, nullable=False),
    Column("updated_at", DateTime, nullable=False),
    Index("jobs_by_state", "state", "created_at"),
)
