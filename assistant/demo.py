"""What `make run` does: the demo library in, demo accounts made, API and chat started side by side, both stopped together."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from assistant.app import App
from assistant.keep.access import Role
from assistant.settings import Settings
from corpus.errors import OovError, Unavailable

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
HOST, API_PORT, CHAT_PORT = "127.0.0.1", 8000, 8501
_ACCOUNTS = (("vrager", Role.VRAGER), ("curator", Role.CURATOR), ("evaluator", Role.EVALUATOR), ("beheerder", Role.BEHEERDER))
_HOME = "GM9901"


def run(settings: Settings, module: str) -> None:
    """Prepare and serve until Ctrl-C; `module` is what the API is started with. A second time nothing is done twice."""
    passwords = _prepare(settings)
    data = str(settings.data_dir.resolve())
    environment = {**os.environ, "OOV_DATA_DIR": data, "OOV_API_URL": f"http://{HOST}:{API_PORT}"}
    started = [
        subprocess.Popen([sys.executable, "-m", module, "serve", "--host", HOST, "--port", str(API_PORT)], env=environment),
        subprocess.Popen(chat_command(HOST, CHAT_PORT), env=environment),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait(f"http://{HOST}:{API_PORT}/readyz", started[0], "De API")
        _wait(f"http://{HOST}:{CHAT_PORT}/_stcore/health", started[1], "De chat")
        _greet(passwords)
        while all(process.poll() is None for process in started):
            time.sleep(0.5)
        raise Unavailable("De API of de chat is gestopt. Zie de meldingen hierboven.")
    except KeyboardInterrupt:
        print("\nGestopt.", file=sys.stderr)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def chat_command(host: str, port: int) -> list[str]:
    """How the chat is started: Streamlit, headless, without its telemetry and its developer's menu."""
    options = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    page = Path(__file__).parent.parent / "ui" / "chat.py"
    return [sys.executable, "-m", "streamlit", "run", str(page), *arguments]


def _prepare(settings: Settings) -> dict[str, str]:
    print("De demobibliotheek wordt klaargezet; de eerste keer duurt dat een paar minuten.", file=sys.stderr)
    app = App(settings, writer=True)
    try:
        for outcome in app.pipeline.run([DOCUMENTS]):
            if outcome.outcome != "unchanged":
                print(
                    f"  {outcome.outcome}: {Path(outcome.path).name}" + (f" ({outcome.reason})" if outcome.reason else ""), file=sys.stderr
                )
        return _accounts(app, settings.data_dir / "demo-accounts.txt")
    finally:
        app.close()


def _accounts(app: App, kept: Path) -> dict[str, str]:
    """Demo accounts with passwords made here and kept beside the data, so that the next run can print them again."""
    known = dict(line.split("\t", 1) for line in kept.read_text(encoding="utf-8").splitlines()) if kept.is_file() else {}
    held = {account.name for account in app.accounts.all()}
    for name, role in _ACCOUNTS:
        if name not in held:
            known[name] = secrets.token_urlsafe(9)
            app.accounts.add(name, known[name], role.value, _HOME if role is not Role.BEHEERDER else None)
    kept.touch(mode=0o600)
    kept.write_text("".join(f"{name}\t{password}\n" for name, password in known.items()), encoding="utf-8")
    return known


def _wait(url: str, process: subprocess.Popen[bytes], name: str) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if process.poll() is not None:
            raise Unavailable(f"{name} kon niet starten: staat er al iets op deze poort? Stop dat, en probeer opnieuw.")
        try:
            answer = httpx.get(url, timeout=5)
            if answer.status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise OovError(f"{name} was na vijf minuten nog niet gereed.")


def _greet(passwords: dict[str, str]) -> None:
    print(f"\nChat  http://{HOST}:{CHAT_PORT}\nAPI   http://{HOST}:{API_PORT}\n\nDemo-accounts (alleen op deze machine):")
    for name, password in passwords.items():
        print(f"  {name:10} {password}")
    print("\nStoppen met Ctrl-C.", flush=True)
