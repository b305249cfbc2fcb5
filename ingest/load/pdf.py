"""PDF to blocks; the only importer of pypdf, which judges the file. `glyphs` gives its letters, `layout` makes them text."""

from __future__ import annotations

import io
import logging
import re

import pypdf
from pypdf.errors import PyPdfError

from corpus.errors import Refused
from ingest import clean, layout
from ingest.blocks import Loaded, without_contents
from ingest.load import glyphs
from ingest.looks import mark_headings

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_BROKEN = "De PDF is beschadigd en kan niet worden gelezen. Maak haar opnieuw aan vanuit het bronbestand."
_LOCKED = "De PDF is versleuteld. Lever een exemplaar zonder wachtwoord aan."
_SCAN = "De PDF is een scan zonder tekstlaag. Laat er eerst tekstherkenning (OCR) op uitvoeren en lever haar opnieuw aan."
MAX_PAGES = 3_000
# pypdf leaves it to its caller to expect anything from a damaged file.
_ANYTHING = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(RecursionError, NotImplementedError, OSError, ArithmeticError, AssertionError),
)


def load(data: bytes) -> Loaded:
    """Read a PDF. Raises Refused for one that is encrypted, damaged, without text, or longer than MAX_PAGES."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(_LOCKED)
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise Refused(_BROKEN if not reader.pages else f"De PDF heeft meer dan {MAX_PAGES} pagina’s. Splits haar in delen.")
        labels = tuple(reader.page_labels)
        drawn = list(glyphs.pages(data))
        pages = [layout.lines(page.fragments, number) for number, page in enumerate(drawn, start=1)]
        heights = [float(page.mediabox.height) for page in reader.pages]
        properties = _properties(reader)
    except Refused:
        raise
    except _ANYTHING as error:
        raise Refused(_LOCKED if "crypt" in str(error).lower() else _BROKEN) from error
    letters = sum(sum(map(str.isalpha, line.text)) for page in pages for line in page)
    if letters < 20 * len(pages) and letters < 2_000:
        raise Refused(_SCAN)
    blocks = layout.blocks(layout.without_running_heads(pages, heights))
    hidden = tuple((number, clean.line(page.hidden)) for number, page in enumerate(drawn, start=1) if page.hidden.strip())
    return Loaded(mark_headings(without_contents(blocks)), labels, properties, hidden)


def _properties(reader: pypdf.PdfReader) -> dict[str, str]:
    info = reader.metadata
    if info is None:
        return {}
    date = re.match(r"D:(\d{4})(\d{2})(\d{2})", str(info.get("/ModDate") or info.get("/CreationDate") or ""))
    found = {"title": str(info.title or ""), "author": str(info.author or ""), "date": "-".join(date.groups()) if date else ""}
    return {key: clean.line(value) for key, value in found.items() if value.strip()}
