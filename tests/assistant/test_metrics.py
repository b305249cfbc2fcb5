"""Figures for monitoring: what they count, what they never say, and who may read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from assistant.api import server
from assistant.app import App
from assistant.keep.jobs import Jobs
from assistant.metrics import Held
from assistant.model import Asked
from assistant.settings import Settings
from corpus.errors import Unavailable
from tests.conftest import TODAY

LOCAL = ("127.0.0.1", 40000)


def figures(text: bytes | str) -> dict[str, float]:
    """Every sample by its name and labels."""
    said = text if isinstance(text, str) else text.decode()
    return {
        s.name + "".join(f" {k}={v}" for k, v in s.labels.items()): s.value for f in text_string_to_metric_families(said) for s in f.samples
    }


def test_questions_are_counted_by_outcome_and_timed(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    app.answerer.answer(Asked("Wie is projectleider?", TODAY))
    app.answerer.answer(Asked("Wat is de hoofdstad van Australië?", TODAY))
    left = app.answerer.stream(Asked("Mag een hond los?", TODAY))
    next(left)
    left.close()  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(type(app.retriever), "retrieve", lambda *_: (_ for _ in ()).throw(Unavailable("weg")))
        with pytest.raises(Unavailable):
            app.answerer.answer(Asked("Mag een hond los?", TODAY))
    found = figures(app.metrics.text())
    outcomes = {key.removeprefix("oov_questions_total status="): n for key, n in found.items() if key.startswith("oov_questions_total")}
    assert outcomes == {"complete": 1, "not_found": 1, "left": 1, "failed": 1}
    assert found["oov_retrieval_seconds_count"] == found["oov_answer_seconds_count"] == 2
    assert 0 < found["oov_retrieval_seconds_sum"] <= found["oov_answer_seconds_sum"]
    assert "projectleider" not in app.metrics.text().decode()


def test_what_is_held_is_counted_when_it_is_asked(app: App, new_app: Callable[..., App], tmp_path: Path) -> None:
    jobs = Jobs(app.library.engine, tmp_path / "incoming", lambda *_: pytest.fail("not started"))
    jobs.add("carla", "stuk.md", b"tekst", {})
    app.metrics.registry.register(Held(lambda: (app.library, jobs)))
    found = figures(app.metrics.text())
    assert found["oov_ready"] == 1
    assert found["oov_index_passages"] == app.library.size()[1] > 0
    assert found["oov_documents status=geldend"] == 2
    assert found["oov_jobs state=waiting"] == 1
    assert found["oov_jobs state=failed"] == 0
    app.library.withdraw(app.library.documents()[0].id, TODAY)
    again = figures(app.metrics.text())
    assert (again["oov_documents status=geldend"], again["oov_documents status=ingetrokken"]) == (1, 1)
    assert not {"carla", "stuk.md", "Veldhoek"} & set(app.metrics.text().decode().replace('"', " ").split())


@pytest.mark.parametrize(
    ("client", "base", "headers", "status"),
    [
        (LOCAL, "http://127.0.0.1:8000", {}, 200),
        (LOCAL, "http://localhost:8000", {}, 200),
        (("::1", 40000), "http://[::1]:8000", {}, 200),
        (("10.0.0.7", 40000), "http://127.0.0.1:8000", {}, 503),
        (LOCAL, "http://127.0.0.1:8000", {"X-Forwarded-For": "10.0.0.7"}, 503),
        (LOCAL, "http://127.0.0.1:8000", {"Forwarded": "for=10.0.0.7"}, 503),
        (LOCAL, "http://kwaad.example", {}, 503),
    ],
)
def test_without_a_session_only_a_program_on_this_machine_reads_them(
    tmp_path: Path, client: tuple[str, int], base: str, headers: dict[str, str], status: int
) -> None:
    """The service is not started here: who is not local is asked for a session, and none can be looked up yet."""
    caller = TestClient(server.create(Settings(data_dir=tmp_path)), base_url=base, client=client)
    answer = caller.get("/metrics", headers=headers)
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert figures(answer.text)["oov_ready"] == 0
