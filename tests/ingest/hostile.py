"""Files made to break their reader, and what reading one costs: `python -m tests.ingest.hostile FILE` reads as an ingest does.

Each is made when asked for, by one short function. What comes out is a line of JSON: the outcome, the seconds, and the most
memory that a process for strangers' files held (megabytes).
"""

from __future__ import annotations

import io
import json
import re
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from corpus import citation
from corpus.errors import Refused
from corpus.gemeenten import national
from ingest import files, gates, metadata, ocr, sidecar, split, structure
from ingest.blocks import has_words
from ingest.load import formats

MB = 1_000_000
Make = Callable[[], bytes]

# --- zip and Word -----------------------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_WORDS = "Het college beslist binnen zes weken op de aanvraag. "


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in entries:
            file.writestr(name, data)
    return out.getvalue()


def word(body: str, before: str = "") -> bytes:
    """The smallest Word file with this body, not compressed, so that its size says nothing; `before` stands above the root."""
    document = f"<?xml version='1.0'?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>".encode()
    parts = (("[Content_Types].xml", _TYPES.encode()), ("_rels/.rels", _RELS.encode()), ("word/document.xml", document))
    return zipped(*parts, method=zipfile.ZIP_STORED)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def lying_zip() -> bytes:
    """A directory that says a hundred bytes, over a stream that gives two hundred megabytes."""
    data = bytearray(zipped(("[Content_Types].xml", b" " * 200 * MB)))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 100)
    return bytes(data)


def overlapping_zip() -> bytes:
    """A thousand names for one and the same compressed megabyte."""
    data = zipped(("word/document.xml", b"a" * MB))
    directory, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    entry = bytearray(data[directory:end])
    entries = b""
    for n in range(1_000):
        entry[46:51] = f"{n:05}".encode()
        entries += bytes(entry)
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", 1_000, 1_000)
    tail[12:16] = struct.pack("<I", len(entries))
    return data[:directory] + entries + bytes(tail)


def twice(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "een")
        file.writestr(name.replace("x", "y"), "twee")
    return out.getvalue().replace(name.replace("x", "y").encode(), name.encode())


def nested_zip() -> bytes:
    data = b" " * 10 * MB
    for n in range(8):
        data = zipped(*((f"{n}-{m}.zip", data) for m in range(8)))
    return data


_LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
_QUADRATIC = f"<!DOCTYPE q [<!ENTITY a '{'a' * 100_000}'>]>"
_OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
_REMOTE = "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>"

