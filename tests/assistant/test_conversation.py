"""A conversation: over HTTP, over the OpenAI address, in a batch, and with a language model that rewrites."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from assistant.app import App
from assistant.commands.asking import Line, conversed
from assistant.model import Asked
from assistant.reading import Reader
from assistant.understand.follow_up import Turn
from corpus.errors import Unavailable
from tests.assistant.test_follow_up import GEMEENTEN
from tests.conftest import TODAY
from tests.fakes import Knobs, language_model

from .test_api import QUESTION, as_, client, events  # noqa: F401

FIRST = Turn("Tot hoe laat mag een café in Elzerveen open zijn?")


def test_a_follow_up_is_read_beside_its_conversation_and_both_are_kept(client: TestClient) -> None:  # noqa: F811
    vera = as_(client, "vera")
    first = client.post("/v1/answers", json={"question": QUESTION}, headers=vera)
    assert "X-Read-As" not in first.headers
    conversation = first.headers["X-Conversation"]
    second = client.post("/v1/answers", json={"question": "En in Dorrebeek?", "conversation": conversation}, headers=vera)
    read_as = "Hoeveel ordebewakers zijn er nodig bij een demonstratie in Dorrebeek?"
    assert unquote(second.headers["X-Read-As"]) == read_as
    assert set(second.json()) == set(first.json())
    turns = client.get(f"/v1/conversations/{conversation}", headers=vera).json()["turns"]
    assert [(t["answer"]["question"], t["read_as"]) for t in turns] == [(QUESTION, None), ("En in Dorrebeek?", read_as)]
    assert f"Gelezen als: {read_as}" in client.get(f"/v1/answers/{second.json()['id']}/export?format=md", headers=vera).text


def test_a_stream_tells_at_once_how_the_question_was_read(client: TestClient) -> None:  # noqa: F811
    vera = as_(client, "vera")
    started = dict(events(client, vera))["started"]
    assert set(started) == {"id", "conversation", "read_as"}  # type: ignore[call-overload]
    assert started["read_as"] is None  # type: ignore[index]


def test_a_conversation_of_another_does_not_exist(client: TestClient) -> None:  # noqa: F811
    mine = client.post("/v1/answers", json={"question": QUESTION}, headers=as_(client, "vera")).headers["X-Conversation"]
    dirk = as_(client, "dirk")
    for answer in (
        client.get(f"/v1/conversations/{mine}", headers=dirk),
        client.post("/v1/answers", json={"question": "En in Dorrebeek?", "conversation": mine}, headers=dirk),
    ):
        assert answer.status_code == 404
        assert "Begin een nieuw gesprek" in answer.json()["detail"]


def test_other_chat_clients_send_the_conversation_along(client: TestClient) -> None:  # noqa: F811
    said = [("user", QUESTION), ("assistant", "…"), ("user", "En in Dorrebeek?")]
    body = {"messages": [{"role": role, "content": text} for role, text in said]}
    answer = client.post("/openai/v1/chat/completions", json=body, headers=as_(client, "vera")).json()
    assert answer["choices"][0]["message"]["content"].startswith(f"Gelezen als: {QUESTION[:-1]} in Dorrebeek?")


def test_a_line_of_a_batch_follows_on_another_or_brings_its_history(app: App) -> None:
    lines = [
        Line("a", Asked("Moet een hond aan de lijn in Veldhoek?", TODAY)),
        Line("b", Asked("En een kat?", TODAY), after="a"),
        Line("c", Asked("En in de nacht?", TODAY), after="b"),
        Line("d", Asked("En in Almelo?", TODAY), history=("Mag ik vuurwerk afsteken?",)),
    ]
    read = {identity: asked.meant for identity, asked in conversed(app, lines)}
    assert read["b"] == "Moet een kat aan de lijn in Veldhoek?"
    assert read["c"] == "Moet een kat aan de lijn in Veldhoek in de nacht?"
    assert read["d"] == "Mag ik vuurwerk afsteken in Almelo?"


@pytest.mark.parametrize(
    ("made", "accepted"),
    [
        ("Tot hoe laat mag een café in Dorrebeek geopend zijn?", True),
        ("Tot hoe laat mag een café in Almelo open zijn?", False),
        ("Mag een café in Dorrebeek tot 04.00 uur open zijn?", False),
        ("", False),
        ("Dorrebeek " * 60, False),
    ],
)
def test_a_models_reading_counts_only_where_it_brings_in_nothing(made: str, accepted: bool) -> None:
    reader = Reader(lambda: GEMEENTEN, lambda asked: asked.meant, lambda _instruction, _text: made)
    ruled = "Tot hoe laat mag een café in Dorrebeek open zijn?"
    assert reader.read(Asked("en in Dorrebeek?", TODAY), [FIRST]).read_as == (made if accepted else ruled)


def test_a_model_that_fails_leaves_the_rules_reading() -> None:
    def fails(_instruction: str, _text: str) -> str:
        raise Unavailable("Weg.")

    assert (
        Reader(lambda: GEMEENTEN, lambda asked: asked.meant, fails)
        .read(Asked("en in Dorrebeek?", TODAY), [FIRST])
        .meant.endswith("in Dorrebeek open zijn?")
    )


def test_a_question_of_its_own_never_goes_to_the_model(app: App, new_app: Callable[..., App], tmp_path: Path) -> None:
    app.close()
    knobs = Knobs(reply="Moet een kat in Veldhoek aan de lijn?")
    with language_model(knobs) as address:
        reader = new_app(tmp_path / "data", writer=False, llm_base_url=address, llm_model="nep").reader
        asked = Asked("Hoe hoog is de begroting van het project Veilig Buitengebied?", TODAY)
        assert reader.read(asked, [FIRST]) == asked
        assert not knobs.heard
        assert reader.read(Asked("En een kat?", TODAY), [Turn("Moet een hond in Veldhoek aan de lijn?")]).read_as == knobs.reply
