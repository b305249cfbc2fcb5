"""The one fake: an OpenAI-compatible address that says what it is told, as fast, as slow or as wrong as it is told.

Run by hand: `python -m tests.fakes 8099 "Dit staat er. [1]"`.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Knobs:
    """`reply` is streamed in pieces of `piece` characters; `fault` is one of none, 429, 500, hang, cut, garbage, context, empty."""

    reply: str = "Dit staat in de bron. [1]"
    piece: int = 7
    delay: float = 0.0
    fault: str = "none"
    heard: list[dict[str, Any]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        knobs = self.server.knobs
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        knobs.heard.append(body)
        if knobs.fault in ("429", "500"):
            self._json(int(knobs.fault), {"error": {"message": "no", "type": "fault"}})
        elif knobs.fault == "context":
            self._json(400, {"error": {"message": "maximum context length exceeded", "code": "context_length_exceeded"}})
        elif knobs.fault == "hang":
            time.sleep(30)
        elif knobs.fault == "garbage":
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"data: {not json}\n\n")
        else:
            self._stream(knobs)

    def _stream(self, knobs: Knobs) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        reply = "" if knobs.fault == "empty" else knobs.reply
        pieces = [reply[at : at + knobs.piece] for at in range(0, len(reply), knobs.piece)]
        for n, piece in enumerate(pieces):
            if knobs.fault == "cut" and n >= len(pieces) // 2:
                self.connection.close()
                return
            time.sleep(knobs.delay)
            self._chunk({"choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}]})
        self._chunk({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self.wfile.write(b"data: [DONE]\n\n")

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
    with language_model(Knobs(reply=sys.argv[2]), int(sys.argv[1])) as address:
        print(address)
        threading.Event().wait()
