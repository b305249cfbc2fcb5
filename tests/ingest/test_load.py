"""The demo library in all its formats, against the sources it was made from: no word lost, no article missed."""

from __future__ import annotations

import io
import re
from collections import Counter

import docx
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from corpus.sentences import units
from ingest import clean, dutch
from ingest.blocks import Block, Loaded, Role, without_contents
from ingest.load import formats
from ingest.load import html as html_loader
from ingest.load import text as text_loader
from ingest.structure import parts
from tests.conftest import DOCUMENTS, SOURCES

FILES = sorted(p for p in DOCUMENTS.iterdir() if p.suffix != ".yaml" and "besluitenlijst" not in p.name)


def load(name: str, data: bytes) -> Loaded:
    return formats.load(data, formats.media_type(name, data[:2048]))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_no_word_of_the_source_is_lost(file) -> None:
    source = re.sub(r"^[|\s:-]+$", "", re.sub(r"\[\^\d+\]", "", (SOURCES / f"{file.stem}.md").read_text()), flags=re.M)
    read = words(" ".join(block.text for block in load(file.name, file.read_bytes()).blocks))
    lost = words(source) - read
    # A year that stands in a running head on every page goes out with it.
    assert sum(lost.values()) <= 1, lost


@pytest.mark.parametrize("file", [f for f in FILES if re.search(r"apv|bibob|damocles|convenant|boa-pool", f.name)], ids=lambda p: p.name)
def test_every_article_of_a_regulation_is_found_in_order(file) -> None:
    wanted = re.findall(r"^#### Artikel (\S+)", (SOURCES / f"{file.stem}.md").read_text(), re.M)
    placed = parts(load(file.name, file.read_bytes()).blocks)
    found = [p.locator.article for p in placed if p.block.role is Role.HEADING and p.block.text.startswith("Artikel")]
    assert found == wanted


def test_a_scan_is_known_by_its_pictures() -> None:
    loaded = load("x.pdf", (DOCUMENTS / "besluitenlijst-driehoek-lankwolde-2025.pdf").read_bytes())
    assert (loaded.blocks, loaded.pictures) == ((), (1, 2))


def test_two_columns_are_read_one_after_the_other() -> None:
    text = " ".join(b.text for b in load("x.pdf", (DOCUMENTS / "handreiking-sluiting-panden-elzerstreek.pdf").read_bytes()).blocks)
    source = (SOURCES / "handreiking-sluiting-panden-elzerstreek.md").read_text()
    sentences = [s for s in re.findall(r"[A-Z][^.|\n#-]{60,120}\.", source) if "[^" not in s]
    found = sum(1 for s in sentences if s in text)
    assert found >= 0.95 * len(sentences)


def test_a_table_keeps_its_rows_and_columns() -> None:
    rows = [b.text for b in load("x.pdf", (DOCUMENTS / "uitvoeringsplan-dorrebeek-2026.pdf").read_bytes()).blocks if b.role is Role.ROW]
    assert "Kern Dorrebeek | 440 | 500 | 480 | 480 | 1.900" in rows
    assert "Boa openbare ruimte (domein I) | 3,0 | 3.600 | gemeentehuis Dorrebeek" in rows


def test_a_printed_table_of_contents_is_left_out() -> None:
    blocks = load("x.pdf", (DOCUMENTS / "ivp-elzerveen-2025-2028.pdf").read_bytes()).blocks
    assert not any(". . ." in block.text for block in blocks)
    lines = [Block(f"{n} Hoofdstuk .......... {n * 3}") for n in range(1, 6)]
    assert without_contents([*lines, Block("Tekst.")]) == (Block("Tekst."),)


def test_a_list_of_amounts_is_no_table_of_contents() -> None:
    rows = tuple(Block(f"Post {n} kost euro {n * 100 % 700}") for n in range(1, 6))
    assert without_contents(rows) == rows


def test_pages_are_known_where_the_format_has_them() -> None:
    pdf = load("x.pdf", (DOCUMENTS / "apv-elzerveen-2024.pdf").read_bytes())
    assert {b.page for b in pdf.blocks} == set(range(1, 16))
    assert all(b.page is None for b in load("x.docx", (DOCUMENTS / "apv-elzerveen-2019.docx").read_bytes()).blocks)
    assert [b.page for b in text_loader.load(b"Een zin.\fTwee zinnen.", markdown=False).blocks] == [1, 2]


def test_numbers_that_word_counts_itself_are_written_out() -> None:
    blocks = load("x.docx", (DOCUMENTS / "apv-dorrebeek-2022.docx").read_bytes()).blocks
    at = next(n for n, b in enumerate(blocks) if b.text.startswith("Artikel 1:3"))
    assert [b.text.split()[0] for b in blocks[at + 1 : at + 4]] == ["1.", "2.", "3."]


def test_deleted_text_in_word_is_not_read_and_footnotes_are() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Dit staat er. ")
    run = paragraph.add_run("Dit is verwijderd.")
    deleted = docx.oxml.OxmlElement("w:del")
    run._r.getparent().replace(run._r, deleted)
    deleted.append(run._r)
    out = io.BytesIO()
    document.save(out)
    assert [b.text for b in load("x.docx", out.getvalue()).blocks] == ["Dit staat er."]


