"""Reading the library over HTTP: what refers to what, pages as text and as they are printed, within what one may see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assistant.api import server
from assistant.app import App
from assistant.settings import Settings
from tests.assistant import test_api
from tests.assistant.test_api import PASSWORD
from tests.conftest import DOCUMENTS, ready

LAW = """# Wet op de proefvaarten

#### Artikel 1

1. Voor een proefvaart is een vergunning vereist.
2. De vergunning, bedoeld in het eerste lid, geldt drie jaar.

#### Artikel 2

Overtreding van artikel 1, eerste lid, is een strafbaar feit. Artikel 5 van de Wet op de nevel geldt niet.
"""
SECRET = """# Plan van aanpak proefvaarten

Bij elke controle wordt artikel 1, eerste lid, van de Wet op de proefvaarten nageleefd.
"""
PDF = "convenant-veilig-uitgaan-elzerveen.pdf"
STAFF = (
    ("vera", "vrager", "GM9901"),
    ("dirk", "vrager", "GM9902"),
    ("carla", "curator", "GM9901"),
    ("bert", "beheerder", "GM9901"),
    ("dora", "beheerder", "GM9902"),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A running service: a wet, a plan of one gemeente that refers to it, a PDF, and four accounts."""
    folder = tmp_path_factory.mktemp("reading")
    (folder / "files").mkdir()
    (folder / "files" / "wet.md").write_text(LAW, encoding="utf-8")
    (folder / "files" / "plan.md").write_text(SECRET, encoding="utf-8")
    (folder / "files" / PDF).write_bytes((DOCUMENTS / PDF).read_bytes())
    (folder / "files" / "bibliotheek.yaml").write_text(
        "gemeenten: {GM9901: Elzerveen, GM9902: Dorrebeek}\nfiles:\n"
        "  - {file: wet.md, kind: wet, title: Wet op de proefvaarten, valid_from: 2020-01-01, visibility: openbaar}\n"
        "  - {file: plan.md, kind: projectplan, gemeente: Elzerveen, visibility: gemeente, valid_from: 2020-01-01}\n"
        f"  - {{file: {PDF}, kind: convenant, gemeente: Elzerveen, valid_from: 2020-01-01}}\n"
    )
    settings = Settings(data_dir=folder / "data")
    app = App(settings, writer=True)
    assert [o.outcome for o in app.pipeline.run([folder / "files"])] == ["indexed"] * 3
    for name, role, gemeente in STAFF:
        app.accounts.add(name, PASSWORD, role, gemeente)
    app.close()
    with TestClient(server.create(settings)) as running:
        ready(running)
        yield running


_logged_in: dict[str, dict[str, str]] = {}


def as_(client: TestClient, name: str) -> dict[str, str]:
    """The headers of one of the staff, logged in once."""
    if name not in _logged_in:
        _logged_in[name] = test_api.as_(client, name)
    return _logged_in[name]


def document(client: TestClient, headers: dict[str, str], filename: str) -> str:
    held = client.get("/v1/documents", headers=headers).json()
    return str(next(d["id"] for d in held if d["editions"][0]["filename"] == filename))


def references(client: TestClient, headers: dict[str, str], article: str) -> dict[str, list[dict[str, object]]]:
    law = document(client, headers, "wet.md")
    passages = client.get(f"/v1/documents/{law}/passages", headers=headers).json()
    passage = next(p["id"] for p in passages if p["locator"].startswith(f"art. {article}"))
    return dict(client.get(f"/v1/documents/{law}/passages/{passage}/references", headers=headers).json())


def test_a_passage_tells_what_it_refers_to_in_the_words_as_written(client: TestClient) -> None:
    first, second = references(client, as_(client, "vera"), "2")["refers_to"]
    assert (first["words"], first["reference"]) == ("artikel 1, eerste lid", "art. 1 lid 1")
    [place] = first["leads_to"]  # type: ignore[misc]
    assert place["title"] == "Wet op de proefvaarten"
    assert place["locator"].startswith("art. 1")
    assert second["words"] == "Artikel 5 van de Wet op de nevel"
    assert second["leads_to"] == []


@pytest.mark.parametrize(
    ("name", "titles"), [("vera", ["Plan van aanpak proefvaarten", "Wet op de proefvaarten"]), ("dirk", ["Wet op de proefvaarten"])]
)
def test_what_refers_to_a_passage_is_told_only_to_who_may_see_it(client: TestClient, name: str, titles: list[str]) -> None:
    referring = references(client, as_(client, name), "1")["referred_by"]
    assert sorted(str(one["title"]) for one in referring) == titles
    assert all("artikel 1, eerste lid" in str(one["words"]) for one in referring)


def test_references_of_a_passage_that_is_not_there_are_not_found(client: TestClient) -> None:
    mine = as_(client, "dirk")
    law = document(client, mine, "wet.md")
    plan = document(client, as_(client, "vera"), "plan.md")
    secret = client.get(f"/v1/documents/{plan}/passages", headers=as_(client, "vera")).json()[0]["id"]
    for path in (f"{law}/passages/p-nergens", f"{law}/passages/{secret}", f"{plan}/passages/{secret}"):
        assert client.get(f"/v1/documents/{path}/references", headers=mine).status_code == 404


def test_the_pages_of_a_document_are_its_text(client: TestClient) -> None:
    mine = as_(client, "dirk")
    pdf = document(client, mine, PDF)
    text = "".join(p["text"] for p in client.get(f"/v1/documents/{pdf}/passages", headers=mine).json())
    page = client.get(f"/v1/documents/{pdf}/pages/2", headers=mine).json()
    assert page["text"] == text[page["start"] : page["end"]] != ""


