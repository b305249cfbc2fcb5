"""An answer as a Word file: headings, tables and a source list as Word knows them; the only writer of .docx.

That AI made it stands in the header of every page and, for machines, in the properties of the document.
"""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.api.shapes import AnswerShape, CitationShape
from assistant.text.tables import CELLS

_HEADINGS = frozenset(("Aanleiding", "Kader (wet en verordening)", "Beleid", "Advies om over te denken"))
_SOURCES = "Bronnen"
_INK, _GREY = RGBColor(0x15, 0x42, 0x73), RGBColor(0x59, 0x59, 0x59)
_WIDTH = 16.0


def written(answer: AnswerShape, notice: str, about: str, remarks: list[str], sources: list[str], read_as: str | None) -> bytes:
    """The file. `notice` says that AI made it, `about` how; `remarks` are what a reader has to know, `sources` the lines of the list,
    `read_as` the question it was read as, where that differs."""
    document = _page(notice)
    document.add_heading(answer.question, level=1)
    if read_as:
        document.add_paragraph(f"Gelezen als: {read_as}")
    _small(document.add_paragraph(about))
    for remark in remarks:
        paragraph = document.add_paragraph()
        paragraph.add_run("Let op: ").bold = True
        paragraph.add_run(remark)
    _body(document, answer.text or answer.missing or "", {f"{cited.title}, {cited.locator}:" for cited in answer.citations})
    if answer.citations:
        document.add_heading(_SOURCES, level=2)
    for cited, line in zip(answer.citations, sources, strict=True):
        _source(document, cited, line)
    about_it = document.core_properties
    about_it.title, about_it.author, about_it.language = answer.question[:250], "OOV-assistent", "nl-NL"
    about_it.subject, about_it.category = "Antwoord van een AI-assistent", "AI-gegenereerd"
    about_it.keywords, about_it.comments = "ai-generated; trainedAlgorithmicMedia", f"{notice} Antwoord {answer.id}."
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(notice: str) -> Any:
    """An empty A4 document in Dutch, with the notice above and the page number below."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - _WIDTH) / 2)
    page.top_margin = page.bottom_margin = Cm(2.3)
    page.header.paragraphs[0].text = notice
    _small(page.header.paragraphs[0])
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Calibri")
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    normal.element.rPr.append(language)
    for level, size in ((1, 16), (2, 13)):
        heading = document.styles[f"Heading {level}"]
        heading.font.name, heading.font.size, heading.font.color.rgb = "Calibri", Pt(size), _INK
        fonts = heading.element.rPr.rFonts
        for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[theme]
    return document


def _body(document: Any, text: str, places: set[str]) -> None:
    """The answer as it was written out: headings of a memo and the places it quotes, things to tick, lists and tables."""
    kept = [line for line in text.split("\n") if not (line.startswith("|-") and set(line) <= set("|-"))]
    for is_row, lines in groupby(kept, lambda line: CELLS in line and not line.startswith((" ", "-"))):
        if is_row:
            _table(document, list(lines))
            continue
        for line in lines:
            if line == _SOURCES:
                return
            if line in _HEADINGS:
                document.add_heading(line, level=2)
            elif line in places:
                place = document.add_paragraph()
                place.add_run(line).italic = True
                place.paragraph_format.keep_with_next = True
            elif line.strip():
                _line(document, line)


def _line(document: Any, line: str) -> None:
    text = line.strip()
    paragraph = document.add_paragraph(
        "☐ " + text[6:] if text.startswith("- [ ] ") else text.replace("- ", "– ", 1) if text.startswith("- ") else text
    )
    if not text.startswith("- [ ] ") and (line.startswith("   ") or (text[:1].islower() and text[1:3] in (". ", ") "))):
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.2), Cm(-0.5)
        paragraph.paragraph_format.space_after = Pt(3)


def _table(document: Any, lines: list[str]) -> None:
    head, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.autofit = False
    widths = [4.0, 2.6, _WIDTH - 6.6] if head[0] == "bron" and len(head) == 3 else [_WIDTH / len(head)] * len(head)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text[:1].upper() + text[1:]).bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "E8EEF5")
        cell._tc.get_or_add_tcPr().append(shade)
    repeats = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeats)
    for row in body:
        cells = table.add_row()
        cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = text
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(10)
    document.add_paragraph()


def _source(document: Any, cited: CitationShape, line: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(line).bold = True
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(2)
    quote = document.add_paragraph("“" + re.sub(r"\n\s*\n", "\n", cited.quote.strip()) + "”")
    quote.paragraph_format.left_indent = Cm(0.8)
    quote.paragraph_format.space_after = Pt(10)
    _small(quote)


def _small(paragraph: Any) -> None:
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(9), _GREY
