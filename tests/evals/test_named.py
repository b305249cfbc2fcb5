"""An article that is asked for by number and law comes first, however it is written."""

from __future__ import annotations

import random

from assistant.app import App
from evals import named
from tests.conftest import TODAY


def test_the_articles_of_the_demo_library_come_first_in_every_phrasing(demo: App) -> None:
    asked = named.drawn(named.articles(demo.library, TODAY), 12)
    first, missed = named.measure(demo, asked, TODAY)
    assert len(asked) == 12
    assert not missed
    assert dict(first) == dict.fromkeys(("voluit", "afgekort", "met lid", "kleine letters", "typfout"), 12)


def test_the_drawing_is_the_same_every_time(demo: App) -> None:
    found = named.articles(demo.library, TODAY)
    assert len(found) > 50
    assert named.drawn(found, 20) == named.drawn(found, 20)
    assert len(set(map(id, named.drawn(found, 20)))) == 20


def test_a_slip_changes_the_name() -> None:
    chance = random.Random(1)
    assert all(named.slipped("Algemene wet bestuursrecht", chance) != "Algemene wet bestuursrecht" for _ in range(200))
