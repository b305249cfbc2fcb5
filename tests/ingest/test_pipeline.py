"""Taking in: once is enough, a refusal stops nobody, metadata can be mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.app import App
from corpus.model import Kind
from ingest.pipeline import Outcome


def run(app: App, *paths: Path) -> dict[str, Outcome]:
    return {Path(o.path).name: o for o in app.pipeline.run(paths)}


def test_taking_in_twice_is_taking_in_once(app: App, files: Path) -> None:
    before = app.library.size(), app.library.generation()
    assert {o.outcome for o in run(app, files).values()} == {"unchanged"}
    assert (app.library.size(), app.library.generation()) == before


def test_ids_come_from_content_and_not_from_place_or_time(app: App, files: Path, new_app: Callable[..., App], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    for file in files.iterdir():
        (elsewhere / file.name).write_bytes(file.read_bytes())
    other = new_app(tmp_path / "data2")
    run(other, elsewhere)
    assert other.library.documents() == app.library.documents()
    assert [p.id for e in other.library.editions() for p in other.library.texts.passages(e.id)] == [
        p.id for e in app.library.editions() for p in app.library.texts.passages(e.id)
    ]


def test_a_refused_file_never_stops_the_rest(new_app: Callable[..., App], files: Path) -> None:
    (files / "leeg.pdf").write_bytes(b"")
    (files / "kapot.docx").write_bytes(b"PK\x03\x04kapot")
    (files / "beeld.jpg").write_bytes(b"\xff\xd8\xff")
    (files / "fout.txt").write_text("Een tekst met genoeg letters om te lezen.")
    (files / "fout.txt.meta.yaml").write_text("kind: onzin")
    outcomes = run(new_app(), files)
    assert {name for name, o in outcomes.items() if o.outcome == "refused"} == {"leeg.pdf", "kapot.docx", "beeld.jpg", "fout.txt"}
    assert {name for name, o in outcomes.items() if o.outcome == "indexed"} == {
        "apv-veldhoek-2025.md",
        "projectplan-veilig-buitengebied.md",
    }
    assert all(o.reason and "\n" not in o.reason for o in outcomes.values() if o.outcome == "refused")


def test_a_file_that_is_listed_but_absent_is_reported(new_app: Callable[..., App], files: Path) -> None:
    (files / "projectplan-veilig-buitengebied.md").unlink()
    outcome = run(new_app(), files)["projectplan-veilig-buitengebied.md"]
    assert (outcome.outcome, outcome.reason) == ("refused", "Dit bestand bestaat niet. Controleer het pad.")


def test_a_folder_file_that_is_broken_refuses_its_files_and_names_the_line(new_app: Callable[..., App], files: Path) -> None:
    (files / "bibliotheek.yaml").write_text("files:\n  - {file: apv")
    outcomes = run(new_app(), files)
    assert {o.outcome for o in outcomes.values()} == {"refused"}
    assert all("bibliotheek.yaml" in (o.reason or "") for o in outcomes.values())


def test_mended_metadata_is_taken_up_without_a_new_edition(app: App, files: Path) -> None:
    (files / "projectplan-veilig-buitengebied.md.meta.yaml").write_text("kind: nota\nvalid_to: 2027-12-31")
    assert run(app, files)["projectplan-veilig-buitengebied.md"].outcome == "indexed"
    plan = next(d for d in app.library.documents() if "Projectplan" in d.title)
    assert plan.kind is Kind.NOTA
    assert [str(e.valid_to) for e in app.library.editions(plan.id)] == ["2027-12-31"]


def test_a_new_edition_takes_the_place_of_the_old_one(app: App, files: Path, tmp_path: Path) -> None:
    newer = tmp_path / "apv-veldhoek-2026.md"
    newer.write_text((files / "apv-veldhoek-2025.md").read_text().replace("2025", "2026").replace("02.00", "03.00"))
    newer.with_name(newer.name + ".meta.yaml").write_text(
        "kind: apv\ngemeente: Veldhoek\nvalid_from: 2026-07-01\nsupersedes: apv-veldhoek-2025.md\nvisibility: openbaar"
    )
    outcome = run(app, newer)[newer.name]
    assert outcome.outcome == "indexed"
    editions = app.library.editions(outcome.document_id or "")
    assert [str(e.valid_to) for e in editions] == ["2026-06-30", "None"]


def test_superseding_what_is_not_there_is_refused(new_app: Callable[..., App], tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Een tekst met genoeg letters om te lezen.")
    file.with_name("a.txt.meta.yaml").write_text("supersedes: nergens.pdf")
    outcome = run(new_app(), file)["a.txt"]
    assert outcome.outcome == "refused"
    assert "Voeg eerst de oude editie toe" in (outcome.reason or "")


def test_equal_text_is_never_embedded_twice(app: App, files: Path, tmp_path: Path) -> None:
    heard: list[int] = []
    long = "\n\n".join(f"## {n} Onderdeel {n}\n\n" + f"Dit is zin nummer {n} over toezicht en handhaving. " * 30 for n in range(1, 6))
    (files / "nota.md").write_text(f"# Nota toezicht\n\n{long}")
    run(app, files / "nota.md")
    copy = tmp_path / "nota.md"
    copy.write_text((files / "nota.md").read_text() + "\n\n## 6 Slot\n\nEen nieuwe paragraaf met andere woorden.\n")
    pipeline = app.pipeline_heard(lambda what, count: heard.append(count) if what == "embedded" else None)
    (outcome,) = pipeline.run([copy])
    assert outcome.outcome == "indexed"
    assert outcome.passages > 5
    assert sum(heard) == 1


def test_a_text_without_words_is_refused(new_app: Callable[..., App], tmp_path: Path) -> None:
    (tmp_path / "cijfers.txt").write_text("1 2 3 4 5 6 7 8 9")
    outcome = run(new_app(), tmp_path / "cijfers.txt")["cijfers.txt"]
    assert "geen leesbare tekst" in (outcome.reason or "")
