"""Asking: an answer at once as JSON, or as it comes as a stream of events."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Sources, Started
from assistant.api import shapes, wire
from assistant.api.deps import AccountDep, AppDep, codes
from assistant.api.problems import UNEXPECTED
from assistant.api.shapes import EventName
from assistant.app import App
from assistant.export import MEDIA, exported
from assistant.keep.access import Account
from assistant.keep.answers import new_conversation
from assistant.model import Answer, Asked, Citation, Sentence
from assistant.suggest import Anchor
from assistant.write import Waiting
from corpus.errors import OovError, Refused

router = APIRouter(tags=["antwoorden"])
log = logging.getLogger(__name__)
# A comment in the stream: it keeps proxies from closing it, and shows when nobody reads it any more.
BEAT = b": wacht\n\n"
FileKind = Literal["docx", "md", "json"]


@router.post("/answers", status_code=201, response_model=shapes.AnswerShape)
def ask(body: shapes.QuestionShape, request: Request, app: AppDep, account: AccountDep) -> Response:
    """Answer a question; as `text/event-stream` when that is what the client accepts."""
    conversation = body.conversation or new_conversation()
    asked = _asked(body, app, account)
    if "text/event-stream" in request.headers.get("accept", ""):
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_stream(app, account, asked, conversation), media_type="text/event-stream", headers=headers)
    answer = app.answerer.answer(asked)
    app.answers.keep(account.name, answer, conversation)
    beside = {"X-Conversation": conversation, **({"X-Read-As": quote(asked.read_as)} if asked.read_as else {})}
    return JSONResponse(wire.answer(answer).model_dump(mode="json"), 201, beside)


@router.get("/answers")
def history(app: AppDep, account: AccountDep, limit: int = 50) -> list[shapes.AnswerShape]:
    """One's own answers, newest first."""
    return app.answers.of(account.name, min(max(limit, 1), 200))


@router.get("/answers/{answer_id}")
def one(answer_id: str, app: AppDep, account: AccountDep) -> shapes.AnswerShape:
    """One of one's own answers, as it was given."""
    return app.answers.get(account.name, answer_id)


@router.get("/conversations/{conversation_id}")
def conversation(conversation_id: str, app: AppDep, account: AccountDep) -> shapes.ConversationShape:
    """One of one's own conversations: its answers, oldest first, each with the question it was read as."""
    held = app.answers.conversation(account.name, conversation_id)
    return shapes.ConversationShape(id=conversation_id, turns=[shapes.TurnShape(answer=kept.answer, read_as=kept.read_as) for kept in held])


@router.get("/answers/{answer_id}/export")
def export(answer_id: str, app: AppDep, account: AccountDep, kind: Annotated[FileKind, Query(alias="format")] = "docx") -> Response:
    """One of one's own answers as a file: Word, Markdown or JSON, from the record as it was kept."""
    kept = app.answers.kept(account.name, answer_id)
    headers = {"Content-Disposition": f'attachment; filename="antwoord-{answer_id}.{kind}"'}
    return Response(exported(kept.answer, kind, kept.read_as), media_type=MEDIA[kind], headers=headers)


@router.get("/answers/{answer_id}/suggestions")
def suggestions(answer_id: str, app: AppDep, account: AccountDep) -> shapes.SuggestionsShape:
    """Up to three next questions that the library can answer: each was answered before it is offered."""
    kept = app.answers.kept(account.name, answer_id)
    asked = Asked(kept.answer.question, kept.answer.as_of, scopes=account.scopes, home=account.gemeente, read_as=kept.read_as)
    sources = app.library.texts.sources([cited.passage_id for cited in kept.answer.citations])
    anchors = [
        Anchor(source, cited.start, cited.quote)
        for cited in kept.answer.citations
        if (source := sources.get(cited.passage_id)) is not None and source.document.scope in account.scopes
    ]
    turns = app.answers.conversation(account.name, kept.conversation) if kept.conversation else []
    earlier = [question for turn in turns for question in (turn.answer.question, turn.read_as) if question]
    return shapes.SuggestionsShape(questions=app.suggester.suggest(asked, anchors, earlier))


@router.post("/answers/{answer_id}/feedback", status_code=204)
def feedback(answer_id: str, body: shapes.FeedbackShape, app: AppDep, account: AccountDep) -> None:
    """Say whether an answer was of use, and why not."""
    app.answers.judge(account.name, answer_id, body)


def _asked(body: shapes.QuestionShape, app: App, account: Account) -> Asked:
    question = body.question.strip()
    if not question:
        raise Refused("Stel een vraag: de tekst is leeg.")
    asked = Asked(
        question,
        body.as_of or date.today(),
        body.form,
        codes(app.library, body.gemeente),
        scopes=account.scopes,
        home=account.gemeente,
        day_given=body.as_of is not None,
    )
    names = app.library.gemeenten()
    earlier = app.answers.conversation(account.name, body.conversation) if body.conversation is not None else []
    return app.reader.read(asked, [kept.turn(names) for kept in earlier])


def _stream(app: App, account: Account, asked: Asked, conversation: str) -> Iterator[bytes]:
    try:
        for event in app.answerer.stream(asked):
            if isinstance(event, Waiting):
                yield BEAT
                continue
            if isinstance(event, Answer):
                app.answers.keep(account.name, event, conversation)
            yield _frame(*_event(event, asked, conversation))
    except OovError as error:
        yield _frame(EventName.ERROR, {"code": error.code, "message": str(error)})
    except Exception:  # the stream has begun: the client can only be told in the stream
        log.exception("Onverwachte fout in een antwoord")
        yield _frame(EventName.ERROR, {"code": "fout", "message": UNEXPECTED})


def _event(event: Started | Sources | Sentence | Citation | Answer, asked: Asked, conversation: str) -> tuple[EventName, object]:
    if isinstance(event, Started):
        return EventName.STARTED, shapes.StartedShape(id=event.id, conversation=conversation, read_as=asked.read_as).model_dump()
    if isinstance(event, Sources):
        return EventName.SOURCES, [wire.hit(hit, event.as_of).model_dump(mode="json") for hit in event.hits]
    if isinstance(event, Sentence):
        return EventName.SENTENCE, wire.sentence(event).model_dump(mode="json")
    if isinstance(event, Citation):
        return EventName.CITATION, wire.citation(event).model_dump(mode="json")
    return EventName.DONE, wire.answer(event).model_dump(mode="json")


def _frame(name: EventName, data: object) -> bytes:
    return f"event: {name.value}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
