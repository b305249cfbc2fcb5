"""Comparing gemeenten over HTTP."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from assistant.api.comparison_wire import CompareShape, ComparisonShape, comparison
from assistant.api.deps import AccountDep, AppDep, codes
from assistant.model import Asked
from corpus.errors import Refused

router = APIRouter(tags=["vergelijken"])


@router.post("/comparisons")
def compare(body: CompareShape, app: AppDep, account: AccountDep) -> ComparisonShape:
    """Topics down, gemeenten across; each cell cited, or one of three kinds of empty."""
    topics = [topic.strip() for topic in body.topics if topic.strip()]
    if not topics:
        raise Refused("Geef ten minste één onderwerp.")
    asked = Asked(topics[0], body.as_of or date.today(), gemeenten=codes(app.library, body.gemeente), scopes=account.scopes)
    return comparison(app.comparer.compare(topics, asked), app.library.gemeenten())