def picture(client: TestClient, headers: dict[str, str], page: int, highlight: str | None = None) -> Image.Image:
    pdf = document(client, headers, PDF)
    answer = client.get(f"/v1/documents/{pdf}/pages/{page}/image", params={"highlight": highlight} if highlight else {}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def yellow(image: Image.Image) -> int:
    return sum(count for count, (r, g, b) in image.getcolors(1 << 24) or [] if r > 200 and g > 170 and b < 160)


def test_a_page_is_painted_with_the_cited_stretch_marked(client: TestClient) -> None:
    mine = as_(client, "vera")
    pdf = document(client, mine, PDF)
    page = client.get(f"/v1/documents/{pdf}/pages/2", headers=mine).json()
    start, end = page["start"] + 200, page["start"] + 420
    plain = picture(client, mine, 2)
    marked = picture(client, mine, 2, f"{start}-{end}")
    assert plain.size == marked.size
    assert plain.height > 1000
    assert yellow(plain) == 0
    assert yellow(marked) > 5000
    longer = picture(client, mine, 2, f"{page['start']}-{page['end']}")
    assert yellow(longer) > 2 * yellow(marked)
    words = " ".join(page["text"][200:420].split()[1:-1])
    assert yellow(picture(client, mine, 2, words)) > 5000
    assert yellow(picture(client, mine, 2, "0-0")) == 0


@pytest.mark.parametrize(
    ("name", "filename", "page", "detail"),
    [
        ("vera", "wet.md", 1, "Dit stuk heeft geen pagina’s."),
        ("vera", PDF, 999, "Pagina 999 bestaat niet in dit stuk"),
        ("vera", PDF, 0, "Pagina 0 bestaat niet in dit stuk"),
        ("dirk", "plan.md", 1, "staat niet in de bibliotheek"),
    ],
)
def test_where_there_is_no_page_that_is_said(client: TestClient, name: str, filename: str, page: int, detail: str) -> None:
    found = document(client, as_(client, "vera"), filename)
    for kind in ("", "/image"):
        answer = client.get(f"/v1/documents/{found}/pages/{page}{kind}", headers=as_(client, name))
        assert answer.status_code == 404
        assert detail in answer.json()["detail"]


def test_a_page_that_cannot_be_painted_is_refused_in_dutch(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = as_(client, "vera")
    pdf = document(client, mine, PDF)
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"%PDF-1.7 stuk")
    answer = client.get(f"/v1/documents/{pdf}/pages/1/image", headers=mine)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("Deze pagina kan niet worden getoond.")


@pytest.mark.parametrize(("name", "status"), [("bert", 200), ("carla", 403), ("vera", 403)])
def test_from_elsewhere_only_a_beheerder_reads_the_figures(client: TestClient, name: str, status: int) -> None:
    answer = client.get("/metrics", headers=as_(client, name))
    assert answer.status_code == status
    if status == 200:
        assert "oov_ready 1.0" in answer.text
        assert 'oov_http_responses_total{status="2xx"}' in answer.text


def test_the_register_entry_is_of_ones_own_gemeente_or_of_the_one_named(client: TestClient) -> None:
    told = client.get("/v1/governance/register", headers=as_(client, "dirk")).json()
    assert told["entry"]["organization"] == "Gemeente Dorrebeek"
    assert told["missing"] == ["status", "contact_email"]
    named = client.get("/v1/governance/register", params={"gemeente": "Elzerveen"}, headers=as_(client, "dirk")).json()
    assert named["entry"]["organization"] == "Gemeente Elzerveen"
    assert client.get("/v1/governance/register", params={"gemeente": "Nergens"}, headers=as_(client, "dirk")).status_code == 422


def test_the_system_tells_of_what_one_may_see(client: TestClient) -> None:
    vera = client.get("/v1/governance/system", headers=as_(client, "vera")).json()
    dirk = client.get("/v1/governance/system", headers=as_(client, "dirk")).json()
    assert (vera["library"]["documents"], dirk["library"]["documents"]) == (3, 2)
    assert "projectplan" not in dirk["library"]["by_kind"]
    assert vera["models"]["writer"] == "citaat"


def test_a_beheerder_reads_who_did_what_and_not_of_what_is_not_theirs(client: TestClient) -> None:
    assert client.get("/v1/governance/log", headers=as_(client, "carla")).status_code == 403
    plan = document(client, as_(client, "vera"), "plan.md")
    said = {"publisher": "Gemeente Elzerveen"}
    assert client.patch(f"/v1/documents/{plan}", json=said, headers=as_(client, "carla")).status_code == 200
    lines = client.get("/v1/governance/log", headers=as_(client, "bert")).json()
    assert (lines[0]["actor"], lines[0]["action"], lines[0]["document_id"]) == ("carla", "described", plan)
    assert [line["id"] for line in lines] == sorted((line["id"] for line in lines), reverse=True)
    older = client.get("/v1/governance/log", params={"before": lines[0]["id"], "limit": 2}, headers=as_(client, "bert")).json()
    assert older == lines[1:3]
    assert client.get("/v1/governance/log", params={"actor": "carla"}, headers=as_(client, "bert")).json() == lines[:1]
    for told, wanted in (({"since": "2020-01-01"}, lines), ({"since": "2999-01-01"}, []), ({"action": "described"}, lines[:1])):
        assert client.get("/v1/governance/log", params=told, headers=as_(client, "bert")).json() == wanted
    away = client.get("/v1/governance/log", headers=as_(client, "dora")).json()
    assert (away[0]["actor"], away[0]["document_id"], away[0]["withheld"]) == ("carla", None, True)
    assert plan not in str(away)
