"""An article is found by what practice calls it, though it does not hold those words itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import App
from assistant.forms import written
from assistant.model import Asked
from assistant.understand import meant, nicknames
from assistant.understand.question import understand
from corpus.gemeenten import Gemeenten
from tests.conftest import TODAY

# In words of our own: what matters is that none of the names stand in it.
LAW = """# Gemeentewet

#### Artikel 170

De burgemeester ziet toe op de behandeling van klachten over verboden en over besluiten.

#### Artikel 172a

1. Wie telkens meedoet aan ordeverstoring kan van de burgemeester te horen krijgen waar hij zich niet mag ophouden.
2. Dat geldt voor ten hoogste drie maanden.

#### Artikel 175

1. Bij oproer of een ramp beveelt de burgemeester wat hij nodig acht.
"""


@pytest.fixture
def law(new_app: Callable[..., App], tmp_path: Path) -> App:
    app = new_app()
    folder = tmp_path / "wet"
    folder.mkdir()
    (folder / "wet.md").write_text(LAW, encoding="utf-8")
    (folder / "bibliotheek.yaml").write_text(
        "files:\n  - {file: wet.md, kind: wet, title: Gemeentewet, valid_from: 2010-01-01}\n", encoding="utf-8"
    )
    assert [outcome.outcome for outcome in app.pipeline.run([folder])] == ["indexed"]
    return app


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Onder welke voorwaarden kan een gebiedsverbod worden opgelegd?", "172a"),
        ("Wat is een groepsverbod?", "172a"),
        ("Wanneer mag de burgemeester een noodbevel geven?", "175"),
    ],
)
def test_who_calls_an_article_as_practice_does_gets_that_article(law: App, question: str, article: str) -> None:
    answer = law.answerer.answer(Asked(question, TODAY))
    assert written(answer)
    assert {citation.source.passage.locator.article for citation in answer.citations} == {article}


@pytest.mark.parametrize(
    "question", ["Wat zegt artikel 170 van de Gemeentewet over een gebiedsverbod?", "Wat zegt de Opiumwet over een noodbevel?"]
)
def test_a_question_that_says_itself_which_rule_it_means_is_taken_at_its_word(question: str) -> None:
    assert meant.called(understand(Asked(question, TODAY), Gemeenten({}))) == ()


def test_a_question_about_a_gemeente_asks_for_what_holds_there(demo: App) -> None:
    asked = Asked("Hoe lang bewaart Lankwolde de beelden van cameratoezicht?", TODAY)
    assert meant.called(demo.retriever.understood(asked)) == ()


@given(st.permutations("wanneer mag de politie op straat preventief gaan fouilleren".split()))
def test_the_words_of_a_name_may_stand_in_any_order(words: list[str]) -> None:
    articles = {str(called.reference.article) for called in nicknames.of(" ".join(words))}
    assert articles == {"151b", "174b"}
    assert not nicknames.of(" ".join(word for word in words if word != "fouilleren"))
