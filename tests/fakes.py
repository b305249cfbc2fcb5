"""The one fake: an OpenAI-compatible address that says what it is told, as fast, as slow or as wrong as it is told.

Run by hand: `python -m tests.fakes 8099 "Dit staat er. [1]" [fault]`.
"""

from __future__ import annotations

import json
import select
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Knobs:
    """`reply` is streamed in pieces of `piece` characters, `delay` seconds apart; `fault` is one of FAULTS or none.

    `heard` is what was asked, `kept` how many requests wanted their connection kept, `left` how often somebody
    was gone before the end. With `faults` each request takes the next one.
    """

    reply: str = "Dit staat in de bron. [1]"
    piece: int = 7
    delay: float = 0.0
    fault: str = "none"
    faults: list[str] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    kept: int = 0
    left: int = 0


# Answers with a status of their own, and what they say.
_STATUS: dict[str, tuple[int, dict[str, Any]]] = {
    "429": (429, {"error": {"message": "slow down", "type": "rate_limit"}}),
    "500": (500, {"error": {"message": "boom", "type": "server_error"}}),
    "401": (401, {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}}),
    "404": (404, {"error": {"message": "The model does not exist", "code": "model_not_found"}}),
    "context": (400, {"error": {"message": "This model's maximum context length is 8192 tokens", "code": "context_length_exceeded"}}),
}
# Streams that go wrong: `silent` sends headers only, `drip` a letter at a time for ever, `endless` all at once for ever, `length` stops
# at the most tokens, `cut` halfway, `garbage` is not JSON, `html` no stream at all, `empty` says nothing.
FAULTS = (*_STATUS, "hang", "silent", "drip", "endless", "length", "cut", "garbage", "html", "empty")
_LONG = 600.0


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        knobs = self.server.knobs
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fault = knobs.faults.pop(0) if knobs.faults else knobs.fault
        knobs.heard.append(body)
        knobs.kept += self.headers.get("connection", "").lower() != "close"
        try:
            if fault in _STATUS:
                self._json(*_STATUS[fault])
            elif fault == "hang":
                self._sleep(_LONG)
            else:
                self._begin("text/html" if fault == "html" else "text/event-stream")
                self._stream(knobs, fault)
        except OSError:
            knobs.left += 1

    def _stream(self, knobs: Knobs, fault: str) -> None:
        reply = "" if fault == "empty" else knobs.reply
        pieces = [reply[at : at + knobs.piece] for at in range(0, len(reply), knobs.piece)]
        if fault == "silent":
            self._sleep(_LONG)
        if fault == "html":
            self.wfile.write(b"<html><body>Log in</body></html>")
            return
        if fault in ("drip", "endless"):
            pieces = list(reply if fault == "drip" else pieces) * 100_000
        for n, piece in enumerate(pieces):
            if fault in ("cut", "garbage") and n >= len(pieces) // 2:
                if fault == "garbage":
                    self.wfile.write(b"data: {not json}\n\n")
                return
            self._sleep(max(knobs.delay, 0.05) if fault == "drip" else knobs.delay)
            self._chunk({"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]})
        self._chunk({"choices": [{"index": 0, "delta": {}, "finish_reason": "length" if fault == "length" else "stop"}]})
        self.wfile.write(b"data: [DONE]\n\n")

    def _sleep(self, seconds: float) -> None:
        """Wait, but not for somebody who has gone."""
        if seconds and select.select([self.connection], [], [], seconds)[0]:
            raise BrokenPipeError

    def _begin(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.end_headers()

    def _chunk(self, said: dict[str, Any]) -> None:
        whole = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake", **said}
        self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
        self.wfile.flush()

    def _json(self, status: int, said: dict[str, Any]) -> None:
        data = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    knobs: Knobs

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that left is no news."""


@contextmanager
def language_model(knobs: Knobs, port: int = 0) -> Iterator[str]:
    """A fake language model; gives its base URL."""
    server = _Server(("127.0.0.1", port), _Handler)
    server.knobs = knobs
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with language_model(Knobs(reply=sys.argv[2], fault=(sys.argv[3:] or ["none"])[0]), int(sys.argv[1])) as address:
        print(address)
        threading.Event().wait()
