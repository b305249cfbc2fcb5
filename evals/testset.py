"""Test sets are data: YAML that someone who does not program can read and write. Mistakes are told by file, case and field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from assistant.compare import CellState
from assistant.model import Form
from corpus.errors import Refused
from evals.scorers import cells


class Expected(StrEnum):
    """Whether the library can answer the question."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


TYPES = (
    *("fact", "list", "yes_no", "definition", "condition", "amount", "date", "name", "article"),
    *("comparison", "follow_up", "outdated", "other_gemeente", "unanswerable"),
)
T = TypeVar("T", bound=StrEnum)
_FIELDS = {
    *("id", "question", "history", "type", "status", "gemeente", "as_of", "form"),
    *("documents", "place", "facts", "forbidden", "cells", "note"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what a right answer holds. `facts` are groups of alternatives: of each group one has to stand in the answer.

    `history` are the questions before it, of a follow-up. With `cells` the question is a topic, compared between the gemeenten
    that they name.
    """

    id: str
    question: str
    type: str
    expected: Expected
    gemeente: str | None = None
    as_of: date | None = None
    documents: tuple[str, ...] = ()
    place: str | None = None
    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    form: Form = Form.ANTWOORD
    history: tuple[str, ...] = ()
    cells: Mapping[str, cells.Cell] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Tells whether a case is still the one that was asked."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class TestSet:
    """A named set of cases."""

    __test__ = False

    name: str
    cases: tuple[Case, ...]


def load(path: Path) -> TestSet:
    """Read a set. Raises Refused where something is wrong: file, case and field, a line for each case that has a mistake."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} kan niet worden gelezen. Controleer het pad.") from error
    return parse(text, path.name, path.stem)


def parse(text: str, file: str, name: str) -> TestSet:
    """The same of a text that goes by a file name; `name` is the set's where it gives none itself."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f", regel {line + 1}" if line is not None else ""
        raise Refused(f"{file}{where}: dit is geen geldige YAML. Controleer inspringing, aanhalingstekens en haken.") from error
    if not isinstance(said, dict) or not isinstance(said.get("cases"), list) or not said["cases"]:
        raise Refused(f"{file}: onder ‘cases’ hoort een lijst met vragen te staan.")
    name = str(said.get("name") or name)
    if re.fullmatch(r"[\w-]{1,60}", name) is None:
        raise Refused(f"{file}, veld ‘name’: gebruik letters, cijfers en streepjes, ten hoogste 60.")
    return _set(file, name, said["cases"])


def _set(file: str, name: str, said: Sequence[Any]) -> TestSet:
    cases: list[Case] = []
    wrong: list[str] = []
    for number, one in enumerate(said, start=1):
        try:
            case = _case(file, number, one)
            if case.id in {known.id for known in cases}:
                raise Refused(f"{file}, vraag {case.id}: deze id komt twee keer voor. Geef elke vraag een eigen id.")
            cases.append(case)
        except Refused as mistake:
            wrong.append(str(mistake))
    if wrong:
        raise Refused("\n".join(wrong))
    return TestSet(name, tuple(cases))


def _case(file: str, number: int, said: Any) -> Case:
    if not isinstance(said, dict):
        raise Refused(f"{file}, vraag {number}: verwacht velden als ‘question: …’.")
    where = f"{file}, vraag {said.get('id', number)}"
    unknown = next((str(key) for key in said if key not in _FIELDS), None)
    if unknown is not None:
        raise Refused(f"{where}, veld ‘{unknown}’: dit veld bestaat niet. Bekend zijn: {', '.join(sorted(_FIELDS))}.")
    for needed in ("id", "question", "type", "status"):
        if not str(said.get(needed) or "").strip():
            raise Refused(f"{where}, veld ‘{needed}’: ontbreekt.")
    if said["type"] not in TYPES:
        raise Refused(f"{where}, veld ‘type’: ‘{said['type']}’ bestaat niet. Kies uit: {', '.join(TYPES)}.")
    expected = _choice(where, "status", said["status"], Expected)
    facts = _facts(where, "facts", said.get("facts"))
    wanted = _cells(where, said.get("cells"))
    if expected is Expected.ANSWERED and not facts and not wanted:
        raise Refused(f"{where}, veld ‘facts’: ontbreekt. Een vraag met antwoord heeft ten minste één feit.")
    if expected is Expected.NOT_FOUND and facts:
        raise Refused(f"{where}, veld ‘facts’: een vraag zonder antwoord heeft geen feiten.")
    if wanted and (facts or said["type"] != "comparison"):
        raise Refused(f"{where}, veld ‘cells’: hoort alleen bij type ‘comparison’, met de feiten in de cellen.")
    history = _texts(where, "history", said.get("history"))
    if said["type"] == "follow_up" and not history:
        raise Refused(f"{where}, veld ‘history’: ontbreekt. Een vervolgvraag heeft de vragen die eraan voorafgaan.")
    return Case(
        id=str(said["id"]),
        question=str(said["question"]).strip(),
        type=str(said["type"]),
        expected=expected,
        gemeente=str(said["gemeente"]) if said.get("gemeente") else None,
        as_of=_day(where, said.get("as_of")),
        documents=_texts(where, "documents", said.get("documents")),
        place=str(said["place"]) if said.get("place") else None,
        facts=facts,
        forbidden=_texts(where, "forbidden", said.get("forbidden")),
        form=_choice(where, "form", said.get("form") or "antwoord", Form),
        history=history,
        cells=wanted,
    )


def _choice(where: str, name: str, value: object, kinds: type[T]) -> T:
    try:
        return kinds(str(value))
    except ValueError:
        raise Refused(f"{where}, veld ‘{name}’: ‘{value}’ bestaat niet. Kies uit: {', '.join(kinds)}.") from None


def _texts(where: str, name: str, said: object) -> tuple[str, ...]:
    if said is None:
        return ()
    if not isinstance(said, list) or not all(isinstance(one, str | int) for one in said):
        raise Refused(f"{where}, veld ‘{name}’: verwacht een lijst, met een streepje voor elke regel.")
    return tuple(map(str, said))


def _cells(where: str, said: object) -> dict[str, cells.Cell]:
    """Cells by gemeente: the facts that one holds, or in words why it is empty."""
    if said is None:
        return {}
    if not isinstance(said, dict) or len(said) < 2:
        raise Refused(f"{where}, veld ‘cells’: verwacht ten minste twee gemeenten, elk met haar feiten.")
    made: dict[str, cells.Cell] = {}
    for name, cell in said.items():
        if isinstance(cell, str):
            made[str(name)] = cells.Cell(_choice(where, f"cells, {name}", cell, CellState).value)
        else:
            made[str(name)] = cells.wants(_facts(where, f"cells, {name}", cell))
    return made


def _facts(where: str, name: str, said: object) -> tuple[tuple[str, ...], ...]:
    if said is None:
        return ()
    groups = [group if isinstance(group, list) else [group] for group in said] if isinstance(said, list) else None
    if groups is None or not all(group and all(isinstance(one, str | int | float) for one in group) for group in groups):
        raise Refused(f"{where}, veld ‘{name}’: verwacht een lijst van feiten, elk een tekst of een lijst met schrijfwijzen.")
    return tuple(tuple(str(one) for one in group) for group in groups)


def _day(where: str, said: object) -> date | None:
    if said is None or isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        raise Refused(f"{where}, veld ‘as_of’: ‘{said}’ is geen datum. Schrijf jjjj-mm-dd.") from None


def to_yaml(name: str, cases: Sequence[Mapping[str, Any]]) -> str:
    """A set as it is written down; for drafts made from use."""
    return yaml.safe_dump({"name": name, "cases": [dict(case) for case in cases]}, allow_unicode=True, sort_keys=False, width=140)
