"""The one SQL database: opening it and bringing it to today's schema. Knows no table's meaning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from corpus.errors import Unavailable

_WRITES = "oov_writes"


def open_database(url: str) -> Engine:
    """An engine on the database at `url`, its schema up to date. SQLite runs in WAL mode and syncs every commit.

    Raises Unavailable where the file is no database or the disk is full or read-only.
    """
    engine = create_engine(url, connect_args={"timeout": 15} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        _migrate(engine)
    except DatabaseError as error:
        raise Unavailable(f"De bibliotheek in {engine.url.database} kan niet worden geopend: {_cause(error)}.") from error
    return engine


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: it waits its turn at the start, and is committed whole or not at all.

    Raises Unavailable where the disk is full or read-only.
    """
    try:
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            yield connection
    except OperationalError as error:
        raise Unavailable(f"De bibliotheek kan nu niet worden bijgewerkt: {_cause(error)}.") from error


def _begin_sqlite(connection: Connection) -> None:
    # Python's sqlite3 begins no transaction before DDL, and one that first reads cannot wait for a writer: so we begin ourselves.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    # FULL: what is acknowledged is on disk. secure_delete: what is destroyed is overwritten.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with writing(engine) as connection:
        # Looked at inside the transaction: of two processes that start at once, one migrates.
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _cause(error: DatabaseError) -> str:
    said = str(error.orig or error)
    if "disk is full" in said:
        return "de schijf is vol; maak ruimte en probeer opnieuw"
    if "locked" in said:
        return "een ander proces houdt haar bezet; probeer het zo opnieuw"
    if "readonly" in said or "unable to open" in said:
        return "de map is niet schrijfbaar; controleer de rechten"
    return "het bestand is geen bibliotheek of is beschadigd; zet een reservekopie terug"


def scrub(engine: Engine) -> None:
    """Write the database anew, so that nothing of what was deleted is left in its file or its log."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.driver_connection.execute(statement)  # type: ignore[union-attr]
    finally:
        raw.close()
