"""Answers as they were given, kept for who asked them. Nobody sees another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Engine, insert, select

from assistant import records as t
from assistant.api import wire
from assistant.model import Answer
from corpus.database import writing
from corpus.errors import NotFound


@dataclass(frozen=True, slots=True)
class Answers:
    engine: Engine

    def keep(self, account: str, answer: Answer) -> None:
        record = wire.answer(answer).model_dump_json()
        created = answer.created_at.astimezone(UTC).replace(tzinfo=None)
        with writing(self.engine) as db:
            db.execute(insert(t.answers).values(id=answer.id, account=account, created_at=created, question=answer.question, record=record))

    def of(self, account: str, count: int) -> list[wire.AnswerShape]:
        """The newest answers of an account."""
        query = select(t.answers.c.record).where(t.answers.c.account == account).order_by(t.answers.c.created_at.desc()).limit(count)
        with self.engine.connect() as db:
            return [wire.AnswerShape.model_validate_json(record) for record in db.execute(query).scalars()]

    def get(self, account: str, identity: str) -> wire.AnswerShape:
        query = select(t.answers.c.record).where(t.answers.c.id == identity, t.answers.c.account == account)
        with self.engine.connect() as db:
            record = db.execute(query).scalar()
        if record is None:
            raise NotFound("Dit antwoord bestaat niet, of is niet van u.")
        return wire.AnswerShape.model_validate_json(record)
