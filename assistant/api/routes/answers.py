"""Asking: an answer at once as JSON, or as it comes as a stream of events."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.access import Account
from assistant.answer import Sources, Started
from assistant.api import wire
from assistant.api.deps import AccountDep, AppDep, codes
from assistant.api.problems import UNEXPECTED
from assistant.api.wire import EventName
from assistant.app import App
from assistant.export import MEDIA, exported
from assistant.model import Answer, Asked, Citation, Sentence
from assistant.write import Waiting
from corpus.errors import OovError, Refused

router = APIRouter(tags=["antwoorden"])
log = logging.getLogger(__name__)
# A comment in the stream: it keeps proxies from closing it, and shows when nobody reads it any more.
BEAT = b": wacht\n\n"
FileKind = Literal["docx", "md", "json"]


@router.post("/answers", status_code=201, response_model=wire.AnswerShape)
def ask(body: wire.QuestionShape, request: Request, app: AppDep, account: AccountDep) -> Response:
    """Answer a question; as `text/event-stream` when that is what the client accepts."""
    asked = _asked(body, app, account)
    if "text/event-stream" in request.headers.get("accept", ""):
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_stream(app, account, asked), media_type="text/event-stream", headers=headers)
    answer = app.answerer.answer(asked)
    app.answers.keep(account.name, answer)
    return JSONResponse(wire.answer(answer).model_dump(mode="json"), 201)


@router.get("/answers")
def history(app: AppDep, account: AccountDep, limit: int = 50) -> list[wire.AnswerShape]:
    """One's own answers, newest first."""
    return app.answers.of(account.name, min(max(limit, 1), 200))


@router.get("/answers/{answer_id}")
def one(answer_id: str, app: AppDep, account: AccountDep) -> wire.AnswerShape:
    """One of one's own answers, as it was given."""
    return app.answers.get(account.name, answer_id)


@router.get("/answers/{answer_id}/export")
def export(answer_id: str, app: AppDep, account: AccountDep, kind: Annotated[FileKind, Query(alias="format")] = "docx") -> Response:
    """One of one's own answers as a file: Word, Markdown or JSON, from the record as it was kept."""
    answer = app.answers.get(account.name, answer_id)
    headers = {"Content-Disposition": f'attachment; filename="antwoord-{answer.id}.{kind}"'}
    return Response(exported(answer, kind), media_type=MEDIA[kind], headers=headers)


@router.post("/answers/{answer_id}/feedback", status_code=204)
def feedback(answer_id: str, body: wire.FeedbackShape, app: AppDep, account: AccountDep) -> None:
    """Say whether an answer was of use, and why not."""
    app.answers.judge(account.name, answer_id, body)


def _asked(body: wire.QuestionShape, app: App, account: Account) -> Asked:
    question = body.question.strip()
    if not question:
        raise Refused("Stel een vraag: de tekst is leeg.")
    return Asked(
        question, body.as_of or date.today(), body.form, codes(app.library, body.gemeente), scopes=account.scopes, home=account.gemeente
    )


def _stream(app: App, account: Account, asked: Asked) -> Iterator[bytes]:
    try:
        for event in app.answerer.stream(asked):
            if isinstance(event, Waiting):
                yield BEAT
                continue
            if isinstance(event, Answer):
                app.answers.keep(account.name, event)
            yield _frame(*_event(event, asked.as_of))
    except OovError as error:
        yield _frame(EventName.ERROR, {"code": error.code, "message": str(error)})
    except Exception:  # the stream has begun: the client can only be told in the stream
        log.exception("Onverwachte fout in een antwoord")
        yield _frame(EventName.ERROR, {"code": "fout", "message": UNEXPECTED})


def _event(event: Started | Sources | Sentence | Citation | Answer, as_of: date) -> tuple[EventName, object]:
    if isinstance(event, Started):
        return EventName.STARTED, {"id": event.id}
    if isinstance(event, Sources):
        return EventName.SOURCES, [wire.hit(hit, as_of).model_dump(mode="json") for hit in event.hits]
    if isinstance(event, Sentence):
        return EventName.SENTENCE, wire.sentence(event).model_dump(mode="json")
    if isinstance(event, Citation):
        return EventName.CITATION, wire.citation(event).model_dump(mode="json")
    return EventName.DONE, wire.answer(event).model_dump(mode="json")


def _frame(name: EventName, data: object) -> bytes:
    return f"event: {name.value}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
