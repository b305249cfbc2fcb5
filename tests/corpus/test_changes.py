"""What changed between two editions is told article by article."""

from __future__ import annotations

from corpus.changes import Change, compare
from ingest import structure
from ingest.load import formats
from ingest.split import compose
from tests.conftest import APV


def differences(old: str, new: str) -> list[tuple[Change, str]]:
    first, second = (compose(structure.parts(formats.load(text.encode(), "text/markdown").blocks)) for text in (old, new))
    return [(d.change, d.locator) for d in compare(first.text, first.sections(), second.text, second.sections())]


def test_the_same_text_has_no_differences() -> None:
    assert differences(APV, APV) == []


def test_white_space_and_page_turns_are_no_change() -> None:
    assert differences(APV, APV.replace("aangelijnd.", "aangelijnd.  ")) == []


def test_a_changed_lid_is_told_under_its_article() -> None:
    assert differences(APV, APV.replace("02.00", "03.00")) == [(Change.CHANGED, "art. 2:9")]


def test_a_new_article_and_one_that_is_gone_are_told() -> None:
    added = APV.replace("## Hoofdstuk 6 Slot", "#### Artikel 2:11 Vuur\n\nHet is verboden vuur te stoken.\n\n## Hoofdstuk 6 Slot")
    assert differences(APV, added) == [(Change.ADDED, "art. 2:11")]
    assert differences(added, APV) == [(Change.REMOVED, "art. 2:11")]


def test_an_article_that_only_moved_is_told_as_renumbered() -> None:
    assert differences(APV, APV.replace("Artikel 6:2", "Artikel 6:3")) == [(Change.RENUMBERED, "art. 6:3")]
