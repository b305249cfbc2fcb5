"""Which documents and articles a question means by name. Pure: a question and what the library holds in, ids out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.understand import nicknames
from assistant.understand.nicknames import Nickname
from assistant.understand.question import Query
from corpus.laws import plain
from corpus.model import Document, Kind
from ingest import dutch

IVP = "integraal veiligheidsplan"
# How questions name a kind of document of a gemeente or a region.
KINDS: tuple[tuple[re.Pattern[str], Kind, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, name)
    for pattern, kind, name in (
        (r"\bIVP\b|\bintegra(?:al|le) veiligheids(?:plan|beleid)|\b(?:het|ons) veiligheidsplan\b|\bveiligheidsplan van\b", Kind.IVP, IVP),
        (r"\bAPV\b|\balgemene plaatselijke verordening", Kind.APV, "APV"),
        (r"\bBibob-? ?(?:beleid|beleidsregels?|beleidslijn)\b|\bbeleidsregels?(?: wet)? Bibob\b", Kind.BIBOB_BELEID, "Bibob-beleid"),
        (r"\bconvenant\b", Kind.CONVENANT, "convenant"),
        (r"\buitvoerings(?:plan|programma)\b", Kind.UITVOERINGSPLAN, "uitvoeringsplan"),
        (r"\bprojectplan\b", Kind.PROJECTPLAN, "projectplan"),
    )
)  # fmt: skip
# Words in a title that name the document where a question holds them.
_SORT = re.compile(
    r"\b(?:\w+beleid|\w*beleidsregels?|damocles\w*|\w*nota|\w*notitie|\w*draaiboek|\w*handreiking|\w*circulaire|\w*jaarverslag|\w+verordening|\w*overeenkomst"
    r"|\w*raadsinformatiebrief|\w*leidraad|\w+strategie|\w+programma|\w*projectplan|\w*convenant|veelgestelde vragen)\b",
    re.IGNORECASE,
)
# Letters: shorter words are the beginning of too many others.
_SHORT = 6


def kinds(query: Query) -> list[tuple[Kind, str]]:
    """The kinds of local or regional document that a question names, each with what it is called."""
    return [(kind, name) for pattern, kind, name in KINDS if pattern.search(query.text)]


def documents(query: Query, held: Callable[[], Iterable[Document]]) -> frozenset[str]:
    """The ids of the documents that a question names: by the name of a regeling, by their kind, or by a word of their title.

    Of local documents only those of the gemeenten that it is about, where it is about any.
    """
    named = {kind for kind, _ in kinds(query)}
    sorts = sorts_named(query.text)
    if not (named or sorts or query.regelingen):
        return frozenset()
    near = [d for d in held() if not query.gemeenten or d.gemeente is None or d.gemeente in query.gemeenten]
    return frozenset(d.id for d in near if plain(d.title) in query.regelingen or d.kind in named or _share(sorts, sorts_named(d.title)))


def repeated(query: Query, named: Iterable[Document]) -> list[Document]:
    """Of the documents that a question names, those whose title it repeats most: where it asks for an article, it means one of them."""
    said = set(dutch.terms(query.text))
    shared = {document: len(said & set(dutch.terms(document.title))) for document in named}
    most = max(shared.values(), default=0)
    return [document for document, words in shared.items() if words == most]


def called(query: Query) -> tuple[Nickname, ...]:
    """The articles that a question calls as practice does, where it does not itself say where to look: by number, gemeente, a kind of
    local document, or another regeling."""
    if query.references or query.named or kinds(query):
        return ()
    every = nicknames.of(query.text)
    return tuple(one for one in every if not query.regelingen or plain(one.reference.law or "") in query.regelingen)


def sorts_named(text: str) -> set[str]:
    """The words in a text that name a document by its sort, in lower case: `drugspandenbeleid`."""
    return {found[0].lower() for found in _SORT.finditer(text)}


def _share(said: set[str], titled: set[str]) -> bool:
    """Whether a word is the same, or one begins or ends with the other: `damocles` and `damoclesbeleid`."""

    def alike(a: str, b: str) -> bool:
        return a == b or (min(len(a), len(b)) > _SHORT and (a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)))

    return any(alike(a, b) for a in said for b in titled)
