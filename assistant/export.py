"""An answer as a file of its own: Word, Markdown or JSON, from the record as it was kept. Says in and behind the text that AI made it."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.shared import Pt

from assistant.api.wire import AnswerShape, CitationShape, notices
from assistant.forms import QUOTES

NOTICE = "Gemaakt met AI (OOV-assistent). Controleer elke bron voordat u deze tekst gebruikt."
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def exported(answer: AnswerShape, form: str, read_as: str | None = None) -> bytes:
    """The answer as `docx`, `md` or `json`; `read_as` is the question it was read as, where that differs."""
    if form == "docx":
        return _word(answer, read_as)
    if form == "md":
        return _markdown(answer, read_as).encode()
    return answer.model_dump_json(indent=2).encode()


def _body(answer: AnswerShape) -> list[str]:
    return "\n".join(filter(None, (answer.text, answer.missing))).split("\n")


def _about(answer: AnswerShape) -> str:
    made = "letterlijke citaten" if answer.model == QUOTES else f"taalmodel {answer.model}"
    return (
        f"Vraag van {answer.created_at:%d-%m-%Y}, peildatum {answer.as_of:%d-%m-%Y}, {made}, {answer.searched.documents} stukken doorzocht."
    )


def _source(cited: CitationShape) -> str:
    page = f", p. {cited.page}" if cited.page and not cited.locator.startswith("p.") else ""
    dates = " t/m ".join(str(day) for day in (cited.valid_from, cited.valid_to) if day)
    return f"[{cited.n}] {cited.title}, {cited.locator}{page} ({cited.status}{', ' + dates if dates else ''})"


def _markdown(answer: AnswerShape, read_as: str | None) -> str:
    parts = [f"> {NOTICE}", f"# {answer.question}", *([f"*Gelezen als: {read_as}*"] if read_as else []), "\n".join(_body(answer))]
    parts += [f"*Let op: {notice}*" for notice in notices(answer)]
    if answer.citations:
        parts.append("## Bronnen")
        parts += [f"{_source(cited)}\n\n> " + cited.quote.strip().replace("\n", "\n> ") for cited in answer.citations]
    parts.append(_about(answer))
    return "\n\n".join(parts) + "\n"


def _word(answer: AnswerShape, read_as: str | None) -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = NOTICE
    document.add_heading(answer.question, level=1)
    if read_as:
        document.add_paragraph(f"Gelezen als: {read_as}")
    rows = [line for line in _body(answer) if line.startswith("|")]
    for line in _body(answer):
        if line.strip() and not line.startswith("|"):
            document.add_paragraph(line)
    if rows:
        _table(document, rows)
    for notice in notices(answer):
        document.add_paragraph(f"Let op: {notice}")
    if answer.citations:
        document.add_heading("Bronnen", level=2)
    for cited in answer.citations:
        document.add_paragraph(_source(cited))
        quote = document.add_paragraph(cited.quote.strip(), style="Intense Quote")
        for run in quote.runs:
            run.font.size = Pt(9)
    document.add_paragraph(_about(answer))
    about = document.core_properties
    about.title, about.author, about.language = answer.question[:250], "OOV-assistent", "nl-NL"
    about.category, about.keywords, about.comments = (
        "AI-gegenereerd",
        "ai-generated; trainedAlgorithmicMedia",
        f"{NOTICE} Antwoord {answer.id}.",
    )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Any, rows: list[str]) -> None:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if not set(row) <= set("|-: ")]
    table = document.add_table(rows=0, cols=len(cells[0]), style="Table Grid")
    for row in cells:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
