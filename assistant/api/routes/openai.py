"""The assistant as an OpenAI-compatible chat model, so that other chat clients can use it. Answers carry their sources in the text."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import date
from time import time
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant import forms
from assistant.answer import Sources, Started
from assistant.api import wire
from assistant.api.deps import AccountDep, AppDep
from assistant.api.notices import notices
from assistant.api.problems import UNEXPECTED
from assistant.app import App
from assistant.model import Answer, Asked, Sentence
from assistant.write import Waiting
from corpus.errors import NotFound, OovError, Refused

router = APIRouter(prefix="/openai/v1", tags=["openai"])
log = logging.getLogger(__name__)
MODEL = "oov-assistent"


class Message(BaseModel):
    role: Literal["system", "user", "assistant", "developer", "tool", "function"]
    content: str | list[dict[str, Any]] | None = ""

    @property
    def text(self) -> str:
        parts = self.content if isinstance(self.content, list) else [{"type": "text", "text": self.content or ""}]
        return "\n".join(str(part.get("text", "")) for part in parts if part.get("type") == "text")


class StreamOptions(BaseModel):
    include_usage: bool | None = False


class ChatShape(BaseModel):
    """What is posted for a completion; settings of language models are taken and not used."""

    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=200)
    stream: bool | None = False
    stream_options: StreamOptions | None = None


@router.get("/models")
def models(_account: AccountDep) -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [_MODEL]}


@router.get("/models/{name}")
def model(name: str, _account: AccountDep) -> dict[str, Any]:
    """The one model there is, by its name."""
    _known(name)
    return _MODEL


@router.post("/chat/completions", response_model=None)
def complete(body: ChatShape, app: AppDep, account: AccountDep) -> Response:
    """Answer the last question of the conversation, at once or as a stream of chunks."""
    _known(body.model)
    *earlier, question = ["", *(m.text.strip() for m in body.messages if m.role == "user" and m.text.strip())]
    if not question:
        raise Refused("Er staat geen vraag van de gebruiker in het gesprek.")
    if len(question) > 4000:
        raise Refused("De vraag is langer dan 4000 tekens. Stel haar korter.")
    asked = Asked(question, date.today(), scopes=account.scopes, home=account.gemeente)
    asked = app.reader.read_all((said[:4000] for said in filter(None, earlier[-10:])), asked)
    events = app.answerer.stream(asked)
    if body.stream:
        usage = bool(body.stream_options and body.stream_options.include_usage)
        return StreamingResponse(_chunks(app, asked, events, usage), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    *_, answer = events
    assert isinstance(answer, Answer)
    text = _full(answer)
    choice = {"index": 0, "message": {"role": "assistant", "content": text, "refusal": None}, "logprobs": None, "finish_reason": "stop"}
    said = {"id": answer.id, "object": "chat.completion", "created": int(time()), "model": MODEL, "choices": [choice]}
    return JSONResponse({**said, "usage": _usage(app, question, text)})


_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": "oov"}


def _known(name: str) -> None:
    if name != MODEL:
        raise NotFound(f"Model ‘{name}’ bestaat hier niet. Gebruik ‘{MODEL}’.")


def _chunks(app: App, asked: Asked, events: Iterator[object], usage: bool) -> Iterator[bytes]:
    identity, said = "", ""

    def chunk(delta: dict[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _frame({**_head(identity), "choices": [choice], **({"usage": None} if usage else {})})

    try:
        for event in events:
            text = ""
            if isinstance(event, Started):
                identity = event.id
                yield chunk({"role": "assistant", "content": ""})
            elif isinstance(event, Sources) and asked.read_as:
                text = f"{_read(asked.read_as)}\n\n"
            elif isinstance(event, Waiting):
                yield b": wacht\n\n"
            elif isinstance(event, Sentence):
                text = f"{event.text}{''.join(f' [{n}]' for n in event.citations)}\n"
            elif isinstance(event, Answer):
                text = _tail(event) if event.sentences else (event.missing or "")
            if text:
                said += text
                yield chunk({"content": text})
    except OovError as error:
        yield _frame({"error": {"message": str(error), "type": error.code, "code": error.code}})
        return
    except Exception:  # the stream has begun: the client can only be told in the stream
        log.exception("Onverwachte fout in een antwoord")
        yield _frame({"error": {"message": UNEXPECTED, "type": "fout", "code": "fout"}})
        return
    yield chunk({}, "stop")
    if usage:
        yield _frame({**_head(identity), "choices": [], "usage": _usage(app, asked.question, said)})
    yield b"data: [DONE]\n\n"


def _head(identity: str) -> dict[str, Any]:
    return {"id": identity, "object": "chat.completion.chunk", "created": int(time()), "model": MODEL}


def _frame(said: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


def _usage(app: App, question: str, said: str) -> dict[str, int]:
    """Tokens of question and answer as the embedder counts them: what clients keep their books with."""
    asked, answered = app.embedder.count([question, said])
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}


def _full(answer: Answer) -> str:
    read = f"{_read(answer.read_as)}\n\n" if answer.read_as else ""
    return read + (f"{forms.written(answer)}\n{_tail(answer)}" if answer.sentences else (answer.missing or ""))


def _read(read_as: str) -> str:
    return f"Gelezen als: {read_as}"


def _tail(answer: Answer) -> str:
    lines = [
        *([answer.missing] if answer.missing else []),
        *(f"Let op: {notice}" for notice in notices(wire.answer(answer))),
        "Bronnen:",
        *(forms.source_line(c) for c in answer.citations),
    ]
    return "\n" + "\n".join(lines)
