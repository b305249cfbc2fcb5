"""Figures for who watches over the service, in Prometheus' form: counts and seconds, nothing of what was asked or by whom."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST as MEDIA
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant.answer import Answerer, Event
from assistant.model import Answer, Asked
from corpus.library import Library
from corpus.validity import Status, status

if TYPE_CHECKING:
    from assistant.keep.jobs import Jobs

__all__ = ["MEDIA", "Held", "MeasuredAnswerer", "Metrics"]

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)
FAILED, LEFT = "failed", "left"
_JOBS = ("waiting", "running", "done", "failed")


class Metrics:
    """The figures of one service since it started."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "oov_questions", "Vragen, naar uitkomst: ook mislukt (failed) en verlaten (left)", ["status"], registry=self.registry
        )
        self.retrieval = Histogram(
            "oov_retrieval_seconds", "Seconden tot de bronnen gevonden zijn", buckets=_SECONDS, registry=self.registry
        )
        self.answer = Histogram("oov_answer_seconds", "Seconden tot het hele antwoord er is", buckets=_SECONDS, registry=self.registry)
        self.responses = Counter("oov_http_responses", "Antwoorden over HTTP, naar soort", ["status"], registry=self.registry)

    def answered(self, answer: Answer) -> None:
        self.questions.labels(answer.status.value).inc()
        self.retrieval.observe(answer.timings["retrieve"])
        self.answer.observe(answer.timings["write"])

    def responded(self, status_code: int) -> None:
        self.responses.labels(f"{status_code // 100}xx").inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)


@dataclass(frozen=True, slots=True)
class MeasuredAnswerer(Answerer):
    """An answerer whose questions are counted and timed."""

    metrics: Metrics = field(default_factory=Metrics)

    def stream(self, asked: Asked) -> Iterator[Event]:
        ended = LEFT
        try:
            for event in Answerer.stream(self, asked):
                if isinstance(event, Answer):
                    ended = ""
                    self.metrics.answered(event)
                yield event
        except Exception:
            ended = FAILED
            raise
        finally:
            if ended:
                self.metrics.questions.labels(ended).inc()


class Held(Collector):
    """What the service holds at the moment it is asked: read then, from the library and the queue. `service` gives them, or
    None while it starts."""

    def __init__(self, service: Callable[[], tuple[Library, Jobs] | None]) -> None:
        self._service = service

    def collect(self) -> Iterable[Metric]:
        held = self._service()
        yield GaugeMetricFamily("oov_ready", "Of er vragen beantwoord kunnen worden", value=float(held is not None))
        if held is None:
            return
        library, jobs = held
        yield _by("oov_documents", "Stukken, naar status van hun nieuwste editie", "status", _statuses(library), Status)
        yield _by("oov_jobs", "Taken, naar stand", "state", jobs.counts(), _JOBS)
        yield GaugeMetricFamily("oov_index_passages", "Passages waarin gezocht kan worden", value=float(library.size()[1]))


def _by(name: str, said: str, label: str, counts: Tally[str], every: Iterable[str]) -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for value in every:
        family.add_metric([str(value)], float(counts[str(value)]))
    return family


def _statuses(library: Library) -> Tally[str]:
    """How many documents there are by status; the newest edition speaks for its document."""
    owners = {document.id: document for document in library.documents()}
    newest = {edition.document_id: edition for edition in library.editions()}
    return Tally(str(status(owners[key], edition, date.today())) for key, edition in newest.items() if key in owners)
