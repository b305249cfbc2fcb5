"""Runs asked for over HTTP: one at a time in the background, each in a folder of its own, so that what was done outlives a stop.

A run that the service did not finish shows as interrupted, and goes on when it is asked to. Knows no HTTP.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.app import App
from corpus.errors import NotFound, OovError, Refused
from evals import testset
from evals.evaluation import BASELINE, HTML, MARKDOWN, Options, evaluate
from evals.result import Result, kept
from evals.testset import TestSet

log = logging.getLogger(__name__)


class State(StrEnum):
    WAITING = "wacht"
    RUNNING = "loopt"
    DONE = "klaar"
    CANCELLED = "gestopt"
    FAILED = "mislukt"
    INTERRUPTED = "onderbroken"


GOES_ON = frozenset({State.CANCELLED, State.FAILED, State.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class Run:
    """`done` of `total` answers are there, the baseline's included; `scopes` is what its account could see."""

    id: str
    set: str
    account: str
    scopes: tuple[str, ...]
    created_at: str
    baseline: bool
    judge: bool
    parallel: int
    state: State = State.WAITING
    done: int = 0
    total: int = 0
    reason: str | None = None


@dataclass
class _Live:
    run: Run
    stop: threading.Event = field(default_factory=threading.Event)


class Runs:
    """The sets and runs in a folder. `sets` that were put there come beside those of the product."""

    def __init__(self, folder: Path) -> None:
        self._sets, self._runs = folder / "sets", folder / "runs"
        self._live: dict[str, _Live] = {}
        self._lock, self._turn = threading.Lock(), threading.Lock()

    # --- sets ---------------------------------------------------------------------------------------------------

    def sets(self) -> dict[str, str]:
        """The text of every set by its name; one that was put here comes before the product's of the same name."""
        own = {path.stem: path.read_text(encoding="utf-8") for path in sorted(self._sets.glob("*.yaml"))}
        theirs = {
            path.name[: -len(".yaml")]: path.read_text(encoding="utf-8")
            for path in files("evals.sets").iterdir()
            if path.name.endswith(".yaml")
        }
        return {**theirs, **own}

    def set(self, name: str) -> str:
        found = self.sets().get(name)
        if found is None:
            raise NotFound(f"Testset ‘{name}’ bestaat niet.")
        return found

    def keep_set(self, name: str, text: str) -> TestSet:
        """Keep a set under its name. Raises Refused with every mistake in it."""
        chosen = testset.parse(text, f"{name}.yaml", name)
        if chosen.name != name:
            raise Refused(f"{name}.yaml, veld ‘name’: is ‘{chosen.name}’. Gebruik dezelfde naam als in het adres.")
        self._sets.mkdir(parents=True, exist_ok=True)
        _write(self._sets / f"{name}.yaml", text)
        return chosen

    # --- runs ---------------------------------------------------------------------------------------------------

    def all(self, scopes: frozenset[str]) -> list[Run]:
        """The runs that someone may see, newest first: their answers hold what their own account could read."""
        found = [self._run(path.name) for path in self._runs.glob("e-*") if (path / "opdracht.json").exists()]
        return sorted((run for run in found if scopes.issuperset(run.scopes)), key=lambda run: (run.created_at, run.id), reverse=True)

    def one(self, identity: str, scopes: frozenset[str]) -> Run:
        found = next((run for run in self.all(scopes) if run.id == identity), None)
        if found is None:
            raise NotFound("Deze evaluatie bestaat niet, of is niet voor u.")
        return found

    def start(self, app: App, name: str, account: str, options: Options) -> Run:
        """Begin a run of a set as it reads now. Raises Refused where the set has mistakes."""
        text = self.set(name)
        testset.parse(text, f"{name}.yaml", name)
        run = Run(
            id=f"e-{secrets.token_hex(8)}",
            set=name,
            account=account,
            scopes=tuple(sorted(options.scopes or ())),
            created_at=datetime.now(UTC).isoformat(),
            baseline=options.baseline,
            judge=options.judge,
            parallel=options.parallel,
        )
        folder = self._runs / run.id
        folder.mkdir(parents=True)
        _write(folder / "set.yaml", text)
        _write(folder / "opdracht.json", json.dumps(asdict(run), ensure_ascii=False))
        return self._begin(app, run)

    def resume(self, app: App, run: Run) -> Run:
        """Go on with a run that stopped."""
        if run.state not in GOES_ON:
            raise Refused(f"Deze evaluatie {run.state.value}: alleen een die gestopt, mislukt of onderbroken is, kan verdergaan.")
        (self._runs / run.id / "einde.json").unlink(missing_ok=True)
        return self._begin(app, replace(run, state=State.WAITING, reason=None))

    def cancel(self, run: Run) -> Run:
        """Stop a run after the answer it is working on."""
        with self._lock:
            live = self._live.get(run.id)
        if live is None:
            raise Refused("Deze evaluatie loopt niet, en kan dus niet worden gestopt.")
        live.stop.set()
        return live.run

    def results(self, run: Run) -> tuple[list[Result], list[Result]]:
        """The results so far, in the order of the set: of the assistant, and of the baseline."""
        folder = self._runs / run.id
        order = [case.id for case in testset.load(folder / "set.yaml").cases]

        def ordered(where: Path) -> list[Result]:
            held = {result.id: result for result in kept(where, mend=False)}
            return [held[i] for i in order if i in held]

        return ordered(folder), ordered(folder / BASELINE)

    def report(self, run: Run, kind: str) -> str:
        path = self._runs / run.id / {"html": HTML, "md": MARKDOWN}[kind]
        if run.state is not State.DONE or not path.exists():
            raise NotFound("Het verslag is er pas als de evaluatie klaar is.")
        return path.read_text(encoding="utf-8")

    # --- inside -------------------------------------------------------------------------------------------------

    def _run(self, identity: str) -> Run:
        with self._lock:
            live = self._live.get(identity)
        if live is not None:
            return live.run
        folder = self._runs / identity
        run = _read(json.loads((folder / "opdracht.json").read_text(encoding="utf-8")))
        end = folder / "einde.json"
        ended: Mapping[str, Any] = json.loads(end.read_text(encoding="utf-8")) if end.exists() else {}
        done = sum(1 for where in (folder, folder / BASELINE) for _ in kept(where, mend=False))
        state = State(ended.get("state", State.INTERRUPTED))
        return replace(run, state=state, reason=ended.get("reason"), done=done, total=ended.get("total", run.total))

    def _begin(self, app: App, run: Run) -> Run:
        chosen = testset.load(self._runs / run.id / "set.yaml")
        live = _Live(replace(run, total=len(chosen.cases) * (2 if run.baseline else 1), done=0))
        with self._lock:
            if run.id in self._live:
                raise Refused("Deze evaluatie loopt al.")
            self._live[run.id] = live
        threading.Thread(target=self._work, args=(app, chosen, live), name=run.id, daemon=True).start()
        return live.run

    def _work(self, app: App, chosen: TestSet, live: _Live) -> None:
        with self._turn:
            live.run = replace(live.run, state=State.RUNNING)
            state, reason = self._outcome(app, chosen, live)
        end = {"state": state, "reason": reason, "total": live.run.total}
        _write(self._runs / live.run.id / "einde.json", json.dumps(end, ensure_ascii=False))
        with self._lock:
            del self._live[live.run.id]

    def _outcome(self, app: App, chosen: TestSet, live: _Live) -> tuple[State, str | None]:
        run = live.run
        options = Options(run.baseline, run.judge, run.parallel, frozenset(run.scopes))
        try:
            report = evaluate(app, chosen, self._runs / run.id, options, _counting(live), stop=live.stop)
        except OovError as error:
            return State.FAILED, str(error)
        except Exception as error:  # a run that fails is shown as failed; the service goes on
            log.exception("Evaluatie %s is mislukt", run.id)
            return State.FAILED, f"De evaluatie is mislukt ({type(error).__name__}). Zie het logboek, en ga daarna verder."
        return (State.CANCELLED, None) if report is None else (State.DONE, None)


def _counting(live: _Live) -> Callable[[str, int], None]:
    """Keeps count of the answers that are there: what was there at the beginning, and each that comes."""
    begun = 0

    def heard(what: str, count: int) -> None:
        nonlocal begun
        size = live.run.total // (2 if live.run.baseline else 1)
        if what == "passages" and begun < (2 if live.run.baseline else 1):
            begun += 1
            live.run = replace(live.run, done=live.run.done + size - count)
        elif what == "embedded" and live.run.done < live.run.total:
            live.run = replace(live.run, done=live.run.done + count)

    return heard


def _read(said: Mapping[str, Any]) -> Run:
    return Run(**{**said, "scopes": tuple(said["scopes"]), "state": State(said["state"])})


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    partly = path.with_name(path.name + ".half")
    partly.write_text(text, encoding="utf-8")
    partly.replace(path)
