"""The truth: durable, all or nothing, the same twice."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assistant.keep import records  # noqa: F401 - its tables belong to the schema
from corpus import schema
from corpus.database import open_database, sqlite_url
from corpus.errors import NotFound, Unavailable
from corpus.library import Library
from corpus.model import Document, Edition, Kind, Locator, Page, Passage, Section, content_id, passage_id
from corpus.vectors import Embedding, unit
from corpus.writes import Text


def some_text(edition_id: str, *parts: str) -> Text:
    passages, at = [], 0
    for n, part in enumerate(parts):
        passages.append(
            Passage(
                passage_id(edition_id, at, at + len(part)),
                edition_id,
                n,
                at,
                at + len(part),
                part,
                ("Kop",),
                Locator(article="2:9", leden=("1", "2")),
            )
        )
        at += len(part)
    return Text(
        tuple(passages), tuple(f"input-{part}" for part in parts), (Section(0, at, ("Kop",), Locator(section="1")),), (Page(1, "i", 0, at),)
    )


def an_edition(name: str, document: str = "d-1", **given: object) -> Edition:
    return Edition(content_id("e", name), document, content_id("s", name), f"{name}.md", "text/markdown", **given)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(open_database(sqlite_url(tmp_path / "oov.db")), tmp_path / "originals")


DOCUMENT = Document("d-1", "APV", Kind.APV, "GM0153")


def test_what_is_added_comes_back_as_it_was(library: Library) -> None:
    edition = an_edition("a", valid_from=date(2024, 1, 1))
    library.add(DOCUMENT, edition, some_text(edition.id, "Een. ", "Twee."), "said")
    assert library.documents() == [DOCUMENT]
    assert library.editions() == [edition]
    assert library.texts.whole(edition.id) == "Een. Twee."
    assert [p.locator for p in library.texts.passages(edition.id)] == [Locator(article="2:9", leden=("1", "2"))] * 2
    assert library.texts.pages(edition.id) == [Page(1, "i", 0, 10)]
    source = library.texts.sources([library.texts.passages(edition.id)[1].id])
    assert next(iter(source.values())).document == DOCUMENT


def test_adding_twice_changes_nothing_but_the_generation(library: Library) -> None:
    edition = an_edition("a")
    for _ in range(2):
        library.add(DOCUMENT, edition, some_text(edition.id, "Een. ", "Twee."), "said")
    assert library.size() == (1, 2)


def test_a_failing_add_leaves_no_trace(library: Library) -> None:
    edition = an_edition("a")
    broken = some_text(edition.id, "Een.", "Twee.")
    twice = Text((broken.passages[0], broken.passages[0]), broken.inputs, broken.sections, broken.pages)
    with pytest.raises(Exception, match="UNIQUE"):
        library.add(DOCUMENT, edition, twice, "said")
    assert library.documents() == []
    assert library.size() == (0, 0)
    assert library.generation() == 0


def test_a_new_edition_ends_the_one_before_it(library: Library) -> None:
    old, new = an_edition("old", valid_from=date(2019, 1, 1)), an_edition("new", valid_from=date(2024, 3, 1))
    for edition in (old, new):
        library.add(DOCUMENT, edition, some_text(edition.id, edition.filename), "said")
    assert [e.valid_to for e in library.editions("d-1")] == [date(2024, 2, 29), None]


def test_a_document_that_does_not_exist_is_said_to_be_absent(library: Library) -> None:
    with pytest.raises(NotFound, match="niet in de bibliotheek"):
        library.document("d-9")


def test_vectors_are_kept_by_what_they_were_made_of(library: Library) -> None:
    edition = an_edition("a")
    library.add(DOCUMENT, edition, some_text(edition.id, "Een. ", "Twee."), "said")
    made = Embedding(unit(np.ones((1, 8), np.float32))[0], unit(np.eye(2, 8, dtype=np.float32)), ((0, 2), (2, 4)))
    library.vectors.keep("model", {"input-Een. ": made})
    library.vectors.keep("model", {"input-Een. ": made})
    assert library.vectors.known("model", ["input-Een. ", "input-Twee."]) == {"input-Een. "}
    passage = library.texts.passages(edition.id)[0]
    back = library.vectors.of_passages("model", [passage.id])[passage.id]
    assert np.abs(back.passage - made.passage).max() < 0.001
    assert np.abs(back.sentences - made.sentences).max() < 0.01
    assert back.spans == made.spans
    assert library.vectors.of_passages("other", [passage.id]) == {}


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    engine = open_database(sqlite_url(tmp_path / "oov.db"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_the_database_syncs_every_commit_and_overwrites_what_it_deletes(library: Library) -> None:
    with library.engine.connect() as db:
        pragmas = {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "secure_delete")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "oov.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(Unavailable, match="zet een reservekopie terug"):
        open_database(sqlite_url(tmp_path / "oov.db"))


def test_a_read_only_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="niet schrijfbaar"):
        open_database(sqlite_url(tmp_path / "nowhere" / "oov.db"))


def test_an_original_is_kept_once_under_its_digest(library: Library, tmp_path: Path) -> None:
    first, second = library.keep_original(b"x", "ab" * 32), library.keep_original(b"x", "ab" * 32)
    assert first == second
    assert first.read_bytes() == b"x"
    assert len(list((tmp_path / "originals").rglob("*.*"))) == 0


def test_two_libraries_on_one_file_read_what_the_other_wrote(tmp_path: Path, library: Library) -> None:
    edition = an_edition("a")
    library.add(DOCUMENT, edition, some_text(edition.id, "Een."), "said")
    other = Library(open_database(sqlite_url(tmp_path / "oov.db")), tmp_path / "originals")
    assert other.texts.whole(edition.id) == "Een."
    assert sqlite3.connect(tmp_path / "oov.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)
