"""What stands in a merged cell of a table holds for each row and column that it covers, in Word and on the web."""

from __future__ import annotations

import io

import docx
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import Block, Role
from ingest.load import docx as word_loader
from ingest.load import grid
from ingest.load import html as html_loader
from ingest.load.grid import Cell

MATRIX = """<html><body><table>
<tr><th rowspan=2>Overtreding</th><th colspan=2>Softdrugs</th><th colspan=2>Harddrugs</th></tr>
<tr><th>Woning</th><th>Lokaal</th><th>Woning</th><th>Lokaal</th></tr>
<tr><td>eerste</td><td>waarschuwing</td><td>6 weken</td><td>6 weken</td><td></td></tr>
<tr><td>tweede</td><td colspan=2>3 maanden</td><td>3 maanden</td><td>6 maanden</td></tr>
</table></body></html>"""


def rows(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.role is Role.ROW]


def test_a_web_table_names_each_of_its_columns_and_keeps_its_empty_cells() -> None:
    assert rows(html_loader.load(MATRIX.encode()).blocks) == [
        "Overtreding | Softdrugs Woning | Softdrugs Lokaal | Harddrugs Woning | Harddrugs Lokaal",
        "eerste | waarschuwing | 6 weken | 6 weken | –",
        "tweede | 3 maanden | 3 maanden | 3 maanden | 6 maanden",
    ]


def test_a_word_table_says_in_each_row_what_its_merged_first_cell_says() -> None:
    document = docx.Document()
    table = document.add_table(rows=5, cols=3)
    for at, texts in enumerate(
        (("Pand", "Drugs", "Sluiting"), ("Woning", "soft", "3"), ("", "hard", "6"), ("Lokaal", "soft", "6"), ("", "hard", ""))
    ):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(4, 0))
    held = io.BytesIO()
    document.save(held)
    assert rows(word_loader.load(held.getvalue()).blocks) == [
        "Pand | Drugs | Sluiting",
        "Woning | soft | 3",
        "Woning | hard | 6",
        "Lokaal | soft | 6",
        "Lokaal | hard | –",
    ]


def test_figures_below_a_shared_head_are_no_second_head() -> None:
    table = [[Cell("Post"), Cell("Bedrag", columns=2)], [Cell(""), Cell("2025"), Cell("2026")], [Cell("Boa's"), Cell("10"), Cell("20")]]
    assert [block.text for block in grid.blocks(table)] == ["Post | Bedrag | Bedrag", "– | 2025 | 2026", "Boa's | 10 | 20"]


def test_a_total_over_the_first_columns_is_said_once() -> None:
    table = [[Cell("Post"), Cell("Uren"), Cell("Bedrag")], [Cell("Totaal", columns=2), Cell("€ 500")]]
    assert [block.text for block in grid.blocks(table)][1] == "Totaal | – | € 500"


cells = st.builds(Cell, st.sampled_from(["", "a", "bb", "lang" * 40]), st.integers(-1, 10**9), st.integers(-1, 10**9))


@given(st.lists(st.lists(cells, max_size=4), max_size=6))
def test_whatever_spans_a_file_claims_every_text_is_kept_and_rows_are_of_one_width(table: list[list[Cell]]) -> None:
    found = list(grid.blocks(table))
    assert {cell.text for row in table for cell in row if cell.text} <= {
        part for block in found for part in block.text.replace(" | ", " ").split()
    }
    assert len({block.text.count(" | ") for block in found if block.role is Role.ROW}) <= 1
