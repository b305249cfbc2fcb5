"""Word files to blocks; the only importer of python-docx. Text as Word shows it: numbers counted, deletions left out."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from corpus.errors import Refused
from ingest import clean
from ingest.blocks import Block, Loaded, Role, without_contents
from ingest.load import grid
from ingest.load.numbering import Numbering, W
from ingest.looks import mark_headings, mark_items

_HEADING_STYLE = re.compile(r"^(?:heading|kop)\s*(\d)$", re.IGNORECASE)


def load(data: bytes) -> Loaded:
    """Read a .docx. Word stores no pages, so the blocks have none."""
    try:
        document = docx.Document(io.BytesIO(data))
        reader = _Reader(document)
        blocks = tuple(reader.read())
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise Refused("Het Word-bestand is beschadigd. Open het in Word, sla het opnieuw op en lever het weer aan.") from error
    hidden = [clean.line(text) for text in (*reader.hidden, clean.unseen("".join(_all_text(document))) or "")]
    return Loaded(
        mark_items(mark_headings(without_contents(blocks))), (), _properties(document), tuple((None, text) for text in hidden if text)
    )


def _properties(document: Any) -> dict[str, str]:
    # python-docx makes up properties, dated today, for a file that has none.
    if not any(rel.reltype.endswith("/core-properties") for rel in document.part.package.rels.values()):
        return {}
    core = document.core_properties
    date = (core.modified or core.created).date().isoformat() if core.modified or core.created else ""
    found = {"title": core.title, "author": core.author, "date": date}
    return {key: clean.line(value) for key, value in found.items() if value}


class _Reader:
    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        numbering = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        self.numbering = Numbering.read(numbering.element if numbering is not None else None)
        self.styles = {style.style_id: style for style in document.styles if hasattr(style, "style_id")}
        self.notes = _notes(document)
        self.hidden = ["".join(t.text or "" for t in run.iter(f"{W}t")) for run in self.body.iter(f"{W}r") if _is_unseen(run, self.styles)]

    def read(self) -> Iterator[Block]:
        yield from self._blocks(self.body)

    def _blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{W}sdt":
                content = element.find(f"{W}sdtContent")
                # Word's own table of contents repeats the headings.
                if content is not None and not element.findall(f".//{W}docPartGallery[@{W}val='Table of Contents']"):
                    yield from self._blocks(content)

    def _paragraph(self, p: Any) -> Iterator[Block]:
        style = self._style(p)
        if style.lower().startswith(("toc ", "inhopg")):
            return
        for box in p.iter(f"{W}txbxContent"):
            yield from self._blocks(box)
        level = self._heading_level(p, style)
        label = self._label(p)
        for n, piece in enumerate(_text(p, self.styles).split("\n")):
            text = clean.line(piece)
            if not text:
                continue
            if n == 0 and label:
                text = f"{label} {text}" if label != "-" else f"- {text}"
            if level is not None:
                yield Block(text, Role.HEADING, level)
            else:
                yield Block(text, Role.ITEM if label or "list" in style.lower() else Role.PARAGRAPH)
        for reference in p.iter(f"{W}footnoteReference"):
            note = self.notes.get(reference.get(f"{W}id"), "")
            if note:
                yield Block(f"Voetnoot: {note}")

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        placed = [list(self._cells(row)) for row in rows]
        yield from grid.blocks(
            [
                [
                    grid.Cell(text, wide, 1 + self._below(placed[at + 1 :], column))
                    for column, wide, goes_on, text in cells
                    if not goes_on or not at
                ]
                for at, cells in enumerate(placed)
            ]
        )

    def _cells(self, row: Any) -> Iterator[tuple[int, int, bool, str]]:
        """Of each cell of a row: its column, how many it covers, whether it goes on with the cell above, and its text."""
        column = _value(row.find(f"{W}trPr/{W}gridBefore"), 0)
        if column:
            yield 0, column, False, ""
        for cell in row.findall(f"{W}tc"):
            wide, merged = _value(cell.find(f"{W}tcPr/{W}gridSpan"), 1), cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") != "restart"
            yield column, wide, goes_on, clean.line(" ".join(_text(p, self.styles) for p in cell.iter(f"{W}p")))
            column += wide

    @staticmethod
    def _below(rows: Sequence[Sequence[tuple[int, int, bool, str]]], column: int) -> int:
        """How many of these rows, from the first, go on with the cell above them in this column."""
        return sum(1 for _ in itertools.takewhile(lambda cells: any(at == column and on for at, _, on, _ in cells), rows))

    def _style(self, p: Any) -> str:
        found = p.find(f"{W}pPr/{W}pStyle")
        style = self.styles.get(found.get(f"{W}val")) if found is not None else None
        return str(style.name or "") if style is not None else ""

    def _heading_level(self, p: Any, style: str) -> int | None:
        if named := _HEADING_STYLE.match(style):
            return int(named.group(1))
        if style in ("Title", "Titel"):
            return 1
        outline = p.find(f"{W}pPr/{W}outlineLvl")
        return int(outline.get(f"{W}val")) + 1 if outline is not None and int(outline.get(f"{W}val")) < 9 else None

    def _label(self, p: Any) -> str:
        found = p.find(f"{W}pPr/{W}numPr")
        if found is None:
            style_ref = p.find(f"{W}pPr/{W}pStyle")
            style = self.styles.get(style_ref.get(f"{W}val")) if style_ref is not None else None
            found = style.element.find(f"{W}pPr/{W}numPr") if style is not None else None
        if found is None:
            return ""
        num, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
        if num is None or num.get(f"{W}val") == "0":
            return ""
        return self.numbering.label(num.get(f"{W}val"), int(depth.get(f"{W}val")) if depth is not None else 0)


def _value(element: Any, absent: int) -> int:
    said = element.get(f"{W}val") if element is not None else None
    return int(said) if said and said.isdecimal() and len(said) < 4 else absent


def _all_text(document: Any) -> Iterator[str]:
    return (t.text or "" for t in document.element.body.iter(f"{W}t"))


def _is_unseen(run: Any, styles: Mapping[str, Any]) -> bool:
    """Whether a run is hidden by Word, pale on a pale ground, or too small to read; by itself or by its style."""
    own = run.find(f"{W}rPr")
    named = own.find(f"{W}rStyle") if own is not None else None
    style = styles.get(named.get(f"{W}val")) if named is not None else None
    for properties in filter(lambda found: found is not None, (own, style.element.find(f"{W}rPr") if style is not None else None)):
        vanish, size, color = (properties.find(f"{W}{name}") for name in ("vanish", "sz", "color"))
        if vanish is not None and vanish.get(f"{W}val") not in ("0", "false"):
            return True
        if size is not None and (size.get(f"{W}val") or "24").isdigit() and int(size.get(f"{W}val") or 24) <= 4:
            return True
        if color is not None and re.fullmatch(r"[EF][0-9A-F]" * 3, (color.get(f"{W}val") or "").upper()) and not _on_dark(run):
            return True
    return False


def _on_dark(run: Any) -> bool:
    """Whether a run stands on a shaded ground: of its own, its paragraph's, its cell's, or a styled table's."""
    for holder in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl", f"{W}txbxContent")):
        if holder.tag == f"{W}txbxContent":
            return True
        for shade in holder.findall(f"{W}{holder.tag.rpartition('}')[2]}Pr/{W}shd"):
            if not re.fullmatch(r"(?:[EF][0-9A-F]){3}|auto", (shade.get(f"{W}fill") or "auto"), re.IGNORECASE):
                return True
        if holder.tag == f"{W}tbl" and (style := holder.find(f"{W}tblPr/{W}tblStyle")) is not None:
            return (style.get(f"{W}val") or "") not in ("TableGrid", "TableNormal", "Tabelraster")
    return run.find(f"{W}rPr/{W}highlight") is not None


def _text(p: Any, styles: Mapping[str, Any]) -> str:
    """The visible text of a paragraph: insertions in, deletions, hidden text and text boxes out, breaks as line breaks."""
    written = []
    for element in p.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        inside = {ancestor.tag for ancestor in element.iterancestors()}
        outer = any(ancestor is not p and ancestor.tag == f"{W}p" for ancestor in _up_to(element, p))
        if f"{W}del" in inside or outer:
            continue
        run = element.getparent()
        if run is not None and run.tag == f"{W}r" and _is_unseen(run, styles):
            continue
        written.append({f"{W}t": element.text or "", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}.get(element.tag, "\n"))
    return "".join(written)


def _up_to(element: Any, p: Any) -> Iterator[Any]:
    for ancestor in element.iterancestors():
        if ancestor is p:
            return
        yield ancestor


def _notes(document: Any) -> dict[str, str]:
    part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/footnotes")), None)
    if part is None:
        return {}
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    return {str(n.get(f"{W}id")): clean.line(" ".join(_text(p, {}) for p in n.iter(f"{W}p"))) for n in root.iter(f"{W}footnote")}
