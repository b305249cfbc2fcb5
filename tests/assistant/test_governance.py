"""Accounting: the register entry follows the standard and invents nothing; the contract's addresses are all there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from assistant.api import server
from assistant.governance import FIELDS, Governance, check
from assistant.settings import Settings
from corpus.database import open_database, sqlite_url
from corpus.errors import WrongSetting
from corpus.library import Library

TWENTE = (
    *("Almelo", "Borne", "Dinkelland", "Enschede", "Haaksbergen", "Hellendoorn", "Hengelo", "Hof van Twente", "Losser", "Oldenzaal"),
    *("Rijssen-Holten", "Tubbergen", "Twenterand", "Wierden"),
)
OWN = {"status": "In ontwikkeling", "begin_date": "2026-11", "contact_email": "vragen@voorbeeld.nl", "lawful_basis": "Gemeentewet."}


def governance(folder: Path, own: object = None, writer: str | None = None) -> Governance:
    file = folder / "register.yaml"
    if own is not None:
        file.write_text(own if isinstance(own, str) else yaml.safe_dump(own, allow_unicode=True), encoding="utf-8")
    settings = Settings(data_dir=folder, register_file=file if own is not None else None)
    return Governance(settings, Library(open_database(sqlite_url(folder / "oov.db")), folder), "e5-small", writer)


@pytest.mark.parametrize("name", TWENTE)
def test_every_gemeente_has_an_entry_that_the_standard_allows(name: str, tmp_path: Path) -> None:
    told = governance(tmp_path, OWN)
    code = told.library.gemeenten().code(name)
    entry, missing = told.register(code)
    assert missing == []
    assert entry["organization"] == f"Gemeente {name}"
    assert {field for field, rule in FIELDS.items() if rule.required} <= set(entry)
    check(entry)


def test_what_nobody_said_is_missing_and_not_made_up(tmp_path: Path) -> None:
    entry, missing = governance(tmp_path).register(None)
    assert missing == ["organization", "status", "contact_email"]
    assert not {*missing, "begin_date", "lawful_basis", "proportionality", "provider", "publiccode", "impacttoetsen_grouping"} & set(entry)


def test_an_entry_names_the_models_that_run_and_says_that_nothing_learns(tmp_path: Path) -> None:
    quoting = governance(tmp_path).register(None)[0]["methods_and_models"]
    writing = governance(tmp_path, writer="qwen3").register(None)[0]["methods_and_models"]
    assert "‘e5-small’" in quoting
    assert "letterlijke zinnen" in quoting
    assert "taalmodel ‘qwen3’" in writing
    assert "niet zelflerend" in quoting
    assert "{" not in quoting + writing


def test_a_gemeente_may_say_otherwise_than_the_rest(tmp_path: Path) -> None:
    told = governance(tmp_path, {**OWN, "gemeenten": {"GM0153": {"contact_email": "https://www.enschede.nl/algoritmes"}}})
    assert told.register("GM0153")[0]["contact_email"] == "https://www.enschede.nl/algoritmes"
    assert told.register("GM0141")[0]["contact_email"] == "vragen@voorbeeld.nl"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"contact_email": "geen adres"}, "‘contact_email’"),
        ({"begin_date": "2026-13"}, "Schrijf een maand"),
        ({"status": "Klaar"}, "Kies uit: In ontwikkeling"),
        ({"name": "x" * 101}, "ten hoogste 100 tekens"),
        ({"publiccode": "http://onveilig.example"}, "https://"),
        ({"category": ["Sport"]}, "‘category’"),
        ({"impacttoetsen_grouping": [{"link": "https://x.example"}]}, "lijst met title en link"),
        ({"kleur": "blauw"}, "‘kleur’ bestaat niet"),
        ({"gemeenten": {"GM0153": {"status": "Klaar"}}}, "‘status’"),
        ("- 1", "bevat geen velden"),
        ("{", "kan niet worden gelezen"),
    ],
)
def test_what_the_standard_does_not_allow_is_told_in_one_line(own: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as told:
        governance(tmp_path, own).check_organisation()
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_retention_is_told_as_it_is_set(tmp_path: Path) -> None:
    told = governance(tmp_path).system(frozenset({"openbaar"}))
    assert told["retention"][0]["kept"] == "Vervallen na 15 minuten stilte, en altijd na 10 uur."
    assert told["models"] == {"embedding": "e5-small", "writer": "citaat", "self_learning": False}


# Every address of the contract; evaluations are not served yet.
CONTRACT = {
    "/v1/session": {"post", "get", "delete"},
    "/v1/answers": {"post", "get"},
    "/v1/answers/{}": {"get"},
    "/v1/answers/{}/export": {"get"},
    "/v1/answers/{}/feedback": {"post"},
    "/v1/comparisons": {"post"},
    "/v1/search": {"get"},
    "/v1/documents": {"get", "post"},
    "/v1/documents/{}": {"get", "patch", "delete"},
    "/v1/documents/{}/editions": {"get", "post"},
    "/v1/documents/{}/passages": {"get"},
    "/v1/documents/{}/passages/{}/references": {"get"},
    "/v1/documents/{}/pages/{}": {"get"},
    "/v1/documents/{}/pages/{}/image": {"get"},
    "/v1/jobs/{}": {"get"},
    "/v1/governance/register": {"get"},
    "/v1/governance/system": {"get"},
    "/v1/governance/log": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/metrics": {"get"},
    "/openai/v1/chat/completions": {"post"},
    "/openai/v1/models": {"get"},
}


def test_every_address_of_the_contract_is_served(tmp_path: Path) -> None:
    described = server.create(Settings(data_dir=tmp_path)).openapi()["paths"]
    served = {re.sub(r"\{\w+\}", "{}", path): set(operations) for path, operations in described.items()}
    assert {path for path in CONTRACT if not CONTRACT[path] <= served.get(path, set())} == set()


def test_every_address_says_what_it_does_and_under_what_heading(tmp_path: Path) -> None:
    for path, operations in server.create(Settings(data_dir=tmp_path)).openapi()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), (method, path)
            assert operation.get("tags"), (method, path)
