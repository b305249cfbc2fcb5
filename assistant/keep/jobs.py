"""Files that came in over HTTP, taken in one after the other. A job outlives the process: what was not finished starts again."""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine, func, insert, select, update

from assistant.keep import records as t
from corpus.database import writing
from corpus.errors import NotFound, Refused
from ingest import sidecar
from ingest.pipeline import Outcome

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`state` is waiting, running, done or failed; `outcome` is what became of the file, once it is done."""

    id: str
    account: str
    filename: str
    state: str
    outcome: Mapping[str, Any] | None
    created_at: datetime


class Jobs:
    """A queue in the database with one worker thread. `take_in` does the work for one file of an account; the last
    argument tells whether it waits for a look."""

    def __init__(self, engine: Engine, incoming: Path, take_in: Callable[[Path, str, bool], Outcome]) -> None:
        self._engine, self._incoming, self._take_in = engine, incoming, take_in
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def start(self) -> None:
        with writing(self._engine) as db:
            db.execute(update(t.jobs).where(t.jobs.c.state == "running").values(state="waiting"))
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def add(self, account: str, filename: str, data: bytes, said: Mapping[str, Any], *, preview: bool = False) -> Job:
        """Keep a file with what its curator says of it, and put it in the queue.

        The file is stored under a name of ours; the curator's name is only shown.
        """
        identity = f"j-{secrets.token_hex(10)}"
        folder = self._incoming / identity
        folder.mkdir(parents=True)
        path = folder / _safe(filename)
        path.write_bytes(data)
        if said:
            path.with_name(path.name + sidecar.SUFFIX).write_text(yaml.safe_dump(dict(said), allow_unicode=True), encoding="utf-8")
        values = {"id": identity, "account": account, "filename": path.name, "folder": str(folder), "state": "waiting", "preview": preview}
        with writing(self._engine) as db:
            db.execute(insert(t.jobs).values(**values, created_at=_now(), updated_at=_now()))
        self._wake.set()
        return self.get(identity)

    def get(self, identity: str) -> Job:
        with self._engine.connect() as db:
            row = db.execute(select(t.jobs).where(t.jobs.c.id == identity)).first()
        if row is None:
            raise NotFound("Deze taak bestaat niet.")
        return _job(row)

    def latest(self, accounts: Collection[str], count: int = 100) -> list[Job]:
        """The jobs of these accounts, newest first."""
        query = select(t.jobs).where(t.jobs.c.account.in_(accounts)).order_by(t.jobs.c.created_at.desc()).limit(count)
        with self._engine.connect() as db:
            return [_job(row) for row in db.execute(query)]

    def counts(self) -> Counter[str]:
        """How many jobs there are in each state."""
        query = select(t.jobs.c.state, func.count()).group_by(t.jobs.c.state)
        with self._engine.connect() as db:
            return Counter({state: int(count) for state, count in db.execute(query)})

    def retry(self, identity: str) -> Job:
        """Put a failed job in the queue again."""
        with writing(self._engine) as db:
            failed = (t.jobs.c.id == identity, t.jobs.c.state == "failed")
            changed = db.execute(update(t.jobs).where(*failed).values(state="waiting", outcome=None, updated_at=_now())).rowcount
        if not changed:
            raise Refused("Alleen een mislukte taak kan opnieuw. Bekijk eerst hoe het met deze taak staat.")
        self._wake.set()
        return self.get(identity)

    def _work(self) -> None:
        while not self._stop.is_set():
            row = self._next()
            if row is None:
                self._wake.wait(timeout=5)
                self._wake.clear()
                continue
            self._do(row)

    def _next(self) -> Any:
        with writing(self._engine) as db:
            row = db.execute(select(t.jobs).where(t.jobs.c.state == "waiting").order_by(t.jobs.c.created_at)).first()
            if row is not None:
                db.execute(update(t.jobs).where(t.jobs.c.id == row.id).values(state="running", updated_at=_now()))
            return row

    def _do(self, row: Any) -> None:
        identity, folder = row.id, Path(row.folder)
        try:
            outcome = {**asdict(self._take_in(folder / row.filename, row.account, bool(row.preview))), "path": row.filename}
            state = "done"
        except Exception as error:  # a job that fails is shown as failed; the queue goes on
            log.exception("Taak %s is mislukt", identity)
            outcome, state = (
                {"outcome": "refused", "reason": f"Het verwerken is mislukt ({type(error).__name__}). Probeer het opnieuw."},
                "failed",
            )
        with writing(self._engine) as db:
            values = {"state": state, "outcome": json.dumps(outcome, ensure_ascii=False), "updated_at": _now()}
            db.execute(update(t.jobs).where(t.jobs.c.id == identity).values(values))
        if state == "done":
            shutil.rmtree(folder, ignore_errors=True)


def _job(row: Any) -> Job:
    return Job(row.id, row.account, row.filename, row.state, json.loads(row.outcome) if row.outcome else None, row.created_at)


def _safe(filename: str) -> str:
    """The last part of a name, without what could leave the folder or hide the file."""
    name = filename.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if char.isprintable() and char not in '<>:"|?*').strip(". ")
    return name[-150:] or "bestand"


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
