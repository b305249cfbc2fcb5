"""A second ranking, with a real CrossEncoder that is made here: very small, with weights drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.app import App
from assistant.cli import main
from assistant.model import Asked, Hit
from corpus.errors import WrongSetting
from ingest.rerank import Reranker
from tests.conftest import TODAY

QUESTION = "Tot hoe laat is een openbare inrichting in Veldhoek open?"


def made(folder: Path, outcomes: int = 1) -> str:
    """A CrossEncoder in a folder, as sentence-transformers saves one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(11)
    folder.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, num_labels=outcomes,
        max_position_embeddings=256, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=256).save_pretrained(folder)
    return str(folder)


def found(app: App, question: str) -> list[Hit]:
    asked = Asked(question, TODAY)
    return app.retriever.retrieve(app.retriever.understood(asked), asked)


def test_a_cross_encoder_gives_every_text_a_score_of_its_own(tmp_path: Path) -> None:
    reranker = Reranker(made(tmp_path / "model"))
    texts = ["De kroeg sluit om twee uur.", "Honden zijn aangelijnd.", "De kroeg sluit om twee uur."]
    scores = reranker.scores("Wanneer sluit de kroeg?", texts)
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != pytest.approx(scores[1])
    assert reranker.scores("Wanneer sluit de kroeg?", []).shape == (0,)


def test_the_second_reading_changes_the_order_and_neither_what_is_found_nor_the_scale(
    app: App, new_app: Callable[..., App], tmp_path: Path
) -> None:
    before = found(app, QUESTION)
    twice = new_app(writer=False, rerank_model=made(tmp_path / "model"))
    after = found(twice, QUESTION)
    assert {hit.source.passage.id for hit in after} == {hit.source.passage.id for hit in before}
    assert [hit.score for hit in after] == pytest.approx([hit.score for hit in before])
    assert [hit.source.passage.id for hit in after] != [hit.source.passage.id for hit in before]
    read = twice.reranker
    assert read is not None
    assert np.ptp(read.scores(QUESTION, [hit.source.passage.text for hit in after])) > 0


def test_a_named_article_stays_first_whatever_the_second_reading_says(app: App, new_app: Callable[..., App], tmp_path: Path) -> None:
    app.index.save()
    hits = found(new_app(writer=False, rerank_model=made(tmp_path / "model")), "artikel 6:2 APV Veldhoek")
    assert hits[0].named
    assert hits[0].source.passage.locator.article == "6:2"


def test_without_the_setting_nothing_is_read_again(app: App) -> None:
    assert app.reranker is None


def test_a_model_that_is_not_there_is_refused_in_one_line(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    app.close()
    monkeypatch.setenv("OOV_RERANK_MODEL", str(tmp_path / "nergens"))
    monkeypatch.setattr("sys.argv", ["oov", "search", QUESTION, "--data", str(app.settings.data_dir)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = [line for line in capfd.readouterr().err.splitlines() if line.strip()]
    assert len(said) == 1
    assert said[0].startswith("OOV_RERANK_MODEL: model ‘")
    assert "Geef de map of hubnaam" in said[0]


def test_a_model_with_more_than_one_outcome_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="geen enkele score per passage"):
        Reranker(made(tmp_path / "model", outcomes=3))
