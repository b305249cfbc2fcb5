"""What tests share: the real model, and small real libraries. Nothing here reaches beyond this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.app import App
from assistant.settings import Settings
from corpus.vectors import Embedding
from ingest.embed import Embedder, Input

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
SOURCES = Path(__file__).parent.parent / "corpus" / "sources"
TODAY = date(2026, 11, 21)

APV = """# Algemene plaatselijke verordening Veldhoek 2025

De raad van de gemeente Veldhoek; besluit vast te stellen:

## Hoofdstuk 2 Openbare orde

#### Artikel 2:9 Sluitingstijden

1. Een openbare inrichting is gesloten in de nachten van vrijdag op zaterdag van 02.00 tot 07.00 uur.
2. De burgemeester kan voor een bepaalde inrichting andere sluitingstijden vaststellen.

#### Artikel 2:10 Hinderlijke honden

1. De eigenaar houdt zijn hond binnen de bebouwde kom aangelijnd.
2. Het eerste lid geldt niet:
   a. op aangewezen losloopterreinen;
   b. voor een blindengeleidehond.

## Hoofdstuk 6 Slot

#### Artikel 6:2 Strafbepaling

Overtreding van deze verordening wordt gestraft met hechtenis van ten hoogste drie maanden of een geldboete van de tweede categorie.
"""

PLAN = """# Projectplan Veilig Buitengebied

## 1 Inleiding

Het project loopt van 1 februari 2025 tot en met 31 december 2026. Projectleider is Tjarda Wolvenaar van de gemeente Veldhoek.

## 2 Financiën

De begroting bedraagt € 360.000, waarvan de provincie € 120.000 betaalt.

## 3 Samenwerking

In het project werken samen:

- de politie;
- het waterschap;
- de omgevingsdienst.
"""


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see no settings of the machine, and no model hub."""
    for name in list(os.environ):
        if name.startswith("OOV_") and name != "OOV_MODELS_DIR":
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)


class Remembering(Embedder):
    """The built-in model; a passage that it has read before it does not read again."""

    def __init__(self) -> None:
        super().__init__()
        self._read: dict[Input, Embedding] = {}

    def passages(self, inputs: Sequence[Input], done: Callable[[int], None] = lambda count: None) -> list[Embedding]:
        new = [one for one in dict.fromkeys(inputs) if one not in self._read]
        done(len(inputs) - len(new))
        self._read |= dict(zip(new, super().passages(new, done), strict=True))
        return [self._read[one] for one in inputs]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The built-in model, loaded once."""
    return Remembering()


@pytest.fixture(scope="session", autouse=True)
def _one_model_for_all_apps(embedder: Embedder) -> None:
    """Apps with the built-in model share it, also those that a service makes."""
    own = App.__dict__["embedder"].func
    shared = cached_property(lambda app: embedder if app.settings.embedding_model is None else own(app))
    shared.__set_name__(App, "embedder")
    App.embedder = shared  # type: ignore[assignment]


@pytest.fixture
def new_app(tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Makes apps on data folders of the test; closes them at the end."""
    made: list[App] = []

    def make(data: Path = tmp_path / "data", *, writer: bool = True, **given: object) -> App:
        app = App(Settings(data_dir=data, **given), writer=writer)  # type: ignore[arg-type]
        made.append(app)
        return app

    yield make
    for app in made:
        app.close()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two small documents."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "apv-veldhoek-2025.md").write_text(APV, encoding="utf-8")
    (folder / "projectplan-veilig-buitengebied.md").write_text(PLAN, encoding="utf-8")
    (folder / "bibliotheek.yaml").write_text(
        "gemeenten: {GM9801: Veldhoek}\nfiles:\n"
        "  - {file: apv-veldhoek-2025.md, kind: apv, gemeente: Veldhoek, valid_from: 2025-01-01, visibility: openbaar}\n"
        "  - {file: projectplan-veilig-buitengebied.md, kind: projectplan, valid_from: 2025-02-01, valid_to: 2026-12-31}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def app(new_app: Callable[..., App], files: Path) -> App:
    """An app whose library holds the two small documents."""
    made = new_app()
    outcomes = list(made.pipeline.run([files]))
    assert [o.outcome for o in outcomes] == ["indexed", "indexed"], outcomes
    return made


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo library, taken in once for all tests that only read it."""
    data = tmp_path_factory.mktemp("demo") / "data"
    app = App(Settings(data_dir=data), writer=True)
    for _ in app.pipeline.run([DOCUMENTS]):
        pass
    app.close()
    return data


@pytest.fixture
def demo(new_app: Callable[..., App], demo_data: Path) -> App:
    """An app that reads the demo library."""
    return new_app(demo_data, writer=False)


def ready(running: TestClient) -> None:
    """Wait until a service can answer."""
    until = time.monotonic() + 60
    while running.get("/readyz").status_code != 200 and time.monotonic() < until:
        time.sleep(0.1)
