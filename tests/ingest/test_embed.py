"""The model: vectors that mean something, the same every time, however they are batched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import Unavailable
from corpus.vectors import Embedding, embedding_from
from ingest import builtin_model
from ingest.embed import Embedder, Input

TEXTS = [
    "De burgemeester kan een pand sluiten als er drugs worden verkocht.",
    "Honden moeten binnen de bebouwde kom aan de lijn.",
    "Een evenement moet twaalf weken tevoren worden aangevraagd. Voor kleine evenementen volstaat een melding.",
]


def test_a_question_is_nearest_to_the_passage_that_answers_it(embedder: Embedder) -> None:
    made = embedder.passages([Input("", text) for text in TEXTS])
    for question, expected in (
        ("Mag mijn hond loslopen?", 1),
        ("Hoe lang van tevoren vraag ik een festival aan?", 2),
        ("drugspand dicht", 0),
    ):
        vector = embedder.query(question)
        assert int(np.argmax([e.passage @ vector for e in made])) == expected


def test_vectors_have_length_one_and_do_not_depend_on_the_batch(embedder: Embedder) -> None:
    together = embedder.passages([Input("Kop", text) for text in TEXTS])
    for text, made in zip(TEXTS, together, strict=True):
        (alone,) = embedder.passages([Input("Kop", text)])
        assert abs(np.linalg.norm(made.passage) - 1) < 1e-4
        assert made.passage @ alone.passage > 0.9995
        assert (made.sentences * alone.sentences).sum(axis=1).min() > 0.999


def test_each_sentence_has_its_own_vector_at_its_place(embedder: Embedder) -> None:
    (made,) = embedder.passages([Input("APV", TEXTS[2])])
    assert [TEXTS[2][a:b] for a, b in made.spans] == [s + "." for s in TEXTS[2].rstrip(".").split(". ")]
    vector = embedder.query("Volstaat een melding voor een klein evenement?")
    assert int(np.argmax(made.sentences @ vector)) == 1


def test_what_is_kept_of_a_vector_is_near_enough(embedder: Embedder) -> None:
    (made,) = embedder.passages([Input("APV", TEXTS[2])])
    back = embedding_from(made.passage_bytes(), made.sentence_bytes())
    vector = embedder.query("melding evenement")
    assert abs(back.passage @ vector - made.passage @ vector) < 0.001
    assert np.abs(back.sentences @ vector - made.sentences @ vector).max() < 0.005
    assert isinstance(back, Embedding)


def test_openvino_gives_what_pytorch_gives(embedder: Embedder) -> None:
    encoded = embedder._tokens.encode(["passage: " + TEXTS[0]])
    _, torch_made = embedder._torch(encoded)
    (made,) = embedder.passages([Input("", TEXTS[0])])
    assert made.passage @ torch_made[0] > 0.999


def test_a_text_longer_than_the_window_is_embedded_to_where_it_fits(embedder: Embedder) -> None:
    (made,) = embedder.passages([Input("", "De raad besluit. " * 600)])
    assert abs(np.linalg.norm(made.passage) - 1) < 1e-4
    assert len(made.spans) == 600
    assert np.linalg.norm(made.sentences[-1]) == 0


def test_the_built_in_model_is_made_from_the_wheel_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOV_MODELS_DIR", str(tmp_path))
    folder = builtin_model.ensure()
    assert (folder / "modules.json").exists()
    first = (folder / "model.safetensors").stat().st_mtime_ns
    assert builtin_model.ensure() == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == first
    asking = builtin_model.asking()
    assert asking != folder
    assert builtin_model.asking() == asking
    assert {p.name for p in tmp_path.iterdir()} == {folder.name, asking.name}


def test_the_built_in_model_reads_questions_with_weights_of_their_own_and_another_model_with_its_own(embedder: Embedder) -> None:
    question = "Hoe lang van tevoren vraag ik een festival aan?"
    alone = Embedder(str(builtin_model.ensure()))
    assert alone.name == embedder.name
    assert 0.8 < embedder.query(question) @ alone.query(question) < 0.9999
    assert np.allclose(Embedder(str(builtin_model.asking())).query(question), embedder.query(question), atol=1e-3)


def test_a_model_that_is_not_there_is_said_to_be_absent() -> None:
    with pytest.raises(Unavailable, match="OOV_EMBEDDING_MODEL"):
        Embedder("nergens/bestaand-model").query("x")
