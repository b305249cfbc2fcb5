"""The letters of a PDF page with their boxes; with `rules` and `paint` the only importers of pypdfium2."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ingest import clean
from ingest.load import rules
from ingest.printed import Fragment
from ingest.ruled import Rule

# Points: letters lower than this cannot be read, at any zoom that a reader would try.
_UNREADABLE = 1.2
# Pixels per point of the picture in which doubtful letters are looked for, and the difference in tone (of 255) that shows one.
_SCALE, _TRACE = 1.5, 12
_UNPAINTED = {3, 7}
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page draws: its text, apart from that the text that no reader sees, whether it draws anything else, and straight lines."""

    fragments: list[Fragment]
    hidden: str
    pictures: bool
    rules: list[Rule]


def pages(data: bytes) -> Iterator[Drawn]:
    """The text of each page in drawing order, cut where the line, the size or the weight changes or a gap opens.

    Raises ValueError for a file that pdfium cannot open.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        for index in range(len(document)):
            yield _drawn(document, index)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error


def _drawn(document: pypdfium2.PdfDocument, index: int) -> Drawn:
    page = document[index]
    text = page.get_textpage()
    try:
        unseen = _unseen(page, text)
        fragments = list(_runs(text, unseen, page.get_rotation() // 90, *page.get_size()))
        letters = _letters(text)
        hidden = "".join(letters[i] for i in sorted(unseen)) or clean.unseen("".join(letters)) or ""
        return Drawn(fragments, hidden, _draws_more_than_text(page), rules.drawn(page))
    finally:
        text.close()
        page.close()


def _draws_more_than_text(page: pypdfium2.PdfPage) -> bool:
    objects = (pdfium.FPDFPage_GetObject(page.raw, i) for i in range(pdfium.FPDFPage_CountObjects(page.raw)))
    return any(pdfium.FPDFPageObj_GetType(found) != pdfium.FPDF_PAGEOBJ_TEXT for found in objects)


def _letters(text: pypdfium2.PdfTextPage) -> list[str]:
    """The characters of a page; one that pdfium gives as two halves (UTF-16) is whole at its first half."""
    codes = [pdfium.FPDFText_GetUnicode(text.raw, i) for i in range(pdfium.FPDFText_CountChars(text.raw))]
    letters = [chr(code) if not 0xD800 <= code <= 0xDFFF else "" for code in codes]
    for i, (high, low) in enumerate(itertools.pairwise(codes)):
        if 0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF:
            letters[i] = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return letters


def _unseen(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> set[int]:
    """The letters that a reader of the page does not see: off the page, far too small, or drawn without a trace.

    Pale, transparent or unpainted letters are only held to be unseen where the page as it is painted shows nothing at their
    place: white letters on a dark bar, and the text layer of a scan, are seen.
    """
    raw, box = text.raw, pdfium.FS_RECTF()
    left, bottom, right, top = page.get_bbox()
    unseen, doubtful = set(), {}
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for i in range(pdfium.FPDFText_CountChars(raw)):
        if chr(pdfium.FPDFText_GetUnicode(raw, i)).isspace() or not pdfium.FPDFText_GetLooseCharBox(raw, i, box):
            continue
        tall = min(abs(box.top - box.bottom), max(abs(box.right - box.left) * 4, 0.1))
        outside = box.right < left - 1 or box.left > right + 1 or box.top < bottom - 1 or box.bottom > top + 1
        if outside or tall < _UNREADABLE:
            unseen.add(i)
            continue
        painted = pdfium.FPDFText_GetFillColor(raw, i, red, green, blue, alpha)
        pale = painted and (alpha.value < 40 or min(red.value, green.value, blue.value) > 200)
        if pale or _render_mode(raw, i) in _UNPAINTED:
            doubtful[i] = (box.left, box.bottom, box.right, box.top)
    if doubtful:
        unseen |= _traceless(page, doubtful)
    return unseen


def _render_mode(raw: object, i: int) -> int:
    drawn = pdfium.FPDFText_GetTextObject(raw, i)
    return int(pdfium.FPDFTextObj_GetTextRenderMode(drawn)) if drawn else 0


def _traceless(page: pypdfium2.PdfPage, boxes: dict[int, tuple[float, float, float, float]]) -> set[int]:
    """Those of the boxes where the painted page is of one tone."""
    bitmap = page.render(scale=_SCALE, grayscale=True)
    tones = bitmap.to_numpy()
    convert = bitmap.get_posconv(page)
    found = set()
    for i, (left, bottom, right, top) in boxes.items():
        (x1, y1), (x2, y2) = convert.to_bitmap(left, top), convert.to_bitmap(right, bottom)
        area = tones[max(min(y1, y2), 0) : max(y1, y2) + 1, max(min(x1, x2), 0) : max(x1, x2) + 1]
        if not area.size or int(area.max()) - int(area.min()) < _TRACE:
            found.add(i)
    return found


def _runs(text: pypdfium2.PdfTextPage, unseen: set[int], rotation: int, width: float, height: float) -> Iterator[Fragment]:
    raw = text.raw
    box = pdfium.FS_RECTF()
    held, x, y, right, size, bold = "", 0.0, 0.0, 0.0, 0.0, False
    for i in range(pdfium.FPDFText_CountChars(raw)):
        char = chr(pdfium.FPDFText_GetUnicode(raw, i))
        if char in "\r\n\x00" or i in unseen:
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
