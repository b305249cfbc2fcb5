"""Whether every fault of a language model's address ends well: `python -m evals.faults 20` asks twenty times under each.

Of each answer: the right message, quotes instead, in time. Then a thousand cut streams, after which nothing is left open.
`python -m evals.faults 20 1000 FOLDER` keeps the demo library in a folder, for a next time.
The address that fails is a program of its own (`python -m evals.faults serve FAULT` runs it by hand), as it is in life.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from assistant.app import App
from assistant.model import Answer, Asked, Completeness, Sentence
from assistant.settings import Settings
from assistant.write import faults
from evals.kills import DOCUMENTS

QUESTION = "Hoe lang worden camerabeelden in Lankwolde bewaard?"
# The passage that says so is among the first four.
REPLY = "De beelden worden 28 dagen bewaard [1, 2, 3, 4]. Daarna worden ze vernietigd [1, 2, 3, 4]. " * 2
SECONDS = 3.0
MARGIN = 2.0

# Each fault with the line it has to give; `refused` is an address where nobody listens.
EXPECTED = {
    "refused": faults.UNREACHABLE,
    "silent": faults.SILENT,
    "stalled": faults.TOO_SLOW,
    "drip": faults.TOO_SLOW,
    "429": faults.BUSY,
    "500": faults.BROKEN,
    "401": faults.DENIED,
    "404": faults.UNKNOWN,
    "context": faults.OVERFLOW,
    "garbage": faults.GARBLED,
    "cut": faults.CUT,
    "empty": faults.EMPTY,
    "endless": faults.ENDLESS,
}
_SAYS = {
    "401": "Unauthorized",
    "404": "Not Found",
    "429": "Too Many Requests",
    "500": "Internal Server Error",
    "context": "Bad Request",
}


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        _serve(sys.argv[2])
        return
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    streams = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(folder) / "data"
        taking_in = App(Settings(data_dir=data), writer=True)
        for _ in taking_in.pipeline.run([DOCUMENTS]):
            pass
        taking_in.close()
        for fault, message in EXPECTED.items():
            wrong += _faulty(data, fault, message, times)
        wrong += _left_open(data, streams)
    print("alles goed" if not wrong else f"{wrong} keer niet goed")
    sys.exit(1 if wrong else 0)


def _faulty(data: Path, fault: str, message: str, times: int) -> int:
    """Ask under one fault; how often it did not end well."""
    slowest, right = 0.0, 0
    with _address(fault) as url, _app(data, url) as app:
        for _ in range(times):
            started = time.perf_counter()
            answer = app.answerer.answer(Asked(QUESTION, date.today()))
            slowest = max(slowest, time.perf_counter() - started)
            right += _well(answer, message)
    in_time = slowest <= SECONDS + MARGIN
    print(f"{fault:8} {right}/{times} goed, langzaamste {slowest:.2f} s{'' if in_time else ' TE LAAT'}  {message}", flush=True)
    return times - right + (not in_time)


def _well(answer: Answer, message: str) -> bool:
    quoted = any("28 dagen" in sentence.text for sentence in answer.sentences)
    return quoted and answer.status is Completeness.PARTIAL and (answer.missing or "").startswith(message)


def _left_open(data: Path, streams: int) -> int:
    """Cut streams, and readers that leave after the first sentence; 1 where connections or threads are left."""
    with _address("cut") as cut, _address("stalled") as stalled, _app(data, cut) as app, _app(data, stalled) as leaving:
        asked = Asked(QUESTION, date.today())
        for one in (app, leaving):
            one.answerer.answer(asked)
        time.sleep(1)
        before = _open_now()
        for n in range(streams):
            stream = app.answerer.stream(asked) if n % 2 else leaving.answerer.stream(asked)
            for event in stream:
                if isinstance(event, Sentence) and n % 2 == 0:
                    break
            del stream
        time.sleep(1)
        after = _open_now()
    print(f"{streams} afgebroken stromen: bestanden en verbindingen {before[0]} → {after[0]}, draden {before[1]} → {after[1]}")
    return int(after[0] > before[0] or after[1] > before[1])


def _open_now() -> tuple[int, int]:
    return len(os.listdir("/proc/self/fd")), threading.active_count()


@contextmanager
def _app(data: Path, url: str) -> Iterator[App]:
    app = App(Settings(data_dir=data, llm_base_url=url, llm_model="nep", llm_timeout=SECONDS))
    app.answerer.retriever.embedder.query("Klaar?")
    try:
        yield app
    finally:
        app.close()
        del app
        # What an app leaves behind takes seconds to free: here, and not in the middle of an answer that is being timed.
        gc.collect()


@contextmanager
def _address(fault: str) -> Iterator[str]:
    if fault == "refused":
        yield "http://127.0.0.1:9/v1"
        return
    process = subprocess.Popen([sys.executable, "-m", "evals.faults", "serve", fault], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def _serve(fault: str) -> None:
    """An address with one fault, on bare sockets: it owes nothing to a library that would mend it."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        print(f"http://127.0.0.1:{server.getsockname()[1]}/v1", flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_misbehave, args=(connection, fault), daemon=True).start()


def _misbehave(connection: socket.socket, fault: str) -> None:
    with connection:
        try:
            _hear(connection)
            for line in _lines(fault):
                connection.sendall(line)
        except OSError:
            return


def _hear(connection: socket.socket) -> None:
    """Read the whole request: a connection closed with unread bytes would be reset."""
    held = b""
    while b"\r\n\r\n" not in held:
        held += connection.recv(65536)
    head, _, body = held.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)


def _lines(fault: str) -> Iterator[bytes]:
    if fault in _SAYS:
        said = "maximum context length exceeded" if fault == "context" else "nee"
        body = json.dumps({"error": {"message": said, "type": "fault"}}).encode()
        status = 400 if fault == "context" else int(fault)
        yield f"HTTP/1.1 {status} {_SAYS[fault]}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        return
    if fault == "silent":
        time.sleep(600)
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    if fault == "empty":
        yield _chunk("", "stop")
    elif fault == "drip":
        for letter in REPLY * 100:
            time.sleep(0.1)
            yield _chunk(letter)
    elif fault == "endless":
        for n in range(1_000_000):
            yield _chunk(f"Zin {n} gaat maar door. ")
    else:
        yield _chunk(REPLY[: len(REPLY) // 2])
        if fault == "stalled":
            time.sleep(600)
        elif fault == "garbage":
            yield b"data: {geen json}\n\n"


def _chunk(text: str, finish: str | None = None) -> bytes:
    choice: dict[str, Any] = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    said = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "nep", "choices": [choice]}
    return f"data: {json.dumps(said)}\n\n".encode()


if __name__ == "__main__":
    main()
