"""Answers as they were given, kept for who asked them, by conversation. Nobody sees another's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import Engine, insert, select, update

from assistant.api import shapes, wire
from assistant.keep import records as t
from assistant.model import Answer
from assistant.understand.follow_up import Turn
from corpus import citation
from corpus.database import writing
from corpus.errors import NotFound
from corpus.gemeenten import Gemeenten
from corpus.model import Kind

# Questions before this one that a follow-up can point back to.
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given, with the conversation it stands in and the question it was read as, where that differs."""

    answer: shapes.AnswerShape
    conversation: str | None
    read_as: str | None

    def turn(self, names: Gemeenten) -> Turn:
        """What a follow-up may point at."""
        first = next(iter(self.answer.citations), None)
        if first is None:
            return Turn(self.read_as or self.answer.question)
        regeling = f"APV van {names.name(first.gemeente)}" if first.kind == Kind.APV and first.gemeente else first.title
        reference = citation.read(first.locator)
        return Turn(self.read_as or self.answer.question, regeling, reference.article if reference else None)


def new_conversation() -> str:
    return f"g-{secrets.token_hex(10)}"


@dataclass(frozen=True, slots=True)
class Answers:
    engine: Engine

    def keep(self, account: str, answer: Answer, conversation: str | None = None) -> None:
        row = {
            "id": answer.id,
            "account": account,
            "created_at": answer.created_at.astimezone(UTC).replace(tzinfo=None),
            "question": answer.question,
            "record": wire.answer(answer).model_dump_json(),
            "conversation": conversation,
            "read_as": answer.read_as,
        }
        with writing(self.engine) as db:
            db.execute(insert(t.answers).values(row))

    def of(self, account: str, count: int) -> list[shapes.AnswerShape]:
        """The newest answers of an account."""
        query = select(t.answers.c.record).where(t.answers.c.account == account).order_by(t.answers.c.created_at.desc()).limit(count)
        with self.engine.connect() as db:
            return [shapes.AnswerShape.model_validate_json(record) for record in db.execute(query).scalars()]

    def get(self, account: str, identity: str) -> shapes.AnswerShape:
        return self.kept(account, identity).answer

    def kept(self, account: str, identity: str) -> Kept:
        """One answer with its conversation. Raises NotFound for another's."""
        query = select(t.answers).where(t.answers.c.id == identity, t.answers.c.account == account)
        with self.engine.connect() as db:
            row = db.execute(query).first()
        if row is None:
            raise NotFound("Dit antwoord bestaat niet, of is niet van u.")
        return Kept(shapes.AnswerShape.model_validate_json(row.record), row.conversation, row.read_as)

    def conversation(self, account: str, identity: str) -> list[Kept]:
        """The latest answers of a conversation, oldest first. Raises NotFound for another's."""
        own = (t.answers.c.conversation == identity, t.answers.c.account == account)
        query = select(t.answers).where(*own).order_by(t.answers.c.created_at.desc()).limit(_REMEMBERED)
        with self.engine.connect() as db:
            found = db.execute(query).all()
        if not found:
            raise NotFound("Dit gesprek bestaat niet, of is niet van u. Begin een nieuw gesprek.")
        return [Kept(shapes.AnswerShape.model_validate_json(row.record), row.conversation, row.read_as) for row in reversed(found)]

    def judge(self, account: str, identity: str, said: shapes.FeedbackShape) -> None:
        """Keep what its asker thought of an answer; said again, the last word counts."""
        self.get(account, identity)
        with writing(self.engine) as db:
            db.execute(update(t.answers).where(t.answers.c.id == identity).values(feedback=said.model_dump_json()))

    def judged(self) -> list[tuple[shapes.AnswerShape, shapes.FeedbackShape]]:
        """All answers that somebody judged, oldest first; for evaluation."""
        query = select(t.answers.c.record, t.answers.c.feedback).where(t.answers.c.feedback.is_not(None)).order_by(t.answers.c.created_at)
        with self.engine.connect() as db:
            found = db.execute(query).all()
        return [(shapes.AnswerShape.model_validate_json(record), shapes.FeedbackShape.model_validate_json(said)) for record, said in found]

    def newest(self, count: int) -> list[shapes.AnswerShape]:
        """The newest answers of everyone, newest first; for evaluation, which shows no text of them."""
        query = select(t.answers.c.record).order_by(t.answers.c.created_at.desc()).limit(count)
        with self.engine.connect() as db:
            return [shapes.AnswerShape.model_validate_json(record) for record in db.execute(query).scalars()]
