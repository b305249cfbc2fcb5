"""What an answer lacks, in words: parts that were not answered, and what was asked about but is not in the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compare import CellState
from assistant.find.retrieve import Retriever
from assistant.model import Asked, Completeness, Hit, Said, Sentence
from assistant.understand.meant import IVP, kinds
from assistant.understand.nouns import nowhere
from assistant.understand.parts import Part
from assistant.understand.question import Query
from corpus.citation import Reference
from corpus.gemeenten import Gemeenten
from corpus.laws import plain
from corpus.library import Library
from corpus.model import Document, Kind
from corpus.references import APV

# Kinds whose absence is looked for from the subject of a question, also where it does not name them.
_SUBJECTS = ((Kind.APV, "APV"), (Kind.IVP, IVP))
# Of so many passages found elsewhere, so many have to be of a kind before it is missed here.
_LOOKED_AT, _MOST_OF = 5, 3
_LAW_OF_THE_LAND = frozenset({Kind.WET, Kind.AMVB, Kind.MINISTERIELE_REGELING})


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the asker may see of the library, as far as it tells what is lacking."""

    documents: tuple[Document, ...]
    names: Gemeenten

    @classmethod
    def seen(cls, library: Library, asked: Asked) -> Shelves:
        shown = (d for d in library.documents() if d.withdrawn_on is None)
        return cls(tuple(d for d in shown if asked.scopes is None or d.scope in asked.scopes), library.gemeenten())

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """The gemeenten that there are documents of."""
        return tuple(dict.fromkeys(d.gemeente for d in self.documents if d.gemeente))

    def said(self, part: Part, sentences: Sequence[Sentence]) -> Said:
        """What was said to a part, with its name and, where it is a gemeente, a document or a time of which nothing was said, why not."""
        if (name := part.document or part.when) is not None:
            return Said(name, tuple(sentences), None if sentences else CellState.NOT_FOUND.value)
        if part.gemeente is None:
            return Said(part.asked.meant, tuple(sentences))
        why = CellState.NOT_FOUND if part.gemeente in self.gemeenten else CellState.NO_DOCUMENT
        return Said(self.names.name(part.gemeente), tuple(sentences), None if sentences else why.value)

    def about(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """Of what was found, what can answer a question about the gemeenten that it names. Where the library has nothing of them, or not
        the plan or rule of theirs that is asked for, that is the law of the land (where no such plan or rule is asked for), documents
        that speak of them, and anything where the question names its law; a regional rule or a handreiking that does not even mention
        them is no answer."""
        asked = kinds(query)
        held = [code for code in query.named if code in self.gemeenten and (not asked or any(self.has(kind, code) for kind, _ in asked))]
        if not query.named or held or query.references or query.regelingen - {plain(APV)}:
            return list(hits)
        national = frozenset[Kind]() if asked else _LAW_OF_THE_LAND
        speaking = {hit.source.document.id for hit in hits if self._mentions(hit, query.named)}
        return [hit for hit in hits if hit.source.document.kind in national or hit.source.document.id in speaking]

    def _mentions(self, hit: Hit, codes: Sequence[str]) -> bool:
        return bool(set(self.names.named_in(f"{hit.source.document.title} {hit.source.passage.text}")) & set(codes))

    def has(self, kind: Kind, gemeente: str | None) -> bool:
        """Whether there is a document of this kind of a gemeente, or of no gemeente in particular."""
        return any(d.kind is kind and (gemeente is None or d.gemeente in (gemeente, None)) for d in self.documents)


def not_in_library(shelves: Shelves, query: Query, asked: Asked, retriever: Retriever) -> tuple[str, ...]:
    """What was asked about, but is not there: gemeenten without documents, and kinds of document that a gemeente lacks."""
    lacking: dict[str, None] = {}
    for code in query.gemeenten:
        if code not in shelves.gemeenten:
            lacking[shelves.names.name(code)] = None
            continue
        asks = kinds(query) or _subject(shelves, query, asked, code, retriever)
        lacking |= {f"{name} van {shelves.names.name(code)}": None for kind, name in asks if not shelves.has(kind, code)}
    if not query.gemeenten:
        lacking |= {name: None for kind, name in kinds(query) if not shelves.has(kind, None)}
    return tuple(lacking)


def _subject(shelves: Shelves, query: Query, asked: Asked, code: str, retriever: Retriever) -> list[tuple[Kind, str]]:
    """The kinds that a gemeente lacks and that elsewhere speak most of what is asked."""
    absent = [(kind, name) for kind, name in _SUBJECTS if not shelves.has(kind, code)]
    others = tuple(other for other in shelves.gemeenten if other != code)
    if not absent or not others:
        return []
    text = query.text
    for _, (start, end) in reversed(shelves.names.mentions(text)):
        text = f"{text[:start]} {text[end:]}"
    elsewhere = retriever.understood(Asked(text, asked.as_of, gemeenten=others, scopes=asked.scopes))
    found = [hit.source.document.kind for hit in retriever.retrieve(elsewhere, asked, _LOOKED_AT)]
    return [(kind, name) for kind, name in absent if found.count(kind) >= _MOST_OF]


def completeness(parts: Sequence[Said], missing: str | None) -> Completeness:
    """Whether all that was asked was answered, some of it, or nothing."""
    answered = any(part.sentences for part in parts)
    return Completeness.NOT_FOUND if not answered else Completeness.PARTIAL if missing else Completeness.COMPLETE


def asked_by_name(absent: Sequence[str], query: Query, names: Gemeenten) -> tuple[str, ...]:
    """Of what is not there, what the question itself brings up: not the asker's own gemeente, which is only searched along."""
    return tuple(what for what in absent if (code := names.code(what)) is None or code in query.named)


def missing(
    parts: Sequence[Said], query: Query, asked: Asked, hits: Sequence[Hit], absent: Sequence[str], unheld: Sequence[Reference] = ()
) -> str | None:
    """What was not found, and where nothing was: what the library holds that comes nearest. `unheld` are articles that the question names
    and that do not exist. None where all was answered, or nothing was asked."""
    if not parts:
        return None
    empty = [part for part in parts if not part.sentences]
    gone = _not_there(unheld, asked)
    if not empty:
        lacks = f"Niet in de bibliotheek: {', '.join(absent)}. Het antwoord komt uit andere stukken." if absent else ""
        return " ".join(filter(None, (gone, lacks))) or None
    absent = [what for what in absent if not any(part.about == what for part in empty)]
    lacks = f" Niet in de bibliotheek: {', '.join(absent)}." if absent else ""
    if len(empty) < len(parts):
        said = "; ".join(f"{part.about} ({part.empty})" if part.empty else f"‘{part.about}’" for part in empty)
        return " ".join(filter(None, (f"Niet beantwoord: {said}.", gone))) + lacks
    if query.looks_up and not any(hit.named for hit in hits):
        gone = gone or _not_there([reference for reference in query.references if reference.law], asked)
    if gone:
        return gone + lacks
    lacks = "".join((f" {nowhere(query.unknown)}" if query.unknown else "", lacks))
    if not hits:
        return f"De bibliotheek bevat geen stukken die bij deze vraag horen.{lacks}"
    nearest = dict.fromkeys(f"{h.source.title} ({h.source.passage.locator})" for h in hits[:3])
    return f"In de bibliotheek is geen antwoord gevonden op ‘{query.text}’.{lacks} Het dichtst in de buurt: {'; '.join(nearest)}."


def _not_there(references: Sequence[Reference], asked: Asked) -> str:
    if not references:
        return ""
    stand = "staat" if len(references) == 1 else "staan"
    named = " en ".join(map(str, references))
    return f"{named[0].upper()}{named[1:]} {stand} niet in de bibliotheek, of niet in de editie die op {asked.as_of:%d-%m-%Y} gold."
