"""What is shown with a sentence, so that it can be understood: its list, with what stands under each point."""

from __future__ import annotations

from dataclasses import replace

from assistant.model import Asked
from assistant.understand.question import understand
from assistant.write import around
from assistant.write.units import Unit
from corpus.model import Locator, Section
from tests.assistant.test_follow_up import GEMEENTEN
from tests.conftest import TODAY

LINES = [
    "In deze wet wordt verstaan onder:",
    "c. automaat: een toestel;",
    "d. inrichting: een plaats waar wordt geschonken:",
    "1°. waar niets anders gebeurt; en",
    "2°. die zich richt op volwassenen;",
    "e. speelhal: een inrichting met automaten.",
]
SECTION = Section(0, 500, ("Artikel 30",), Locator(article="30"))
UNITS = [
    Unit(
        0,
        n,
        0,
        0,
        text,
        SECTION,
        is_heading=False,
        is_item=n > 0,
        is_row=False,
        head=(0, 2) if n in (3, 4) else (0, 0) if n else None,
        nearness=0.8,
    )
    for n, text in enumerate(LINES)
]
PLACED = {(0, unit.place): unit for unit in UNITS}


def _shown(question: str, place: int) -> list[int]:
    return [unit.place for unit in around.whole(understand(Asked(question, TODAY), GEMEENTEN), UNITS[place], PLACED)]


def test_a_point_that_announces_points_of_its_own_takes_those_and_not_its_neighbours() -> None:
    assert _shown("Wie houdt toezicht op een speelhal?", 2) == [2, 3, 4]


def test_points_under_a_point_come_with_the_point() -> None:
    assert _shown("Wie houdt toezicht op een speelhal?", 4) == [2, 3, 4]


def test_a_point_comes_with_all_its_list() -> None:
    assert _shown("Wie houdt toezicht op een speelhal?", 5) == [0, 1, 2, 3, 4, 5]


def test_who_asks_a_meaning_gets_that_point_with_its_own_points_alone() -> None:
    assert _shown("Wat is een automaat?", 1) == [0, 1]
    assert _shown("Wat is een speelhal?", 5) == [0, 5]


def test_a_lid_that_leans_on_the_one_before_comes_with_it() -> None:
    leden = ["1. De verhuurder houdt een register bij.", "2. Daarin staan naam en identiteitsbewijs.", "3. Contante betaling is verboden."]
    sections = [Section(n, n + 1, ("Artikel 5",), Locator(article="5", leden=(str(n + 1),))) for n in range(3)]
    units = [Unit(0, n, 0, 0, text, sections[n], False, True, False, None, 0.8) for n, text in enumerate(leden)]
    shown = around.whole(understand(Asked("Wat staat er in het register?", TODAY), GEMEENTEN), units[0], {(0, u.place): u for u in units})
    assert [unit.place for unit in shown] == [0, 1]


def test_who_asks_what_is_allowed_reads_the_lid_to_its_end() -> None:
    lid = [
        replace(UNITS[n], place=n, text=text, is_item=n != 1, head=None) for n, text in enumerate(("1. Wie.", "Behalve nu.", "2. Anders."))
    ]
    placed = {(0, unit.place): unit for unit in lid}

    def shown(question: str) -> list[int]:
        return [unit.place for unit in around.whole(understand(Asked(question, TODAY), GEMEENTEN), lid[0], placed)]

    assert shown("Mag het college wegslepen?") == [0, 1]
    assert shown("Wie sleept er weg?") == [0]


def test_the_columns_of_a_table_come_with_its_rows_also_where_those_are_many() -> None:
    rows = ["Risico | Kans", *(f"{'Uitval van de projectleider ' * 5}| {n}" for n in range(9))]
    table = [replace(UNITS[0], place=n, text=text, is_row=True, head=(0, 0) if n else None) for n, text in enumerate(rows)]
    query = understand(Asked("Welke risico's noemt het plan?", TODAY), GEMEENTEN)
    assert sum(map(len, rows)) > around.WHOLE_LIST
    assert around.whole(query, table[0], {(0, unit.place): unit for unit in table}) == table
