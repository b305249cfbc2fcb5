"""Answers as they were given, kept for who asked them. Nobody sees another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Engine, insert, select, update

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

    def judge(self, account: str, identity: str, said: wire.FeedbackShape) -> None:
        """Keep what its asker thought of an answer; said again, the last word counts."""
        self.get(account, identity)
        with writing(self.engine) as db:
            db.execute(update(t.answers).where(t.answers.c.id == identity).values(feedback=said.model_dump_json()))

    def judged(self) -> list[tuple[wire.AnswerShape, wire.FeedbackShape]]:
        """All answers that somebody judged, oldest first; for evaluation."""
        query = select(t.answers.c.record, t.answers.c.feedback).where(t.answers.c.feedback.is_not(None)).order_by(t.answers.c.created_at)
        with self.engine.connect() as db:
            found = db.execute(query).all()
        return [(wire.AnswerShape.model_validate_json(record), wire.FeedbackShape.model_validate_json(said)) for record, said in found]

    def newest(self, count: int) -> list[wire.AnswerShape]:
        """The newest answers of everyone, newest first; for evaluation, which shows no text of them."""
        query = select(t.answers.c.record).order_by(t.answers.c.created_at.desc()).limit(count)
        with self.engine.connect() as db:
            return [wire.AnswerShape.model_validate_json(record) for record in db.execute(query).scalars()]
