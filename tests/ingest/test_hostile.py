"""Files made to break their reader are refused or read harmlessly, within 30 seconds of computing and 512 MB of memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.app import App
from corpus.errors import Refused
from corpus.gemeenten import national
from ingest import files, sidecar
from ingest.load import formats
from tests.ingest import hostile

ROOT = Path(__file__).parent.parent.parent
OUTCOMES = ("refused: ", "indexed", "quarantined")
# Content that harms nobody, or that a gate has to show to a curator.
READ = {"most-pages.pdf", "outline-in-a-ring.pdf", "odd-counts.html", "many-items.html", "page-inside-out.pdf"}


def measured(path: Path) -> dict[str, object]:
    """What reading a file comes to, and costs, in a process of its own; without text recognition, which has its own limits."""
    environment = {**os.environ, "PATH": "", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.ingest.hostile", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True, env=environment)
    return json.loads(done.stdout)


# A third of them with every run, for some take all of their time; all of them with OOV_TEST_ALL=1.
CHOSEN = list(hostile.BOMBS)[:: 1 if os.environ.get("OOV_TEST_ALL") else 3]


@pytest.mark.parametrize("name", CHOSEN)
def test_a_bomb_does_not_go_off(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(hostile.BOMBS[name]())
    said = measured(tmp_path / name)
    assert str(said["outcome"]).startswith(OUTCOMES)
    assert "\n" not in str(said["outcome"])
    assert name not in READ or said["outcome"] == "indexed"
    assert (said["seconds"] <= 30, said["child"] <= 512, said["own"] <= 512) == (True, True, True), said


def test_there_are_at_least_thirty_bombs_of_every_kind_together() -> None:
    assert len(hostile.BOMBS) >= 100
    assert len(CHOSEN) >= 30


def test_nothing_outside_is_read_into_a_document(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("canarie", encoding="utf-8")
    outside = f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{tmp_path}/geheim.txt'>]>"
    for media, data in (
        (formats.MEDIA_TYPES[".docx"], hostile.word(hostile.paragraph("&a; en meer woorden"), outside)),
        (formats.MEDIA_TYPES[".html"], outside.encode() + hostile.page("<p>&a;</p>")),
    ):
        assert "canarie" not in str(formats.load(data, media).blocks)
    with pytest.raises(Refused, match="documenttype"):
        formats.load(hostile.regeling("&a;", outside), formats.MEDIA_TYPES[".xml"])


# --- names and kinds of files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../geheim.txt", "/etc/passwd.txt", "sub/../../geheim.txt", "sub/stuk.txt"])
def test_a_list_of_files_cannot_point_outside_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    (tmp_path / "geheim.txt").write_text("geheim", encoding="utf-8")
    (folder / "a.txt").write_text("tekst", encoding="utf-8")
    (folder / "bibliotheek.yaml").write_text(f"files: [{{file: {name}, title: x}}]", encoding="utf-8")
    assert list(files.find([folder])) == [folder / "a.txt"]
    with pytest.raises(Refused, match="andere map"):
        sidecar.read(folder / "a.txt", national())


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "map", tmp_path / "buiten"
    folder.mkdir()
    outside.mkdir()
    (outside / "geheim.txt").write_text("geheim", encoding="utf-8")
    (folder / "stuk.txt").symlink_to(outside / "geheim.txt")
    (folder / "sub").symlink_to(outside)
    (folder / "rond").symlink_to(folder)
    assert list(files.find([folder])) == []


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp.txt")
    with pytest.raises(Refused, match="geen gewoon bestand"):
        files.read(tmp_path / "pijp.txt")
    assert list(files.find([tmp_path])) == []


def test_a_device_without_end_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "nul.txt").symlink_to("/dev/zero")
    with pytest.raises(Refused, match="geen gewoon bestand"):
        files.read(tmp_path / "nul.txt")


def test_a_file_that_grows_while_it_is_read_is_read_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 1024 * 1024)
    path, stop = tmp_path / "groeit.txt", threading.Event()
    path.write_bytes(b"begin\n")

    def grow() -> None:
        with path.open("ab") as file:
            while not stop.is_set() and file.tell() < 50 * 1024 * 1024:
                file.write(b"nog een regel\n" * 10_000)

    writer = threading.Thread(target=grow)
    writer.start()
    while path.stat().st_size <= 1024 * 1024:
        pass
    try:
        with pytest.raises(Refused, match="groter dan 1 MB"):
            files.read(path)
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize(
    "written",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\ntitle: *b",
        "a: &a {x: y}\n<<: [*a, *a]",
        "valid_from: " + "[" * 5_000,
        "title: " + "1" * 5_000,
        "valid_from: !!timestamp 2024-02-30",
        "title: !!python/object/apply:os.system [ls]",
        "x" * 900_000 + ": 1",
        "valid_from: 2024-02-30",
    ],
    ids=lambda text: text[:12],
)
def test_a_sidecar_that_is_no_few_lines_of_text_is_refused_in_one_short_line(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.txt.meta.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        sidecar.read(tmp_path / "a.txt", national())
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_after_bombs_the_next_file_is_taken_in(new_app: Callable[..., App], tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    for name in ("laughing-entities.xml", "flate-gigabyte.pdf", "lying-directory.docx", "program.pdf"):
        (folder / name).write_bytes(hostile.BOMBS[name]())
    (folder / "zz-stuk.txt").write_text("De burgemeester kan een gebied aanwijzen waar het verbod geldt.", encoding="utf-8")
    outcomes = {Path(o.path).name: o.outcome for o in new_app().pipeline.run([folder])}
    assert outcomes.pop("zz-stuk.txt") == "indexed"
    assert set(outcomes.values()) == {"refused"}
