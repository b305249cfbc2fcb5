"""Our retriever and our embedder as LangChain knows them, for who builds chains of their own on the library.

retriever = OovRetriever(app=App(settings.load()))
documents = retriever.invoke("Wanneer moet een demonstratie worden gemeld?")
"""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever

from assistant.api import wire
from assistant.app import App
from assistant.model import Asked
from ingest.embed import Embedder, Input


class OovRetriever(BaseRetriever):
    """Finds passages as the assistant does; each document's metadata is its citation. `scopes` limits what may be seen."""

    app: Any
    k: int = 10
    gemeenten: tuple[str, ...] = ()
    scopes: frozenset[str] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:  # noqa: ARG002
        app: App = self.app
        asked = Asked(query, date.today(), gemeenten=self.gemeenten, scopes=self.scopes)
        hits = app.retriever.retrieve(app.retriever.understood(asked), asked, self.k)
        shapes = (wire.hit(hit, asked.as_of).model_dump(mode="json") for hit in hits)
        return [Document(page_content=shape.pop("text"), metadata=shape) for shape in shapes]


class OovEmbeddings(Embeddings):
    """The assistant's embedding model behind LangChain's interface."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [made.passage.tolist() for made in self._embedder.passages([Input("", text) for text in texts])]

    def embed_query(self, text: str) -> list[float]:
        return list(map(float, self._embedder.query(text)))
