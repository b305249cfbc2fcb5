"""Searching passages without an answer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.api import shapes, wire
from assistant.api.deps import AccountDep, AppDep, codes
from assistant.find.explained import explained
from assistant.model import Asked
from corpus.model import Kind

router = APIRouter(tags=["zoeken"])


@router.get("/search")
def search(
    app: AppDep,
    account: AccountDep,
    q: Annotated[str, Query(min_length=1, max_length=4000, description="Vraag of zoekwoorden")],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    gemeente: Annotated[list[str] | None, Query()] = None,
    kind: Annotated[list[Kind] | None, Query()] = None,
    as_of: date | None = None,
    explain: bool = False,
) -> shapes.SearchShape:
    """The passages that fit a question best, within what the asker may see; with `explain` also why each of them came."""
    started = perf_counter()
    asked = Asked(
        question=q,
        as_of=as_of or date.today(),
        gemeenten=codes(app.library, gemeente or ()),
        kinds=tuple(kind or ()),
        scopes=account.scopes,
        home=account.gemeente,
    )
    query = app.retriever.understood(asked)
    hits = app.retriever.retrieve(query, asked, k)
    found = [wire.hit(hit, asked.as_of) for hit in hits]
    if explain:
        found = [
            shapes.ExplainedHitShape(**dict(shape), why=shapes.WhyShape(**asdict(why)))
            for shape, why in zip(found, explained(query, hits), strict=True)
        ]
    return shapes.SearchShape(hits=found, seconds=round(perf_counter() - started, 4))
