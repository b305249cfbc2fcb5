"""The straight lines that a page of a PDF draws: the borders of its tables. Trusts nothing of the file."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.ruled import Rule

# Points: a filled shape thinner than this is a line. A page may draw a million of them; a table has few.
_THIN = 3.0
_MOST = 20_000

Point = tuple[float, float]


def drawn(page: pypdfium2.PdfPage) -> list[Rule]:
    """The horizontal and vertical lines of a page, in points from bottom left; none where there are too many to be a table's, or on a turned page."""
    found: list[Rule] = []
    if page.get_rotation():
        return found
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        if pdfium.FPDFPath_CountSegments(path.raw) > _MOST or len(found) > _MOST:
            return []
        stroked = _is_stroked(path)
        for shape in _shapes(path):
            found += _edges(shape) if stroked else _thin(shape)
    return found


def _is_stroked(path: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path.raw, fill, stroke)) and bool(stroke.value)


def _shapes(path: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """The corners of each shape of a path, as they lie on the page; a closed one ends where it began."""
    matrix, shape = path.get_matrix(), list[Point]()
    for at in range(pdfium.FPDFPath_CountSegments(path.raw)):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield shape
            shape = []
        shape.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            shape.append(shape[0])
    yield shape


def _edges(shape: list[Point]) -> Iterator[Rule]:
    for (x1, y1), (x2, y2) in pairwise(shape):
        if abs(y1 - y2) < 1 < abs(x1 - x2):
            yield Rule(False, (y1 + y2) / 2, min(x1, x2), max(x1, x2))
        elif abs(x1 - x2) < 1 < abs(y1 - y2):
            yield Rule(True, (x1 + x2) / 2, min(y1, y2), max(y1, y2))


def _thin(shape: list[Point]) -> Iterator[Rule]:
    if len(shape) < 2:
        return
    (left, *_, right), (bottom, *_, top) = sorted(x for x, _ in shape), sorted(y for _, y in shape)
    if top - bottom <= _THIN < right - left:
        yield Rule(False, (top + bottom) / 2, left, right)
    elif right - left <= _THIN < top - bottom:
        yield Rule(True, (left + right) / 2, bottom, top)
