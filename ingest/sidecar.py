"""What a curator says of a file: `FILE.meta.yaml` beside it, or one `bibliotheek.yaml` in its folder. Checks, never guesses.

A `bibliotheek.yaml` holds a list (or mapping) of files under `files`, and may name the region and its gemeenten:

    region: Elzerstreek
    gemeenten: {GM9901: Elzerveen}
    files:
      - file: apv-elzerveen-2024.pdf
        title: Algemene plaatselijke verordening Elzerveen 2024
        kind: apv
        gemeente: Elzerveen
        valid_from: 2024-03-01
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

import yaml

from corpus.errors import Refused
from corpus.gemeenten import Gemeenten
from corpus.model import Kind, Visibility

FOLDER_FILE = "bibliotheek.yaml"
SUFFIX = ".meta.yaml"
MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text; None is unknown. `gemeente` is a CBS code."""

    title: str | None = None
    kind: Kind | None = None
    gemeente: str | None = None
    region: str | None = None
    publisher: str | None = None
    adopted_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    supersedes: str | None = None
    visibility: Visibility | None = None
    source_url: str | None = None
    concept: bool | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """This, with what is unknown here taken from the other."""
        unknown = {f.name: getattr(other, f.name) for f in fields(self) if getattr(self, f.name) is None}
        return replace(self, **unknown)


class _Plain(yaml.SafeLoader):
    """YAML without references, of which a few lines can say a billion; a day stays as it was written, for `_date` to judge."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(problem="verwijzing")
        return super().compose_node(parent, index)


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path, gemeenten: Gemeenten) -> tuple[Metadata, Gemeenten]:
    """The metadata for a file, and the gemeenten including those that its folder adds.

    Raises Refused where a sidecar cannot be read or says something impossible.
    """
    gemeenten = gemeenten.extended(_gemeenten(_yaml(path.parent / FOLDER_FILE)))
    return parse(says(path), gemeenten), gemeenten


def says(path: Path) -> dict[str, Any]:
    """The fields that are written down for a file, unchecked: its own sidecar over its line in the folder's file."""
    folder = _yaml(path.parent / FOLDER_FILE)
    own = _yaml(path.with_name(path.name + SUFFIX))
    return {**_shared(folder), **_listed(folder).get(path.name, {}), **own}


def listed_but_absent(folder: Path) -> list[str]:
    """Names that a folder's `bibliotheek.yaml` lists without a file being there."""
    return [name for name in _listed(_yaml(folder / FOLDER_FILE)) if not (folder / name).is_file()]


def parse(said: Mapping[str, Any], gemeenten: Gemeenten) -> Metadata:
    """Check what a sidecar says. Raises Refused with the field, its value and what was expected."""
    known = {f.name for f in fields(Metadata)}
    values: dict[str, Any] = {}
    for key, value in said.items():
        if key not in known:
            raise Refused(f"Onbekend veld ‘{_shown(key)}’ in de metadata. Bekend zijn: {', '.join(sorted(known))}.")
        if value is not None:
            values[key] = _value(key, value, gemeenten)
    metadata = Metadata(**values)
    if metadata.valid_from and metadata.valid_to and metadata.valid_to < metadata.valid_from:
        raise Refused(f"De metadata zeggen dat het stuk eindigt ({metadata.valid_to}) voor het begint ({metadata.valid_from}).")
    if metadata.visibility is Visibility.GEMEENTE and metadata.gemeente is None:
        raise Refused("Zichtbaarheid ‘gemeente’ vraagt om het veld ‘gemeente’: voor wie is dit stuk bestemd?")
    return metadata


def _value(key: str, value: Any, gemeenten: Gemeenten) -> Any:
    if not isinstance(value, str | int | float | date):
        raise Refused(f"Veld ‘{key}’ in de metadata is geen tekst.")
    if key in ("adopted_on", "valid_from", "valid_to"):
        return _date(key, value)
    if key == "kind":
        return _one_of(Kind, key, value)
    if key == "visibility":
        return _one_of(Visibility, key, value)
    if key == "concept":
        if not isinstance(value, bool):
            raise Refused(f"Veld ‘concept’ is true of false, niet ‘{_shown(value)}’.")
        return value
    text = str(value).strip()
    if key == "gemeente":
        code = gemeenten.code(text)
        if code is None:
            raise Refused(f"Gemeente ‘{_shown(text)}’ is niet bekend. Gebruik de naam of de CBS-code, bijvoorbeeld Enschede of GM0153.")
        return code
    return text or None


def _date(key: str, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(str(value).strip(), form).date()
        except ValueError:
            continue
    raise Refused(f"Veld ‘{key}’ is geen datum: ‘{_shown(value)}’. Schrijf jjjj-mm-dd, bijvoorbeeld 2024-03-01.")


def _one_of(options: type[Kind] | type[Visibility], key: str, value: Any) -> Kind | Visibility:
    try:
        return options(str(value).strip().lower())
    except ValueError:
        raise Refused(f"Veld ‘{key}’ kent ‘{_shown(value)}’ niet. Kies uit: {', '.join(options)}.") from None


def _shown(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _yaml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    if path.stat().st_size > MAX_BYTES:
        raise Refused(f"Metadatabestand {path.name} is te groot (meer dan 1 MB).")
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), _Plain)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (regel {mark.line + 1})" if mark is not None else ""
        raise Refused(f"Metadatabestand {path.name} is geen geldige YAML{where}. Herstel het en probeer opnieuw.") from error
    if said is None:
        return {}
    if isinstance(said, list):
        return {"files": said}
    if not isinstance(said, dict):
        raise Refused(f"Metadatabestand {path.name} bevat geen velden. Schrijf regels als ‘title: …’.")
    return {str(key): value for key, value in said.items()}


def _listed(folder: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    entries = folder.get("files") or {}
    if isinstance(entries, Mapping):
        pairs = [(str(name), said or {}) for name, said in entries.items()]
    else:
        pairs = [(str(e.get("file", "")), {k: v for k, v in e.items() if k != "file"}) for e in entries if isinstance(e, Mapping)]
    if any(not name or not isinstance(said, Mapping) for name, said in pairs):
        raise Refused(f"In {FOLDER_FILE} mist een bestand zijn naam: schrijf bij elk ‘file: …’.")
    for name, _ in pairs:
        if PurePath(name).name != name:
            raise Refused(f"In {FOLDER_FILE} wijst ‘{_shown(name)}’ naar een andere map. Noem alleen bestanden uit dezelfde map.")
    return {name: dict(said) for name, said in pairs}


def _shared(folder: Mapping[str, Any]) -> dict[str, Any]:
    return {key: folder[key] for key in ("region", "publisher", "visibility") if key in folder}


def _gemeenten(folder: Mapping[str, Any]) -> dict[str, str]:
    named = folder.get("gemeenten") or {}
    if not isinstance(named, Mapping):
        raise Refused(f"In {FOLDER_FILE} is ‘gemeenten’ geen lijst van code en naam, zoals GM0153: Enschede.")
    return {str(code).strip().upper(): str(name).strip() for code, name in named.items()}
