"""Vectors in the truth, by model and by digest of what was embedded: equal text is never embedded twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from corpus import rows
from corpus import schema as t
from corpus.database import writing
from corpus.vectors import Embedding, Vector, embedding_from, passage_from


class VectorStore:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, model: str, made: Mapping[str, Embedding]) -> None:
        """Keep what a model made, by the digest of what it was made of. What is there already stays."""
        values = [{"model": model, "input": i, "passage": e.passage_bytes(), "sentences": e.sentence_bytes()} for i, e in made.items()]
        if values:
            upsert = sqlite_insert if self._engine.dialect.name == "sqlite" else postgresql_insert
            with writing(self._engine) as db:
                db.execute(upsert(t.vectors).on_conflict_do_nothing(), values)

    def known(self, model: str, inputs: Sequence[str]) -> set[str]:
        """Which of these digests have a vector of this model."""
        found: set[str] = set()
        with self._engine.connect() as db:
            for part in rows.parts(inputs):
                query = select(t.vectors.c.input).where(t.vectors.c.model == model, t.vectors.c.input.in_(part))
                found.update(db.execute(query).scalars())
        return found

    def of_edition(self, model: str, edition_id: str) -> dict[str, Vector]:
        """The vector of each passage of an edition, by passage id."""
        query = select(t.passages.c.id, t.vectors.c.passage).join(t.vectors, t.vectors.c.input == t.passages.c.input)
        with self._engine.connect() as db:
            found = db.execute(query.where(t.vectors.c.model == model, t.passages.c.edition_id == edition_id))
            return {row.id: passage_from(row.passage) for row in found}

    def of_passages(self, model: str, passage_ids: Sequence[str]) -> dict[str, Embedding]:
        """The vectors of passages and of their sentences, by passage id."""
        made = {}
        query = select(t.passages.c.id, t.vectors.c.passage, t.vectors.c.sentences).join(t.vectors, t.vectors.c.input == t.passages.c.input)
        with self._engine.connect() as db:
            for part in rows.parts(passage_ids):
                for row in db.execute(query.where(t.vectors.c.model == model, t.passages.c.id.in_(part))):
                    made[row.id] = embedding_from(row.passage, row.sentences)
        return made

    def of_inputs(self, model: str, inputs: Sequence[str]) -> dict[str, Vector]:
        """The vectors of what was embedded, by its digest."""
        found: dict[str, Vector] = {}
        with self._engine.connect() as db:
            for part in rows.parts(inputs):
                query = select(t.vectors.c.input, t.vectors.c.passage).where(t.vectors.c.model == model, t.vectors.c.input.in_(part))
                found |= {row.input: passage_from(row.passage) for row in db.execute(query)}
        return found

    def forget_unused(self) -> int:
        """Drop vectors that no passage uses any more. Answers with how many."""
        with writing(self._engine) as db:
            return int(db.execute(delete(t.vectors).where(t.vectors.c.input.not_in(select(t.passages.c.input)))).rowcount)

    def model(self) -> str | None:
        """The model that the library is embedded with; None for one that is still empty."""
        with self._engine.connect() as db:
            return db.execute(select(t.state.c.model)).scalar()

    def set_model(self, model: str) -> None:
        with writing(self._engine) as db:
            db.execute(update(t.state).values(model=model))
