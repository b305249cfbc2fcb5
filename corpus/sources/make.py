"""Makes the demo library's PDF, Word, HTML, text and scan from the Markdown beside it. A tool for its writers: `make documents`.

The sources are a small subset of Markdown: headings, paragraphs, lists, leden (`1. `), onderdelen (three spaces and `a. `),
pipe tables under a caption, footnotes. Equal sources give equal bytes.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, PageBreak, PageTemplate, Paragraph, Spacer, TableStyle
from reportlab.platypus.tableofcontents import TableOfContents

HERE = Path(__file__).parent
OUT = HERE.parent / "documents"
FORMATS = {
    "apv-elzerveen-2019": "docx",
    "apv-elzerveen-2024": "pdf",
    "apv-dorrebeek-2022": "docx-genummerd",
    "apv-lankwolde-2021": "html",
    "ivp-elzerveen-2025-2028": "pdf-inhoud",
    "ivp-dorrebeek-2024-2027": "docx",
    "ivp-lankwolde-2019-2022": "pdf-kolommen",
    "uitvoeringsplan-dorrebeek-2026": "pdf",
    "jaarverslag-veiligheid-elzerveen-2025": "md",
    "nota-cameratoezicht-lankwolde-2024": "txt",
    "raadsnota-vuurwerkverbod-lankwolde": "docx",
    "bibob-beleidsregel-elzerveen-2022": "pdf",
    "damoclesbeleid-dorrebeek-2023": "docx",
    "projectplan-weerbaar-platteland-2025": "docx",
    "convenant-veilig-uitgaan-elzerveen": "pdf",
    "concept-evenementenbeleid-dorrebeek": "docx",
    "vertrouwelijk-aanpak-ondermijning-elzerveen": "docx",
    "handreiking-sluiting-panden-elzerstreek": "pdf-kolommen",
    "draaiboek-jaarwisseling-elzerstreek-2026": "html",
    "dienstverlening-boa-pool": "pdf",
    "besluitenlijst-driehoek-lankwolde-2025": "scan",
    "faq-demonstraties-elzerstreek": "html",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (level 1 to 4), paragraph (p), item (mark in `mark`, depth in `level`), caption or table of the source."""

    kind: str
    text: str = ""
    level: int = 0
    mark: str = ""
    rows: list[list[str]] = field(default_factory=list)


def read(source: str) -> Iterator[Part]:
    rows: list[list[str]] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"[|\s:-]+", line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield Part("table", rows=rows)
            rows = []
        text = re.sub(r"\*\*(.+?)\*\*", r"\1", re.sub(r"^\[\^(\d+)\]:", r"\1)", line.strip()))
        text = re.sub(r"\[\^(\d+)\]", r" \1)", text)
        if not text:
            continue
        if heading := re.match(r"(#{1,4}) (.*)", text):
            yield Part("heading", heading[2], len(heading[1]))
        elif item := re.match(r"( *)([-]|\d+\.|[a-z]{1,2}\.) (.*)", line):
            yield Part("item", re.sub(r"\*\*(.+?)\*\*", r"\1", item[3]), 1 if item[1] else 0, item[2])
        elif re.match(r"Tabel \d+ ", text):
            yield Part("caption", text)
        else:
            yield Part("p", text)


# --- PDF --------------------------------------------------------------------------------------------------------------

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13.5, spaceAfter=6)
_STYLES = {
    1: ParagraphStyle("h1", fontName="Helvetica-Bold", fontSize=20, leading=25, spaceAfter=14),
    2: ParagraphStyle("h2", fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=14, spaceAfter=8),
    3: ParagraphStyle("h3", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=10, spaceAfter=5),
    4: ParagraphStyle("h4", fontName="Helvetica-Bold", fontSize=10.5, leading=14, spaceBefore=8, spaceAfter=3),
}
_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=8.5, leading=10.5)
_CAPTION = ParagraphStyle("caption", parent=_BODY, fontName="Helvetica-Oblique", fontSize=9, spaceBefore=6, spaceAfter=3)


class _Pdf(BaseDocTemplate):  # type: ignore[misc]
    """Pages with a running head, a page number, and one or two columns."""

    def __init__(self, out: io.BytesIO, title: str, columns: int) -> None:
        super().__init__(out, pagesize=A4, title=title, author="Elzerstreek", invariant=1)
        width, height = A4
        body = height - 4.6 * cm
        if columns == 1:
            frames = [Frame(2.5 * cm, 2.2 * cm, width - 5 * cm, body)]
        else:
            column = (width - 4.6 * cm) / 2
            frames = [Frame(2 * cm + n * (column + 0.6 * cm), 2.2 * cm, column, body) for n in range(2)]
        self.head = title
        self.addPageTemplates(PageTemplate(frames=frames, onPage=self._margins))

    def _margins(self, canvas: Canvas, _doc: Any) -> None:
        width, height = A4
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(colors.HexColor("#444444"))
        canvas.drawString(2.5 * cm, height - 1.4 * cm, self.head)
        canvas.drawRightString(width - 2.5 * cm, 1.2 * cm, f"pagina {canvas.getPageNumber()}")

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
        level = getattr(flowable, "toc_level", None)
        if level is not None:
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page))


