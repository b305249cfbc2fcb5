"""References lead to the passages that they mean, on the day that is asked, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.app import App
from assistant.model import Asked
from corpus.laws import known_laws
from corpus.model import Locator, Passage
from corpus.references import References, of_passages
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
    return [p.text for p in app.library.texts.passages(edition.id) if p.locator.article == article]


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
    [passage] = [p for p in law.library.texts.passages(policy.id) if p.locator.article == "1"]
    [referral] = references.from_passage(passage, TODAY)
    assert "geldt vijf jaar" in "".join(p.text for p in referral.leads_to) or "vergunning vereist" in referral.leads_to[0].text
    [old] = references.from_passage(passage, date(2016, 1, 1))
    assert {p.edition_id for p in old.leads_to} != {p.edition_id for p in referral.leads_to}


def test_what_refers_to_an_article_is_known(law: App) -> None:
    references = References(law.library)
    edition = next(e for e in law.library.editions() if e.filename == "b-wet.md")
    first = next(p for p in law.library.texts.passages(edition.id) if p.locator.article == "1")
    held = law.library.texts.sources([one.passage_id for one in references.to_passage(first, TODAY)])
    texts = " ".join(source.passage.text for source in held.values())
    assert "strafbaar feit" in texts
    assert "weegt de burgemeester" in texts


@pytest.mark.parametrize("day", [date(2016, 1, 1), TODAY])
def test_what_a_passage_refers_to_knows_that_it_is_referred_to(law: App, day: date) -> None:
    """Both ways give the same pairs, for every passage of the editions that speak on a day."""
    references = References(law.library)
    speaking = [e for d in law.library.documents() if (e := references.edition_on(d, day)) is not None]
    passages = [p for e in speaking for p in law.library.texts.passages(e.id)]
    there = {(p.id, one.start, to.id) for p in passages for one in references.from_passage(p, day) for to in one.leads_to}
    back = {(one.passage_id, one.start, p.id) for p in passages for one in references.to_passage(p, day)}
    assert there
    assert {pair for pair in there if pair[0] != pair[2]} == back


def test_a_run_of_articles_refers_to_each_of_them(law: App, tmp_path: Path) -> None:
    file = tmp_path / "besluit.md"
    file.write_text(
        "# Besluit loodsen\n\n#### Artikel 1\n\nDe artikelen 1 tot en met 2 van de Wet op de proefvaarten gelden ook hier.\n",
        encoding="utf-8",
    )
    [outcome] = law.pipeline.run([file])
    assert outcome.outcome == "indexed"
    edition = next(e for e in law.library.editions() if e.filename == "b-wet.md")
    for passage in law.library.texts.passages(edition.id):
        if passage.locator.article:
            referring = law.library.texts.sources([one.passage_id for one in References(law.library).to_passage(passage, TODAY)])
            assert outcome.edition_id in {source.edition.id for source in referring.values()}


def test_references_read_again_are_those_that_were_read_first(law: App) -> None:
    references = References(law.library)
    passages = [p for e in law.library.editions() for p in law.library.texts.passages(e.id)]
    before = [references.from_passage(p, TODAY) for p in passages]
    assert references.read_again() == sum(map(len, before))
    assert [references.from_passage(p, TODAY) for p in passages] == before


def test_a_list_in_an_annex_goes_on_under_its_regeling_in_the_next_passage() -> None:
    where = Locator(annex="1", article="2")
    texts = ["Opiumwet:\na. artikel 3;\n", "b. artikel 4.\n"]
    passages = [Passage(f"p{n}", "e", n, 0, len(text), text, (), where) for n, text in enumerate(texts)]
    assert [str(one.reference) for some in of_passages(passages, known_laws()) for one in some] == ["art. 3 Opiumwet", "art. 4 Opiumwet"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Wet op de proefvaarten", True),
        ("wet op de Proefvaarten", True),
        ("Wet op de proefvaarten nageleefd", True),
        ("Wet op de proefvaarten BES", False),
        ("Wet op de proefvaarten op zee", False),
        ("Wet op de proef", False),
    ],
)
def test_a_name_means_a_regeling_also_with_a_piece_of_its_sentence_behind_it(law: App, name: str, found: bool) -> None:
    assert bool(References(law.library).documents_named(name)) == found
