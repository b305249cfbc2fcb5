"""The letters of a PDF page with their boxes; the only importer of pypdfium2."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.layout import Fragment

_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)


def pages(data: bytes) -> Iterator[list[Fragment]]:
    """The text of each page in drawing order, cut where the line, the size or the weight changes or a gap opens.

    Raises ValueError for a file that pdfium cannot open.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        for index in range(len(document)):
            yield _fragments(document, index)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error


def _fragments(document: pypdfium2.PdfDocument, index: int) -> list[Fragment]:
    page = document[index]
    text = page.get_textpage()
    try:
        return list(_runs(text, page.get_rotation() // 90, *page.get_size()))
    finally:
        text.close()
        page.close()


def _runs(text: pypdfium2.PdfTextPage, rotation: int, width: float, height: float) -> Iterator[Fragment]:
    raw = text.raw
    box = pdfium.FS_RECTF()
    held, x, y, right, size, bold = "", 0.0, 0.0, 0.0, 0.0, False
    for i in range(pdfium.FPDFText_CountChars(raw)):
        char = chr(pdfium.FPDFText_GetUnicode(raw, i))
        if char in "\r\n\x00":
            continue
        if char in "\x02\ufffe":
            # pdfium's sign for a hyphen that breaks a word at a line end
            char = "-"
        if char.isspace():
            held += " " if held else ""
            continue
        left, stop, base, points = _place(raw, i, box, rotation, width, height)
        heavy = _is_bold(raw, i)
        same_line = abs(base - y) <= 0.45 * max(size, points)
        gap = left - right
        if held and (not same_line or gap > 0.9 * points or gap < -2 * points or abs(points - size) > 0.6 or heavy != bold):
            yield Fragment(held, x, y, size, bold, right)
            held = ""
        if not held:
            x, y, size, bold = left, base, points, heavy
        elif gap > 0.6 * points and not held.endswith(" "):
            held += " "
        held += char
        right = stop
    if held.strip():
        yield Fragment(held, x, y, size, bold, right)


def _is_bold(raw: object, i: int) -> bool:
    """By the name of the font: weights that fonts give of themselves are often wrong in subsets."""
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, i, name, 128, flags)
    return _BOLD.search(name.value) is not None


def _place(raw: object, i: int, box: pdfium.FS_RECTF, rotation: int, width: float, height: float) -> tuple[float, float, float, float]:
    """(left, right, baseline, size) of a letter, with its own white, on the page as it is read.

    The size is the height of the box: the font size that a file names can be scaled by any matrix.
    """
    pdfium.FPDFText_GetLooseCharBox(raw, i, box)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
    tall, wide = max(box.top - box.bottom, 1.0), max(box.right - box.left, 1.0)
    if rotation == 1:
        return box.bottom, box.top, width - x.value, wide
    if rotation == 3:
        return height - box.top, height - box.bottom, x.value, wide
    if rotation == 2:
        return width - box.right, width - box.left, height - y.value, tall
    return box.left, box.right, y.value, tall
