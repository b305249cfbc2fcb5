"""Answers and sources as HTML. Pure: shapes in, text out. Everything that comes from a document or a model is escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from assistant.api.notices import notices
from assistant.api.reference_wire import PlaceShape, ReferrerShape
from assistant.api.shapes import AnswerShape, CitationShape, PassageShape, SentenceShape

KINDS = {
    "wet": "wet",
    "amvb": "AMvB",
    "ministeriele_regeling": "ministeriële regeling",
    "verordening": "verordening",
    "apv": "APV",
    "beleidsregel": "beleidsregel",
    "bibob_beleid": "Bibob-beleid",
    "ivp": "veiligheidsplan",
    "uitvoeringsplan": "uitvoeringsplan",
    "projectplan": "projectplan",
    "convenant": "convenant",
    "handreiking": "handreiking",
    "circulaire": "circulaire",
    "nota": "nota",
    "raadsstuk": "raadsstuk",
    "overig": "stuk",
}
FORMS = {
    "antwoord": "Kort antwoord",
    "samenvatting": "Samenvatting",
    "stappen": "Stappen",
    "tabel": "Tabel",
    "checklist": "Checklist",
    "memo": "Memo",
    "b1": "Eenvoudig Nederlands (B1)",
}
_LAID_OUT = {"stappen", "tabel", "checklist", "memo"}
# What stands between the cells of a table row, in every text of the library.
_CELLS = " | "
_LIST_MARK = re.compile(r"^\s*(?:[-•–]|\d{1,3}[.)°]|[a-z]{1,2}[.)°])\s")

NO_PAGE = '<p class="oov-label">Van deze pagina is geen beeld te maken. De tekst staat hierboven.</p>'

STYLE = """<style>
.oov-answer p {margin: 0 0 .55rem 0; line-height: 1.55; white-space: pre-wrap}
.oov-answer p.item {margin-left: 1.2rem}
.oov-answer sup {font-weight: 600; color: #154273; padding-left: .1rem}
.oov-read {font-size: .9rem; color: #4a4a4a; font-style: italic; margin: 0 0 .5rem 0}
.oov-label {font-size: .8rem; color: #4a4a4a; margin: .2rem 0 .6rem 0}
.oov-notice {border-left: 4px solid #6b3f00; padding-left: .6rem; font-size: .9rem}
.oov-answer table {border-collapse: collapse}
.oov-answer td, .oov-answer th {border: 1px solid #ccc; padding: .3rem .5rem; text-align: left; vertical-align: top; white-space: pre-line}
.oov-missing {border-left: 4px solid #b25a00; padding: .4rem .8rem; margin: .6rem 0; background: #fdf3e7}
.oov-source {white-space: pre-wrap; line-height: 1.55; max-height: 24rem; overflow: auto; padding: .8rem; border: 1px solid #ccc; border-radius: .4rem}
.oov-source .around {color: #595959}
.oov-source mark {background: #ffe9a8; padding: .1rem 0}
.oov-facts {display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: 0 0 .8rem 0; padding: 0}
.oov-facts dd {margin-left: 0 !important}
.oov-facts dt {color: #4a4a4a} .oov-facts dd {margin: 0}
.oov-page {width: 100%; border: 1px solid #ccc}
.oov-badge {border-radius: .3rem; padding: .05rem .4rem; font-size: .85rem; font-weight: 600}
.oov-geldend {background: #dff0e2; color: #14532d}
.oov-vervallen, .oov-ingetrokken {background: #f8dcdc; color: #7f1d1d}
.oov-concept, .oov-toekomstig {background: #fdecc8; color: #6b3f00}
</style>"""


def reading(read_as: str | None) -> str:
    """As which whole question a follow-up was read, so that the asker can see whether it was meant so."""
    return f'<p class="oov-read">Gelezen als: {escape(read_as)}</p>' if read_as else ""


def sentences(given: Sequence[SentenceShape], *, writing: bool = False) -> str:
    """The sentences so far, each with the numbers of its sources."""
    runs = groupby(given, lambda sentence: _CELLS in sentence.text)
    rows = [_table(run) if table else "".join(map(_paragraph, run)) for table, run in runs]
    waiting = '<p aria-hidden="true">…</p>' if writing else ""
    return f'<div class="oov-answer">{"".join(rows)}{waiting}</div>'


def _paragraph(sentence: SentenceShape) -> str:
    kind = ' class="item"' if _LIST_MARK.match(sentence.text) else ""
    return f"<p{kind}>{escape(sentence.text)}{_marks(sentence)}</p>"


def _table(rows: Iterable[SentenceShape]) -> str:
    """Rows of a table under the row that names their columns, which a writer always gives first."""
    cells = []
    for row in rows:
        *first, last = (escape(said.strip()) for said in row.text.split(_CELLS))
        cells.append([*first, last + _marks(row)])
    return _tabled(cells)


def _marks(sentence: SentenceShape) -> str:
    return "".join(f"<sup>[{n}]</sup>" for n in sentence.citations)


def answer(given: AnswerShape, read_as: str | None = None) -> str:
    """A whole answer: how it was read, its sentences or what is missing, and the label that says what wrote it."""
    missing = f'<div class="oov-missing">{escape(given.missing)}</div>' if given.missing else ""
    body = ""
    if given.sentences:
        body = laid_out(given.text) if given.form in _LAID_OUT or given.text.startswith("| ") else sentences(given.sentences)
    body += missing + "".join(f'<p class="oov-notice">Let op: {escape(notice)}</p>' for notice in notices(given))
    return f'{reading(read_as)}{body}<p class="oov-label">{escape(label(given))}</p>'


def laid_out(text: str) -> str:
    """An answer in a form of its own: lines as they are written, each run of rows between bars as a table."""
    blocks = groupby(text.split("\n"), lambda line: line.startswith("|"))
    return f'<div class="oov-answer">{"".join(_rows(lines) if table else _lines(lines) for table, lines in blocks)}</div>'


def _rows(lines: Iterable[str]) -> str:
    return _tabled(
        [[escape(_items(cell.strip())) for cell in line.strip("|").split("|")] for line in lines if not set(line) <= set("|-: ")]
    )


def _tabled(cells: Sequence[Sequence[str]]) -> str:
    """Cells, as HTML already, as a table: the first row names the columns."""
    head, *body = cells
    rows = ["".join(f"<th>{cell}</th>" for cell in head), *("".join(f"<td>{cell}</td>" for cell in row) for row in body)]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _lines(lines: Iterable[str]) -> str:
    written = "\n".join(lines).strip("\n")
    return f"<p>{escape(written)}</p>" if written else ""


def _items(cell: str) -> str:
    """A cell with the items of a list on lines of their own."""
    return re.sub(r"(?<=\]) (?=(?:[-•–]|\d{1,2}[.)]|[a-z]{1,2}[.)]) )", "\n", cell)


def label(given: AnswerShape) -> str:
    """What made this answer, from how much, and for which day."""
    how = "letterlijke citaten" if given.model == "citaat" else f"geschreven door taalmodel {given.model}"
    where = f" · {', '.join(given.searched.gemeenten)}, regionaal en landelijk" if given.searched.gemeenten else ""
    absent = f" · niet in de bibliotheek: {', '.join(given.searched.not_in_library)}" if given.searched.not_in_library else ""
    return f"AI-antwoord ({how}) · doorzocht: {given.searched.documents} stukken{where}{absent} · peildatum {day(given.as_of)}"


def source_button(given: CitationShape) -> str:
    """The text on the button that opens a source."""
    page = f", p. {given.page}" if given.page and not given.locator.startswith("p.") else ""
    state = "" if given.status == "geldend" else f" · {given.status}"
    return f"[{given.n}] {plain(given.title)}, {plain(given.locator)}{page}{state}"


def facts(given: CitationShape) -> str:
    """Which document, where in it, and when it counts."""
    rows = [
        ("Stuk", escape(given.title)),
        ("Soort", escape(KINDS.get(given.kind, given.kind))),
        ("Plaats", escape(given.locator + (f", pagina {given.page}" if given.page else ""))),
        ("Status", f'<span class="oov-badge oov-{escape(given.status)}">{escape(given.status)}</span>'),
        ("Geldig", escape(f"{day(given.valid_from) if given.valid_from else 'onbekend'} tot en met {day(given.valid_to) if given.valid_to else 'heden'}")),
    ]  # fmt: skip
    return f'<dl class="oov-facts">{"".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows)}</dl>'


def context(given: CitationShape, passages: Sequence[PassageShape]) -> str:
    """The passage with the quote marked, and what stands before and after it."""
    at = next((n for n, passage in enumerate(passages) if passage.id == given.passage_id), None)
    if at is None:
        return f'<div class="oov-source"><mark>{escape(given.quote)}</mark></div>'
    passage = passages[at]
    start, end = given.start - passage.start, given.end - passage.start
    before = _last_lines(passages[at - 1].text) if at else ""
    after = passages[at + 1].text if at + 1 < len(passages) else ""
    return (
        f'<div class="oov-source" tabindex="0" role="region" aria-label="Tekst van de bron">'
        f'<span class="around">{escape(before)}</span>{escape(passage.text[:start])}'
        f"<mark>{escape(passage.text[start:end])}</mark>{escape(passage.text[end:])}"
        f'<span class="around">{escape(after)}</span></div>'
    )


def page(picture: bytes, given: CitationShape, number: int) -> str:
    """A page as it is printed, the quote marked in it."""
    said = f"Pagina {number} van {given.title}, met het citaat gemarkeerd. De tekst staat hierboven."
    return f'<img class="oov-page" alt="{escape(said)}" src="data:image/png;base64,{b64encode(picture).decode()}">'


def reference_button(words: str, place: PlaceShape) -> str:
    """The text on the button that follows a reference."""
    state = "" if place.status == "geldend" else f" · {place.status}"
    return f"{plain(place.title)}, {plain(place.locator)}{state}: ‘{plain(words)}’"


def cited(place: PlaceShape | ReferrerShape) -> CitationShape:
    """A place as a citation that can be opened: of what refers the words that do, else the whole passage."""
    said = place.model_dump()
    if isinstance(place, ReferrerShape):
        said |= {"start": place.words_start, "end": place.words_end}
    return CitationShape.model_validate({**said, "n": 0, "score": 1.0, "quote": said.get("words", "")})


def _last_lines(text: str, most: int = 240) -> str:
    """The end of what stands before, so short that the marked quote is in sight."""
    if len(text) <= most:
        return text
    cut = text.find("\n", len(text) - most)
    return "…" + text[cut if cut >= 0 else len(text) - most :]


def figures(given: Sequence[Mapping[str, Any]]) -> str:
    """The figures of an evaluation as a table, each with its interval and, where it ran, the baseline's."""
    beside = any(figure["baseline"] is not None for figure in given)
    rows = "".join(
        f"<tr><td>{escape(f['label'])}</td><td><b>{f['value']:.0%}</b></td><td>{f['low']:.0%} – {f['high']:.0%}</td><td>{f['count']}</td>"
        + (f"<td>{'–' if f['baseline'] is None else format(f['baseline'], '.0%')}</td>" if beside else "")
        + "</tr>"
        for f in given
    )
    head = "<tr><th>Maat</th><th>Uitkomst</th><th>95 %</th><th>Vragen</th>" + ("<th>Basislijn</th>" if beside else "") + "</tr>"
    return f'<div class="oov-answer"><table>{head}{rows}</table></div>' if given else ""


def case(given: Mapping[str, Any]) -> str:
    """A case that was not good: what was expected, what was said, and what that rests on."""
    wanted = "; ".join(" of ".join(group) for group in given["wanted"]) or "geen antwoord: dit staat niet in de bibliotheek"
    said = given["reason"] or given["answer"].get("text") or given["answer"].get("missing") or ""
    cited = "".join(f"<p>{escape(c['title'])}, {escape(c['locator'])}</p>" for c in given["answer"].get("citations", ()))
    rows = [
        ("Verwacht", escape(wanted)),
        ("Ontbreekt", escape(", ".join(given["missing"]))),
        ("Antwoord", escape(said)),
        ("Bronnen", cited),
    ]
    return f'<dl class="oov-facts">{"".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)}</dl>'


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:])", r"\\\1", text)


def day(given: date) -> str:
    months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
    return f"{given.day} {months[given.month - 1]} {given.year}"
