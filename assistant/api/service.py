"""What the routes stand on: the app in the background of its own start, and whether it can answer yet."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from assistant.app import App
from assistant.keep.jobs import Jobs
from assistant.metrics import Held, Metrics
from assistant.settings import Settings
from corpus.errors import OovError, Unavailable
from corpus.library import Library
from corpus.model import Document
from ingest.pipeline import Outcome

log = logging.getLogger(__name__)

STARTING = "De assistent start nog op. Probeer het over enkele seconden opnieuw."


@dataclass
class Service:
    """Opens library, index and model in a thread, so that health can be asked from the first second."""

    settings: Settings
    _app: App | None = None
    _jobs: Jobs | None = None
    problem: str | None = STARTING
    _thread: threading.Thread | None = None
    _closing: threading.Event = field(default_factory=threading.Event)
    metrics: Metrics = field(default_factory=Metrics)

    def __post_init__(self) -> None:
        self.metrics.registry.register(Held(self._held))

    @property
    def app(self) -> App:
        """The app, once it can answer. Raises Unavailable with the reason while it cannot."""
        if self._app is None or self.problem is not None:
            raise Unavailable(self.problem or STARTING)
        return self._app

    @property
    def jobs(self) -> Jobs:
        if self._jobs is None:
            raise Unavailable(self.problem or STARTING)
        return self._jobs

    def start(self) -> None:
        self._thread = threading.Thread(target=self._open, name="start", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join(timeout=60)
        if self._jobs is not None:
            self._jobs.stop()
        if self._app is not None:
            self._app.close()

    def _open(self) -> None:
        app = App(self.settings, writer=True, metrics=self.metrics)
        try:
            app.accounts.all()
            self._app = app
            app.governance.check_organisation()
            app.answerer.retriever.embedder.query("Klaar?")
            self._jobs = Jobs(app.library.engine, self.settings.data_dir / "incoming", partial(_take_in, app))
            self._jobs.start()
            self.problem = None
        except OovError as error:
            self.problem = str(error)
            log.error("De assistent kan niet starten: %s", error)
        except Exception as error:  # readiness has to tell the cause, whatever it is
            self.problem = f"De assistent kan niet starten ({type(error).__name__}). Zie het logboek, of draai ‘oov doctor’."
            log.exception("De assistent kan niet starten")

    def _held(self) -> tuple[Library, Jobs] | None:
        """What is counted, once questions can be answered."""
        return (self._app.library, self._jobs) if self._app is not None and self._jobs is not None and self.problem is None else None


def _take_in(app: App, path: Path, account: str, preview: bool) -> Outcome:
    def may_change(document: Document) -> bool:
        return app.curation.may_change(document, app.accounts.named(account))

    outcome, *_ = replace(app.pipeline, actor=account, preview=preview, may_change=may_change).run([path], jobs=1)
    return outcome
