"""What the assistant is, for who has to account for it: its entry for the Algoritmeregister, and a description of the system.

The words stand in governance.yaml; what only an organisation can say comes from a file of its own. Nothing is filled in that
neither of them says. Knows no HTTP.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from assistant.settings import Settings
from corpus.errors import WrongSetting
from corpus.library import Library
from corpus.validity import status

STANDARD = "Publicatiestandaard Algoritmeregister 1.0"
_LONG, _LINK = 2500, 500


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the standard: text of at most `most` characters, one or more of `options`, or rows of other fields."""

    most: int | None = None
    options: tuple[str, ...] = ()
    several: bool = False
    pattern: str | None = None
    rows: tuple[str, ...] = ()
    required: bool = False


_THEMES = (
    *("Organisatie en bedrijfsvoering", "Cultuur en recreatie", "Economie", "Overheidsfinanciën", "Wonen", "Internationaal"),
    *("Migratie en integratie", "Natuur en milieu", "Onderwijs en wetenschap", "Openbare orde en veiligheid", "Recht"),
    *("Ruimte en infrastructuur", "Sociale zekerheid", "Verkeer", "Werk", "Zorg en gezondheid"),
)
_MONTH, _CONTACT, _ADDRESS = r"\d{4}-(?:0[1-9]|1[0-2])", r"[^@\s]+@[^@\s]+\.[^@\s]+|https://\S+", r"https://\S+"
# The fields of the standard, after MinBZK/Algoritmeregister, schema v1_0.
FIELDS: Mapping[str, Field] = {
    "name": Field(100, required=True),
    "description_short": Field(350, required=True),
    "organization": Field(100, required=True),
    "category": Field(options=_THEMES, several=True),
    "status": Field(options=("In ontwikkeling", "In gebruik", "Buiten gebruik"), required=True),
    "begin_date": Field(7, pattern=_MONTH),
    "end_date": Field(7, pattern=_MONTH),
    "contact_email": Field(_LINK, pattern=_CONTACT, required=True),
    "website": Field(_LINK, pattern=_ADDRESS),
    "publication_category": Field(options=("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"), required=True),
    "url": Field(_LINK, pattern=_ADDRESS),
    "goal": Field(_LONG),
    "proportionality": Field(_LONG),
    "human_intervention": Field(_LONG),
    "risks": Field(_LONG),
    "lawful_basis": Field(_LONG),
    "lawful_basis_grouping": Field(rows=("title", "link")),
    "process_index_url": Field(_LINK, pattern=_ADDRESS),
    "impacttoetsen_grouping": Field(rows=("title", "link")),
    "impacttoetsen": Field(_LONG),
    "source_data": Field(_LONG),
    "source_data_grouping": Field(rows=("title", "link")),
    "methods_and_models": Field(5000),
    "provider": Field(200),
    "publiccode": Field(_LINK, pattern=_ADDRESS),
    "lang": Field(options=("nld",), required=True),
    "standard_version": Field(options=("1.0",)),
    "source_id": Field(100),
    "tags": Field(_LONG),
}


