"""What curators looked at and decided, and who did what when. Knows the tables of curation only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import Engine, RowMapping, insert, select

from corpus import rows
from corpus import schema as t
from corpus.database import writing
from corpus.review import Event, Review


class Reviews:
    """The reviews and events of one library."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def held(self, *states: str) -> dict[str, Review]:
        """The reviews in these states (all when none is named), by edition, oldest first."""
        query = select(t.reviews).order_by(t.reviews.c.created_at)
        if states:
            query = query.where(t.reviews.c.state.in_(states))
        with self._engine.connect() as db:
            return {row["edition_id"]: rows.review(row) for row in db.execute(query).mappings()}

    def note(self, actor: str, action: str, document_id: str, edition_id: str | None = None, detail: str | None = None) -> None:
        """Write down who did what; never text of a document."""
        values = {"actor": actor, "action": action, "document_id": document_id, "edition_id": edition_id, "detail": detail}
        with writing(self._engine) as db:
            db.execute(insert(t.events).values(at=datetime.now(UTC).replace(tzinfo=None), **values))

    def log(
        self, limit: int, *, before: int | None = None, actor: str | None = None, action: str | None = None, since: date | None = None
    ) -> list[tuple[int, Event]]:
        """What was done, newest first, each with its number; `before` a number, by one actor, of one kind, since a day."""
        e = t.events.c
        query = select(t.events).order_by(e.id.desc()).limit(limit)
        if before is not None:
            query = query.where(e.id < before)
        if actor is not None:
            query = query.where(e.actor == actor)
        if action is not None:
            query = query.where(e.action == action)
        if since is not None:
            query = query.where(e.at >= datetime.combine(since, time()))
        with self._engine.connect() as db:
            return [(row["id"], _event(row)) for row in db.execute(query).mappings()]

    def events(self, document_id: str | None = None) -> list[Event]:
        query = select(t.events).order_by(t.events.c.id)
        if document_id is not None:
            query = query.where(t.events.c.document_id == document_id)
        with self._engine.connect() as db:
            return [_event(row) for row in db.execute(query).mappings()]


def _event(row: RowMapping) -> Event:
    return Event(**{name: row[name] for name in Event.__dataclass_fields__})
