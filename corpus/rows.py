"""Rows of the tables to values and back. Knows the columns, not the queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import RowMapping

from corpus.model import Document, Edition, Kind, Locator, Passage, Section, Visibility
from corpus.review import Found, Review, ReviewState


def document(row: RowMapping) -> Document:
    return Document(**{**row, "kind": Kind(row["kind"]), "visibility": Visibility(row["visibility"])})


def edition(row: RowMapping) -> Edition:
    return Edition(**{name: row[name] for name in Edition.__dataclass_fields__})


def passage(row: RowMapping) -> Passage:
    plain = {name: row[name] for name in ("id", "edition_id", "ordinal", "start", "end", "text", "page")}
    return Passage(**plain, path=tuple(json.loads(row["path"])), locator=locator(row["locator"]))


def section(row: RowMapping) -> Section:
    return Section(row["start"], row["end"], tuple(json.loads(row["path"])), locator(row["locator"]))


def review(row: RowMapping) -> Review:
    said = json.loads(row["document"])
    owner = Document(
        **{**said, "kind": Kind(said["kind"]), "visibility": Visibility(said["visibility"]), "withdrawn_on": _day(said["withdrawn_on"])}
    )
    found = tuple(Found(**one) for one in json.loads(row["findings"]))
    decided = {name: row[name] for name in ("decided_by", "decided_at", "reason")}
    return Review(ReviewState(row["state"]), owner, found, json.loads(row["found"]), **decided)


def review_row(edition_id: str, review: Review) -> dict[str, Any]:
    return {
        "edition_id": edition_id,
        "state": review.state.value,
        "document": json.dumps(asdict(review.document), ensure_ascii=False, default=str),
        "findings": json.dumps([asdict(one) for one in review.findings], ensure_ascii=False),
        "found": json.dumps(dict(review.origins), ensure_ascii=False),
        "created_at": datetime.now(UTC).replace(tzinfo=None),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def locator(stored: str) -> Locator:
    said = json.loads(stored)
    return Locator(**{**said, "leden": tuple(said["leden"]), "since": _day(said.get("since"))})


def placed(part: Section | Passage) -> dict[str, Any]:
    """The columns that say where a section or passage stands."""
    path, where = json.dumps(part.path, ensure_ascii=False), json.dumps(asdict(part.locator), ensure_ascii=False, default=str)
    return {"start": part.start, "end": part.end, "path": path, "locator": where}


def parts(ids: Sequence[str]) -> Iterable[list[str]]:
    """The ids, each once, in portions that fit in one statement."""
    unique = list(dict.fromkeys(ids))
    return (unique[i : i + 500] for i in range(0, len(unique), 500))
