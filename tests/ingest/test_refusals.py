"""Bad input is daily life: each refusal is one clear Dutch line that says what to do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdf
import pytest

from corpus.errors import Refused
from corpus.gemeenten import national
from ingest import sandbox, sidecar
from ingest.load import formats
from tests.conftest import DOCUMENTS

PDF = (DOCUMENTS / "convenant-veilig-uitgaan-elzerveen.pdf").read_bytes()


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(PDF))
    writer.encrypt("geheim")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries:
            file.writestr(name, data)
    return out.getvalue()


BAD = {
    "empty": ("leeg.pdf", b"", "leeg"),
    "white": ("wit.txt", b"  \n \n", "leeg"),
    "unknown": ("beeld.png", b"\x89PNG", "wordt niet gelezen"),
    "no-suffix": ("README", b"tekst", "wordt niet gelezen"),
    "mislabelled": ("word.pdf", zipped(("a", b"b")), "past niet bij de naam"),
    "picture-as-text": ("foto.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "past niet bij de naam"),
    "old-office": ("oud.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "zonder wachtwoord"),
    "cut-pdf": ("half.pdf", PDF[: len(PDF) // 2], "beschadigd"),
    "encrypted-pdf": ("slot.pdf", encrypted(), "zonder wachtwoord"),
    "broken-zip": ("kapot.docx", b"PK\x03\x04" + os.urandom(2_000), "beschadigd"),
    "other-zip": ("ander.docx", zipped(("x.txt", b"x")), "beschadigd"),
    "zip-bomb": ("bom.docx", zipped(("word/document.xml", bytes(40_000_000))), "verdacht"),
    "zip-slip": ("slip.docx", zipped(("../../etc/passwd", b"x")), "verdacht"),
    "binary-text": ("tekst.txt", b"a\x00b" * 50, "binaire tekens"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(case: str) -> None:
    name, data, reason = BAD[case]
    with pytest.raises(Refused, match=reason) as refused:
        sandbox.load(data, formats.media_type(name, data[:2048]))
    assert "\n" not in str(refused.value)


def test_a_parser_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.02)
    with pytest.raises(Refused, match="leestijd"):
        sandbox.load(PDF, "application/pdf")


def test_a_parser_that_eats_memory_is_ended_and_says_so() -> None:
    with pytest.raises(Refused, match="geheugen"):
        sandbox.load(b"a" * 300_000_000, "text/plain")


def test_the_sandbox_cannot_write_files(tmp_path: Path) -> None:
    code = f"from ingest import sandbox; sandbox.limit(); open({str(tmp_path / 'x')!r}, 'w').write('x' * 100)"
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (tmp_path / "x").read_bytes() == b""


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("title: [1", "geen geldige YAML .regel 1"),
        ("- 1\n- 2", "mist een bestand zijn naam|geen velden|Onbekend veld"),
        ("soort: apv", "Onbekend veld ‘soort’"),
        ("kind: wetje", "Kies uit: wet, amvb"),
        ("valid_from: morgen", "geen datum: ‘morgen’"),
        ("valid_from: 2024-01-01\nvalid_to: 2023-01-01", "eindigt"),
        ("gemeente: Atlantis", "Gemeente ‘Atlantis’ is niet bekend"),
        ("visibility: geheim", "Kies uit: openbaar, regio, gemeente"),
        ("visibility: gemeente", "vraagt om het veld ‘gemeente’"),
        ("concept: misschien", "true of false"),
        ("title: {a: b}", "geen tekst"),
    ],
)
def test_a_mistake_in_a_sidecar_is_named_with_its_field(tmp_path: Path, written: str, reason: str) -> None:
    (tmp_path / "a.txt").write_text("tekst")
    (tmp_path / "a.txt.meta.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(Refused, match=reason) as refused:
        sidecar.read(tmp_path / "a.txt", national())
    assert "\n" not in str(refused.value)


def test_a_sidecar_of_its_own_wins_over_the_line_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "bibliotheek.yaml").write_text("region: Twente\nfiles: {a.txt: {title: Folder, kind: nota}}")
    (tmp_path / "a.txt.meta.yaml").write_text("title: Eigen\nvalid_from: 01-03-2024")
    said, _ = sidecar.read(tmp_path / "a.txt", national())
    assert (said.title, said.kind, said.region, str(said.valid_from)) == ("Eigen", "nota", "Twente", "2024-03-01")
