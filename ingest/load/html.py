"""Web pages to blocks; the only importer of lxml.html. Menus, banners and forms are left out, numbering is written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from corpus.errors import Refused
from corpus.sentences import list_mark
from ingest import clean
from ingest.blocks import Block, Loaded, Role
from ingest.load import css, grid
from ingest.looks import mark_items

_SKIP = {"script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg", "iframe", "button", "select", "head"}
_BLOCKS = {"p", "div", "section", "article", "main", "blockquote", "dd", "dt", "figcaption", "address", "pre", "td", "th", "caption"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def load(data: bytes) -> Loaded:
    """Read an HTML page: its main part where it names one, else all of it."""
    parser = lxml_html.HTMLParser(encoding=_encoding(data), no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("Deze webpagina kan niet worden gelezen. Sla haar in de browser opnieuw op, of lever een PDF aan.") from error
    title = clean.line(root.findtext(".//title") or "")
    reader = _Reader(css.hiding_classes(" ".join(sheet.text or "" for sheet in root.iter("style"))))
    main = _main(root)
    blocks = mark_items(tuple(reader.read(main)))
    return Loaded(
        blocks,
        (),
        {"title": title} if title else {},
        tuple((None, text) for text in (*reader.hidden, clean.unseen(main.text_content())) if text),
    )


def _encoding(data: bytes) -> str | None:
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return None


def _main(root: Any) -> Any:
    """The part of the page that holds its text: the element that says so and has at least half of the letters."""
    body = root.find("body") if root.find("body") is not None else root
    letters = _letters(body)
    candidates = body.xpath(".//main | .//article | .//*[@role='main'] | .//*[@id='content' or @id='main']")
    for element in sorted(candidates, key=_letters, reverse=True)[:1]:
        if _letters(element) >= 0.5 * letters:
            return element
    return body


def _letters(element: Any) -> int:
    return sum(len("".join(part.split())) for part in element.itertext() if isinstance(part, str))


class _Reader:
    """Walks the tree once; gathers inline text until a block ends."""

    def __init__(self, hiding: frozenset[str]) -> None:
        self.hiding = hiding
        self.hidden: list[str] = []
        self.gathered: list[str] = []
        self.mark = ""
        self.counts: dict[Any, int] = {}

    def read(self, root: Any) -> Iterator[Block]:
        yield from self._walk(root)
        yield from self._flush()

    def _walk(self, element: Any) -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIP or element.get("aria-hidden") == "true":
            return
        if self._hides(element):
            text = clean.line(element.text_content())
            if len(text.split()) >= 3 and not any(part.tag in _SKIP for part in element.iter()):
                self.hidden.append(text)
            return
        if tag in _HEADINGS:
            yield from self._flush()
            text = clean.line(element.text_content())
            if text:
                yield Block(text, Role.HEADING, _HEADINGS[tag])
            return
        if tag == "table":
            yield from self._flush()
            for caption in element.iterchildren("caption"):
                yield from self._walk(caption)
            yield from grid.blocks(list(self._rows(element)))
            return
        if tag == "br":
            yield from self._flush()
            return
        is_block = tag in _BLOCKS or tag in ("li", "ul", "ol", "table", "body")
        if is_block:
            yield from self._flush()
        if tag == "li":
            self.mark = _mark(element, self.counts)
        if element.text:
            self.gathered.append(clean.raised(element.text) if tag == "sup" and element.text.strip().isdigit() else element.text)
        for child in element:
            yield from self._walk(child)
            if child.tail:
                self.gathered.append(child.tail)
        if is_block:
            yield from self._flush()

    def _rows(self, table: Any) -> Iterator[list[grid.Cell]]:
        """The cells of each row of a table's own that is shown; what stands in a table inside a cell belongs to that cell."""
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            if any(self._hides(part) for part in (row, row.getparent())):
                self.hidden.append(clean.line(row.text_content()))
            else:
                yield [
                    grid.Cell(clean.line(cell.text_content()), _number(cell.get("colspan"), 1), _number(cell.get("rowspan"), 1))
                    for cell in row.iterchildren("td", "th")
                ]

    def _hides(self, element: Any) -> bool:
        names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        return element.get("hidden") is not None or css.hides(element.get("style") or "") or bool(names & self.hiding)

    def _flush(self) -> Iterator[Block]:
        text = clean.line(" ".join("".join(self.gathered).split()))
        self.gathered.clear()
        if text:
            mark, self.mark = self.mark, ""
            # Publications of laws print the number themselves, and hide that of the browser.
            yield Block(text if list_mark(text) else f"{mark}{text}", Role.ITEM if mark else Role.PARAGRAPH)


def _mark(li: Any, counts: dict[Any, int]) -> str:
    """The number or letter that a browser prints before an item; `counts` holds how far each list has come."""
    parent = li.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    place = _number(li.get("value"), counts.get(parent, _number(parent.get("start"), 1) - 1) + 1)
    counts[parent] = place
    lettered = parent.get("type") == "a" or re.search(r"list-style(?:-type)?:\s*lower-(?:alpha|latin)", parent.get("style") or "")
    return f"{chr(96 + place)}. " if lettered and 1 <= place <= 26 else f"{place}. "


def _number(text: str | None, absent: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text.strip()) else absent
