"""Which words of a question the library does not know: a slip of the keyboard, or a subject that stands nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from assistant.model import Asked
from assistant.text import separable
from assistant.understand import meant as named
from assistant.understand import nouns, spelling
from assistant.understand.question import Query
from corpus.gemeenten import Gemeenten
from ingest import dutch
from ingest.lexical import Sought
from ingest.shelf import Filter


class Words(Protocol):
    """The words of an index."""

    def holds(self, sought: Sought, allowed: Filter) -> bool: ...
    def meant(self, word: str, allowed: Filter) -> str | None: ...


def spelled(asked: Asked, words: Words, gemeenten: Gemeenten) -> str:
    """The question with its slips set right, by the names of gemeenten and the words of what the asker may see."""
    seen = _seen(asked)

    def stands(word: str) -> bool:
        return word in dutch.STOP_WORDS or words.holds(Sought(word), seen)

    def meant(word: str) -> str | None:
        """What a word is to be read as, where nothing speaks for it as it was typed."""
        low = word.lower()
        # "voorschotten" is a word beside Voorschoten; with a capital a name is meant.
        if word != low and (name := gemeenten.meant(low)) is not None:
            return name
        if (verb := separable.verb_in(low)) is not None and stands(verb):
            return None
        return words.meant(low, seen) or (None if stands(low) else gemeenten.meant(low))

    return spelling.set_right(asked.meant, meant)


def unknown(query: Query, asked: Asked, words: Words) -> Query:
    """The query with the words for what it is about that stand in nothing that the asker may see."""
    # A document goes by more names than stand in it.
    about, documents = nouns.subjects(query.core), named.sorts_named(query.core)
    sought = (one for one in query.sought if one.word in about and one.word not in documents)
    return replace(query, unknown=tuple(about[one.word] for one in sought if not words.holds(one, _seen(asked))))


def _seen(asked: Asked) -> Filter:
    return Filter(on=asked.as_of, scopes=asked.scopes)
