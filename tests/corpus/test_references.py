"""References lead to the passages that they mean, on the day that is asked, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.app import App
from assistant.model import Asked
from corpus.references import References
from tests.conftest import TODAY

LAW = """# Wet op de proefvaarten

#### Artikel 1

1. Voor een proefvaart is een vergunning vereist.
2. De vergunning, bedoeld in het eerste lid, geldt {years} jaar.

#### Artikel 2

Overtreding van artikel 1, eerste lid, is een strafbaar feit.
"""
POLICY = """# Beleidsregel proefvaarten

#### Artikel 1 Toetsing

Bij een aanvraag als bedoeld in artikel 1, eerste lid, van de Wet op de proefvaarten weegt de burgemeester de veiligheid.
"""


@pytest.fixture
def law(new_app: Callable[..., App], tmp_path: Path) -> App:
    app = new_app()
    folder = tmp_path / "wetten"
    folder.mkdir()
    (folder / "a-wet.md").write_text(LAW.format(years="drie"), encoding="utf-8")
    (folder / "b-wet.md").write_text(LAW.format(years="vijf"), encoding="utf-8")
    (folder / "c-beleid.md").write_text(POLICY, encoding="utf-8")
    (folder / "bibliotheek.yaml").write_text(
        "files:\n"
        "  - {file: a-wet.md, kind: wet, title: Wet op de proefvaarten, valid_from: 2010-01-01}\n"
        "  - {file: b-wet.md, kind: wet, title: Wet op de proefvaarten, valid_from: 2020-01-01, supersedes: Wet op de proefvaarten}\n"
        "  - {file: c-beleid.md, kind: beleidsregel, valid_from: 2020-01-01}\n",
        encoding="utf-8",
    )
    outcomes = [o.outcome for o in app.pipeline.run([folder])]
    assert outcomes == ["indexed"] * 3
    return app


def held(app: App, file: str, article: str) -> list[str]:
    edition = next(e for e in app.library.editions() if e.filename == file)
    return [p.text for p in app.library.passages(edition.id) if p.locator.article == article]


@pytest.mark.parametrize(("day", "years"), [(date(2016, 1, 1), "drie"), (TODAY, "vijf")])
def test_a_named_article_comes_first_in_the_edition_in_force_on_the_day(law: App, day: date, years: str) -> None:
    for question in ("artikel 1 Wet op de proefvaarten", "Wat staat er in art. 1 lid 2 van de wet op de proefvaarten?"):
        asked = Asked(question, day)
        first = law.retriever.retrieve(law.retriever.understood(asked), asked)[0]
        assert first.named
        assert first.source.passage.locator.article == "1"
        assert f"geldt {years} jaar" in first.source.passage.text


def test_a_reference_leads_to_the_article_within_the_document_and_across(law: App) -> None:
    references = References(law.library)
    policy = next(e for e in law.library.editions() if e.filename == "c-beleid.md")
    [passage] = [p for p in law.library.passages(policy.id) if p.locator.article == "1"]
    [referral] = references.from_passage(passage, TODAY)
    assert "geldt vijf jaar" in "".join(p.text for p in referral.leads_to) or "vergunning vereist" in referral.leads_to[0].text
    [old] = references.from_passage(passage, date(2016, 1, 1))
    assert {p.edition_id for p in old.leads_to} != {p.edition_id for p in referral.leads_to}


def test_what_refers_to_an_article_is_known(law: App) -> None:
    references = References(law.library)
    edition = next(e for e in law.library.editions() if e.filename == "b-wet.md")
    first = next(p for p in law.library.passages(edition.id) if p.locator.article == "1")
    texts = " ".join(p.text for p in references.to_passage(first))
    assert "strafbaar feit" in texts
    assert "weegt de burgemeester" in texts