@dataclass(frozen=True)
class Governance:
    """Tells of one service. `embedding` and `writer` name its models; `writer` is None where it quotes."""

    settings: Settings
    library: Library
    embedding: str
    writer: str | None

    @cached_property
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "governance.yaml").read_text(encoding="utf-8"))
        return said

    @cached_property
    def organisation(self) -> dict[str, Any]:
        """What the organisation itself says; under `gemeenten` what differs for one of them. Raises WrongSetting for a mistake in it."""
        path = self.settings.register_file
        if path is None:
            return {}
        try:
            said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (OSError, ValueError, yaml.YAMLError) as error:
            raise WrongSetting(
                f"OOV_REGISTER_FILE: {path} kan niet worden gelezen. Geef een YAML-bestand met velden en waarden."
            ) from error
        if not isinstance(said, dict) or not isinstance(said.get("gemeenten", {}), dict):
            raise WrongSetting(f"OOV_REGISTER_FILE: {path} bevat geen velden. Schrijf regels als ‘contact_email: …’.")
        for fields in (said, *said.get("gemeenten", {}).values()):
            check({name: value for name, value in dict(fields).items() if name != "gemeenten"})
        return said

    def check_organisation(self) -> None:
        """Whether what the organisation says can be used. Raises WrongSetting where it cannot."""
        self.register(None)

    def register(self, gemeente: str | None) -> tuple[dict[str, Any], list[str]]:
        """The entry for the Algoritmeregister of one gemeente (a CBS code) or of the organisation, and the required fields that
        nobody has filled in yet."""
        own = self.organisation
        entry = {name: self._filled(value) for name, value in self._said["register"].items()}
        entry |= {"organization": f"Gemeente {self.library.gemeenten().name(gemeente)}"} if gemeente else {}
        entry |= {name: value for name, value in own.items() if name != "gemeenten" and not (gemeente and name == "organization")}
        entry |= own.get("gemeenten", {}).get(gemeente, {})
        check(entry)
        return {name: entry[name] for name in FIELDS if name in entry}, [n for n, f in FIELDS.items() if f.required and n not in entry]

    def system(self, scopes: frozenset[str]) -> dict[str, Any]:
        """What runs here: version, models, what the library holds for these scopes, limits, checks, retention, who decides."""
        documents = {d.id: d for d in self.library.documents() if d.scope in scopes}
        newest = {e.document_id: e for e in self.library.editions() if e.document_id in documents}
        said, settings = self._said, self.settings
        terms = {"idle": settings.session_idle_minutes, "hours": settings.session_hours}
        return {
            "name": said["register"]["name"],
            "version": version("oov-assistent"),
            "intended_use": said["intended_use"],
            "not_intended": said["not_intended"],
            "models": {"embedding": self.embedding, "writer": self.writer or "citaat", "self_learning": False},
            "library": {
                "documents": len(documents),
                "by_kind": dict(Counter(d.kind.value for d in documents.values())),
                "by_status": dict(Counter(status(documents[key], e, date.today()).value for key, e in newest.items())),
            },
            "checks": said["checks"],
            "decides": said["decides"],
            "retention": [{"what": one["what"], "kept": one["kept"].format(**terms)} for one in said["retention"]],
        }

    def _filled(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        writer = self._said["writers"]["model"].format(model=self.writer) if self.writer else self._said["writers"]["quoting"]
        return value.replace("{embedding}", self.embedding).replace("{writer}", writer)


def check(entry: Mapping[str, Any]) -> None:
    """Whether the values of an entry are as the standard wants them. Raises WrongSetting naming the first that is not."""
    for name, value in entry.items():
        field = FIELDS.get(name)
        if field is None:
            raise WrongSetting(f"Algoritmeregister: veld ‘{name}’ bestaat niet in de {STANDARD}.")
        if not _fits(field, value):
            raise WrongSetting(f"Algoritmeregister: veld ‘{name}’ heeft geen toegestane waarde. {_wanted(field)}")


def _fits(field: Field, value: Any) -> bool:
    if field.rows:
        return isinstance(value, list) and all(isinstance(row, dict) and "title" in row and set(row) <= set(field.rows) for row in value)
    if field.several:
        return isinstance(value, list) and 0 < len(value) <= 3 and set(map(str, value)) <= set(field.options)
    if not isinstance(value, str) or not value.strip() or (field.options and value not in field.options):
        return False
    return len(value) <= (field.most or len(value)) and (field.pattern is None or re.fullmatch(field.pattern, value) is not None)


def _wanted(field: Field) -> str:
    if field.rows:
        return f"Geef een lijst met {' en '.join(field.rows)}."
    if field.options:
        return f"Kies uit: {', '.join(field.options)}."
    if field.pattern == _MONTH:
        return "Schrijf een maand als ‘2026-11’, tussen aanhalingstekens."
    return f"Geef tekst van ten hoogste {field.most} tekens" + (
        ", een adres dat met https:// begint." if field.pattern == _ADDRESS else "."
    )
