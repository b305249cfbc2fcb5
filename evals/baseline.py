"""What the product is held against: the pipeline of any tutorial. LangChain's recursive splitter (1,000 characters, 200 of
overlap), Chroma, the same embedding model, the four nearest pieces, the same writer.

It is given the text that the product read from the files, and the product's verification; it knows no articles, no validity
and no gemeenten, as a tutorial does not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.answer import Answerer
from assistant.app import App
from assistant.compare import Comparer
from assistant.find.retrieve import Retriever
from assistant.model import Asked, Hit
from assistant.understand.question import Query
from corpus.library import Library
from corpus.model import Document, Edition, Locator, Page, Passage, Section, Source, passage_id
from corpus.vectors import Embedding, Vector
from ingest.dense import DenseIndex
from ingest.embed import Input

CHARACTERS, OVERLAP, NEAREST = 1_000, 200, 4
_PARTITION = "basislijn"


class PassageEmbedder(Protocol):
    """The embedding model."""

    name: str

    def query(self, question: str) -> Vector: ...
    def passages(self, inputs: Sequence[Input], done: Callable[[int], None] = ...) -> list[Embedding]: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an edition as the splitter cut it, with its vectors."""

    source: Source
    embedding: Embedding
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Plain(Retriever):
    """Finds the nearest pieces, whatever is asked and whoever asks."""

    pieces: Sequence[Piece] = ()
    nearest: Callable[[Vector, int], Sequence[tuple[int, float]]] = lambda vector, count: ()

    def retrieve(self, query: Query, asked: Asked, count: int = NEAREST) -> list[Hit]:  # noqa: ARG002
        vector = self.embedder.query(query.text)
        return [_hit(self.pieces[row], cosine, vector) for row, cosine in self.nearest(vector, NEAREST)]


def baseline(app: App, folder: Path, *, scopes: frozenset[str] | None = None) -> Answerer:
    """The tutorial's answers to the library of an app; its Chroma collection is made in `folder`, which has to be empty."""
    pieces = split(app.library, app.embedder, scopes)
    collection = DenseIndex(folder)
    if pieces:
        collection.put(_PARTITION, range(len(pieces)), np.stack([piece.embedding.passage for piece in pieces]))

    def nearest(vector: Vector, count: int) -> list[tuple[int, float]]:
        rows, cosines = collection.nearest(_PARTITION, vector, min(count, len(pieces)))
        return list(zip(map(int, rows), map(float, cosines), strict=True))

    plain = Plain(app.library, app.index, app.embedder, pieces=pieces, nearest=nearest)
    writer = app.answerer.writer
    return Answerer(app.library, plain, writer, Comparer(app.library, plain, writer))


def split(library: Library, embedder: PassageEmbedder, scopes: frozenset[str] | None = None) -> list[Piece]:
    """All editions of a library that may be seen, cut and embedded."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP, add_start_index=True)
    sources: list[Source] = []
    pages: dict[str, tuple[Page, ...]] = {}
    for document in library.documents():
        if scopes is not None and document.scope not in scopes:
            continue
        for edition in library.editions(document.id):
            pages[edition.id] = tuple(library.texts.pages(edition.id))
            sources += _cut(splitter, document, edition, library.texts.whole(edition.id), pages[edition.id])
    made = embedder.passages([Input("", source.passage.text) for source in sources])
    return [Piece(source, embedding, pages[source.edition.id]) for source, embedding in zip(sources, made, strict=True)]


def _cut(splitter: RecursiveCharacterTextSplitter, document: Document, edition: Edition, text: str, pages: Sequence[Page]) -> list[Source]:
    found = []
    for ordinal, piece in enumerate(splitter.create_documents([text])):
        start = int(piece.metadata["start_index"])
        end = start + len(piece.page_content)
        page = next((page.number for page in reversed(pages) if page.start <= start), None)
        place = Locator(page=page)
        passage = Passage(passage_id(edition.id, start, end), edition.id, ordinal, start, end, piece.page_content, (), place, page)
        found.append(Source(passage, edition, document))
    return found


def _hit(piece: Piece, cosine: float, vector: Vector) -> Hit:
    passage = piece.source.passage
    section = Section(passage.start, passage.end, (), passage.locator)
    return Hit(piece.source, cosine, cosine, 0.0, (section,), piece.embedding, piece.embedding.sentences @ vector, pages=piece.pages)
