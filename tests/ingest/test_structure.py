"""Places: articles, leden, headings that nest by what they say and by how often they return."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block, Role
from ingest.looks import mark_items
from ingest.marks import Marks
from ingest.structure import parts


def heading(text: str, level: int | None = None) -> Block:
    return Block(text, Role.HEADING, level)


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("Artikel 2:10 Voorwerpen op de weg", "2:10"),
        ("Artikel 2:10A", "2:10A"),
        ("Artikel 13b", "13b"),
        ("Artikel 151c Cameratoezicht", "151c"),
        ("Artikel 5:32a.", "5:32a"),
        ("Artikel IV", "IV"),
        ("Art. 7 Slotbepaling", "7"),
        ("Artikel 2.1.3 Samenscholing", "2.1.3"),
        ("Artikel 13b van de Opiumwet geeft die bevoegdheid", None),
        ("Artikel 2, derde lid, is van toepassing", None),
        ("Artikelen in de winkel", None),
    ],
)
def test_an_article_is_known_by_its_number_and_not_by_a_mention(text: str, article: str | None) -> None:
    (part,) = parts([Block(text)])
    assert part.locator.article == article


def test_leden_are_numbered_inside_their_article_and_forgotten_after_it() -> None:
    placed = parts(
        [
            heading("Artikel 2:1 Een"),
            Block("1. Het is verboden.", Role.ITEM),
            Block("a. hier;", Role.ITEM),
            Block("2. Het mag wel.", Role.ITEM),
            heading("Artikel 2:2 Twee"),
            Block("Zonder lid."),
        ]
    )
    assert [str(p.locator) for p in placed] == ["art. 2:1", "art. 2:1 lid 1", "art. 2:1 lid 1", "art. 2:1 lid 2", "art. 2:2", "art. 2:2"]


@pytest.mark.parametrize("title", [heading("Sluiting van gebouwen"), Block("Sluiting van gebouwen")], ids=["heading", "short line"])
def test_a_title_on_the_line_below_its_article_is_part_of_its_heading(title: Block) -> None:
    placed = parts([heading("Artikel 5"), title, Block("De burgemeester sluit."), heading("Artikel 6"), Block("Vervallen")])
    assert [p.block.text for p in placed][:2] == ["Artikel 5 Sluiting van gebouwen", "De burgemeester sluit."]
    assert [p.locator.article for p in placed] == ["5", "5", "6", "6"]
    assert placed[1].path == ("Artikel 5 Sluiting van gebouwen",)


@pytest.mark.parametrize(
    "below", [heading("Hoofdstuk 2 Slot"), heading("Artikel 6 Slot"), heading("3.2 Slot"), Block("1. Het is verboden"), Block("Het mag.")]
)
def test_what_is_no_title_stays_apart_from_the_article_above_it(below: Block) -> None:
    assert [p.block for p in parts([heading("Artikel 5"), below, Block("Verder.")])][1] == below


def test_a_heading_below_an_article_in_rank_stands_inside_it() -> None:
    placed = parts(
        [
            Block("Artikel 5 Sluiting", Role.HEADING, 2),
            Block("Weigeringsgronden", Role.HEADING, 3),
            Block("Er zijn er twee."),
            Block("Tweede lid", Role.HEADING),
            Block("Over de duur."),
            Block("Slot", Role.HEADING, 2),
        ]
    )
    assert [p.locator.article for p in placed] == ["5", "5", "5", "5", "5", None]
    assert placed[2].path == ("Artikel 5 Sluiting", "Weigeringsgronden")
    assert placed[4].locator.leden == ("2",)


def test_an_article_that_lapsed_is_no_article_and_has_none_below_it() -> None:
    placed = parts(
        [heading("Hoofdstuk 2 Orde"), heading("Artikel 2:3 [Vervallen]"), heading("Artikel 2:4 Evenement"), Block("Het is verboden.")]
    )
    assert [p.locator.article for p in placed] == [None, None, "2:4", "2:4"]
    assert placed[-1].path == ("Hoofdstuk 2 Orde", "Artikel 2:4 Evenement")


@pytest.mark.parametrize(
    "lines",
    [
        ["1 Het is verboden.", "2 Geen vergunning is vereist voor:", "a terrassen;", "b uitstallingen.", "2a Het college wijst aan."],
        [
            "(1) Het is verboden.",
            "(2) Geen vergunning is vereist voor:",
            "(a) terrassen;",
            "(b) uitstallingen.",
            "(2a) Het college wijst aan.",
        ],
        ["1) Het is verboden.", "2) Geen vergunning is vereist voor:", "a) terrassen;", "b) uitstallingen.", "2a) Het college wijst aan."],
    ],
)
def test_leden_are_known_however_their_numbers_are_printed(lines: list[str]) -> None:
    blocks = [
        heading("Artikel 2:1 Een"),
        *mark_items([Block(line) for line in lines]),
        heading("Artikel 2:2 Twee"),
        Block("3 Weken later."),
    ]
    placed = parts(blocks)
    assert [p.locator.leden for p in placed] == [(), ("1",), ("2",), ("2",), ("2",), ("2a",), (), ()]
    assert placed[-1].block.text == "3 Weken later."
    assert all(p.block.role is Role.ITEM for p in placed[1:6])


def test_leden_that_are_told_or_counted_with_their_article_are_known() -> None:
    told = parts([heading("Artikel 3 Hoogte"), Block("Lid 1 De boete is € 450."), Block("Lid 2: De boete is € 900.")])
    whole = parts([heading("Artikel 4 Duur"), Block("4.1 Dit convenant geldt."), Block("4.2 Opzeggen kan."), Block("5.1 procent meer.")])
    assert [p.locator.leden for p in told] == [(), ("1",), ("2",)]
    assert [p.locator.leden for p in whole] == [(), ("1",), ("2",), ()]


@given(st.lists(st.sampled_from(["Artikel 1 Een", "1 Het", "2 Het", "a het:", "b het", "Het is:", "1. Het", "12 De"]), max_size=20))
def test_writing_out_marks_adds_nothing_but_stops(lines: list[str]) -> None:
    marks = Marks()
    for line in lines:
        bare, written = marks.begins(line), marks.written(line)
        assert written.replace(".", "") == line.replace(".", "")
        assert (written != line) == bare


def test_what_a_toelichting_says_of_an_article_is_not_that_article() -> None:
    rule = [heading("Artikel 2 Sluiting"), Block("De burgemeester sluit.")]
    apart = [
        heading("Toelichting"),
        heading("Hoofdstuk 1 Algemeen"),
        Block("Het doel is rust."),
        heading("Artikel 2"),
        Block("Soms volstaat een brief."),
    ]
    placed = parts([*rule, *apart, heading("Bijlage 1 Kaart"), Block("De kaart.")])
    assert [str(p.locator) for p in placed if p.block.role is not Role.HEADING] == [
        "art. 2",
        "toelichting, onder ‘Hoofdstuk 1 Algemeen’",
        "toelichting op art. 2",
        "bijlage 1",
    ]


def test_what_is_numbered_in_a_bijlage_is_not_what_has_that_number_in_the_body() -> None:
    body = [heading("Plan"), heading("1 Doel"), Block("Rust."), heading("1.1 Cijfers"), Block("Er waren er 12.")]
    annexes = [
        heading("Bijlage Kaart"),
        Block("De kaart."),
        heading("Bijlage B: Model"),
        heading("1.1 Cijfers"),
        Block("Vul in."),
        heading("Artikel 1"),
        Block("Zo."),
    ]
    placed = parts([*body, *annexes])
    assert [str(p.locator) for p in placed if p.block.role is not Role.HEADING] == [
        "§ 1",
        "§ 1.1",
        "bijlage 1",
        "bijlage B, § 1.1",
        "bijlage B, art. 1",
    ]


def test_a_line_that_names_a_bijlage_begins_it() -> None:
    lines = [heading("Stap 2"), Block("Boete."), Block("Bijlage 1: Sancties"), Block("a | b", Role.ROW), Block("Bijlage 2 bevat de kaart.")]
    assert [str(p.locator) for p in parts(lines)] == ["onder ‘Stap 2’", "onder ‘Stap 2’", "bijlage 1", "bijlage 1", "bijlage 1"]


def test_a_document_that_is_called_a_bijlage_is_no_bijlage_of_itself() -> None:
    placed = parts([heading("Bijlage 1 bij raadsvoorstel 24"), heading("1.1 Doel"), Block("Rust.")])
    assert str(placed[-1].locator) == "§ 1.1"


def test_an_article_with_a_toelichting_of_its_own_is_told_apart_from_it() -> None:
    each = [(heading(f"Artikel {n} Regel"), Block("Het mag niet."), heading("Toelichting"), Block("Dat is gevaarlijk.")) for n in (1, 2)]
    placed = [str(p.locator) for p in parts([block for one in each for block in one]) if p.block.role is not Role.HEADING]
    assert placed == ["art. 1", "toelichting op art. 1", "art. 2", "toelichting op art. 2"]


def test_a_toelichting_names_its_article_and_ends_where_the_format_says_so() -> None:
    placed = parts(
        [
            Block("Artikel 1 Regel", Role.HEADING, 2),
            Block("Toelichting", Role.HEADING, 1),
            Block("Artikelsgewijs", Role.HEADING, 2),
            Block("Toelichting op artikel 1 (Regel)", Role.HEADING, 2),
            Block("Uitleg."),
            Block("Ondertekening", Role.HEADING, 1),
            Block("De burgemeester."),
        ]
    )
    assert [str(p.locator) for p in placed][4:] == ["toelichting op art. 1", "onder ‘Ondertekening’", "onder ‘Ondertekening’"]


def test_a_plan_without_articles_has_no_toelichting() -> None:
    placed = parts([heading("1 Doel"), Block("Rust."), heading("Toelichting op de cijfers"), Block("Er waren er 12.")])
    assert placed[-1].locator.annex is None


def test_numbered_headings_nest_by_their_numbers() -> None:
    placed = parts(
        [heading("1 Inleiding"), heading("1.1 Doel"), Block("a"), heading("1.2 Opzet"), Block("b"), heading("2 Aanpak"), Block("c")]
    )
    assert [p.path for p in placed if p.block.role is Role.PARAGRAPH] == [
        ("1 Inleiding", "1.1 Doel"),
        ("1 Inleiding", "1.2 Opzet"),
        ("2 Aanpak",),
    ]
    assert [str(p.locator) for p in placed if p.block.role is Role.PARAGRAPH] == ["§ 1.1", "§ 1.2", "§ 2"]


def test_a_heading_that_returns_is_a_label_inside_the_one_that_does_not() -> None:
    blocks = []
    for project in ("Screening van medewerkers", "Een congres organiseren", "Een leermodule maken"):
        blocks += [heading(project), heading("Doel"), Block("tekst"), heading("Planning"), Block("tekst")]
    paths = [p.path for p in parts(blocks) if p.block.role is Role.PARAGRAPH]
    assert paths[:3] == [
        ("Screening van medewerkers", "Doel"),
        ("Screening van medewerkers", "Planning"),
        ("Een congres organiseren", "Doel"),
    ]


def test_lines_that_name_a_project_each_begin_a_record() -> None:
    blocks = []
    for name in ("Piket", "Proeftuin", "Pilot"):
        blocks += [
            Block(f"Naam van het project: {name}"),
            Block(f"Initiatiefnemer: gemeente {name}"),
            Block("Kern van het project gaat hierover."),
        ]
    paths = [p.path for p in parts(blocks)]
    assert paths[2] == ("Naam van het project: Piket",)
    assert paths[5] == ("Naam van het project: Proeftuin",)


def test_a_lone_number_inside_a_chapter_is_no_new_chapter() -> None:
    placed = parts([heading("1 Inleiding"), heading("2 Aanpak"), heading("1. Informatie delen"), Block("x"), heading("3 Slot"), Block("y")])
    assert placed[3].path == ("2 Aanpak", "1. Informatie delen")
    assert placed[5].path == ("3 Slot",)
