"""What a document lists by its own headings: the prioriteiten that are its chapters, the deelprojecten that stand under one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.text.figures import figures
from assistant.text.words import Words
from assistant.understand.question import Query, Wanted
from corpus.model import Section
from ingest import dutch
from ingest.lexical import Sought

# Words of a question that say that something is a list, and of what there is one in every plan: they ask nothing in particular.
_CONSISTS = frozenset(
    map(
        dutch.stem,
        """bestaat bestaan kent kennen heeft hebben telt tellen staan staat centraal noem noemt noemen genoemd bevat bevatten rust rusten gericht onderscheidt
        onderscheiden beschrijft stelt gesteld kiest gekozen benoemt benoemd opgenomen vastgesteld zitten verdeeld belangrijkste alle gemeente document stuk
        plan programma beleid komende jaren periode geef overzicht lijst opsomming gaat gaan graag svp alsjeblieft alstublieft even""".split(),
    )
)
# Headings that every document has under every chapter: what stands under such is no item of anything.
_EVERYWHERE = frozenset(
    map(
        dutch.stem,
        """aanleiding inleiding algemeen doel doelen doelstelling werkwijze aanpak situatie koers inzet organisatie planning financiën kosten begroting
        communicatie evaluatie samenvatting toelichting leeswijzer conclusie achtergrond context proces afbakening voorwoord begrippen""".split(),
    )
)
# Who asks this of a document asks for all of it.
_ALL = re.compile(r"\bwaar(?:over)? gaa[tn]\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^[\d.]+\W*\s")
# From this strength on a word of the question is one of the name of the document.
_NAMES = 0.5
# So many headings under one are a list; two are as likely a halving.
_UNDER = 3
# More than these are no list to read, but a table of contents.
_MOST = 25


def listed(query: Query, about: str, read: Callable[[], Sequence[Section]]) -> tuple[Section, ...]:
    """The sections of a document whose headings together are all of what a question asks for ("Wat zijn de prioriteiten van het IVP?"), in
    their order; none where it asks something more particular. `about` holds all that the document may be called by; `read` gives its
    sections, where they are needed at all."""
    things = _asked(query, Words.of(about))
    if things is None:
        return ()
    sections = read()
    if not things:
        chapters = [s for s in _chapters(sections) if not _stems(s.path[-1]) <= Words.of(about).stems]
        return tuple(chapters) if _UNDER <= len(chapters) <= _MOST and _ALL.search(query.text) else ()
    for same in things:
        if 1 < len(called := _called(same, sections)) <= _MOST:
            return called
    for same in things if query.wanted is Wanted.LIST else ():
        if _UNDER <= len(under := _under(same, sections)) <= _MOST:
            return under
    return ()


def _asked(query: Query, about: Words) -> list[frozenset[str]] | None:
    """The stems of the one thing in the plural that a question asks for beside the name of the document, and then those of words that mean
    the same; empty where it names the document alone, None where it asks for something else too."""
    if query.wanted not in (Wanted.LIST, Wanted.OTHER):
        return None
    things = [s for s in query.sought if not (dutch.stem(s.word) in _CONSISTS or any(figures(s.word)) or about.strength(s) >= _NAMES)]
    if not things:
        return []
    if len(things) != 1 or not things[0].word.endswith(("en", "s")):
        return None
    return [frozenset({dutch.stem(things[0].word)}), _also(things[0])]


def _also(thing: Sought) -> frozenset[str]:
    return frozenset(dutch.stem(phrase[0]) for phrase in thing.also if len(phrase) == 1)


def _called(same: frozenset[str], sections: Sequence[Section]) -> tuple[Section, ...]:
    """Sections that are called so: "Prioriteit 1: ondermijning", "Prioriteit 2: jeugd", wherever they stand; or without a number, side by
    side."""
    named = [
        (words, s) for s in _headed(sections) if len(words := dutch.words(_unnumbered(s.path[-1]))) > 1 and dutch.stem(words[0]) in same
    ]
    counted: list[Section] = []
    for words, section in named:
        if words[1] == str(len(counted) + 1):
            counted.append(section)
    return tuple(counted) or tuple(s for _, s in named if s.path[:-1] == named[0][1].path[:-1])


def _under(same: frozenset[str], sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections right under a heading that is just the word: "3 Deelprojecten"."""
    for head in _headed(sections):
        under = tuple(s for s in _headed(sections) if s.path[:-1] == head.path)
        if (
            _stems(head.path[-1])
            and _stems(head.path[-1]) <= same
            and under
            and not any(s.locator.article or _anywhere(s.path[-1]) for s in under)
        ):
            return under
    return ()


def _chapters(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections of the highest level that has several."""
    headed = list(_headed(sections))
    levels = ([s for s in headed if len(s.path) == depth] for depth in sorted({len(s.path) for s in headed}))
    return tuple(next((level for level in levels if len(level) > 1), ()))


def _headed(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections that begin with a heading of their own, each once."""
    seen: set[tuple[str, ...]] = set()
    for section in sections:
        if section.path and section.path not in seen:
            seen.add(section.path)
            yield section


def _anywhere(heading: str) -> bool:
    return heading.rstrip().endswith("?") or _stems(heading) <= _EVERYWHERE


def _stems(heading: str) -> frozenset[str]:
    return frozenset(dutch.stem(word) for word in dutch.words(heading) if not word[0].isdigit() and word not in dutch.STOP_WORDS)


def _unnumbered(heading: str) -> str:
    return _NUMBERED.sub("", heading)
