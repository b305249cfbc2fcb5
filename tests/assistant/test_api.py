"""The HTTP service as a client meets it: the real app, over ASGI."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api import server
from assistant.app import App
from assistant.settings import Settings
from tests.conftest import APV, DOCUMENTS, ready

PASSWORD = "een goed wachtwoord"
OPEN = {("post", "/v1/session"), ("get", "/healthz"), ("get", "/readyz")}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A running service with a small library and three accounts."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "files").mkdir()
    for name in (
        "faq-demonstraties-elzerstreek.html",
        "convenant-veilig-uitgaan-elzerveen.pdf",
        "vertrouwelijk-aanpak-ondermijning-elzerveen.docx",
    ):
        (folder / "files" / name).write_bytes((DOCUMENTS / name).read_bytes())
    (folder / "files" / "bibliotheek.yaml").write_text(
        "gemeenten: {GM9901: Elzerveen, GM9902: Dorrebeek}\nfiles:\n"
        "  - {file: faq-demonstraties-elzerstreek.html, kind: handreiking, visibility: openbaar}\n"
        "  - {file: convenant-veilig-uitgaan-elzerveen.pdf, kind: convenant, gemeente: Elzerveen}\n"
        "  - {file: vertrouwelijk-aanpak-ondermijning-elzerveen.docx, kind: uitvoeringsplan, gemeente: Elzerveen, visibility: gemeente}\n"
    )
    settings = Settings(data_dir=folder / "data")
    app = App(settings, writer=True)
    assert all(o.outcome == "indexed" for o in app.pipeline.run([folder / "files"]))
    for name, role, gemeente in (("vera", "vrager", "GM9901"), ("dirk", "vrager", "GM9902"), ("carla", "curator", "GM9901")):
        app.accounts.add(name, PASSWORD, role, gemeente)
    app.close()
    with TestClient(server.create(settings), base_url="http://testserver") as running:
        ready(running)
        yield running


def as_(client: TestClient, name: str) -> dict[str, str]:
    said = client.post("/v1/session", json={"username": name, "password": PASSWORD})
    assert said.status_code == 201
    client.cookies.clear()
    return {"Authorization": f"Bearer {said.json()['token']}"}


def test_every_operation_but_the_open_ones_asks_for_a_session(client: TestClient) -> None:
    closed = 0
    for path, operations in client.get("/v1/openapi.json").json()["paths"].items():
        for method in operations:
            if (method, path) in OPEN:
                continue
            answer = client.request(method, path.replace("{", "x").replace("}", "x"), json={})
            assert answer.status_code == 401, (method, path, answer.status_code)
            # Other chat clients read errors in the form of OpenAI's own.
            assert answer.headers["content-type"] == ("application/json" if path.startswith("/openai/") else "application/problem+json")
            closed += 1
    assert closed >= 12


def test_a_wrong_password_is_refused_in_dutch(client: TestClient) -> None:
    answer = client.post("/v1/session", json={"username": "vera", "password": "fout"})
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Gebruikersnaam of wachtwoord klopt niet."


def test_a_session_begins_tells_who_and_ends(client: TestClient) -> None:
    mine = as_(client, "vera")
    assert client.get("/v1/session", headers=mine).json() == {"username": "vera", "role": "vrager", "gemeente": "GM9901", "token": None}
    assert client.delete("/v1/session", headers=mine).status_code == 204
    assert client.get("/v1/session", headers=mine).status_code == 401


def test_the_cookie_serves_a_browser_and_refuses_another_website(client: TestClient) -> None:
    said = client.post("/v1/session", json={"username": "vera", "password": PASSWORD})
    cookie = said.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert client.get("/v1/session").status_code == 200
    question = {"question": "Hoeveel ordebewakers?"}
    assert client.post("/v1/answers", json=question, headers={"Origin": "http://testserver"}).status_code == 201
    assert client.post("/v1/answers", json=question, headers={"Origin": "http://kwaad.example"}).status_code == 403
    client.cookies.clear()


QUESTION = "Hoeveel ordebewakers zijn er nodig bij een demonstratie?"


def test_an_answer_has_the_shape_of_the_contract(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}, headers=as_(client, "vera")).json()
    assert set(answer) == set("id question form status text sentences citations missing searched model as_of created_at timings".split())
    assert answer["status"] == "complete"
    assert "25 deelnemers" in answer["text"]
    citation = answer["citations"][0]
    wanted = "n document_id edition_id passage_id title kind gemeente status valid_from valid_to locator page quote start end score"
    assert set(citation) == set(wanted.split())
    passages = client.get(f"/v1/documents/{citation['document_id']}/passages", headers=as_(client, "vera")).json()
    text = "".join(p["text"] for p in passages)
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def events(client: TestClient, headers: dict[str, str], question: str = QUESTION) -> list[tuple[str, object]]:
    with client.stream("POST", "/v1/answers", json={"question": question}, headers={**headers, "Accept": "text/event-stream"}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in stream.iter_lines() if line]
    return [(name[7:], json.loads(data[6:])) for name, data in zip(lines[::2], lines[1::2], strict=True)]


def test_a_stream_has_the_events_of_the_contract_in_order(client: TestClient) -> None:
    got = events(client, as_(client, "vera"))
    names = [name for name, _ in got]
    assert names[:2] == ["started", "sources"]
    assert names[-1] == "done"
    assert list(names[2:-1]) == ["sentence"] * names.count("sentence") + ["citation"] * names.count("citation")
    done = dict(got)["done"]
    assert [s for n, s in got if n == "sentence"] == done["sentences"]  # type: ignore[index]


def test_answers_are_kept_for_who_asked_and_for_nobody_else(client: TestClient) -> None:
    answer = client.post("/v1/answers", json={"question": QUESTION}, headers=as_(client, "vera")).json()
    vera, dirk = as_(client, "vera"), as_(client, "dirk")
    assert client.get(f"/v1/answers/{answer['id']}", headers=vera).json() == answer
    assert client.get("/v1/answers", headers=vera).json()[0] == answer
    assert client.get(f"/v1/answers/{answer['id']}", headers=dirk).status_code == 404
    assert answer["id"] not in client.get("/v1/answers", headers=dirk).text


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "controleer question"),
        ({"question": ""}, "controleer question"),
        ({"question": "   "}, "Stel een vraag"),
        ({"question": "x", "gemeente": ["Atlantis"]}, "Atlantis"),
        ({"question": "x", "form": "gedicht"}, "controleer form"),
        ({"question": "x", "as_of": "morgen"}, "controleer as_of"),
        ({"question": "x" * 4001}, "controleer question"),
    ],
)
def test_a_question_that_will_not_do_is_refused_in_one_dutch_line(client: TestClient, body: dict[str, object], detail: str) -> None:
    answer = client.post("/v1/answers", json=body, headers=as_(client, "vera"))
    assert answer.status_code == 422
    assert detail in answer.json()["detail"]


def test_a_confidential_document_does_not_exist_for_another_gemeente(client: TestClient) -> None:
    vera, dirk = as_(client, "vera"), as_(client, "dirk")
    (secret,) = [d for d in client.get("/v1/documents", headers=vera).json() if d["visibility"] == "gemeente"]
    for path in ("", "/editions", "/passages", "/pages/1"):
        assert client.get(f"/v1/documents/{secret['id']}{path}", headers=dirk).status_code == 404
    assert secret["id"] not in client.get("/v1/documents", headers=dirk).text
    question = "Hoeveel integrale controles zijn er gepland?"
    assert secret["id"] in json.dumps(events(client, vera, question))
    assert secret["id"] not in json.dumps(events(client, dirk, question))
    assert secret["id"] not in client.get("/v1/search", params={"q": question}, headers=dirk).text


def test_searching_gives_hits_with_their_text(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "tegendemonstratie", "k": 3}, headers=as_(client, "vera")).json()["hits"]
    assert 1 <= len(hits) <= 3
    assert "tegendemonstr" in hits[0]["text"].lower()
    assert client.get("/v1/search", params={"q": "x", "gemeente": "Atlantis"}, headers=as_(client, "vera")).status_code == 422


def test_pages_come_with_their_text(client: TestClient) -> None:
    mine = as_(client, "vera")
    (convenant,) = [d for d in client.get("/v1/documents", headers=mine).json() if d["kind"] == "convenant"]
    page = client.get(f"/v1/documents/{convenant['id']}/pages/1", headers=mine).json()
    assert page["label"] == "1"
    assert "Convenant Veilig Uitgaan" in page["text"]
    assert client.get(f"/v1/documents/{convenant['id']}/pages/99", headers=mine).status_code == 404


def test_only_a_curator_adds_and_withdraws(client: TestClient) -> None:
    vera = as_(client, "vera")
    assert client.post("/v1/documents", files={"file": ("a.txt", b"x")}, headers=vera).status_code == 403
    any_id = client.get("/v1/documents", headers=vera).json()[0]["id"]
    assert client.delete(f"/v1/documents/{any_id}", headers=vera).status_code == 403


def follow(client: TestClient, job: dict[str, str], headers: dict[str, str]) -> dict[str, object]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = client.get(f"/v1/jobs/{job['id']}", headers=headers).json()
        if found["state"] in ("done", "failed"):
            return dict(found)
        time.sleep(0.1)
    raise AssertionError("job did not end")


def test_a_curator_adds_a_document_and_withdraws_it_again(client: TestClient) -> None:
    mine = as_(client, "carla")
    said = "kind: apv\nvisibility: openbaar\nvalid_from: 2025-01-01"
    job = client.post("/v1/documents", files={"file": ("apv-veldhoek-2025.md", APV.encode())}, data={"metadata": said}, headers=mine)
    assert job.status_code == 202
    done = follow(client, job.json(), mine)
    assert done["outcome"]["outcome"] == "indexed"  # type: ignore[index]
    document_id = done["outcome"]["document_id"]  # type: ignore[index]
    question = {"question": "Mag een hond in Veldhoek loslopen op een losloopterrein?"}
    cited = client.post("/v1/answers", json=question, headers=mine).json()["citations"]
    assert document_id in {c["document_id"] for c in cited}
    assert client.delete(f"/v1/documents/{document_id}", headers=mine).json()["editions"][0]["status"] == "ingetrokken"
    cited = client.post("/v1/answers", json=question, headers=mine).json()["citations"]
    assert document_id not in {c["document_id"] for c in cited}


@pytest.mark.parametrize(
    ("name", "data", "said", "detail"),
    [
        ("a.exe", b"MZ", "", "wordt niet gelezen"),
        ("a.pdf", b"geen pdf", "", "past niet bij de naam"),
        ("a.txt", b"tekst", "kind: onzin", "Kies uit"),
        ("a.txt", b"tekst", "{", "geen geldige YAML"),
        ("a.txt", b"tekst", "- 1", "geen velden"),
    ],
)
def test_what_cannot_be_added_is_refused_at_the_door(client: TestClient, name: str, data: bytes, said: str, detail: str) -> None:
    answer = client.post("/v1/documents", files={"file": (name, data)}, data={"metadata": said}, headers=as_(client, "carla"))
    assert answer.status_code == 422
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\x.txt", "/abs/a.txt", ".verborgen.txt", "a\x00b.txt", "con<>.txt"])
def test_a_hostile_file_name_stays_inside(client: TestClient, name: str, tmp_path: Path) -> None:
    mine = as_(client, "carla")
    answer = client.post("/v1/documents", files={"file": (name, f"Een tekst over {name!r} om te lezen.".encode())}, headers=mine)
    if answer.status_code == 202:
        assert follow(client, answer.json(), mine)["state"] == "done"
    data = client.app.state.service.settings.data_dir  # type: ignore[attr-defined]
    assert {p.name for p in data.iterdir()} <= {"oov.db", "oov.db-wal", "oov.db-shm", "originals", "index", "incoming"}


def test_health_and_headers(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert answer.json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("method", "path", "status"), [("get", "/nergens", 404), ("put", "/v1/session", 405)])
def test_what_does_not_exist_is_a_problem_in_dutch(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].endswith(".")


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post("/v1/answers", content=b"x", headers={"content-length": str(10**12)})
    assert answer.status_code == 413


def test_without_a_model_the_service_lives_but_is_not_ready_and_says_why(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", embedding_model="nergens/model")
    with TestClient(server.create(settings)) as running:
        until = time.monotonic() + 30
        while "start nog op" in running.get("/readyz").text and time.monotonic() < until:
            time.sleep(0.1)
        answer = running.get("/readyz")
        assert running.get("/healthz").status_code == 200
    assert answer.status_code == 503
    assert "OOV_EMBEDDING_MODEL" in answer.json()["detail"]
