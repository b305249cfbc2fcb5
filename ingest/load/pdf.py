"""PDF to blocks; the only importer of pypdf, which judges the file. `glyphs` gives its letters, `printed` its lines, `layout` makes them text."""

from __future__ import annotations

import io
import logging
import re

import pypdf
from pypdf.errors import PyPdfError

from corpus.errors import Refused
from ingest import clean, layout, printed, ruled
from ingest.blocks import Loaded, without_contents
from ingest.load import glyphs
from ingest.looks import mark_headings

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_BROKEN = "De PDF is beschadigd en kan niet worden gelezen. Maak haar opnieuw aan vanuit het bronbestand."
_LOCKED = "De PDF is versleuteld. Lever een exemplaar zonder wachtwoord aan."
MAX_PAGES = 3_000
# A page with fewer letters than this says nothing by them: a page number, a stamp.
_FEW_LETTERS = 20
# pypdf leaves it to its caller to expect anything from a damaged file.
_ANYTHING = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(RecursionError, NotImplementedError, OSError, ArithmeticError, AssertionError),
)


def load(data: bytes) -> Loaded:
    """Read a PDF. Raises Refused for one that is encrypted, damaged, or longer than MAX_PAGES."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(_LOCKED)
        if not 0 < len(reader.pages) <= MAX_PAGES:
            raise Refused(_BROKEN if not reader.pages else f"De PDF heeft meer dan {MAX_PAGES} pagina’s. Splits haar in delen.")
        labels = tuple(reader.page_labels)
        drawn = list(glyphs.pages(data))
        pages = [ruled.tables(printed.lines(page.fragments, number), page.rules) for number, page in enumerate(drawn, start=1)]
        heights = [float(page.mediabox.height) for page in reader.pages]
        properties = _properties(reader)
    except Refused:
        raise
    except _ANYTHING as error:
        raise Refused(_LOCKED if "crypt" in str(error).lower() else _BROKEN) from error
    letters = [sum(sum(map(str.isalpha, line.text)) for line in page) for page in pages]
    pictures = tuple(n for n, (page, few) in enumerate(zip(drawn, letters, strict=True), start=1) if page.pictures and few < _FEW_LETTERS)
    blocks = layout.blocks(printed.without_running_heads(pages, heights))
    hidden = tuple((number, clean.line(page.hidden)) for number, page in enumerate(drawn, start=1) if page.hidden.strip())
    return Loaded(mark_headings(without_contents(blocks)), labels, properties, hidden, pictures)


def _properties(reader: pypdf.PdfReader) -> dict[str, str]:
    info = reader.metadata
    if info is None:
        return {}
    date = re.match(r"D:(\d{4})(\d{2})(\d{2})", str(info.get("/ModDate") or info.get("/CreationDate") or ""))
    found = {"title": str(info.title or ""), "author": str(info.author or ""), "date": "-".join(date.groups()) if date else ""}
    return {key: clean.line(value) for key, value in found.items() if value.strip()}
