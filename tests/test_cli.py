"""The command as programs and people meet it: results on standard output, one Dutch line when something is wrong."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.database import open_database, sqlite_url


def oov(*arguments: object, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant.cli", *map(str, arguments), *(["--data", str(data)] if data else [])]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made by the command itself, from the two small documents."""
    from tests.conftest import APV, PLAN

    folder = tmp_path_factory.mktemp("cli")
    (folder / "files").mkdir()
    (folder / "files" / "apv-veldhoek-2025.md").write_text(APV)
    (folder / "files" / "projectplan-veilig-buitengebied.md").write_text(PLAN)
    (folder / "files" / "leeg.pdf").write_bytes(b"")
    done = oov("ingest", folder / "files", "--json", data=folder / "data")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert {d["outcome"] for d in report["documents"]} == {"indexed", "refused"}
    assert set(report["documents"][0]) == {"path", "document_id", "edition_id", "outcome", "reason", "passages", "pages"}
    assert {"seconds", "passages_per_second"} <= set(report)
    return folder / "data"


def test_taking_in_again_is_all_unchanged_and_done(library: Path) -> None:
    done = oov("ingest", library.parent / "files" / "apv-veldhoek-2025.md", "--json", data=library)
    assert done.returncode == 0
    assert [d["outcome"] for d in json.loads(done.stdout)["documents"]] == ["unchanged"]


def test_search_and_ask_give_the_shapes_of_the_contract(library: Path) -> None:
    hits = json.loads(oov("search", "hond aan de lijn", "--k", 2, "--json", data=library).stdout)
    assert len(hits["hits"]) == 2
    assert {"document_id", "locator", "text", "score"} <= set(hits["hits"][0])
    assert not {"n", "quote"} & set(hits["hits"][0])
    answer = json.loads(oov("ask", "Wie is projectleider van Veilig Buitengebied?", "--json", data=library).stdout)
    assert "Tjarda Wolvenaar" in answer["text"]
    assert answer["model"] == "citaat"


def test_a_notice_is_told_once(library: Path) -> None:
    said = oov("ask", "Wie is projectleider van Veilig Buitengebied?", "--form", "b1", data=library).stdout
    assert said.count("Let op: ") == 1


def test_a_batch_comes_back_line_by_line_in_order(library: Path, tmp_path: Path) -> None:
    questions = ["Hoeveel bedraagt de begroting?", "Wat is de hoofdstad van Peru?", "Mag een hond los?"]
    lines = [json.dumps({"id": f"q{n}", "question": q}) for n, q in enumerate(questions)]
    (tmp_path / "vragen.jsonl").write_text("\n".join([*lines, ""]))
    done = oov("ask", "--batch", tmp_path / "vragen.jsonl", data=library)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["id"] for a in answers] == ["q0", "q1", "q2"]
    assert "360.000" in answers[0]["answer"]["text"]
    assert answers[1]["answer"]["status"] == "not_found"


def test_the_library_can_be_listed_shown_and_withdrawn_from(library: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", str(library), str(tmp_path / "data")], check=True)
    listed = json.loads(oov("documents", "list", "--json", data=tmp_path / "data").stdout)["documents"]
    plan = next(d for d in listed if d["kind"] == "projectplan")
    shown = json.loads(oov("documents", "show", plan["id"], "--json", data=tmp_path / "data").stdout)
    assert shown["editions"][0]["filename"] == "projectplan-veilig-buitengebied.md"
    assert oov("documents", "withdraw", plan["id"], data=tmp_path / "data").returncode == 0
    answer = json.loads(oov("ask", "Wie is projectleider van Veilig Buitengebied?", "--json", data=tmp_path / "data").stdout)
    assert "Wolvenaar" not in answer["text"]


def test_health_and_rebuild(library: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", str(library), str(tmp_path / "data")], check=True)
    subprocess.run(["rm", "-rf", str(tmp_path / "data" / "index")], check=True)
    assert oov("rebuild", data=tmp_path / "data").returncode == 0
    report = json.loads(oov("doctor", "--json", data=tmp_path / "data").stdout)
    assert (report["documents"], report["findings"]) == (2, [])


def test_accounts_are_added_listed_and_disabled(tmp_path: Path) -> None:
    assert (
        oov(
            "users", "add", "anna", "--role", "curator", "--gemeente", "Enschede", "--password", "een goed wachtwoord", data=tmp_path
        ).returncode
        == 0
    )
    assert oov("users", "disable", "anna", data=tmp_path).returncode == 0
    (user,) = json.loads(oov("users", "list", "--json", data=tmp_path).stdout)["users"]
    assert user == {"name": "anna", "role": "curator", "gemeente": "GM0153", "disabled": True}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("documents", "show", "niets"), 1, "staat niet in de bibliotheek"),
        (("users", "disable", "niemand"), 1, "bestaat niet"),
        (("ask", "x", "--gemeente", "Atlantis"), 1, "Atlantis"),
        (("ask", "--batch", "nergens.jsonl"), 1, "kan niet worden gelezen"),
        (("ask",), 2, "Geef een vraag"),
        (("ask", "x", "--as-of", "morgen"), 2, "geen datum"),
        (("ask", "x", "--form", "gedicht"), 2, "Kies uit: antwoord"),
        (("search", "x", "--k", "0"), 2, "geen bruikbare waarde"),
        (("search",), 2, "ontbreekt"),
        (("zingen",), 2, "bestaat niet"),
        (("ask", "x", "--kleur", "rood"), 2, "--kleur"),
    ],
)
def test_what_is_wrong_is_said_in_one_dutch_line(arguments: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    done = oov(*arguments, data=None if code == 2 else tmp_path / "data")
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_broken_line_in_a_batch_is_named(tmp_path: Path) -> None:
    (tmp_path / "v.jsonl").write_text('{"question": "x"}\n{kapot\n')
    done = oov("ask", "--batch", tmp_path / "v.jsonl", data=tmp_path / "data")
    assert done.returncode == 1
    assert "Regel 2" in done.stderr


def test_a_wrong_setting_stops_the_start_with_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OOV_LLM_TIMEOUT", "snel")
    done = oov("documents", "list", data=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("OOV_LLM_TIMEOUT")


def test_a_data_folder_that_is_a_file_or_garbage_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "oov.db").write_bytes(os.urandom(5000))
    for data in (tmp_path / "bestand", tmp_path / "data"):
        done = oov("documents", "list", data=data)
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (1, 1)


def test_a_terminal_shows_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Een tekst met genoeg letters om te lezen.")
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "assistant.cli", "ingest", str(tmp_path / "a.txt"), "--data", str(tmp_path / "data")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, text=True)
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    assert process.wait() == 0
    assert b"passages" in shown


def test_two_processes_that_start_at_once_both_find_a_library(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant.cli", "documents", "list", "--json", "--data", str(tmp_path / "data")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    assert [p.wait() for p in running] == [0] * 4
    open_database(sqlite_url(tmp_path / "data" / "oov.db"))