def test_a_web_page_gives_its_main_part_and_numbers_its_lists() -> None:
    page = """<html><head><title>T</title></head><body><nav>Menu weg</nav><main><h2>Kop</h2><p>Een zin<br>en nog een.</p>
    <ol start="3"><li>drie</li><li>vier</li></ol><ul><li>punt</li></ul><table><tr><td>a</td><td>b</td></tr></table>
    <p style="display: none">verborgen</p><script>x()</script></main><footer>voet</footer></body></html>"""
    blocks = html_loader.load(page.encode()).blocks
    assert [b.text for b in blocks] == ["Kop", "Een zin", "en nog een.", "3. drie", "4. vier", "- punt", "a | b"]


def test_plain_text_is_read_in_any_usual_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert text_loader.load("Eén café.".encode(encoding), markdown=False).blocks[0].text == "Eén café."


def test_lines_that_were_wrapped_by_hand_become_paragraphs_again() -> None:
    paragraph = "De burgemeester kan in het belang van de openbare orde en veiligheid een gebied aanwijzen waar toezicht geldt. " * 6
    wrapped = "\n".join(re.findall(r".{1,70}(?:\s|$)", paragraph))
    (block,) = text_loader.load(wrapped.encode(), markdown=False).blocks
    assert block.text == " ".join(paragraph.split())


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("een veilig-", "heidsplan", "een veiligheidsplan"),
        ("in-", "en externe", "in- en externe"),
        ("het OOV-", "beleid", "het OOV-beleid"),
        ("in 2023-", "2026", "in 2023- 2026"),
        ("gewone", "tekst", "gewone tekst"),
        ("", "begin", "begin"),
    ],
)
def test_a_word_broken_at_a_line_end_becomes_whole(first: str, second: str, joined: str) -> None:
    assert clean.join(first, second) == joined


def test_what_a_loader_gives_survives_the_way_between_processes() -> None:
    loaded = load("x.pdf", (DOCUMENTS / "convenant-veilig-uitgaan-elzerveen.pdf").read_bytes())
    assert Loaded.from_wire(loaded.to_wire()) == loaded


def test_the_years_below_a_printed_title_belong_to_it() -> None:
    style = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24)
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
    file = io.BytesIO()
    story = [Paragraph("Integraal veiligheidsplan<br/>2024-2027", style), *[Paragraph("De burgemeester houdt toezicht. " * 9, body)] * 3]
    SimpleDocTemplate(file).build(story)
    assert load("plan.pdf", file.getvalue()).blocks[0].text == "Integraal veiligheidsplan 2024-2027"


def test_leden_whose_numbers_stand_bare_in_the_margin_of_a_page_are_leden() -> None:
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
    lid, part = ParagraphStyle("lid", body, leftIndent=24), ParagraphStyle("part", body, leftIndent=48, bulletIndent=24)
    told = [("1", "Het is verboden iets te plaatsen. " * 6), ("2", "Geen vergunning is vereist voor:"), ("3", "Het mag.")]
    story = [Paragraph("Artikel 2:10 Voorwerpen", ParagraphStyle("head", body, fontName="Helvetica-Bold"))]
    for number, text in told:
        story.append(Paragraph(text, lid, bulletText=number))
        story += [Paragraph(text, part, bulletText=letter) for letter, text in (("a", "terrassen;"), ("b", "borden."))] * (number == "2")
    file = io.BytesIO()
    SimpleDocTemplate(file).build(story)
    placed = parts(load("apv.pdf", file.getvalue()).blocks)
    assert [p.locator.leden for p in placed] == [(), ("1",), ("2",), ("2",), ("2",), ("3",)]
    assert [p.block.text for p in placed][2:5] == ["2. Geen vergunning is vereist voor:", "a. terrassen;", "b. borden."]


def test_a_web_page_that_prints_its_own_numbers_has_them_once() -> None:
    page = b"""<h4>Artikel 2:1 Orde</h4><ol><li><p><span>1.</span> Het is verboden.</p></li>
    <li><p><span>2.</span> Hij die</p><ol><li><p><span>a.</span> aanwezig is.</p></li></ol></li></ol>
    <ol style="list-style-type: lower-alpha"><li>eerst</li><li>dan</li></ol>"""
    assert [b.text for b in load("apv.html", page).blocks][1:] == [
        "1. Het is verboden.",
        "2. Hij die",
        "a. aanwezig is.",
        "a. eerst",
        "b. dan",
    ]


def test_the_number_of_a_note_is_no_part_of_the_number_before_it() -> None:
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
    told = "Dit plan loopt tot en met 31 december 2028.<super>12</super> De raad stelt het vast voor 50 m<super>2</super> grond."
    file = io.BytesIO()
    SimpleDocTemplate(file).build([Paragraph(told, body), Spacer(1, 40), Paragraph("<super>12</super> Raadsbesluit 2024-118.", body)])
    printed = [b.text for b in load("plan.pdf", file.getvalue()).blocks]
    assert printed == [
        "Dit plan loopt tot en met 31 december 2028.¹² De raad stelt het vast voor 50 m² grond.",
        "¹² Raadsbesluit 2024-118.",
    ]
    (begin, end), *rest = units(printed[0])
    assert printed[0][begin:end] == "Dit plan loopt tot en met 31 december 2028.¹²"
    assert len(rest) == 1
    assert dutch.words(printed[0])[-11:] == ["2028", "de", "raad", "stelt", "het", "vast", "voor", "50", "m", "2", "grond"]
    page = load("plan.html", b"<p>Dit plan loopt tot 2028.<sup>12</sup> De raad stelt het vast.</p>")
    assert page.blocks[0].text == "Dit plan loopt tot 2028.¹² De raad stelt het vast."
