"""Whether an article that is asked for by number and law comes first: `python -m evals.named --data DIR`.

The articles are drawn from the library itself, and each is asked in five ways. The drawing is the same every time.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from assistant.app import App
from assistant.commands.common import AsJson, Data, opened, print_json
from assistant.model import Asked, Hit
from corpus.counting import ORDINALS
from corpus.gemeenten import Gemeenten
from corpus.laws import known_laws
from corpus.library import Library
from corpus.model import Document, Edition, Kind
from corpus.references import APV, References

BAR = 0.98
_REGULATIONS = (Kind.WET, Kind.AMVB, Kind.MINISTERIELE_REGELING, Kind.VERORDENING, Kind.APV)


@dataclass(frozen=True, slots=True)
class Article:
    """An article that a library holds: its number, its leden, and the edition that it is in force in."""

    document: Document
    edition: Edition
    number: str
    leden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose article did not come first."""

    phrasing: str
    question: str
    wanted: str
    first: str


def articles(library: Library, on: date) -> list[Article]:
    """Every article in the body of every regulation that is in force on a day."""
    references = References(library)
    found = []
    for document in library.documents():
        edition = references.edition_on(document, on) if document.kind in _REGULATIONS else None
        leden: dict[str, list[str]] = {}
        for section in library.texts.sections(edition.id) if edition is not None else ():
            if section.locator.article and not section.locator.annex:
                leden.setdefault(section.locator.article, []).extend(section.locator.leden)
        found += [Article(document, edition, number, tuple(dict.fromkeys(of))) for number, of in leden.items() if edition is not None]
    return found


def drawn(found: Sequence[Article], count: int, seed: int = 4) -> list[Article]:
    """So many of them, without putting any back; all where there are fewer."""
    return _chance(seed).sample(found, min(count, len(found)))


def phrasings(article: Article, names: Gemeenten, chance: random.Random) -> dict[str, str]:
    """The five ways in which an article is asked, by what tells them apart."""
    name, short = _called(article.document)
    where = f" {names.name(article.document.gemeente)}" if article.document.gemeente else ""
    lid = chance.choice(article.leden) if article.leden else ""
    within = f", {ORDINALS[int(lid) - 1]} lid," if lid.isdigit() and int(lid) <= len(ORDINALS) else f", lid {lid}," if lid else ""
    return {
        "voluit": f"Wat staat er in artikel {article.number} van de {name}{where}?",
        "afgekort": f"art. {article.number} {short}{where}",
        "met lid": f"Wat bepaalt artikel {article.number}{within} van de {name}{where}?",
        "kleine letters": f"wat zegt artikel {article.number} {name}{where}".lower(),
        "typfout": f"Wat staat er in artikel {article.number} van de {slipped(name, chance)}{where}?",
    }


def slipped(name: str, chance: random.Random) -> str:
    """A name with one typing slip in one of its longer words: a letter dropped, doubled, replaced, or swapped with the next."""
    places = [n for n in range(len(name) - 1) if name[n].isalpha() and name[n + 1].isalpha() and len(_word_at(name, n)) >= 5]
    while True:
        at, kind = chance.choice(places), chance.randrange(4)
        middle = ("", name[at] * 2, chance.choice("aeinorst"), name[at + 1] + name[at])[kind]
        made = name[:at] + middle + name[at + (2 if kind == 3 else 1) :]
        if made.lower() != name.lower():
            return made


def measure(app: App, asked: Sequence[Article], on: date) -> tuple[Counter[str], list[Miss]]:
    """(how many came first, by phrasing; what did not)."""
    names, chance = app.library.gemeenten(), _chance(4)
    first: Counter[str] = Counter()
    missed = []
    for article in asked:
        for phrasing, question in phrasings(article, names, chance).items():
            said = Asked(question, on)
            hits = app.retriever.retrieve(app.retriever.understood(said), said, 1)
            if hits and _holds(hits[0], article):
                first[phrasing] += 1
            else:
                held = f"{hits[0].source.document.title}, {hits[0].source.passage.locator}" if hits else "niets"
                missed.append(Miss(phrasing, question, f"{article.document.title}, art. {article.number}", held))
    return first, missed


def _holds(hit: Hit, article: Article) -> bool:
    return hit.source.edition.id == article.edition.id and any(s.locator.article == article.number for s in hit.sections)


def _chance(seed: int) -> random.Random:
    # A drawing that is the same every time, of nothing secret.
    return random.Random(seed)  # noqa: S311


def _called(document: Document) -> tuple[str, str]:
    """The name of a regulation in full and, where it has one, in short."""
    if document.kind is Kind.APV:
        return APV, "APV"
    laws = known_laws().named
    name = laws.get(document.title, document.title)
    return document.title, min((form for form, full in laws.items() if full == name and form != name), key=len, default=document.title)


def _word_at(text: str, place: int) -> str:
    start, end = place, place
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def _shown(first: Counter[str], total: int, missed: Sequence[Miss]) -> Iterator[str]:
    for phrasing, count in first.items():
        yield f"{phrasing:15} {count / total:.3f}"
    for miss in missed:
        yield f"  niet eerst ({miss.phrasing}): {miss.question} → {miss.first}"


def main(
    data: Data = None,
    count: Annotated[int, typer.Option(min=1, help="Hoeveel artikelen")] = 500,
    as_of: Annotated[str, typer.Option("--as-of", help="Peildatum, jjjj-mm-dd; standaard vandaag")] = "",
    as_json: AsJson = False,
) -> None:
    """Vraag artikelen uit de bibliotheek op vijf manieren, en tel hoe vaak het artikel als eerste komt."""
    on = date.fromisoformat(as_of) if as_of else date.today()
    with opened(data) as app:
        asked = drawn(articles(app.library, on), count)
        first, missed = measure(app, asked, on)
    share = sum(first.values()) / max(5 * len(asked), 1)
    if as_json:
        print_json({"articles": len(asked), "first": share, "by_phrasing": {k: v / len(asked) for k, v in first.items()}})
    else:
        print("\n".join(_shown(first, len(asked), missed)))
        print(f"{len(asked)} artikelen, vijf keer gevraagd: {share:.3f} als eerste (norm {BAR}).")
    sys.exit(0 if share >= BAR else 1)


if __name__ == "__main__":
    typer.run(main)
