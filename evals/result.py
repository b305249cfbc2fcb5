"""A case with how it went, and how that is kept: a line of JSON for each, so that a run that stops goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import Refused
from evals.scorers.verdict import GOOD, Verdict

RESULTS = "resultaten.jsonl"


@dataclass(frozen=True, slots=True)
class Result:
    """Scores are 0 to 1, None where they do not apply; `seconds` is the whole answer, `length` its characters.

    `context` is the share of the facts that the search found, `rank` one divided by the place of the first passage that holds one.
    `case` is the digest of the case as it was asked, `gemeenten` those that it is about, `found` the passages that the search
    gave (title, locator, text), `answer` the Answer as it was given, `reason` why it could not be graded.
    """

    id: str
    case: str
    type: str
    gemeenten: tuple[str, ...]
    question: str
    expected: str
    verdict: str
    stage: str | None = None
    facts: float = 0.0
    forbidden: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    items: float | None = None
    cells: dict[str, bool] = field(default_factory=dict)
    document: float | None = None
    precision: float | None = None
    place: float | None = None
    verbatim: float | None = None
    numbers: float | None = None
    context: float | None = None
    rank: float | None = None
    length: int = 0
    seconds: float = 0.0
    wanted: tuple[tuple[str, ...], ...] = ()
    documents: tuple[str, ...] = ()
    found: tuple[dict[str, Any], ...] = ()
    answer: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None

    @property
    def good(self) -> bool:
        return self.verdict in GOOD

    @property
    def graded(self) -> bool:
        return self.verdict != Verdict.UNGRADED


def line(result: Result) -> str:
    """A result as it is kept: one line."""
    return json.dumps(asdict(result), ensure_ascii=False) + "\n"


def kept(out: Path, *, mend: bool = True) -> Iterator[Result]:
    """The results that a folder holds, in the order in which they came. A last line that was cut off is passed over, and taken
    out of it unless another may be writing it just now (`mend`)."""
    path = out / RESULTS
    if not path.exists():
        return
    lines = path.read_bytes().splitlines(keepends=True)
    if lines and not lines[-1].endswith(b"\n"):
        lines = lines[:-1]
        if mend:
            path.write_bytes(b"".join(lines))
    for said in lines:
        yield _result(json.loads(said), path)


def _result(said: dict[str, Any], path: Path) -> Result:
    for name in ("gemeenten", "forbidden", "missing", "documents", "found"):
        said[name] = tuple(said.get(name) or ())
    said["wanted"] = tuple(tuple(group) for group in said.get("wanted") or ())
    try:
        return Result(**said)
    except TypeError:
        raise Refused(f"{path} is van een oudere versie. Kies een andere map, of gooi deze weg.") from None


@dataclass(frozen=True, slots=True)
class Mark:
    """All of a result that a later run is held against."""

    verdict: str
    rank: float | None


def marks(results: Sequence[Result]) -> dict[str, Mark]:
    """The marks of a run by case."""
    return {result.id: Mark(result.verdict, result.rank) for result in results}
