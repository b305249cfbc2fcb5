"""The chat's client: events as they come, and errors as one line."""

from __future__ import annotations

import httpx
import pytest

from assistant.api.shapes import EventName
from ui.client import UNREACHABLE, ApiError, Client, events


def test_events_become_shapes() -> None:
    lines = [
        "event: started",
        'data: {"id": "a", "conversation": "g"}',
        "",
        "event: sentence",
        'data: {"text": "Ja.", "citations": [1], "quote": true}',
        "",
    ]
    got = list(events(iter(lines)))
    assert [name for name, _ in got] == [EventName.STARTED, EventName.SENTENCE]
    assert got[1][1].text == "Ja."


def test_an_error_in_the_stream_is_told() -> None:
    with pytest.raises(ApiError, match="Wacht even"):
        list(events(iter(["event: error", 'data: {"code": "bezet", "message": "Wacht even."}'])))


def test_an_address_where_nobody_is_gives_one_line() -> None:
    with pytest.raises(ApiError, match=UNREACHABLE):
        Client(base_url="http://127.0.0.1:9").log_in("a", "b")
    with pytest.raises(ApiError, match=UNREACHABLE):
        list(Client(base_url="http://127.0.0.1:9").ask("x"))


def test_an_expired_session_is_known_as_such() -> None:
    def refuse(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"detail": "Log opnieuw in."})

    with pytest.raises(ApiError, match="Log opnieuw in") as refused:
        Client("t", "http://x", httpx.MockTransport(refuse)).documents()
    assert refused.value.expired