WORD: dict[str, Make] = {
    "one-large-entry": lambda: zipped(("word/document.xml", bytes(400 * MB))),
    "many-entries": lambda: zipped(*((f"word/{n}.xml", b"x") for n in range(6_000))),
    "nested-zips": nested_zip,
    "lying-directory": lying_zip,
    "overlapping-entries": overlapping_zip,
    "same-name-twice": lambda: twice("word/x.xml"),
    "names-outside": lambda: zipped(("../../etc/cron.d/x", b"x"), ("[Content_Types].xml", b"x")),
    "absolute-names": lambda: zipped(("/etc/cron.d/x", b"x"), ("[Content_Types].xml", b"x")),
    "backslash-names": lambda: zipped(("..\\..\\x", b"x"), ("[Content_Types].xml", b"x")),
    "many-paragraphs": lambda: word("<w:p/>" * 8_000_000),
    "much-text": lambda: word("".join(paragraph(f"{n} {_WORDS * 20}") for n in range(25_000))),
    "deep-tables": lambda: word("<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("diep") + "</w:tc></w:tr></w:tbl>" * 20_000),
    "laughing-entities": lambda: word(paragraph("&a9;"), _LAUGHS),
    "quadratic-entities": lambda: word(paragraph("&a;" * 100_000), _QUADRATIC),
    "outside-entity": lambda: word(paragraph("&a; en meer woorden om te lezen"), _OUTSIDE),
    "one-long-paragraph": lambda: word(paragraph(_WORDS * 400_000)),
    "runs-without-end": lambda: word(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 1_500_000}</w:p>"),
}

# --- XML --------------------------------------------------------------------------------------------------------------


def regeling(inside: str, before: str = "") -> bytes:
    return f"<?xml version='1.0' encoding='utf-8'?>{before}<toestand><wetgeving>{inside}</wetgeving></toestand>".encode()


XML: dict[str, Make] = {
    "laughing-entities": lambda: regeling("&a9;", _LAUGHS),
    "quadratic-entities": lambda: regeling("&a;" * 100_000, _QUADRATIC),
    "outside-entity": lambda: regeling("&a;", _OUTSIDE),
    "remote-type": lambda: regeling("<al>tekst</al>", _REMOTE),
    "late-type": lambda: regeling("&a9;", f"<!--{'x' * 10_000}-->{_LAUGHS}"),
    "entities-in-utf-16": lambda: regeling("&a9;", _LAUGHS).decode().replace("utf-8", "utf-16").encode("utf-16"),
    "deep-elements": lambda: regeling("<lijst><li>" * 200_000 + "</li></lijst>" * 200_000),
    "many-attributes": lambda: regeling(f"<al {' '.join(f'a{n}={chr(39)}x{chr(39)}' for n in range(1_000_000))}>tekst</al>"),
    "long-attribute": lambda: regeling(f"<al x='{'y' * 60 * MB}'>tekst</al>"),
    "many-elements": lambda: regeling("<al>a</al>" * 6_000_000),
    "nested-just-so": lambda: regeling(("<lijst><li>" * 100 + "<al>tekst</al>" + "</li></lijst>" * 100) * 3_000),
}

# --- web pages --------------------------------------------------------------------------------------------------------


def page(inside: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Stuk</title>{head}</head><body><p>{_WORDS}</p>{inside}</body></html>".encode()


HTML: dict[str, Make] = {
    "deep-elements": lambda: page("<div>" * 300_000 + "diep"),
    "deep-inline": lambda: page("<b><i>" * 200_000 + "diep"),
    "long-attribute": lambda: page(f"<p data-x='{'y' * 60 * MB}'>tekst</p>"),
    "many-attributes": lambda: page(f"<p {' '.join(f'a{n}=x' for n in range(100_000))}>tekst</p>"),
    "style-without-braces": lambda: page("", f"<style>{'a' * 2 * MB}</style>"),
    "comments-in-style": lambda: page("", f"<style>{'/*' * MB}</style>"),
    "long-style": lambda: page(f"<p style='{'color:rgb(' * 500_000}'>tekst</p>"),
    "rgb-in-style": lambda: page("<p style='color:rgba(" + ", " * 200_000 + "'>tekst</p>"),
    "many-cells": lambda: page(f"<table>{'<tr><td>1</td><td>2</td></tr>' * 700_000}</table>"),
    "one-row": lambda: page(f"<table><tr>{'<td>1</td>' * MB}</tr></table>"),
    "nested-tables": lambda: page("<table><tr><td>" * 50_000 + "diep"),
    "many-items": lambda: page(f"<ol>{'<li>een</li>' * 150_000}</ol>"),
    "odd-counts": lambda: page("<ol start='x'><li value='veel'>een</li></ol><ol start='" + "9" * 5_000 + "'><li>twee</li></ol>"),
    "hidden-in-hidden": lambda: page("<div style='display:none'>een twee drie " * 5_000),
}

# --- text -------------------------------------------------------------------------------------------------------------


def prose(bad: str) -> bytes:
    return f"# Stuk\n\n{_WORDS}\n\n{bad}\n".encode()


TEXT: dict[str, Make] = {
    "open-brackets.md": lambda: prose("[" * 300_000),
    "open-pictures.md": lambda: prose("![" * 200_000),
    "half-links.md": lambda: prose("[a](" * 200_000),
    "stars.md": lambda: prose("*a " * 300_000),
    "underscores.md": lambda: prose("_" * 400_000 + "a"),
    "rules.md": lambda: prose("- " * 300_000 + "x"),
    "open-tags.md": lambda: prose("<a b>" * 200_000),
    "open-styled-tags.md": lambda: prose("<a style=b>" * 200_000),
    "open-comments.md": lambda: prose("<!--" * 300_000),
    "deep-quotes.md": lambda: prose(">" * 300_000 + " diep"),
    "deep-list.md": lambda: prose("".join(" " * (n % 2_000) + "- een\n" for n in range(60_000))),
    "deep-json.txt": lambda: prose('{"a":[' * 300_000),
    "one-line.txt": lambda: prose(_WORDS * 400_000),
    "one-word.txt": lambda: prose("a" * 20 * MB),
    "spaces.txt": lambda: prose("woord" + " " * 2 * MB + "woord"),
    "lines.txt": lambda: prose("een regel\n" * 2_000_000),
    "form-feeds.txt": lambda: prose("\f" * 3 * MB),
    "digits.txt": lambda: prose("1" * 400_000 + " " + "1." * 200_000),
    "articles.txt": lambda: prose("artikel 1, 2, 3 en " * 100_000),
    "leden.txt": lambda: prose("het eerste, tweede, derde, " * 60_000),
    "capitals.txt": lambda: prose("Verdachte: Jan de " * 60_000),
    "instructions.txt": lambda: prose("negeer alle " * 100_000),
    "dots.txt": lambda: prose("Hoofdstuk " + ". " * 200_000),
    "pipes.txt": lambda: prose(" | ".join("a" * 200_000)),
    "zero-width.txt": lambda: prose("a\u200b" * 400_000),
}

# --- PDF --------------------------------------------------------------------------------------------------------------


def pdf(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """Objects 1, 2, … as a PDF; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for n, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1) + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), more) + data + b"\nendstream"


def deflated(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [" + b"/FlateDecode " * times + b"]")


def one_page(content: bytes, *more: bytes, catalog: bytes = b"", of_page: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """One page with this content stream (object 4); `more` are objects 6 and on."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >>"
            b" /Pattern << /P 6 0 R >> >> %s >>" % (box, of_page),
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


_SAYS = b"BT /F1 12 Tf 72 700 Td (Het college beslist binnen zes weken op de aanvraag.) Tj ET\n"
_WHITE = b"1 1 1 rg " + _SAYS + b"0 0 0 rg "


def lzw(size: int) -> bytes:
    """LZW of zeros: codes of twelve bits, each one longer than the one before."""
    bits, codes = "", [256]
    width, known = 9, 258
    run, written = 1, 0
    while written < size:
        codes.append(0 if run == 1 else known - 1)
        written, run, known = written + run, run + 1, known + 1
        if known == 4095:
            codes.append(256)
            known, run = 258, 1
    known = 258
    out = bytearray()
    for code in [*codes, 257]:
        bits += f"{code:0{width}b}"
        known = 258 if code == 256 else known + 1
        width = 9 if known < 512 else 10 if known < 1024 else 11 if known < 2048 else 12
        while len(bits) >= 8:
            out.append(int(bits[:8], 2))
            bits = bits[8:]
    return stream(bytes(out) + b"\x00", b"/Filter /LZWDecode")


def picture(width: int, height: int, data: bytes, more: bytes = b"/BitsPerComponent 8 /ColorSpace /DeviceRGB") -> bytes:
    said = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s /Filter /FlateDecode" % (width, height, more)
    return stream(zlib.compress(data, 9), said)


def many_pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            stream(_SAYS),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def object_stream() -> bytes:
    """A hundred megabytes of objects in one compressed stream, which holds the page tree too."""
    inside = b"<< /Type /Pages /Kids [] /Count 0 >> " + b" " * 200 * MB
    return pdf(
        [
            b"<< /Type /Catalog /Pages 9 0 R >>",
            stream(zlib.compress(b"9 0 " + inside, 9), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),
        ]
    )


def stream_table() -> bytes:
    """A cross-reference stream that says a billion objects."""
    table = stream(zlib.compress(bytes(300 * MB), 9), b"/Type /XRef /Size 1000000000 /W [1 8 2] /Root 1 0 R /Filter /FlateDecode")
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    return body + b"2 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)


def tree(kids: bytes, count: int) -> bytes:
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)])


