"""What a question is after, and whether a text shows it."""

from __future__ import annotations

import pytest

from assistant.app import App
from assistant.model import Asked
from assistant.write import target
from assistant.write.target import Sort, Target
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "sort", "focus"),
    [
        ("Hoeveel camera's hangen er op het Kerkplein?", Sort.COUNT, ("camera's",)),
        ("Hoeveel vaste camera's hangen er?", Sort.COUNT, ("camera's",)),
        ("Wat kost een standplaats op de markt?", Sort.MONEY, ("standplaats",)),
        ("Hoeveel subsidie krijgt de wijkvereniging?", Sort.MONEY, ("subsidie",)),
        ("Hoe laat sluit het terras?", Sort.CLOCK, ()),
        ("Binnen welke termijn moet het college beslissen?", Sort.TERM, ("termijn",)),
        ("Vanaf welke leeftijd mag iemand collecteren?", Sort.AGE, ("leeftijd",)),
        ("Hoe groot mag een kampvuur zijn?", Sort.SIZE, ("kampvuur",)),
        ("Hoeveel procent van de aangiften is opgelost?", Sort.SHARE, ("procent",)),
        ("Wie is de projectleider?", Sort.PERSON, ("projectleider",)),
        ("Wie is op dit moment projectleider?", Sort.PERSON, ("projectleider",)),
        ("Wie is bevoegd om te sluiten?", None, ("bevoegd",)),
        ("Waar worden de beelden bekeken?", Sort.PLACE, ()),
        ("Mag ik hier parkeren?", None, ()),
        ("Waar gaat het convenant over?", None, ()),
        ("Waar staat dat een hond aan de lijn moet?", None, ()),
        ("Hoe groot is het budget?", Sort.MONEY, ("budget",)),
        ("Wat zijn de leges?", Sort.MONEY, ("leges",)),
        ("Hoeveel moet ik betalen?", Sort.MONEY, ()),
        ("Wat betaalt een ondernemer aan leges?", Sort.MONEY, ()),
        ("Wat is het uurtarief van de slotenmaker?", Sort.MONEY, ("uurtarief",)),
        ("Hoeveel mogen de prijzen van een bingo samen waard zijn?", Sort.MONEY, ()),
        ("Hoe ver van tevoren moet een optocht worden gemeld?", Sort.TERM, ()),
        ("Hoe hoog is in 2026 de dwangsom voor een terras?", Sort.MONEY, ()),
        ("Hoe hoog is het aantal inbraken?", Sort.COUNT, ("aantal", "inbraken")),
    ],
)
def test_the_sort_of_thing_and_of_what_are_read_from_the_question(question: str, sort: Sort | None, focus: tuple[str, ...]) -> None:
    assert target.of(question) == Target(sort, focus)


@pytest.mark.parametrize(
    ("sort", "shows", "shows_not"),
    [
        (Sort.MONEY, "De leges zijn € 310.", "De leges staan in de tabel."),
        (Sort.CLOCK, "Het terras sluit om 23.00 uur.", "Het terras sluit vroeg."),
        (Sort.CLOCK, "Gesloten van 22.00 tot 06.00 uur.", "Dit staat in artikel 2:10 van de APV."),
        (Sort.TERM, "Het college beslist binnen acht weken.", "Het college beslist op 3 mei."),
        (Sort.SIZE, "Het vuur is ten hoogste 3 meter hoog.", "Er zijn ten hoogste 3 vuren."),
        (Sort.SHARE, "De helft van de zaken is gesloten.", "Er zijn 12 zaken gesloten."),
        (Sort.PERSON, "Projectleider is P. de Wit.", "De projectleider stuurt de werkgroep aan."),
        (Sort.PLACE, "De beelden worden bekeken op het politiebureau.", "De beelden worden niet bekeken."),
    ],
)
def test_a_text_shows_a_thing_of_its_own_sort_only(sort: Sort, shows: str, shows_not: str) -> None:
    asked = Target(sort, ())
    assert target.shown(asked, shows)
    assert not target.shown(asked, shows_not)


