"""The composition root: builds everything once and hands it inward. Knows no command line and no HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.answer import Answerer
from assistant.compare import Comparer
from assistant.find.retrieve import Retriever
from assistant.governance import Governance
from assistant.keep.access import Accounts
from assistant.keep.answers import Answers
from assistant.keep.curation import Curation
from assistant.metrics import MeasuredAnswerer, Metrics
from assistant.reading import Reader
from assistant.settings import Settings
from assistant.suggest import Suggester
from corpus.database import open_database
from corpus.errors import Unavailable, WrongModel
from corpus.library import Library
from ingest.index import LocalIndex

if TYPE_CHECKING:
    from assistant.write import Writer
    from assistant.write.chat_model import ChatModelWriter
    from assistant.write.quoting import QuotingWriter
    from ingest.embed import Embedder
    from ingest.pipeline import Pipeline
    from ingest.rerank import Reranker


@dataclass
class App:
    """Everything for one data folder. What is heavy is made on first use; `writer` holds the index for writing."""

    settings: Settings
    writer: bool = False
    metrics: Metrics = field(default_factory=Metrics)

    @cached_property
    def library(self) -> Library:
        try:
            self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(
                f"Datamap {self.settings.data_dir} kan niet worden gemaakt: {error.strerror}. Kies een andere met --data."
            ) from error
        return Library(open_database(self.settings.database), self.settings.data_dir / "originals")

    @cached_property
    def embedder(self) -> Embedder:
        from ingest.embed import Embedder

        return Embedder(self.settings.embedding_model)

    @cached_property
    def index(self) -> LocalIndex:
        """The index, checked and up to date. Raises WrongModel where the library was embedded with another model."""
        made_with = self.library.vectors.model()
        if made_with is not None and made_with != self.embedder.name:
            raise WrongModel(
                f"De bibliotheek is gemaakt met model ‘{made_with}’, ingesteld is ‘{self.embedder.name}’. "
                "Draai ‘oov rebuild’ om alles opnieuw te maken, of zet OOV_EMBEDDING_MODEL terug."
            )
        index = LocalIndex(self.library, self.settings.data_dir / "index", self.embedder.name, writer=self.writer, today=date.today())
        index.open()
        return index

    @cached_property
    def pipeline(self) -> Pipeline:
        from ingest.pipeline import Pipeline

        return Pipeline(self.library, lambda: self.index, lambda: self.embedder)

    def pipeline_heard(self, heard: Callable[[str, int], None]) -> Pipeline:
        """The pipeline, with someone who hears how far it is."""
        return replace(self.pipeline, heard=heard)

    @cached_property
    def accounts(self) -> Accounts:
        s = self.settings
        return Accounts(self.library.engine, timedelta(minutes=s.session_idle_minutes), timedelta(hours=s.session_hours))

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.library.engine)

    @cached_property
    def curation(self) -> Curation:
        return Curation(self.library, lambda: self.index, self.settings.data_dir / "incoming")

    @cached_property
    def retriever(self) -> Retriever:
        return Retriever(self.library, self.index, self.embedder, self.reranker)

    @cached_property
    def reranker(self) -> Reranker | None:
        """The second ranking, where one is configured. Raises WrongSetting where it cannot be used."""
        if not self.settings.rerank_model:
            return None
        from ingest.rerank import Reranker

        return Reranker(self.settings.rerank_model)

    @cached_property
    def answerer(self) -> Answerer:
        return MeasuredAnswerer(self.library, self.retriever, self._text_writer(), self.comparer, metrics=self.metrics)

    @cached_property
    def governance(self) -> Governance:
        model = self.settings.llm_model if self.settings.llm_base_url is not None else None
        return Governance(self.settings, self.library, self.embedder.name, model)

    @cached_property
    def comparer(self) -> Comparer:
        return Comparer(self.library, self.retriever, self._quotes)

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.library.gemeenten, self.retriever.spelled, self._chat_model.say if self._chat_model is not None else None)

    @cached_property
    def suggester(self) -> Suggester:
        quoting = Answerer(self.library, self.retriever, self._quotes, self.comparer)
        return Suggester(self.library, quoting, Reader(self.library.gemeenten, self.retriever.spelled))

    def _text_writer(self) -> Writer:
        if self._chat_model is None:
            return self._quotes
        from assistant.fallback import FallingBackWriter

        return FallingBackWriter(self._chat_model, self._quotes)

    @cached_property
    def _chat_model(self) -> ChatModelWriter | None:
        """The language model that is set, if any."""
        s = self.settings
        if s.llm_base_url is None:
            return None
        from assistant.write.chat_model import ChatModelWriter

        return ChatModelWriter.at(str(s.llm_base_url), s.llm_model, s.llm_api_key, s.llm_timeout, self.embedder.count, s.llm_context)

    @cached_property
    def _quotes(self) -> QuotingWriter:
        from assistant.write.quoting import QuotingWriter

        return QuotingWriter(self.index.rarity, self.library.gemeenten)

    def close(self) -> None:
        if "index" in self.__dict__:
            self.index.close()
