"""Tables in a PDF are read by the lines around their cells; where the lines make no table, the text stays as it was."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingest import ruled
from ingest.blocks import Role
from ingest.load import pdf
from ingest.printed import Line
from ingest.ruled import Rule

BODY = getSampleStyleSheet()["BodyText"]
INTRO = "De burgemeester treedt op volgens de volgende matrix. De termijnen gaan in op de dag van de feitelijke sluiting van het pand. " * 3


def printed(rows: list[list[str]], *style: tuple[object, ...], widths: list[int] | None = None) -> list[str]:
    held = io.BytesIO()
    cells = [[Paragraph(text, BODY) if text else "" for text in row] for row in rows]
    table = Table(cells, colWidths=widths, style=[("GRID", (0, 0), (-1, -1), 0.6, colors.black), *style])
    SimpleDocTemplate(held).build([Paragraph(INTRO, BODY), table, Paragraph(INTRO, BODY)])
    return [block.text for block in pdf.load(held.getvalue()).blocks if block.role is Role.ROW]


def test_a_cell_beside_several_rows_is_said_in_each_wherever_it_is_drawn() -> None:
    matrix = [
        ["Pand", "Middel", "Eerste keer", "Derde keer"],
        ["Woning", "softdrugs", "waarschuwing", "zes maanden"],
        ["", "harddrugs", "drie maanden", "twaalf maanden"],
        ["Lokaal", "softdrugs", "zes maanden", "twaalf maanden"],
        ["", "harddrugs", "negen maanden", "sluiting voor onbepaalde tijd, ook na een brief"],
    ]
    for valign in ("TOP", "MIDDLE"):
        spans = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 4)), ("VALIGN", (0, 0), (-1, -1), valign)]
        assert printed(matrix, *spans, widths=[60, 70, 100, 110]) == [
            "Pand | Middel | Eerste keer | Derde keer",
            "Woning | softdrugs | waarschuwing | zes maanden",
            "Woning | harddrugs | drie maanden | twaalf maanden",
            "Lokaal | softdrugs | zes maanden | twaalf maanden",
            "Lokaal | harddrugs | negen maanden | sluiting voor onbepaalde tijd, ook na een brief",
        ]


def test_an_empty_cell_keeps_its_column() -> None:
    assert printed([["Functie", "fte", "uren"], ["Boa", "", "3.600"], ["Totaal", "4,5", ""]]) == [
        "Functie | fte | uren",
        "Boa | – | 3.600",
        "Totaal | 4,5 | –",
    ]


def test_a_frame_around_text_is_no_table() -> None:
    assert printed([["Een kader met een tip voor de lezer van dit plan."]]) == []


def line(text: str, x: float, y: float, right: float) -> Line:
    return Line(text, x, y, 10, False, right, 1)


def test_text_that_crosses_a_border_leaves_the_page_as_it_was() -> None:
    rules = [Rule(False, y, 0, 200) for y in (0, 50, 100)] + [Rule(True, x, 0, 100) for x in (0, 100, 200)]
    page = [line("links", 10, 70, 40), line("rechts", 110, 70, 150), line("over de lijn heen", 60, 20, 150)]
    assert ruled.tables(page, rules) == page


numbers = st.floats(-50, 650, allow_nan=False)
rule = st.builds(
    lambda upright, at, start, long: Rule(upright, at, start, start + long), st.booleans(), numbers, numbers, st.floats(0, 600)
)
text = st.builds(lambda n, x, y, wide: line(f"woord{n}", x, y, x + wide), st.integers(0, 10**6), numbers, numbers, st.floats(1, 300))


@given(st.lists(text, max_size=12, unique_by=lambda one: one.text), st.lists(rule, max_size=16))
def test_whatever_lines_a_page_draws_no_word_on_it_is_lost(page: list[Line], rules: list[Rule]) -> None:
    made = " ".join(one.text for one in ruled.tables(page, rules))
    assert all(one.text in made.split() for one in page)
