"""The chat's only way to the assistant: HTTP. Knows addresses and shapes, no screen."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from assistant.api.reference_wire import ReferencesShape
from assistant.api.shapes import (
    AnswerShape,
    CitationShape,
    DocumentShape,
    EventName,
    HitShape,
    PassageShape,
    SentenceShape,
    SessionShape,
    StartedShape,
    SuggestionsShape,
)

UNREACHABLE = "De assistent is niet bereikbaar. Controleer of de API draait en probeer het opnieuw."


class ApiError(Exception):
    """What the reader is told; `expired` when logging in again is the way on."""

    def __init__(self, message: str, *, expired: bool = False) -> None:
        super().__init__(message)
        self.expired = expired


class Client:
    """Talks to the API on behalf of one session. `token` is None before login."""

    def __init__(self, token: str | None = None, base_url: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        url = base_url or os.environ.get("OOV_API_URL", "http://127.0.0.1:8000")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(
            base_url=f"{url.rstrip('/')}/v1", headers=headers, timeout=httpx.Timeout(120, connect=5), transport=transport
        )

    def log_in(self, username: str, password: str) -> SessionShape:
        return SessionShape.model_validate(self._json("POST", "/session", json={"username": username, "password": password}))

    def log_out(self) -> None:
        self._request("DELETE", "/session")

    def documents(self) -> list[DocumentShape]:
        return [DocumentShape.model_validate(item) for item in self._json("GET", "/documents")]

    def answers(self, limit: int = 20) -> list[AnswerShape]:
        """One's own answers, newest first."""
        return [AnswerShape.model_validate(item) for item in self._json("GET", "/answers", params={"limit": limit})]

    def passages(self, document_id: str, edition_id: str) -> list[PassageShape]:
        found = self._json("GET", f"/documents/{document_id}/passages", params={"edition": edition_id})
        return [PassageShape.model_validate(item) for item in found]

    def references(self, document_id: str, passage_id: str, as_of: date) -> ReferencesShape:
        """What a passage refers to and what refers to it on a day."""
        path = f"/documents/{document_id}/passages/{passage_id}/references"
        return ReferencesShape.model_validate(self._json("GET", path, params={"as_of": as_of.isoformat()}))

    def page_image(self, document_id: str, edition_id: str, page: int, start: int, end: int) -> bytes | None:
        """A page as PNG with a stretch of the edition's text marked; None where there is no picture of it."""
        options = {"edition": edition_id, "highlight": f"{start}-{end}"}
        try:
            return self._request("GET", f"/documents/{document_id}/pages/{page}/image", params=options).content
        except ApiError as error:
            if error.expired or str(error) == UNREACHABLE:
                raise
            return None

    def export(self, answer_id: str, kind: str = "docx") -> bytes:
        """One of one's own answers as a file."""
        return self._request("GET", f"/answers/{answer_id}/export", params={"format": kind}).content

    def suggestions(self, answer_id: str) -> list[str]:
        """Next questions that can be answered."""
        return SuggestionsShape.model_validate(self._json("GET", f"/answers/{answer_id}/suggestions")).questions

    def judge(self, answer_id: str, *, useful: bool) -> None:
        """Say whether an answer was of use."""
        self._request("POST", f"/answers/{answer_id}/feedback", json={"useful": useful})

    def evaluations(self) -> dict[str, Any]:
        """The test sets and the runs that one may see."""
        return dict(self._json("GET", "/evaluations"))

    def evaluation(self, identity: str) -> dict[str, Any]:
        return dict(self._json("GET", f"/evaluations/{identity}"))

    def start_evaluation(self, name: str, *, baseline: bool, judge: bool) -> None:
        self._request("POST", "/evaluations", json={"set": name, "baseline": baseline, "judge": judge})

    def act_on_evaluation(self, identity: str, act: str) -> None:
        """Stop a run (`cancel`) or go on with one (`resume`)."""
        self._request("POST", f"/evaluations/{identity}/{act}")

    def evaluation_results(self, identity: str, *, failing: bool) -> list[dict[str, Any]]:
        return list(self._json("GET", f"/evaluations/{identity}/results", params={"failing": failing}))

    def evaluation_changes(self, identity: str, since: str) -> dict[str, Any]:
        return dict(self._json("GET", f"/evaluations/{identity}/changes", params={"since": since}))

    def evaluation_report(self, identity: str) -> bytes:
        return self._request("GET", f"/evaluations/{identity}/report").content

    def keep_set(self, name: str, text: bytes) -> dict[str, Any]:
        """Keep a test set. Raises ApiError with a line for each mistake in it."""
        path = f"/evaluations/sets/{quote(name, safe='')}"
        return dict(self._json("PUT", path, content=text, headers={"Content-Type": "application/yaml"}))

    def ask(
        self, question: str, gemeenten: Sequence[str] = (), form: str = "antwoord", conversation: str | None = None
    ) -> Iterator[tuple[EventName, Any]]:
        """The events of an answer as they come. Raises ApiError where the stream ends in an error."""
        body = {"question": question, "gemeente": list(gemeenten), "form": form, "conversation": conversation}
        headers = {"Accept": "text/event-stream"}
        try:
            with self._http.stream("POST", "/answers", json=body, headers=headers) as response:
                if response.status_code >= 400:
                    response.read()
                    self._raise(response)
                yield from events(response.iter_lines())
        except httpx.HTTPError as error:
            raise ApiError(UNREACHABLE) from error

    def _json(self, method: str, path: str, **options: Any) -> Any:
        return self._request(method, path, **options).json()

    def _request(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            raise ApiError(UNREACHABLE) from error
        if response.status_code >= 400:
            self._raise(response)
        return response

    def _raise(self, response: httpx.Response) -> None:
        try:
            detail = str(response.json()["detail"])
        except (ValueError, KeyError, TypeError):
            detail = UNREACHABLE
        raise ApiError(detail, expired=response.status_code == 401)


_SHAPES: Mapping[EventName, type[BaseModel]] = {
    EventName.STARTED: StartedShape,
    EventName.SENTENCE: SentenceShape,
    EventName.CITATION: CitationShape,
    EventName.DONE: AnswerShape,
}


def events(lines: Iterator[str]) -> Iterator[tuple[EventName, Any]]:
    """Server-sent events as names with their shapes."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            data = json.loads(line[6:])
            event = EventName(name)
            if event is EventName.ERROR:
                raise ApiError(str(data["message"]), expired=data["code"] == "niet_ingelogd")
            if event is EventName.SOURCES:
                yield event, [HitShape.model_validate(item) for item in data]
            else:
                shape = _SHAPES.get(event)
                yield event, shape.model_validate(data) if shape else data
