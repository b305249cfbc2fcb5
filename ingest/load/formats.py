"""What a file is, by its first bytes and not by its name, and the loader that reads it. Knows no pipeline.

A name that promises something else than the bytes hold is refused: a mislabelled file is a mistake or an attack.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from corpus.errors import Refused
from ingest.blocks import Loaded

# suffix → the media type that the bytes must show
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
_TEXTUAL = {"text/html", "text/markdown", "text/plain", "application/xml"}
PDF, _DOCX = MEDIA_TYPES[".pdf"], MEDIA_TYPES[".docx"]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
MAX_ENTRIES = 5_000


def media_type(filename: str, head: bytes) -> str:
    """The media type of a file from its name and its first bytes (at least 1,024 where it has them).

    Raises Refused where the type is not supported or name and content contradict each other.
    """
    suffix = PurePath(filename).suffix.lower()
    named = MEDIA_TYPES.get(suffix)
    if named is None:
        raise Refused(
            f"Bestandstype ‘{suffix or 'zonder extensie'}’ wordt niet gelezen. Lever het aan als PDF, Word (.docx), HTML, tekst of officiële XML."
        )
    if not head.strip():
        raise Refused("Het bestand is leeg. Controleer het origineel en lever het opnieuw aan.")
    shown = _sniff(head)
    if shown == "ole":
        raise Refused("Dit is een oud of versleuteld Office-bestand. Sla het zonder wachtwoord op als .docx of PDF.")
    if (named in _TEXTUAL and shown is not None) or (named not in _TEXTUAL and shown != named):
        raise Refused(
            f"De inhoud past niet bij de naam ({suffix}): het bestand is beschadigd of verkeerd benoemd. Lever het origineel aan."
        )
    return named


def _sniff(head: bytes) -> str | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _DOCX
    if head.startswith(_OLE):
        return "ole"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ\x90")):
        return "binair"
    return None


def load(data: bytes, media: str) -> Loaded:
    """Read a file of a known type. Imports only the library of that format."""
    if media == PDF:
        from ingest.load import pdf

        return pdf.load(data)
    if media == _DOCX:
        check_zip(data)
        from ingest.load import docx

        return docx.load(data)
    if media == "application/xml":
        return _load_regeling(data)
    if media == "text/html":
        from ingest.load import html

        return html.load(data)
    from ingest.load import text

    return text.load(data, markdown=media == "text/markdown")


def _load_regeling(data: bytes) -> Loaded:
    """A regeling from one of the official repositories, known by its root element."""
    from ingest.load import bwb, cvdr, regeling

    root = regeling.parse(data)
    kind = regeling.name(root)
    if kind == "toestand":
        return bwb.load(root)
    if kind in ("cvdr", "gio", "lokaleregeling") or regeling.first(root, "cvdripm") is not None:
        return cvdr.load(root)
    raise Refused(f"Dit XML-bestand (‘{kind}’) is geen regeling van wetten.overheid.nl (BWB) of lokaleregelgeving.overheid.nl (CVDR).")


def check_zip(data: bytes) -> None:
    """Refuse a zip that unpacks to more than a document can be, before a byte of it is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("Het Word-bestand is beschadigd. Open het in Word, sla het opnieuw op en lever het weer aan.") from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("Het bestand is versleuteld. Sla het zonder wachtwoord op en lever het opnieuw aan.")
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    suspicious = (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or unpacked > MAX_RATIO * max(len(data), 1)
        or len(set(names)) < len(names)
        or any(name.startswith(("/", "\\")) or ".." in PurePath(name).parts for name in names)
    )
    if suspicious:
        raise Refused("Het bestand is uitgepakt verdacht groot of verdacht opgebouwd en is niet geopend. Lever een gewone export aan.")