def pdf(parts: list[Part], *, columns: int = 1, contents: bool = False) -> bytes:
    out = io.BytesIO()
    title = parts[0].text
    body = _BODY if columns == 1 else ParagraphStyle("justified", parent=_BODY, alignment=TA_JUSTIFY, fontSize=9.5, leading=12.5)
    story: list[Any] = []
    for n, part in enumerate(parts):
        story += _flow(part, body, columns, in_contents=contents and n > 0)
        if contents and n == 0:
            table = TableOfContents(dotsMinLevel=0)
            table.levelStyles = [ParagraphStyle(f"toc{i}", fontSize=9, leading=13, leftIndent=i * 12) for i in range(3)]
            story += [Paragraph("Inhoudsopgave", _STYLES[3]), table, PageBreak()]
    _Pdf(out, title, columns).multiBuild(story)
    return out.getvalue()


def _flow(part: Part, body: ParagraphStyle, columns: int, *, in_contents: bool) -> list[Any]:
    if part.kind == "heading":
        made = Paragraph(escape(part.text), _STYLES[part.level])
        if in_contents and part.level <= 3:
            made.toc_level = part.level - 2
        return [made]
    if part.kind == "item":
        mark = "•" if part.mark == "-" else part.mark
        left = 16 + 18 * part.level
        style = ParagraphStyle(f"item{part.level}", parent=body, leftIndent=left, bulletIndent=left - 16, spaceAfter=2)
        return [Paragraph(escape(part.text), style, bulletText=mark)]
    if part.kind == "caption":
        return [Paragraph(escape(part.text), _CAPTION)]
    if part.kind == "table":
        room = (A4[0] - (5.4 * cm if columns == 1 else 11.2 * cm)) if columns == 1 else (A4[0] - 5.4 * cm) / 2
        return [_table(part.rows, room), Spacer(1, 8)]
    return [Paragraph(escape(part.text), body)]


def _table(rows: list[list[str]], room: float) -> LongTable:
    # No column narrower than its longest word; what is left goes to the columns with most text.
    least = [max(stringWidth(word, "Helvetica", 8.5) for row in rows for word in row[i].split() or [""]) + 14 for i in range(len(rows[0]))]
    text = [max(len(row[i]) for row in rows) ** 0.7 for i in range(len(rows[0]))]
    spare = max(room - sum(least), 0)
    widths = [w + spare * t / sum(text) for w, t in zip(least, text, strict=True)]
    cells = [[Paragraph(escape(cell), _CELL) for cell in row] for row in rows]
    grid = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e4eaf1"))]
    return LongTable(cells, colWidths=widths, repeatRows=1, style=TableStyle([*grid, ("VALIGN", (0, 0), (-1, -1), "TOP")]))


