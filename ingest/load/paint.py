"""Paints a page of a PDF in a process of its own; `ingest.picture` asks for it. Trusts nothing of the file."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from ingest import picture, sandbox

# Pixels per point, and the most pixels that a page may take either way: a page can say that it is the size of a house.
_SCALE, _MOST = 2.0, 2400
_YELLOW = (255, 226, 120)

Box = tuple[float, float, float, float]


def paint(data: bytes, page: int, words: str, where: float) -> bytes:
    """A page (from 1) as PNG. Raises whatever pdfium raises: its process ends then."""
    document = pypdfium2.PdfDocument(data)
    shown = document[page - 1]
    width, height = shown.get_size()
    bitmap = shown.render(scale=min(_SCALE, _MOST / max(width, 1), _MOST / max(height, 1)))
    image: Image.Image = bitmap.to_pil().convert("RGB")
    convert = bitmap.get_posconv(shown)
    text = shown.get_textpage()
    for left, bottom, right, top in _lines(text, _marked(text, words, where)):
        (x1, y1), (x2, y2) = convert.to_bitmap(left, top), convert.to_bitmap(right, bottom)
        area = (max(min(x1, x2) - 2, 0), max(min(y1, y2) - 2, 0), min(max(x1, x2) + 2, image.width), min(max(y1, y2) + 2, image.height))
        if area[0] < area[2] and area[1] < area[3]:
            image.paste(ImageChops.multiply(image.crop(area), Image.new("RGB", (area[2] - area[0], area[3] - area[1]), _YELLOW)), area)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _marked(text: Any, words: str, where: float) -> list[int]:
    """The characters of the page that the words are, in order."""
    letters: list[str] = []
    places: list[int] = []
    for i in range(pdfium.FPDFText_CountChars(text.raw)):
        for letter in picture.plain(chr(pdfium.FPDFText_GetUnicode(text.raw, i))):
            letters.append(letter)
            places.append(i)
    return [places[at] for start, end in picture.found("".join(letters), words, where) for at in range(start, end)]


def _lines(text: Any, marked: Sequence[int]) -> Iterator[Box]:
    """The boxes around characters, those beside each other on a line as one."""
    held: Box | None = None
    box = pdfium.FS_RECTF()
    for before, i in pairwise([-2, *marked]):
        if not pdfium.FPDFText_GetLooseCharBox(text.raw, i, box):
            continue
        here = (box.left, box.bottom, box.right, box.top)
        beside = held is not None and i - before <= 6 and min(held[3], here[3]) - max(held[1], here[1]) > 0.5 * (here[3] - here[1])
        if held is not None and beside and here[0] >= held[0]:
            held = (held[0], min(held[1], here[1]), max(held[2], here[2]), max(held[3], here[3]))
        else:
            if held is not None:
                yield held
            held = here
    if held is not None:
        yield held


def _main() -> None:
    sandbox.limit()
    asked = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(paint(sys.stdin.buffer.read(), asked["page"], asked["words"], asked["where"]))


if __name__ == "__main__":
    _main()