def test_a_number_of_something_else_is_no_count() -> None:
    asked = target.of("Hoeveel camera's hangen er?")
    assert target.counted(asked, "Er hangen 22 vaste camera's in vier gebieden.")
    assert target.counted(asked, "Er hangt één camera op het plein.")
    assert not target.counted(asked, "Binnen 28 dagen worden de beelden van de camera's gewist.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("De griffier, M.J. van den Berg", True),
        ("Aanwezig: S. Bos (voorzitter), P. de Wit (griffier), K. Smit (verslag)", True),
        ("Namens de raad tekent griffier P. de Wit.", True),
        ("Het overleg staat onder griffierschap van de gemeentesecretaris.", True),
        ("De gemeentesecretaris treedt op als griffier.", True),
        ("Het overleg bestaat uit de burgemeester en de griffier.", False),
        ("De griffier zendt het besluit binnen een week na de vergadering aan P. de Wit.", False),
    ],
)
def test_who_holds_an_office_is_told_by_a_name_or_another_office_beside_it(text: str, names: bool) -> None:
    assert target.held(target.of("Wie is de griffier?"), text) is names
    assert not target.held(target.of("Waar is de griffier?"), text)


@pytest.mark.parametrize("question", ["Wie is op dit moment teamchef van basisteam Elzerstreek?", "Wie is de directeur van het PVE?"])
def test_who_holds_an_office_is_answered_with_a_name(demo: App, question: str) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    asked = target.of(question)
    assert answer.status != "not_found"
    assert any(target.held(asked, sentence.text) for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("question", "row", "other"),
    [
        (
            "Hoeveel uur toezicht is er gemaakt?",
            "Uren toezicht per gebied\nGebied | Gemaakt\nHaven | 2.910",
            "Meldingen per gebied\nHaven | 2.910",
        ),
        ("Hoe hoog is de dwangsom?", "Boetes en dwangsommen\nTerras | 480 | 2.000", "Aantal controles\nTerras | 480"),
        ("Hoeveel procent was tevreden?", "Oordeel | Percentage\nGoed | 62", "Oordeel | Aantal\nGoed | 62"),
    ],
)
def test_a_bare_figure_in_a_table_is_of_what_its_columns_say(question: str, row: str, other: str) -> None:
    assert target.tabled(target.of(question), row)
    assert not target.tabled(target.of(question), other)


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Kan het bevel nog een keer worden verlengd?", "verlengd"),
        ("Mag de burgemeester een agent machtigen om namens hem op te treden?", "machtigen"),
        ("Er ligt een verzoek. Kunnen we de uren doorschuiven naar volgend jaar?", "doorschuiven"),
        ("Mag de raad regels stellen over hoe hard een gebed klinkt?", "stellen"),
        ("Is het terras open?", None),
        ("Mogen fietsen in het gebied van Borne?", None),
    ],
)
def test_what_is_done_is_the_verb_at_the_end_of_a_question_for_yes_or_no(question: str, verb: str | None) -> None:
    assert target.acted(question) == verb


@pytest.mark.parametrize(
    ("question", "held", "lost"),
    [
        ("Hoeveel explosies waren er in 2025?", "inbraken", True),
        ("Hoeveel inbraken waren er in 2025?", "inbraken", False),
        ("Hoeveel leges betaalt een organisator?", "waarborgsom", True),
        ("Tot welk bedrag mag er contant worden betaald?", "euro", False),
        ("Hoe lang duurt het?", "niets", False),
    ],
)
def test_how_many_of_something_is_not_told_by_a_text_about_something_else(question: str, held: str, lost: bool) -> None:
    assert target.lost(target.of(question), lambda word: float(word == held)) is lost


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Hoeveel woninginbraken waren er in 2016 in Lankwolde?", "158"),
        ("Hoeveel woninginbraken waren er in 2023 in Lankwolde?", None),
        ("Hoeveel woninginbraken waren er in 2011 in Dorrebeek?", None),
    ],
)
def test_how_many_there_were_in_a_year_is_told_only_by_a_text_that_speaks_of_that_year(
    demo: App, question: str, figure: str | None
) -> None:
    answer = demo.answerer.answer(Asked(question, TODAY))
    if figure is None:
        assert answer.status == "not_found"
    else:
        assert any(figure in sentence.text for sentence in answer.sentences)
