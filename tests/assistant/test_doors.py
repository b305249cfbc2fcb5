"""Doors for others: the official OpenAI client and a LangChain chain, against the running service."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import openai
import pytest
import uvicorn
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.api import server
from assistant.app import App
from assistant.langchain import OovEmbeddings, OovRetriever
from assistant.settings import Settings
from ingest.embed import Embedder
from tests.conftest import APV
from tests.fakes import Knobs, language_model

PASSWORD = "een goed wachtwoord"
SAID = "De eigenaar houdt zijn hond binnen de bebouwde kom aangelijnd [1]."
MODEL = Knobs(reply=SAID)
QUESTION = [{"role": "user", "content": "Moet een hond aangelijnd zijn?"}]


@pytest.fixture(autouse=True)
def _model_says_what_is_so() -> Iterator[None]:
    yield
    MODEL.reply, MODEL.fault, MODEL.left = SAID, "none", 0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """(address, session token) of a running service with one document and a language model."""
    folder = tmp_path_factory.mktemp("doors")
    (folder / "apv.md").write_text(APV, encoding="utf-8")
    (folder / "apv.md.meta.yaml").write_text("kind: apv\nvisibility: openbaar\n", encoding="utf-8")
    app = App(Settings(data_dir=folder / "data"), writer=True)
    assert [o.outcome for o in app.pipeline.run([folder / "apv.md"])] == ["indexed"]
    app.accounts.add("vera", PASSWORD, "vrager", None)
    app.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with language_model(MODEL) as address:
        settings = Settings(data_dir=folder / "data", llm_base_url=address, llm_model="nep-model", llm_timeout=60)  # type: ignore[arg-type]
        running = uvicorn.Server(uvicorn.Config(server.create(settings), port=port, log_level="error"))
        yield from _running(running, port)


def _running(running: uvicorn.Server, port: int) -> Iterator[tuple[str, str]]:
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if httpx.get(f"{base}/readyz").status_code == 200:
                break
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    token = httpx.post(f"{base}/v1/session", json={"username": "vera", "password": PASSWORD}).json()["token"]
    yield base, token
    running.should_exit = True
    thread.join(timeout=30)


def test_the_official_client_gets_an_answer_with_its_source(service: tuple[str, str]) -> None:
    client = openai.OpenAI(base_url=f"{service[0]}/openai/v1", api_key=service[1])
    assert [model.id for model in client.models.list()] == ["oov-assistent"]
    said = client.chat.completions.create(model="oov-assistent", messages=[{"role": "user", "content": "Moet een hond aangelijnd zijn?"}])
    text = said.choices[0].message.content or ""
    assert "aangelijnd" in text
    assert "art. 2:10" in text


def test_the_official_client_gets_a_stream(service: tuple[str, str]) -> None:
    client = openai.OpenAI(base_url=f"{service[0]}/openai/v1", api_key=service[1])
    asked = [{"role": "user", "content": "Moet een hond aangelijnd zijn?"}]
    pieces = list(client.chat.completions.create(model="oov-assistent", messages=asked, stream=True))  # type: ignore[call-overload]
    assert "aangelijnd" in "".join(piece.choices[0].delta.content or "" for piece in pieces)
    assert pieces[-1].choices[0].finish_reason == "stop"


def test_the_books_of_a_client_are_right(service: tuple[str, str]) -> None:
    client = openai.OpenAI(base_url=f"{service[0]}/openai/v1", api_key=service[1])
    said = client.chat.completions.create(model="oov-assistent", messages=QUESTION)  # type: ignore[arg-type]
    assert said.usage is not None
    assert said.usage.total_tokens == said.usage.prompt_tokens + said.usage.completion_tokens
    assert said.usage.prompt_tokens > 3
    assert said.usage.completion_tokens > 10
    options = {"stream": True, "stream_options": {"include_usage": True}}
    *pieces, last = client.chat.completions.create(model="oov-assistent", messages=QUESTION, **options)  # type: ignore[call-overload]
    assert last.choices == []
    assert last.usage.prompt_tokens == said.usage.prompt_tokens
    assert {piece.id for piece in pieces} == {last.id}
    assert pieces[0].choices[0].delta.role == "assistant"


def test_what_a_client_does_wrong_is_told_in_its_own_kind_of_error(service: tuple[str, str]) -> None:
    def client(key: str) -> openai.OpenAI:
        return openai.OpenAI(base_url=f"{service[0]}/openai/v1", api_key=key, max_retries=0)

    with pytest.raises(openai.AuthenticationError):
        client("niemand").models.list()
    with pytest.raises(openai.NotFoundError, match="bestaat hier niet"):
        client(service[1]).chat.completions.create(model="gpt-4o", messages=QUESTION)  # type: ignore[arg-type]
    for empty in ([{"role": "user", "content": "  "}], [{"role": "system", "content": "Wees aardig."}]):
        with pytest.raises(openai.UnprocessableEntityError, match="geen vraag"):
            client(service[1]).chat.completions.create(model="oov-assistent", messages=empty)  # type: ignore[arg-type]


def test_a_model_that_fails_gives_other_clients_quotes_with_the_reason(service: tuple[str, str]) -> None:
    MODEL.fault = "500"
    client = openai.OpenAI(base_url=f"{service[0]}/openai/v1", api_key=service[1])
    said = client.chat.completions.create(model="oov-assistent", messages=QUESTION).choices[0].message.content or ""  # type: ignore[arg-type]
    assert "aangelijnd" in said
    assert "Let op: Het taalmodel heeft een storing; dit antwoord bestaat uit letterlijke citaten." in said


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/v1/answers", {"question": "Moet een hond aangelijnd zijn?"}, {"Accept": "text/event-stream"}),
        ("/openai/v1/chat/completions", {"messages": QUESTION, "stream": True}, {}),
    ],
)
def test_who_leaves_an_answer_closes_the_stream_of_the_model(
    service: tuple[str, str], path: str, body: dict[str, object], headers: dict[str, str]
) -> None:
    MODEL.fault = "drip"
    MODEL.reply = "Een zin die maar niet af komt en altijd doorgaat "
    headers = {**headers, "Authorization": f"Bearer {service[1]}"}
    with httpx.stream("POST", f"{service[0]}{path}", json=body, headers=headers, timeout=30) as response:
        for line in response.iter_lines():
            if line.startswith(": "):
                break
    until = time.monotonic() + 8
    while not MODEL.left and time.monotonic() < until:
        time.sleep(0.05)
    assert MODEL.left == 1


def test_a_langchain_chain_runs_on_the_service(service: tuple[str, str]) -> None:
    chat = ChatOpenAI(base_url=f"{service[0]}/openai/v1", api_key=SecretStr(service[1]), model="oov-assistent")
    chain = ChatPromptTemplate.from_messages([("user", "{vraag}")]) | chat | StrOutputParser()
    assert "aangelijnd" in chain.invoke({"vraag": "Moet een hond aangelijnd zijn?"})


def test_the_library_is_a_langchain_retriever(app: App, embedder: Embedder) -> None:
    documents = OovRetriever(app=app, k=3).invoke("Moet een hond aangelijnd zijn?")
    assert len(documents) == 3
    assert "aangelijnd" in documents[0].page_content
    assert documents[0].metadata["locator"].startswith("art. 2:10")
    embeddings = OovEmbeddings(embedder)
    assert len(embeddings.embed_query("hond")) == len(embeddings.embed_documents(["Een hond."])[0]) == 384
