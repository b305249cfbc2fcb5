"""What is said to the assistant, and is no question to the documents: a greeting, thanks, who it is, and what the library holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.lacking import Shelves
from assistant.model import Hit
from assistant.understand.meant import kinds
from assistant.understand.question import Query
from corpus.model import Document
from ingest import dutch

_GREETS = re.compile(
    r"(?:hallo|hoi|hey|hi|dag|goede(?:n| )?(?:morgen|middag|avond|dag))(?: (?:daar|assistent|allemaal))?\W*", re.IGNORECASE
)
_THANKS = re.compile(
    r"(?:(?:oke|oké|ok|top|super|fijn|mooi|prima|heel erg|heel)[ ,]+)*(?:dank ?(?:je|u)(?: ?wel)?|bedankt|dankjewel|thanks|top|super|fijn)\W*",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:wie|wat) (?:ben|bent) (?:je|jij|u)(?: en .{0,30}| eigenlijk| precies)?\W*"
    r"|(?:wat|waarmee) (?:kun|kan|kunt) (?:je|jij|u)(?: (?:allemaal|me|mij|voor|doen|mee|helpen))*\W*"
    r"|(?:ben|bent) (?:je|jij|u) (?:een|echt) (?:\w+ )?(?:mens|robot|ai|computer|chatbot)\W*|hoe werk(?:t)? (?:je|jij|u|de assistent|dit)\W*",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"(?:welke|wat voor) (?:stukken|documenten|bronnen|bestanden) (?:(?:heb|hebt|heeft|ken|kent|gebruik|gebruikt|doorzoek|doorzoekt) (?:je|jij|u|de assistent)"
    r"|(?:staan|zitten|zijn) (?:er )?in (?:de|je|jouw|uw) bibliotheek)\b",
    re.IGNORECASE,
)
_HAS = re.compile(r"(?:heb|hebt|heeft) (?:je|jij|u|de bibliotheek)\b|staat .*\bin de bibliotheek\W*$", re.IGNORECASE)
_HOLDING = frozenset(
    "heb hebt heeft staat bibliotheek stuk stukken document documenten bron bronnen iets beleid plan verordening gemeente".split()
)
# So many documents are named at most.
_NAMED = 12

_IS = (
    "Ik ben een AI-assistent, geen mens. Ik zoek in de {count} stukken van de bibliotheek en antwoord met wat daar staat, met artikel of pagina. "
    "Staat het er niet, dan zeg ik dat. Vraag bijvoorbeeld wat een artikel zegt, wat er geldt voor een onderwerp in uw gemeente, of vergelijk "
    "gemeenten. Beslissen doet u."
)
_GREETING = (
    "Goedendag. Ik ben een AI-assistent. Stel een vraag over de {count} stukken in de bibliotheek, zoals u die aan een collega zou stellen."
)
_WELCOME = "Graag gedaan. Stel gerust een volgende vraag."


def reply(query: Query, shelves: Shelves, found: Callable[[], Sequence[Hit]]) -> str | None:
    """What is said back; None to what is a question to the documents. `found` searches for what the documents are asked to be about."""
    said = query.text.strip()
    for pattern, text in ((_GREETS, _GREETING), (_THANKS, _WELCOME), (_WHO, _IS)):
        if pattern.fullmatch(said):
            return text.format(count=len(shelves.documents))
    if _WHICH.match(said):
        return _which(query, shelves, found)
    if _HAS.match(said) and (kinds(query) or query.named) and _names_only(query, shelves):
        held = _held(query, shelves)
        return f"Ja, in de bibliotheek: {_titles(held)}." if held else f"Nee. Niet in de bibliotheek: {_asked(query, shelves)}."
    return None


def _which(query: Query, shelves: Shelves, found: Callable[[], Sequence[Hit]]) -> str:
    """The documents of a kind or a gemeente; on a subject those that speak of it most; else how many there are."""
    if kinds(query) or query.named:
        held = _held(query, shelves)
        return f"In de bibliotheek: {_titles(held)}." if held else f"Niet in de bibliotheek: {_asked(query, shelves)}."
    if re.search(r"\b(?:over|rond|waarin|waar)\b", query.text, re.IGNORECASE):
        about = list({hit.source.document.id: hit.source.document for hit in found()}.values())
        return f"Het meest hierover staat in: {_titles(about)}." if about else "Hierover staat niets in de bibliotheek."
    return f"In de bibliotheek staan {len(shelves.documents)} stukken die u mag zien. Vraag naar die van een gemeente of van een soort, zoals de APV’s."


def _held(query: Query, shelves: Shelves) -> list[Document]:
    wanted = {kind for kind, _ in kinds(query)}
    return [d for d in shelves.documents if (not wanted or d.kind in wanted) and (not query.named or d.gemeente in query.named)]


def _names_only(query: Query, shelves: Shelves) -> bool:
    """Whether a question holds no more than the name of a document: "Heb je een vergunning nodig?" asks for something else."""
    known = " ".join((*(f"{kind.value} {name}" for kind, name in kinds(query)), *(shelves.names.name(code) for code in query.named)))
    stems = {dutch.stem(word) for word in (*dutch.words(known), *_HOLDING)}
    return all(dutch.stem(sought.word) in stems or sought.word[0].isdigit() for sought in query.sought)


def _asked(query: Query, shelves: Shelves) -> str:
    kind = " of ".join(name for _, name in kinds(query)) or "een stuk"
    return f"{kind} van {' of '.join(map(shelves.names.name, query.named))}" if query.named else kind


def _titles(documents: Sequence[Document]) -> str:
    more = f"; en nog {len(documents) - _NAMED}" if len(documents) > _NAMED else ""
    return "; ".join(d.title for d in documents[:_NAMED]) + more