def scan(parts: list[Part]) -> bytes:
    """The pages as pictures, a little askew: a PDF without a letter of text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in pypdfium2.PdfDocument(pdf(parts)):
        picture = page.render(scale=150 / 72).to_pil().convert("L").rotate(0.6, fillcolor=255, resample=Image.Resampling.BICUBIC)
        printed = io.BytesIO()
        picture.save(printed, "JPEG", quality=70)
        canvas.drawImage(ImageReader(printed), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


# --- Word -------------------------------------------------------------------------------------------------------------


def word(parts: list[Part], *, numbered: bool = False) -> bytes:
    """A Word file with heading styles; `numbered` lets Word count the leden and onderdelen, as most municipalities do."""
    document = docx.Document()
    document.core_properties.title = parts[0].text
    document.core_properties.author = "Elzerstreek"
    counter = _Numbers(document) if numbered else None
    for part in parts:
        if part.kind == "heading":
            document.add_heading(part.text, 0 if part.level == 1 else part.level - 1)
            if counter is not None and part.level == 4:
                counter.restart()
        elif part.kind == "item":
            _word_item(document, part, counter)
        elif part.kind == "table":
            table = document.add_table(len(part.rows), len(part.rows[0]), style="Table Grid")
            for row, cells in zip(table.rows, part.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(part.text, style="Caption" if part.kind == "caption" else None)
    out = io.BytesIO()
    document.save(out)
    return _without_time(out.getvalue())


def _word_item(document: Any, part: Part, counter: _Numbers | None) -> None:
    if part.mark == "-":
        document.add_paragraph(part.text, style="List Bullet")
    elif counter is None:
        paragraph = document.add_paragraph(f"{part.mark} {part.text}")
        paragraph.paragraph_format.left_indent = docx.shared.Cm(0.8 + 0.8 * part.level)
    else:
        counter.number(document.add_paragraph(part.text), 1 if part.mark[0].isalpha() else 0, fresh=part.mark in ("1.", "a."))


class _Numbers:
    """Word's own numbering: level 0 is 1. 2. 3., level 1 is a. b. c.; each article begins anew."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), "90")
        for level, (form, pattern) in enumerate((("decimal", "%1."), ("lowerLetter", "%2."))):
            lvl = OxmlElement("w:lvl")
            lvl.set(qn("w:ilvl"), str(level))
            for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", pattern)):
                element = OxmlElement(tag)
                element.set(qn("w:val"), value)
                lvl.append(element)
            abstract.append(lvl)
        self.root.insert(0, abstract)
        self.current = 900

    def restart(self) -> None:
        self.current += 1
        num = OxmlElement("w:num")
        num.set(qn("w:numId"), str(self.current))
        base = OxmlElement("w:abstractNumId")
        base.set(qn("w:val"), "90")
        num.append(base)
        for level in range(2):
            override = OxmlElement("w:lvlOverride")
            override.set(qn("w:ilvl"), str(level))
            start = OxmlElement("w:startOverride")
            start.set(qn("w:val"), "1")
            override.append(start)
            num.append(override)
        self.root.append(num)

    def number(self, paragraph: Any, level: int, *, fresh: bool) -> None:
        if fresh and level == 0:
            self.restart()
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = self.current


def _without_time(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, (2026, 1, 1, 0, 0, 0)), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- HTML and text ----------------------------------------------------------------------------------------------------

_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>{title}</title></head><body>
<header><a href="#inhoud">Naar de inhoud</a><nav><ul><li>Home</li><li>Regelingen</li><li>Contact</li></ul></nav></header>
<main id="inhoud">
{body}
</main>
<footer><p>Contact | Toegankelijkheid | Privacy</p></footer></body></html>
"""


def web(parts: list[Part]) -> bytes:
    lines, depth = [], 0
    for part in parts:
        if part.kind != "item":
            lines += ["</ul>"] * depth
            depth = 0
        if part.kind == "heading":
            lines.append(f"<h{part.level}>{escape(part.text)}</h{part.level}>")
        elif part.kind == "item" and part.mark == "-":
            lines += ["<ul>"] if not depth else []
            depth = 1
            lines.append(f"<li>{escape(part.text)}</li>")
        elif part.kind == "item":
            lines.append(f'<p class="lid">{part.mark} {escape(part.text)}</p>')
        elif part.kind == "table":
            rows = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.rows]
            lines += ["<table>", *rows, "</table>"]
        else:
            lines.append(f"<p>{escape(part.text)}</p>")
    lines += ["</ul>"] * depth
    return _PAGE.format(title=escape(parts[0].text), body="\n".join(lines)).encode()


def plain(parts: list[Part]) -> bytes:
    lines: list[str] = []
    for part in parts:
        if part.kind == "table":
            lines += ["\t".join(row) for row in part.rows] + [""]
        elif part.kind == "item":
            lines.append(f"{part.mark} {part.text}")
        else:
            lines += ["", part.text, ""] if part.kind == "heading" else [part.text, ""]
    return "\n".join(lines).encode()


MAKERS: dict[str, tuple[str, Callable[[list[Part]], bytes]]] = {
    "pdf": (".pdf", pdf),
    "pdf-inhoud": (".pdf", lambda parts: pdf(parts, contents=True)),
    "pdf-kolommen": (".pdf", lambda parts: pdf(parts, columns=2)),
    "scan": (".pdf", scan),
    "docx": (".docx", word),
    "docx-genummerd": (".docx", lambda parts: word(parts, numbered=True)),
    "html": (".html", web),
    "txt": (".txt", plain),
}


def main() -> None:
    for name, form in FORMATS.items():
        source = HERE / f"{name}.md"
        if form == "md":
            shutil.copyfile(source, OUT / f"{name}.md")
            continue
        suffix, make = MAKERS[form]
        (OUT / f"{name}{suffix}").write_bytes(make(list(read(source.read_text(encoding="utf-8")))))
        print(f"{name}{suffix}")


if __name__ == "__main__":
    main()
