"""The handbook says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.model import Kind, Visibility
from ingest.sidecar import Metadata

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_settings_is_exactly_what_there_is_to_set() -> None:
    rows = dict(re.findall(r"^\| (OOV_\w+) \| (.+?) \|$", (ROOT / "docs/beheer.md").read_text(encoding="utf-8"), re.M))
    assert rows == {f"OOV_{name.upper()}": field.description for name, field in Settings.model_fields.items()}


def test_every_field_and_kind_of_a_sidecar_is_in_the_handbook() -> None:
    handbook = (ROOT / "docs/curatoren.md").read_text(encoding="utf-8")
    for word in (*Metadata.__dataclass_fields__, *Kind, *Visibility):
        assert re.search(rf"\b{word}\b", handbook), word


@pytest.mark.parametrize("target", ["run", "test", "setup", "check", "bench"])
def test_every_make_target_of_the_contract_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M)


def test_every_module_has_its_place_in_the_house_of_the_readme() -> None:
    house = README.split("```")[-2]
    for folder in ("corpus", "ingest", "assistant", "evals", "ui"):
        for path in (ROOT / folder).glob("*.py"):
            if path.name != "__init__.py":
                assert path.name in house, path


def test_every_link_in_the_docs_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
