"""Answers, hits and documents written in the shapes of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant import forms, model
from assistant.api.shapes import (
    AnswerShape,
    CitationShape,
    DocumentShape,
    EditionShape,
    HitShape,
    PassageShape,
    SearchedShape,
    SentenceShape,
)
from corpus.gemeenten import Gemeenten
from corpus.model import Document, Edition, Passage, Source
from corpus.validity import status


def answer(value: model.Answer) -> AnswerShape:
    searched = value.searched
    return AnswerShape(
        id=value.id,
        question=value.question,
        form=value.form.value,
        status=value.status.value,
        text=forms.written(value),
        sentences=[sentence(s) for s in value.sentences],
        citations=[citation(c) for c in value.citations],
        missing=value.missing,
        searched=SearchedShape(
            documents=searched.documents,
            gemeenten=list(searched.gemeenten),
            kinds=list(searched.kinds),
            not_in_library=list(searched.not_in_library),
            unknown=list(searched.unknown),
        ),
        model=value.model,
        as_of=value.as_of,
        created_at=value.created_at.replace(microsecond=0),
        timings=dict(value.timings),
    )


def sentence(value: model.Sentence) -> SentenceShape:
    return SentenceShape(text=value.text, citations=list(value.citations), quote=value.quote)


def citation(value: model.Citation) -> CitationShape:
    place = {"locator": value.locator, "page": value.page, "start": value.start, "end": value.end, "score": round(value.score, 4)}
    return CitationShape.model_validate({**source_fields(value.source, value.as_of), **place, "n": value.n, "quote": value.quote})


def hit(value: model.Hit, as_of: date) -> HitShape:
    p = value.source.passage
    where = str(replace(p.locator, page=p.page))
    place = {"locator": where, "page": p.page, "start": p.start, "end": p.end, "score": round(value.score, 4)}
    scores = {"cosine": round(value.cosine, 4), "bm25": round(value.bm25, 4)}
    return HitShape.model_validate({**source_fields(value.source, as_of), **place, **scores, "text": p.text})


def document(value: Document, editions: Sequence[Edition], as_of: date, names: Gemeenten) -> DocumentShape:
    return DocumentShape(
        id=value.id,
        title=value.title,
        kind=value.kind.value,
        gemeente=value.gemeente,
        gemeente_name=names.name(value.gemeente) if value.gemeente else None,
        region=value.region,
        publisher=value.publisher,
        visibility=value.visibility.value,
        source_url=value.source_url,
        withdrawn_on=value.withdrawn_on,
        editions=[edition(value, e, as_of) for e in editions],
    )


def edition(owner: Document, value: Edition, as_of: date) -> EditionShape:
    return EditionShape(
        id=value.id,
        filename=value.filename,
        media_type=value.media_type,
        sha256=value.sha256,
        adopted_on=value.adopted_on,
        valid_from=value.valid_from,
        valid_to=value.valid_to,
        status=status(owner, value, as_of).value,
    )


def passage(p: Passage) -> PassageShape:
    return PassageShape(
        id=p.id, ordinal=p.ordinal, start=p.start, end=p.end, page=p.page, locator=str(p.locator), path=list(p.path), text=p.text
    )


def source_fields(source: Source, as_of: date) -> dict[str, object]:
    """What every shape that shows a source says of it."""
    d, e = source.document, source.edition
    return {
        "document_id": d.id,
        "edition_id": e.id,
        "passage_id": source.passage.id,
        "title": source.title,
        "kind": d.kind.value,
        "gemeente": d.gemeente,
        "status": status(d, e, as_of).value,
        "valid_from": e.valid_from,
        "valid_to": e.valid_to,
    }
