"""Text from pictures: read for real where ocrmypdf and tesseract with Dutch are installed (`make test` installs them), else refused."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assistant.app import App
from corpus.errors import Refused
from corpus.model import digest
from ingest import gates, ocr
from ingest.blocks import Loaded
from ingest.gates import Concern
from ingest.load import formats
from tests.conftest import DOCUMENTS, SOURCES

SCAN = DOCUMENTS / "besluitenlijst-driehoek-lankwolde-2025.pdf"
PDF = formats.MEDIA_TYPES[".pdf"]


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which no program is found."""
    monkeypatch.setenv("PATH", str(tmp_path / "leeg"))


@pytest.fixture(scope="module")
def read() -> Loaded:
    """The scan of the demo library, read once."""
    assert ocr.is_installed(), "make test installeert ocrmypdf en tesseract-ocr-nld"
    return ocr.load(SCAN.read_bytes(), PDF)


def with_text_under(letter: Callable[[str], str]) -> bytes:
    """The first page of the scan with a layer of text that nobody sees, and whose letters are wrong."""
    picture = pypdfium2.PdfDocument(SCAN.read_bytes())[0].render(scale=150 / 72).to_pil()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    text = canvas.beginText(72, 770)
    text.setTextRenderMode(3)
    for line in (SOURCES / f"{SCAN.stem}.md").read_text(encoding="utf-8").splitlines():
        text.textLine("".join(map(letter, line))[:90])
    canvas.drawText(text)
    canvas.save()
    return out.getvalue()


def wrong(char: str) -> str:
    """The letter after it, as a font does that tells the wrong letters."""
    return chr(ord(char) + 1) if char.isascii() and char.isalpha() else char


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def test_a_scan_gives_nearly_all_of_its_words_on_their_pages(read: Loaded) -> None:
    source = words((SOURCES / f"{SCAN.stem}.md").read_text(encoding="utf-8"))
    lost = source - words(" ".join(block.text for block in read.blocks))
    assert sum(lost.values()) <= 0.03 * sum(source.values()), lost
    assert read.recognised == (1, 2)
    (sentence,) = [block for block in read.blocks if "nieuwe wijkagent voor Buitenveld" in block.text]
    assert sentence.page == 2


def test_a_curator_sees_that_the_text_was_recognised_and_where(read: Loaded) -> None:
    (finding,) = gates.findings(read)
    assert finding.concern is Concern.RECOGNISED
    assert "tekstherkenning" in str(finding)
    assert "pagina 1-2: Besluitenlijst" in str(finding)


def test_a_layer_of_text_that_is_no_text_is_read_anew() -> None:
    assert ocr.is_installed(), "make test installeert ocrmypdf en tesseract-ocr-nld"
    loaded = ocr.load(with_text_under(wrong), PDF)
    text = " ".join(block.text for block in loaded.blocks)
    assert loaded.recognised == (1,)
    assert "cameratoezicht op grond van artikel 151c van de Gemeentewet" in text


def test_a_layer_of_text_that_is_right_is_left_as_it_is() -> None:
    assert ocr.load(with_text_under(str), PDF).recognised == ()


def test_a_scan_waits_for_a_curator_and_its_original_is_kept(new_app: Callable[..., App]) -> None:
    app = new_app()
    (outcome,) = app.pipeline.run([SCAN])
    assert (outcome.outcome, outcome.pages) == ("quarantined", 2)
    assert outcome.reason is not None
    assert "tekstherkenning" in outcome.reason
    kept = [path.read_bytes() for path in (app.settings.data_dir / "originals").rglob("*") if path.is_file()]
    assert kept == [SCAN.read_bytes()]
    assert app.library.edition_of_file(digest(SCAN.read_bytes())) is not None


@pytest.mark.usefixtures("no_tesseract")
@pytest.mark.parametrize("data", [SCAN.read_bytes(), with_text_under(wrong)], ids=["scan", "bad-layer"])
def test_without_tesseract_it_is_refused_with_how_to_install_it(data: bytes) -> None:
    with pytest.raises(Refused, match="‘make ocr’") as refused:
        ocr.load(data, PDF)
    assert "\n" not in str(refused.value)


@pytest.mark.usefixtures("no_tesseract")
def test_a_picture_among_pages_of_text_needs_no_recognition() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    for _ in range(2):
        canvas.drawString(72, 700, "Het college beslist binnen zes weken op de aanvraag.")
        canvas.showPage()
    canvas.save()
    loaded = ocr.load(out.getvalue(), PDF)
    assert loaded.pictures == (1,)
    assert {block.page for block in loaded.blocks} == {2, 3}


def test_recognition_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "START_SECONDS", 1)
    monkeypatch.setattr(ocr, "PAGE_SECONDS", 0)
    with pytest.raises(Refused, match="niet in geslaagd"):
        ocr.load(SCAN.read_bytes(), PDF)


def test_a_picture_without_words_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    with pytest.raises(Refused, match="niet in geslaagd"):
        ocr.load(out.getvalue(), PDF)
