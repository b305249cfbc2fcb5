"""The index is a cache: whatever happens to it, the library makes it good again."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.app import App
from assistant.model import Asked
from corpus.errors import Busy, WrongModel
from corpus.model import Kind
from tests.conftest import DOCUMENTS, TODAY

QUESTIONS = ("Tot hoe laat is een openbare inrichting open?", "Wie is projectleider?", "hond aan de lijn", "strafbepaling")


def found(app: App, question: str, **given: object) -> list[tuple[str, float]]:
    asked = Asked(question, TODAY, **given)  # type: ignore[arg-type]
    hits = app.retriever.retrieve(app.retriever.understood(asked), asked)
    return [(hit.source.passage.id, round(hit.score, 4)) for hit in hits]


def everything(app: App) -> list[list[tuple[str, float]]]:
    return [found(app, question) for question in QUESTIONS]


def test_an_index_made_again_finds_the_same(app: App) -> None:
    before = everything(app)
    app.index.rebuild()
    assert everything(app) == before
    assert app.index.check() == []


def test_an_index_opened_again_finds_the_same(app: App, new_app: Callable[..., App]) -> None:
    before = everything(app)
    app.close()
    assert everything(new_app()) == before


def test_a_reader_beside_the_writer_finds_the_same(app: App, new_app: Callable[..., App]) -> None:
    assert everything(new_app(writer=False)) == everything(app)


def test_a_second_writer_is_refused_and_told_why(app: App, new_app: Callable[..., App]) -> None:
    app.index.check()
    with pytest.raises(Busy, match="in gebruik door een ander proces"):
        _ = new_app().index


DAMAGE: dict[str, Callable[[Path], object]] = {
    "manifest-gone": lambda index: (index / "manifest.json").unlink(),
    "manifest-garbage": lambda index: (index / "manifest.json").write_text("{"),
    "arrays-gone": lambda index: next(index.glob("*.npz")).unlink(),
    "arrays-cut": lambda index: os.truncate(next(index.glob("*.npz")), 500),
    "arrays-flipped": lambda index: flip(next(index.glob("*.npz"))),
    "chroma-gone": lambda index: [p.unlink() for p in index.rglob("chroma.sqlite3")],
    "chroma-garbage": lambda index: next(index.rglob("chroma.sqlite3")).write_bytes(os.urandom(50_000)),
    "chroma-cut": lambda index: os.truncate(next(index.rglob("chroma.sqlite3")), 20_000),
    "everything-gone": lambda index: subprocess.run(["rm", "-rf", str(index)], check=True),
    "chroma-emptied": lambda index: subprocess.run(
        [sys.executable, "-c", f"from ingest.dense import _client; from pathlib import Path; c = _client(Path({str(next(index.glob('chroma-*')))!r}));"
         "[c.delete_collection(x.name) for x in c.list_collections()]"], check=True),
}  # fmt: skip


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in random.Random(1).sample(range(len(data)), 40):
        data[at] ^= 0xFF
    file.write_bytes(data)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_made_good_at_the_next_start(damage: str, app: App, new_app: Callable[..., App]) -> None:
    before = everything(app)
    app.close()
    DAMAGE[damage](app.settings.data_dir / "index")
    mended = new_app()
    assert everything(mended) == before
    assert mended.index.check() == []


def test_a_withdrawn_document_is_found_no_more(app: App) -> None:
    plan = next(d for d in app.library.documents() if d.kind is Kind.PROJECTPLAN)
    mine = {p.id for e in app.library.editions(plan.id) for p in app.library.texts.passages(e.id)}
    assert mine & {key for key, _ in found(app, "Wie is projectleider?")}
    withdrawn = app.library.withdraw(plan.id, TODAY)
    for edition in app.library.editions(plan.id):
        app.index.replace(withdrawn, edition)
    assert not mine & {key for key, _ in found(app, "Wie is projectleider?")}


def test_what_someone_may_not_see_is_not_found(demo: App) -> None:
    secret = next(d for d in demo.library.documents() if d.visibility == "gemeente")
    mine = {p.id for e in demo.library.editions(secret.id) for p in demo.library.texts.passages(e.id)}
    question = "Hoeveel integrale controles doet Elzerveen in 2026 aan ondermijning?"
    assert mine & {key for key, _ in found(demo, question, scopes=frozenset({"openbaar", "regio", "GM9901"}))}
    assert not mine & {key for key, _ in found(demo, question, scopes=frozenset({"openbaar", "regio", "GM9902"}))}
    assert not mine & {key for key, _ in found(demo, question, scopes=frozenset({"openbaar"}))}


def test_a_question_about_one_gemeente_finds_no_local_rule_of_another(demo: App) -> None:
    asked = Asked("Tot hoe laat mogen cafés in Dorrebeek open zijn?", TODAY)
    hits = demo.retriever.retrieve(demo.retriever.understood(asked), asked)
    assert {hit.source.document.gemeente for hit in hits} <= {"GM9902", None}


def test_the_edition_in_force_on_the_day_is_the_one_that_is_found(demo: App) -> None:
    def apv_on(day: date) -> set[str]:
        asked = Asked("sluitingstijden openbare inrichtingen in Elzerveen", day, kinds=(Kind.APV,))
        hits = demo.retriever.retrieve(demo.retriever.understood(asked), asked)
        return {hit.source.edition.filename for hit in hits}

    assert apv_on(date(2026, 6, 1)) == {"apv-elzerveen-2024.pdf"}
    assert apv_on(date(2021, 6, 1)) == {"apv-elzerveen-2019.docx"}
    assert apv_on(date(2015, 1, 1)) == set()


def test_an_edition_brought_up_to_date_leaves_no_rows_behind(app: App, new_app: Callable[..., App]) -> None:
    before = everything(app)
    for edition in app.library.editions():
        document = app.library.document(edition.document_id)
        app.index.replace(document, replace(edition, adopted_on=date(2024, 12, 1)))
        app.index.replace(document, edition)
    assert everything(app) == before
    app.close()
    again = new_app(writer=False)
    assert again.index.check() == []
    assert everything(again) == before


def test_a_library_made_with_another_model_is_refused_with_what_to_do(app: App, new_app: Callable[..., App]) -> None:
    app.library.vectors.set_model("een-ander-model")
    app.close()
    with pytest.raises(WrongModel, match="oov rebuild"):
        _ = new_app().index
    # And what to do works: the vectors are made with the model that is set now.
    mending = new_app()
    mending.pipeline.reembed()
    assert mending.index.check() == []
    assert found(mending, QUESTIONS[0])


def _ingest(data: str, folder: str) -> None:
    os.execv(sys.executable, [sys.executable, "-m", "assistant.cli", "ingest", folder, "--data", data, "--json"])


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_half(
    tmp_path: Path, files: Path, new_app: Callable[..., App]
) -> None:
    """A few kills here; `python -m evals.kills` does thirty."""
    for extra in ("faq-demonstraties-elzerstreek.html", "nota-cameratoezicht-lankwolde-2024.txt"):
        (files / extra).write_bytes((DOCUMENTS / extra).read_bytes())
    data = tmp_path / "data"
    moments = random.Random(3)
    for _ in range(4):
        process = multiprocessing.get_context("spawn").Process(target=_ingest, args=(str(data), str(files)))
        process.start()
        time.sleep(moments.uniform(2, 9))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    app = new_app(data)
    for edition in app.library.editions():
        passages = app.library.texts.passages(edition.id)
        assert passages
        assert "".join(p.text for p in passages) == app.library.texts.whole(edition.id)
        assert len(app.library.vectors.of_edition(app.embedder.name, edition.id)) == len(passages)
    assert app.index.check() == []
    assert [o.outcome for o in app.pipeline.run([files])].count("refused") == 0
    assert len(app.library.documents()) == 4