def wide_tree() -> bytes:
    """Twenty levels of page tree, each holding the next ten times: a hundred quintillion pages."""
    levels = [b"<< /Type /Pages /Kids [%s] /Count 10 >>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 22)]
    leaf = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *levels, leaf])


def self_including_form() -> bytes:
    form = stream(b"/X Do " * 20, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>")
    return one_page(stream(_WHITE + b"/X Do"), form)


def wide_forms() -> bytes:
    """Twelve forms, each drawing the next ten times: a trillion drawings."""

    def form(n: int) -> bytes:
        return stream(b"/X Do " * 10, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (n + 1))

    last = stream(_SAYS, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>")
    return one_page(stream(_WHITE + b"/X Do"), *map(form, range(6, 18)), last)


def pattern() -> bytes:
    tile = stream(_SAYS * 100, b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 0.001 /YStep 0.001")
    return one_page(stream(_WHITE + b"/Pattern cs /P scn 0 0 595 842 re f"), tile)


def letters_table() -> bytes:
    """A font whose table of letters runs over four billion codes."""
    table = b"/CIDInit /ProcSet findresource begin begincmap\n" + b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n" * 50_000
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [] >>"
    data = one_page(stream(_SAYS), deflated(table + b"endcmap"))
    return data.replace(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", font)


def labels_in_a_ring() -> bytes:
    return one_page(stream(_SAYS), b"<< /Kids [6 0 R 6 0 R] >>", catalog=b"/PageLabels 6 0 R")


PDF: dict[str, Make] = {
    "flate-gigabyte": lambda: one_page(deflated(b"0 0 m " * 60 * MB)),
    "flate-in-flate": lambda: one_page(deflated(bytes(400 * MB), 3)),
    "flate-many-filters": lambda: one_page(stream(b"x", b"/Filter [" + b"/FlateDecode " * 100_000 + b"]")),
    "lzw": lambda: one_page(lzw(300 * MB)),
    "runs": lambda: one_page(stream(b"\x81a" * 8 * MB, b"/Filter /RunLengthDecode")),
    "object-stream": object_stream,
    "reference-stream": stream_table,
    "says-billions-of-pages": lambda: tree(b"", 2**31),
    "many-pages": lambda: many_pages(100_000),
    "most-pages": lambda: many_pages(3_000),
    "tree-in-a-ring": lambda: tree(b"2 0 R 2 0 R", 2),
    "wide-tree": wide_tree,
    "outline-in-a-ring": lambda: one_page(
        stream(_SAYS), b"<< /First 6 0 R /Last 6 0 R /Next 6 0 R /Title (x) /Count 9 >>", catalog=b"/Outlines 6 0 R"
    ),
    "labels-in-a-ring": labels_in_a_ring,
    "deep-arrays": lambda: one_page(stream(_SAYS), b"[" * 500_000 + b"]" * 500_000, catalog=b"/PageLabels 6 0 R"),
    "deep-dictionaries": lambda: one_page(stream(_SAYS), b"<< /Nums " * 300_000 + b">>" * 300_000, catalog=b"/PageLabels 6 0 R"),
    "huge-picture": lambda: one_page(stream(b"595 0 0 842 0 0 cm /X Do"), picture(60_000, 60_000, bytes(300 * MB))),
    "huge-picture-says": lambda: one_page(stream(b"595 0 0 842 0 0 cm /X Do"), picture(2**31 - 1, 2**31 - 1, b"x")),
    "picture-under-white": lambda: one_page(stream(_WHITE + b"595 0 0 842 0 0 cm /X Do"), picture(20_000, 20_000, bytes(300 * MB))),
    "huge-page": lambda: one_page(stream(_WHITE), box=b"0 0 2000000 2000000"),
    "endless-page": lambda: one_page(stream(_WHITE), box=b"0 0 1e38 1e38"),
    "page-inside-out": lambda: one_page(stream(_SAYS), box=b"595 842 0 0"),
    "many-letters": lambda: one_page(deflated(b"BT /F1 1 Tf 1 0 0 1 9 9 Tm (" + b"aap noot mies " * 300_000 + b") Tj ET")),
    "many-white-letters": lambda: one_page(deflated(b"1 1 1 rg BT /F1 9 Tf 72 700 Td " + b"(aap noot mies) Tj 0 0 Td " * 60_000 + b"ET")),
    "many-fragments": lambda: one_page(
        deflated(b"".join(b"BT /F1 9 Tf %d %d Td (aap) Tj ET " % (n % 500, n % 800) for n in range(200_000)))
    ),
    "form-in-itself": self_including_form,
    "forms-in-forms": wide_forms,
    "fine-pattern": pattern,
    "letters-table": letters_table,
    "reference-in-a-ring": lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"2 0 R"]),
    "tables-in-a-ring": lambda: one_page(stream(_SAYS)).replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev 9 "),
    "odd-encryption": lambda: one_page(stream(_SAYS)).replace(
        b"/Root 1 0 R ", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 99 /Length 2147483647 /O (x) /U (x) /P -1 >> /ID [(x) (x)] "
    ),
    "only-a-name": lambda: b"%PDF-1.7\n" + b"/" * 5 * MB,
    "open-strings": lambda: b"%PDF-1.7\n1 0 obj\n" + b"(" * 5 * MB,
}

# --- names that are not what they say ---------------------------------------------------------------------------------

WRONG: dict[str, Make] = {
    "program.pdf": lambda: b"\x7fELF" + bytes(1_000),
    "zip.txt": lambda: zipped(("a", b"x" * 100)),
    "pdf.docx": lambda: one_page(stream(_SAYS)),
    "word.xml": lambda: word(paragraph(_WORDS)),
    "picture.html": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000),
    "rich.txt": lambda: b"{\\rtf1 " + _WORDS.encode(),
    "gzip.txt": lambda: b"\x1f\x8b\x08" + zlib.compress(bytes(100 * MB)),
}

BOMBS: dict[str, Make] = {
    **{f"{name}.docx": make for name, make in WORD.items()},
    **{f"{name}.xml": make for name, make in XML.items()},
    **{f"{name}.html": make for name, make in HTML.items()},
    **TEXT,
    **{f"{name}.pdf": make for name, make in PDF.items()},
    **WRONG,
}


# Only the limit on time ends these.
ENDLESS = {"open-styled-tags.md"}


def _read(path: Path) -> str:
    """All that an ingest does with a file before it embeds; says what would become of it."""
    try:
        said, gemeenten = sidecar.read(path, national())
        loaded = ocr.load(files.read(path), formats.media_type(path.name, path.read_bytes()[:2048]))
    except Refused as refused:
        return f"refused: {refused}"
    if not has_words(loaded.blocks):
        return "refused: no words"
    found = gates.findings(loaded)
    said.or_else(metadata.find(loaded, path.name, gemeenten))
    composed = split.compose(structure.parts(loaded.blocks), loaded.page_labels)
    pieces = split.split(composed, lambda texts: [len(text) // 4 for text in texts], 400)
    for piece in pieces:
        citation.find(composed.text[piece.start : piece.end])
    return "quarantined" if found else "indexed"


def main() -> None:
    outcome = _read(Path(sys.argv[1]))
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    said = {"outcome": outcome, "seconds": time.process_time() + child.ru_utime + child.ru_stime}
    print(json.dumps({**said, "child": child.ru_maxrss // 1024, "own": int(own[1]) // 1024 if own else 0}))


if __name__ == "__main__":
    main()
