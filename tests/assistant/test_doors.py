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

PASSWORD = "een goed wachtwoord"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """(address, session token) of a running service with one document."""
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
    running = uvicorn.Server(uvicorn.Config(server.create(Settings(data_dir=folder / "data")), port=port, log_level="error"))
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


def test_without_a_session_there_is_no_answer(service: tuple[str, str]) -> None:
    with pytest.raises(openai.AuthenticationError):
        openai.OpenAI(base_url=f"{service[0]}/openai/v1", api_key="niemand").models.list()


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
