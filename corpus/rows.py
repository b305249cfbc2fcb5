"""Rows of the tables to values and back. Knows the columns, not the queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import RowMapping

from corpus.model import Document, Edition, Kind, Locator, Passage, Section, Visibility


def document(row: RowMapping) -> Document:
    return Document(**{**row, "kind": Kind(row["kind"]), "visibility": Visibility(row["visibility"])})


def edition(row: RowMapping) -> Edition:
    return Edition(**{name: row[name] for name in Edition.__dataclass_fields__})


def passage(row: RowMapping) -> Passage:
    plain = {name: row[name] for name in ("id", "edition_id", "ordinal", "start", "end", "text", "page")}
    return Passage(**plain, path=tuple(json.loads(row["path"])), locator=locator(row["locator"]))


def section(row: RowMapping) -> Section:
    return Section(row["start"], row["end"], tuple(json.loads(row["path"])), locator(row["locator"]))


def locator(stored: str) -> Locator:
    said = json.loads(stored)
    return Locator(**{**said, "leden": tuple(said["leden"])})


def placed(part: Section | Passage) -> dict[str, Any]:
    """The columns that say where a section or passage stands."""
    path, where = json.dumps(part.path, ensure_ascii=False), json.dumps(asdict(part.locator), ensure_ascii=False)
    return {"start": part.start, "end": part.end, "path": path, "locator": where}


def parts(ids: Sequence[str]) -> Iterable[list[str]]:
    """The ids, each once, in portions that fit in one statement."""
    unique = list(dict.fromkeys(ids))
    return (unique[i : i + 500] for i in range(0, len(unique), 500))
