"""What one gemeente keeps to itself stays with it: two curators, each of a gemeente, and somebody who only asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.api import server
from assistant.app import App
from assistant.settings import Settings
from tests.assistant.test_curation import PASSWORD, as_, taken_in, titles
from tests.conftest import ready

SECRET = "# Convenant Avondrust\n\nDe schaapskooi aan de Leemweg wordt op 3 maart bewaakt door zes agenten.\n"
FOR_ENSCHEDE = "title: Convenant Avondrust\nkind: convenant\ngemeente: Enschede\nvisibility: gemeente\n"
OTHER = "# Nota paden\n\nDe paden bij de schaapskooi worden geveegd.\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data = tmp_path_factory.mktemp("rights") / "data"
    app = App(Settings(data_dir=data), writer=True)
    accounts = (("carla", "curator", "GM0153"), ("coen", "curator", "GM0153"), ("henk", "curator", "GM0164"), ("vera", "vrager", "GM0164"))
    for name, role, gemeente in (*accounts, ("bea", "beheerder", "GM0164")):
        app.accounts.add(name, PASSWORD, role, gemeente)
    app.close()
    with TestClient(server.create(Settings(data_dir=data)), base_url="http://testserver") as running:
        ready(running)
        yield running


@pytest.fixture(scope="module")
def secret(client: TestClient) -> str:
    outcome = taken_in(client, as_(client, "carla"), "/v1/documents", SECRET, "CVDR990077_1.md", metadata=FOR_ENSCHEDE)
    return str(outcome["document_id"])


@pytest.mark.parametrize("named", ["Convenant Avondrust", "CVDR990077_1.md", "CVDR990077"])
def test_nobody_adds_an_edition_to_what_they_may_not_see(client: TestClient, secret: str, named: str) -> None:
    said = f"kind: convenant\nvisibility: openbaar\nsupersedes: {named}\n"
    outcome = taken_in(client, as_(client, "henk"), "/v1/documents", OTHER + named, f"{len(named)}.md", metadata=said)
    assert outcome["outcome"] == "refused"
    assert titles(client, as_(client, "vera"), "Wie bewaakt de schaapskooi?") == []


@pytest.mark.parametrize("text", [OTHER + "Nog iets.", SECRET], ids=["another-text", "the-same-file"])
def test_a_file_under_the_official_id_of_what_one_may_not_see_is_refused(client: TestClient, secret: str, text: str) -> None:
    said = "kind: convenant\nvisibility: openbaar\n"
    outcome = taken_in(client, as_(client, "henk"), "/v1/documents", text, "CVDR990077_2.md", metadata=said)
    assert outcome["outcome"] == "refused"
    assert "curator van die gemeente" in outcome["reason"]
    assert client.get(f"/v1/documents/{secret}", headers=as_(client, "vera")).status_code == 404


def test_a_new_edition_keeps_the_readers_of_the_ones_before_it(client: TestClient, secret: str) -> None:
    newer = SECRET.replace("zes", "zeven")
    outcome = taken_in(client, as_(client, "coen"), f"/v1/documents/{secret}/editions", newer, "avondrust-2.md", metadata="kind: convenant")
    assert outcome["outcome"] in ("indexed", "quarantined")
    assert client.get(f"/v1/documents/{secret}", headers=as_(client, "coen")).json()["visibility"] == "gemeente"
    assert client.get(f"/v1/documents/{secret}", headers=as_(client, "vera")).status_code == 404


def test_jobs_are_seen_by_colleagues_only(client: TestClient) -> None:
    carla, henk = as_(client, "carla"), as_(client, "henk")
    job = client.post("/v1/documents", headers=carla, files={"file": ("Onderzoek Leemweg.md", b"# Nota\n\nDe Leemweg is gesloten.")}).json()
    assert job["id"] in [one["id"] for one in client.get("/v1/jobs", headers=as_(client, "coen")).json()]
    assert job["id"] not in [one["id"] for one in client.get("/v1/jobs", headers=henk).json()]
    assert client.get(f"/v1/jobs/{job['id']}", headers=henk).status_code == 404
    assert client.post(f"/v1/jobs/{job['id']}/retry", headers=henk).status_code == 404


def test_what_waits_for_a_curator_does_not_exist_for_who_asks(client: TestClient) -> None:
    outcome = taken_in(
        client, as_(client, "henk"), "/v1/documents", "# Nota Leemweg\n\nDe Leemweg krijgt een nieuw hek.", "leem.md", preview="true"
    )
    assert outcome["outcome"] == "preview", outcome["reason"]
    assert client.get(f"/v1/documents/{outcome['document_id']}", headers=as_(client, "henk")).status_code == 200
    assert client.get(f"/v1/documents/{outcome['document_id']}", headers=as_(client, "vera")).status_code == 404


def test_a_public_document_is_changed_by_its_own_gemeente_by_who_added_it_or_by_a_beheerder(client: TestClient) -> None:
    said = "kind: nota\ngemeente: Enschede\nvisibility: openbaar\n"
    key = taken_in(client, as_(client, "carla"), "/v1/documents", "# Nota lantaarns\n\nEr zijn er veel.", "l.md", metadata=said)[
        "document_id"
    ]
    refused = client.delete(f"/v1/documents/{key}", headers=as_(client, "henk"))
    assert refused.status_code == 403
    assert "Enschede" in refused.json()["detail"]
    assert client.patch(f"/v1/documents/{key}", headers=as_(client, "henk"), json={"title": "Anders"}).status_code == 403
    assert client.patch(f"/v1/documents/{key}", headers=as_(client, "coen"), json={"title": "Lantaarns"}).status_code == 200
    assert client.delete(f"/v1/documents/{key}", headers=as_(client, "bea")).status_code == 200
    mine = taken_in(client, as_(client, "henk"), "/v1/documents", "# Nota hekken\n\nEr zijn hekken.", "h.md", metadata=said)["document_id"]
    assert client.delete(f"/v1/documents/{mine}?destroy=true", headers=as_(client, "henk")).status_code == 200


def test_a_withdrawn_document_answers_for_no_day(client: TestClient) -> None:
    carla = as_(client, "carla")
    said = "kind: nota\nvisibility: openbaar\nvalid_from: 2020-01-01\n"
    key = taken_in(
        client, carla, "/v1/documents", "# Nota duiventil\n\nDe duiventil wordt beheerd door de stadsecoloog.", "d.md", metadata=said
    )["document_id"]
    asked = {"question": "Wie beheert de duiventil?", "as_of": "2021-01-01"}
    assert "stadsecoloog" in client.post("/v1/answers", headers=carla, json=asked).json()["text"]
    client.delete(f"/v1/documents/{key}", headers=carla)
    assert "stadsecoloog" not in client.post("/v1/answers", headers=carla, json=asked).json()["text"]
