"""Evaluations over HTTP: sets, runs that are started, followed, stopped and gone on with, results, comparison, drafts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import server
from assistant.app import App
from assistant.settings import Settings
from evals.api import router
from tests.conftest import APV, PLAN

PASSWORD = "een goed wachtwoord"
SET = """name: klein
cases:
- id: a
  question: Wie is projectleider van Veilig Buitengebied?
  type: name
  status: answered
  documents: [plan.md]
  facts: [Tjarda Wolvenaar]
- id: b
  question: Hoe ver is de maan van de aarde?
  type: unanswerable
  status: not_found
- id: c
  question: Wat bedraagt de begroting van het project Veilig Buitengebied?
  type: amount
  status: answered
  documents: [plan.md]
  facts: ["€ 1.000.000"]
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A running service with a public APV, a confidential plan of Veldhoek, and evaluators of two gemeenten."""
    folder = tmp_path_factory.mktemp("evals")
    (folder / "files").mkdir()
    (folder / "files" / "apv.md").write_text(APV, encoding="utf-8")
    (folder / "files" / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "files" / "bibliotheek.yaml").write_text(
        "gemeenten: {GM9801: Veldhoek, GM9802: Andersloo}\nfiles:\n"
        "  - {file: apv.md, kind: apv, gemeente: Veldhoek, visibility: openbaar}\n"
        "  - {file: plan.md, kind: projectplan, gemeente: Veldhoek, visibility: gemeente}\n",
        encoding="utf-8",
    )
    settings = Settings(data_dir=folder / "data")
    app = App(settings, writer=True)
    assert all(o.outcome == "indexed" for o in app.pipeline.run([folder / "files"]))
    for name, role, gemeente in (("eva", "evaluator", "GM9801"), ("els", "evaluator", "GM9802"), ("vera", "vrager", "GM9801")):
        app.accounts.add(name, PASSWORD, role, gemeente)
    app.close()
    with TestClient(server.create(settings, [router]), base_url="http://testserver") as running:
        until = time.monotonic() + 120
        while running.get("/readyz").status_code != 200 and time.monotonic() < until:
            time.sleep(0.1)
        yield running


@pytest.fixture
def eva(client: TestClient) -> dict[str, str]:
    return as_(client, "eva")


def as_(client: TestClient, name: str) -> dict[str, str]:
    said = client.post("/v1/session", json={"username": name, "password": PASSWORD})
    client.cookies.clear()
    return {"Authorization": f"Bearer {said.json()['token']}"}


def keep(client: TestClient, who: dict[str, str], name: str, text: str) -> Any:
    return client.put(f"/v1/evaluations/sets/{name}", content=text, headers={**who, "content-type": "application/yaml"})


def ended(client: TestClient, who: dict[str, str], run: str) -> dict[str, Any]:
    until = time.monotonic() + 120
    while (said := client.get(f"/v1/evaluations/{run}", headers=who).json())["state"] in ("wacht", "loopt") and time.monotonic() < until:
        time.sleep(0.05)
    return dict(said)


def started(client: TestClient, who: dict[str, str], **wished: Any) -> str:
    answer = client.post("/v1/evaluations", json={"set": "klein", **wished}, headers=who)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def test_a_run_is_started_followed_read_and_compared(client: TestClient, eva: dict[str, str]) -> None:
    assert keep(client, eva, "klein", SET).json() == {
        "name": "klein",
        "cases": 3,
        "types": {"name": 1, "unanswerable": 1, "amount": 1},
        "mistakes": [],
    }
    assert client.get("/v1/evaluations/sets/klein", headers=eva).text == SET
    first = started(client, eva, baseline=True)
    done = ended(client, eva, first)
    assert (done["state"], done["done"], done["total"], done["ungraded"]) == ("klaar", 6, 6, 0)
    right = next(figure for figure in done["figures"] if figure["name"] == "right")
    assert (right["value"], right["count"], right["label"]) == (0.5, 2, "Goed beantwoord, alle feiten")
    assert right["baseline"] is not None
    failing = client.get(f"/v1/evaluations/{first}/results", params={"failing": True}, headers=eva).json()
    assert [(r["id"], r["missing"]) for r in failing] == [("c", ["€ 1.000.000"])]
    assert "€ 360.000" in failing[0]["answer"]["text"]
    assert len(client.get(f"/v1/evaluations/{first}/results", headers=eva).json()) == 3
    page = client.get(f"/v1/evaluations/{first}/report", headers=eva)
    assert page.text.startswith("<!doctype html>")
    assert "sandbox" in page.headers["content-security-policy"]
    assert client.get(f"/v1/evaluations/{first}/report", params={"format": "md"}, headers=eva).text.startswith("# Antwoorden op ‘klein’")
    keep(client, eva, "klein", SET.replace("€ 1.000.000", "€ 360.000"))
    second = started(client, eva, parallel=2)
    assert ended(client, eva, second)["state"] == "klaar"
    change = client.get(f"/v1/evaluations/{second}/changes", params={"since": first}, headers=eva).json()
    assert (change["gained"], change["lost"], change["count"], change["worse"]) == (["c"], [], 3, False)
    shown = client.get("/v1/evaluations", headers=eva).json()
    assert {"demo", "klein"} <= {one["name"] for one in shown["sets"]}
    assert [run["id"] for run in shown["runs"]][:2] == [second, first]


def test_a_run_is_stopped_keeps_what_is_done_and_goes_on(client: TestClient, eva: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    keep(client, eva, "klein", SET)
    real = server.Service.app.fget
    assert real is not None
    answerer = real(client.app.state.service).answerer  # type: ignore[attr-defined]
    slow = type(answerer).stream

    def waits(self: Any, asked: Any) -> Any:
        time.sleep(0.4)
        return slow(self, asked)

    monkeypatch.setattr(type(answerer), "stream", waits)
    run = started(client, eva)
    while client.get(f"/v1/evaluations/{run}", headers=eva).json()["done"] < 1:
        time.sleep(0.02)
    assert client.post(f"/v1/evaluations/{run}/cancel", headers=eva).status_code == 202
    stopped = ended(client, eva, run)
    assert stopped["state"] == "gestopt"
    assert 1 <= stopped["done"] < 3
    assert client.get(f"/v1/evaluations/{run}/report", headers=eva).status_code == 404
    assert "loopt niet" in client.post(f"/v1/evaluations/{run}/cancel", headers=eva).json()["detail"]
    assert client.post(f"/v1/evaluations/{run}/resume", headers=eva).status_code == 202
    assert (ended(client, eva, run)["state"], ended(client, eva, run)["done"]) == ("klaar", 3)
    assert "kan verdergaan" in client.post(f"/v1/evaluations/{run}/resume", headers=eva).json()["detail"]


def test_a_run_that_the_service_left_is_interrupted_and_goes_on(client: TestClient, eva: dict[str, str]) -> None:
    keep(client, eva, "klein", SET)
    run = started(client, eva)
    ended(client, eva, run)
    folder: Path = client.app.state.service.settings.data_dir / "evaluations" / "runs" / run  # type: ignore[attr-defined]
    (folder / "einde.json").unlink()
    lines = (folder / "resultaten.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "resultaten.jsonl").write_bytes(lines[0] + lines[1][:30])
    left = client.get(f"/v1/evaluations/{run}", headers=eva).json()
    assert (left["state"], left["done"]) == ("onderbroken", 1)
    client.post(f"/v1/evaluations/{run}/resume", headers=eva)
    assert (ended(client, eva, run)["state"], ended(client, eva, run)["done"]) == ("klaar", 3)


def test_a_run_sees_and_is_seen_only_with_the_rights_of_its_account(client: TestClient, eva: dict[str, str]) -> None:
    keep(client, eva, "klein", SET)
    run = started(client, eva)
    assert ended(client, eva, run)["figures"][0]["value"] == 0.5
    els = as_(client, "els")
    assert client.get(f"/v1/evaluations/{run}", headers=els).status_code == 404
    theirs = started(client, els)
    figures = {figure["name"]: figure["value"] for figure in ended(client, els, theirs)["figures"]}
    assert figures["right"] == 0.0
    assert "Wolvenaar" not in client.get(f"/v1/evaluations/{theirs}/results", headers=els).text.replace(
        '"wanted":[["Tjarda Wolvenaar"]]', ""
    ).replace('"missing":["Tjarda Wolvenaar"]', "")


def test_only_an_evaluator_or_beheerder_may(client: TestClient) -> None:
    vera = as_(client, "vera")
    operations = [
        (method, path)
        for path, held in client.get("/v1/openapi.json").json()["paths"].items()
        for method in held
        if path.startswith("/v1/evaluations")
    ]
    assert len(operations) >= 10
    for method, path in operations:
        url = path.replace("{", "x").replace("}", "x")
        assert client.request(method, url, json={"set": "demo"}).status_code == 401, (method, path)
        assert client.request(method, url, json={"set": "demo"}, headers=vera).status_code in (403, 422), (method, path)
    assert client.get("/v1/evaluations", headers=vera).status_code == 403


def test_every_mistake_in_a_set_is_told(client: TestClient, eva: dict[str, str]) -> None:
    said = keep(
        client, eva, "fout", SET.replace("name: klein", "name: fout").replace("type: name", "type: naam").replace("not_found", "weg")
    )
    assert said.status_code == 422
    assert said.json()["detail"].splitlines() == [
        "fout.yaml, vraag a, veld ‘type’: ‘naam’ bestaat niet. Kies uit: " + said.json()["detail"].split("Kies uit: ")[1].splitlines()[0],
        "fout.yaml, vraag b, veld ‘status’: ‘weg’ bestaat niet. Kies uit: answered, not_found.",
    ]
    assert "dezelfde naam" in keep(client, eva, "anders", SET).json()["detail"]
    assert client.post("/v1/evaluations", json={"set": "fout"}, headers=eva).status_code == 404
    assert "taalmodel" in client.post("/v1/evaluations", json={"set": "klein", "judge": True}, headers=eva).json()["detail"]


def test_feedback_becomes_a_draft_set_for_who_may_see_its_sources(client: TestClient, eva: dict[str, str]) -> None:
    vera = as_(client, "vera")
    answer = client.post("/v1/answers", json={"question": "Wie is projectleider van Veilig Buitengebied?"}, headers=vera).json()
    assert client.post("/v1/evaluations/drafts", json={}, headers=eva).status_code == 404
    client.post(f"/v1/answers/{answer['id']}/feedback", json={"useful": False, "comment": "is inmiddels een ander"}, headers=vera)
    draft = client.post("/v1/evaluations/drafts", json={"name": "uit-gebruik", "answers": [answer["id"]]}, headers=eva)
    assert draft.status_code == 200, draft.text
    assert "is inmiddels een ander" in draft.text
    assert keep(client, eva, "uit-gebruik", draft.text.replace("VUL HIER HET JUISTE FEIT IN", "Tjarda Wolvenaar")).json()["cases"] == 1
    assert client.post("/v1/evaluations/drafts", json={}, headers=as_(client, "els")).status_code == 404
