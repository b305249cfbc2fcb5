"""The structure of the demo library's APVs, from every format that a municipality hands in, equals that of their sources."""

from __future__ import annotations

import re

import pytest

from corpus.sources import make
from ingest.blocks import Loaded, Role
from ingest.load import formats
from ingest.structure import parts
from tests.conftest import DOCUMENTS, SOURCES

# An article with the numbers of its leden, in order.
Articles = list[tuple[str, list[str]]]

APVS = sorted(path.stem for path in SOURCES.glob("apv-*.md"))
FORMS = ("pdf", "pdf-inhoud", "pdf-kolommen", "docx", "docx-genummerd", "html", "txt")


def written(source: str) -> Articles:
    """The articles and leden of a Markdown source, read by its own marks."""
    found: Articles = []
    for line in source.splitlines():
        if heading := re.match(r"#+ (?:Artikel (\S+))?", line):
            found += [(heading[1] or "", [])]
        elif found and (lid := re.match(r"(\d+[a-z]?)\. ", line)):
            found[-1][1].append(lid[1])
    return [(article, leden) for article, leden in found if article]


def read(loaded: Loaded) -> Articles:
    """The articles and leden that the loader and `structure` make of a file."""
    found: Articles = []
    for part in parts(loaded.blocks):
        if part.block.role is Role.HEADING:
            found += [("" if part.locator.annex else part.locator.article or "", [])]
        elif found:
            found[-1][1].extend(lid for lid in part.locator.leden if lid not in found[-1][1])
    return [(article, leden) for article, leden in found if article]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", APVS)
def test_an_apv_in_any_format_has_the_articles_and_leden_of_its_source(name: str, form: str) -> None:
    source = (SOURCES / f"{name}.md").read_text(encoding="utf-8")
    suffix, made_as = make.MAKERS[form]
    made = made_as(list(make.read(source)))
    wanted = written(source)
    assert len(wanted) > 40
    assert read(formats.load(made, formats.MEDIA_TYPES[suffix])) == wanted


@pytest.mark.parametrize("name", APVS)
def test_an_apv_of_the_demo_library_has_the_articles_and_leden_of_its_source(name: str) -> None:
    (file,) = DOCUMENTS.glob(f"{name}.*")
    loaded = formats.load(file.read_bytes(), formats.MEDIA_TYPES[file.suffix])
    assert read(loaded) == written((SOURCES / f"{name}.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("title", [r"\1 \3", r"\3"], ids=["heading", "line"])
@pytest.mark.parametrize("form", FORMS)
def test_an_apv_whose_articles_have_their_titles_on_the_next_line_has_them_in_any_format(form: str, title: str) -> None:
    source = (SOURCES / f"{APVS[0]}.md").read_text(encoding="utf-8")
    apart = re.sub(r"^(#+) (Artikel \S+) (.+)$", rf"\1 \2\n\n{title}", source, flags=re.MULTILINE)
    suffix, made_as = make.MAKERS[form]
    loaded = formats.load(made_as(list(make.read(apart))), formats.MEDIA_TYPES[suffix])
    assert read(loaded) == written(source)
    titles = dict(re.findall(r"^#+ Artikel (\S+) (.+)$", source, re.MULTILINE))
    headed = {p.locator.article: p.block.text for p in parts(loaded.blocks) if p.block.role is Role.HEADING and p.locator.article}
    assert headed == {article: f"Artikel {article} {words}" for article, words in titles.items()}
