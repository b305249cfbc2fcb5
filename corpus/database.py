"""The one SQL database: opening it and bringing it to today's schema. Knows no table's meaning."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from corpus.errors import Unavailable


def open_database(url: str) -> Engine:
    """An engine on the database at `url`, its schema up to date. SQLite runs in WAL mode and syncs every commit.

    Raises Unavailable where the file is no database or the disk is full or read-only.
    """
    engine = create_engine(url, connect_args={"timeout": 15} if url.startswith("sqlite") else {})
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    try:
        _migrate(engine)
    except (DatabaseError, OperationalError) as error:
        raise Unavailable(f"De bibliotheek in {engine.url.database} kan niet worden geopend: {_cause(error)}.") from error
    return engine


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # FULL: what is acknowledged is on disk. secure_delete: what is destroyed is overwritten.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _cause(error: DatabaseError) -> str:
    said = str(error.orig or error)
    if "disk is full" in said:
        return "de schijf is vol; maak ruimte en probeer opnieuw"
    if "readonly" in said or "unable to open" in said:
        return "de map is niet schrijfbaar; controleer de rechten"
    return "het bestand is geen bibliotheek of is beschadigd; zet een reservekopie terug"
