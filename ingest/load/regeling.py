"""The body of a regeling as the official repositories write it, to blocks with exact places. Shared by `bwb` and `cvdr`.

Both use one vocabulary: hoofdstuk, afdeling, paragraaf, artikel, lid, lijst, li, al, table. Namespaces are ignored; whatever is
not known is read as its text, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from lxml import etree

from corpus.errors import Refused
from corpus.model import EXPLANATION, Locator
from ingest import clean
from ingest.blocks import Block, Role, explains

_DIVISIONS = {
    *("boek", "deel", "hoofdstuk", "titeldeel", "titel", "afdeling", "paragraaf", "sub-paragraaf", "subparagraaf"),
    *("bijlage", "divisie", "circulaire.divisie", "nota-toelichting", "toelichting", "algemeen-deel", "artikelsgewijs"),
}
_ANNEXES = {"bijlage"}
_EXPLAINS = {"nota-toelichting", "toelichting", "artikelsgewijs"}
_OF_ARTICLE = re.compile(r"Artikel\s+(?P<number>\d[\w:.]*\w|\d)")
_SILENT = {"meta-data", "kop", "lidnr", "li.nr", "officiele-inhoudsopgave", "inhoudsopgave", "redactionele-correcties", "colspec"}
_NOT_IN_FORCE = {"vervallen": "vervallen", "nogniet": "nog niet in werking"}


def parse(data: bytes) -> Any:
    """The root of an XML file, with nothing fetched, no entities expanded and no document type allowed."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Refused("Het XML-bestand bevat een documenttype of entiteiten en is niet geopend. Haal het opnieuw op bij de officiële bron.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("Het XML-bestand is beschadigd. Haal het opnieuw op bij de officiële bron.") from error


def name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def first(root: Any, wanted: str) -> Any | None:
    """The first element of that name, in any namespace."""
    return next((element for element in root.iter() if name(element) == wanted), None)


def words(element: Any | None) -> str:
    """The text of an element on one line, without editorial data."""
    return clean.line("".join(_pieces(element))) if element is not None else ""


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if name(child) != "meta-data":
            yield from _pieces(child)
        yield child.tail or ""


def blocks(root: Any) -> Iterator[Block]:
    """All blocks of an element, in order."""
    if name(root) in _DIVISIONS:
        yield from _division(root, 1, "")
    else:
        yield from _walk(root, Locator(), 1, "")


def _walk(element: Any, place: Locator, level: int, annex: str) -> Iterator[Block]:
    loose = clean.line(element.text or "")
    if loose and name(element) not in _SILENT:
        yield Block(loose, Role.PARAGRAPH, locator=place)
    for child in element:
        kind = name(child)
        if kind in _SILENT:
            pass
        elif kind == "artikel":
            yield from _article(child, annex)
        elif kind in _DIVISIONS:
            yield from _division(child, level, annex)
        elif kind == "lid":
            yield from _lid(child, place)
        elif kind == "lijst":
            yield from _list(child, place)
        elif kind == "table":
            yield from _table(child, place)
        elif kind in ("al", "considerans.al", "wij", "tussenkop", "titel") or not len(child) or not _has_parts(child):
            if text := words(child):
                yield Block(text, Role.PARAGRAPH, locator=place)
        else:
            yield from _walk(child, place, level, annex)
        if tail := clean.line(child.tail or ""):
            yield Block(tail, Role.PARAGRAPH, locator=place)


def _has_parts(element: Any) -> bool:
    parts = _DIVISIONS | {"artikel", "lid", "lijst", "table", "al", "considerans.al", "wij", "li"}
    return any(name(inner) in parts for inner in element.iter() if inner is not element)


def _division(element: Any, level: int, annex: str) -> Iterator[Block]:
    kop = _child(element, "kop")
    label, number, title = (words(_child(kop, part)) if kop is not None else "" for part in ("label", "nr", "titel"))
    heading = " ".join(filter(None, (label, number))).rstrip(".")
    heading = f"{heading}. {title}" if heading and title else heading or title or (words(kop) if kop is not None else "")
    if name(element) in _ANNEXES:
        annex = number.strip(" .") or "1"
        place = Locator(annex=annex, heading=heading or None)
    elif name(element) in _EXPLAINS or explains(heading):
        annex = EXPLANATION
        place = Locator(annex=annex, heading=heading or None)
    else:
        place = Locator(annex=annex or None, heading=heading or None)
    if annex == EXPLANATION and (of := _OF_ARTICLE.match(heading)):
        place = replace(place, article=of["number"])
    if heading:
        yield Block(heading, Role.HEADING, level, locator=place)
    yield from _walk(element, place, level + 1, annex)


def _article(element: Any, annex: str) -> Iterator[Block]:
    kop = _child(element, "kop")
    number = words(_child(kop, "nr")) if kop is not None else ""
    label = words(_child(kop, "label")) if kop is not None else ""
    title = words(_child(kop, "titel")) if kop is not None else ""
    number = number.strip(" .") or label.removeprefix("Artikel").strip(" .")
    heading = " ".join(filter(None, ("Artikel", number, title)))
    since = _date(element.get("inwerking"))
    lapsed = _NOT_IN_FORCE.get(element.get("status", ""))
    if lapsed:
        when = f" per {since:%d-%m-%Y}" if since and lapsed == "vervallen" else ""
        yield Block(f"{heading} [{lapsed}{when}]", Role.PARAGRAPH, locator=Locator(annex=annex or None))
        return
    place = Locator(article="".join(number.split()) or None, heading=heading, annex=annex or None, since=since)
    yield Block(heading, Role.HEADING, 40, locator=place)
    yield from _walk(element, place, 41, annex)


def _lid(element: Any, place: Locator) -> Iterator[Block]:
    number = words(_child(element, "lidnr")).rstrip(". ") if _child(element, "lidnr") is not None else ""
    inside = replace(place, leden=(number,)) if number else place
    yield from _marked(_walk(element, inside, 41, place.annex or ""), f"{number}." if number else "")


def _list(element: Any, place: Locator) -> Iterator[Block]:
    for item in element:
        if name(item) != "li":
            yield from _walk(item, place, 41, place.annex or "")
            continue
        mark = words(_child(item, "li.nr")) or item.get("nr", "")
        yield from _marked(_walk(item, place, 41, place.annex or ""), mark)


def _marked(found: Iterator[Block], mark: str) -> Iterator[Block]:
    """The blocks, the first of them with the number or letter of the lid or item that it begins."""
    for n, block in enumerate(found):
        if n or not mark:
            yield block
        else:
            yield replace(block, text=f"{mark} {block.text}", role=Role.ROW if block.role is Role.ROW else Role.ITEM)


def _table(element: Any, place: Locator) -> Iterator[Block]:
    for row in (inner for inner in element.iter() if name(inner) in ("row", "tr")):
        cells = [words(cell) for cell in row if name(cell) in ("entry", "td", "th")]
        if any(cells):
            yield Block(" | ".join(cells), Role.ROW, locator=place)


def _child(element: Any, wanted: str) -> Any | None:
    return next((child for child in element if name(child) == wanted), None) if element is not None else None


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
