"""The assistant as an OpenAI-compatible chat model, so that other chat clients can use it. Answers carry their sources in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from time import time
from typing import Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant import forms
from assistant.answer import Sources
from assistant.api import wire
from assistant.api.deps import AccountDep, AppDep
from assistant.model import Answer, Asked, Sentence
from corpus.errors import OovError, Refused

router = APIRouter(prefix="/openai/v1", tags=["openai"])
MODEL = "oov-assistent"


class Message(BaseModel):
    role: Literal["system", "user", "assistant", "developer"]
    content: str | list[dict[str, Any]] = ""

    @property
    def text(self) -> str:
        parts = self.content if isinstance(self.content, list) else [{"type": "text", "text": self.content}]
        return "\n".join(str(part.get("text", "")) for part in parts if part.get("type") == "text")


class ChatShape(BaseModel):
    """What is posted for a completion; settings of language models are taken and not used."""

    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=200)
    stream: bool = False


@router.get("/models")
def models(_account: AccountDep) -> dict[str, Any]:
    """The one model there is."""
    return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "oov"}]}


@router.post("/chat/completions", response_model=None)
def complete(body: ChatShape, app: AppDep, account: AccountDep) -> Response:
    """Answer the last question of the conversation, at once or as a stream of chunks."""
    *earlier, question = ["", *(m.text.strip()[:4000] for m in body.messages if m.role == "user" and m.text.strip())]
    if not question:
        raise Refused("Er staat geen vraag van de gebruiker in het gesprek.")
    asked = Asked(question, date.today(), scopes=account.scopes, home=account.gemeente)
    asked = app.reader.read_all(filter(None, earlier[-10:]), asked)
    events = app.answerer.stream(asked)
    if body.stream:
        return StreamingResponse(_chunks(events, asked.read_as), media_type="text/event-stream")
    *_, answer = events
    assert isinstance(answer, Answer)
    message = {"role": "assistant", "content": _full(answer)}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
    return JSONResponse(
        {"id": answer.id, "object": "chat.completion", "created": int(time()), "model": MODEL, "choices": [choice], "usage": usage}
    )


def _chunks(events: Iterator[object], read_as: str | None) -> Iterator[bytes]:
    identity = "a"
    try:
        for event in events:
            if isinstance(event, Sources) and read_as:
                yield _chunk(identity, {"role": "assistant", "content": f"{_read(read_as)}\n\n"})
            elif isinstance(event, Sentence):
                marks = "".join(f" [{n}]" for n in event.citations)
                yield _chunk(identity, {"role": "assistant", "content": f"{event.text}{marks}\n"})
            elif isinstance(event, Answer):
                yield _chunk(identity, {"role": "assistant", "content": _tail(event) if event.sentences else (event.missing or "")})
    except OovError as error:
        yield _chunk(identity, {"role": "assistant", "content": str(error)})
    yield _chunk(identity, {}, "stop")
    yield b"data: [DONE]\n\n"


def _chunk(identity: str, delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    said = {"id": identity, "object": "chat.completion.chunk", "created": int(time()), "model": MODEL, "choices": [choice]}
    return f"data: {json.dumps(said, ensure_ascii=False)}\n\n".encode()


def _full(answer: Answer) -> str:
    read = f"{_read(answer.read_as)}\n\n" if answer.read_as else ""
    return read + (f"{forms.written(answer)}\n{_tail(answer)}" if answer.sentences else (answer.missing or ""))


def _read(read_as: str) -> str:
    return f"Gelezen als: {read_as}"


def _tail(answer: Answer) -> str:
    lines = [
        *([answer.missing] if answer.missing else []),
        *(f"Let op: {notice}" for notice in wire.notices(wire.answer(answer))),
        "Bronnen:",
        *(forms.source_line(c) for c in answer.citations),
    ]
    return "\n" + "\n".join(lines)
