"""Articles by what practice calls them, from `nicknames.tsv`. Pure: words in, references out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.citation import Reference
from ingest import dutch


@dataclass(frozen=True, slots=True)
class Nickname:
    """What practice calls an article of a regeling."""

    name: str
    reference: Reference


def of(text: str) -> tuple[Nickname, ...]:
    """The articles that a question calls by a name that it holds with all its words, in any order; each article once."""
    said = {dutch.stem(word) for word in dutch.words(text)}
    return tuple({nickname.reference: nickname for stems, nickname in _known() if stems <= said}.values())


@cache
def _known() -> list[tuple[frozenset[str], Nickname]]:
    """All nicknames, each with the stems of its words."""
    lines = files("assistant.understand").joinpath("nicknames.tsv").read_text(encoding="utf-8").splitlines()
    return [(frozenset(map(dutch.stem, dutch.words(n.name))), n) for line in lines if line and line[0] != "#" for n in _read(line)]


def _read(line: str) -> Iterator[Nickname]:
    names, law, articles = line.split("\t")
    for article in articles.split(","):
        yield from (Nickname(name.strip(), Reference(law=law, article=article)) for name in names.split(";"))
