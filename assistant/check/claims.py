"""What a sentence claims beside its figures: names that its source does not know, the opposite of what its source says, or
something that its source does not speak of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.text import figures, synonyms
from assistant.text.words import Words
from corpus.sentences import list_mark, units
from ingest import dutch
from ingest.lexical import Sought

_NAME = re.compile(r"(?<![\w'’])[A-ZÀ-Ý][\w'’-]*")
_DAY = re.compile(r"(?:maan|dins|woens|donder|vrij|zater|zon)dag")
_BEGINS = re.compile(r"(?:^|[.?!:|;]\s*|\s[\"“‘'(-]|^[\"“‘'(])\s*$")
# A source's sentence and one of the model are nearly the same when they share this much of their content words, both ways.
_ALIKE = 0.7
# Two forms of one name begin with the same letters.
_LONG_ENOUGH = 4
# A sentence of fewer content words says too little to tell what it speaks of.
_ENOUGH_TO_TELL = 3
_NOT = frozenset("niet geen nooit nimmer niemand niets nergens noch verboden verbod verbiedt verbieden ontoelaatbaar uitgezonderd".split())
_MAY = frozenset("mag mogen toegestaan geoorloofd vrijgesteld".split())
_MUST = frozenset("moet moeten verplicht dient dienen".split())
_STANCE = _NOT | _MAY | _MUST | frozenset("kan kunnen is zijn wordt worden".split())
_OPPOSITES = tuple(
    frozenset(pair.split("/"))
    for pair in (
        "voor/na vóór/na binnen/buiten minimaal/maximaal minste/hoogste hoogstens/minstens meer/minder begin/einde eerste/laatste altijd/nooit "
        "openbaar/besloten toegestaan/verboden verlenen/weigeren verleent/weigert verleend/geweigerd met/zonder"
    ).split()
)


def strangers(sentence: str, held: str) -> list[str]:
    """The names in a sentence that its source does not hold: words with a capital that do not begin it, and days of the week."""
    low = held.lower()
    known = dutch.words(held)
    body = sentence[len(list_mark(sentence)) :]
    found = [name[0] for name in _NAME.finditer(body) if not _BEGINS.search(body[: name.start()])]
    strange = [name for name in found if name.lower() not in low and not all(_inflected(part, known) for part in dutch.words(name))]
    return strange + [day for day in _DAY.findall(sentence.lower()) if day not in low]


def _inflected(name: str, known: Sequence[str]) -> bool:
    """Whether a name is a form of a known word: `Europees` of `Europese`, but `Velsen` not of `vele`, which share no more than a stem."""
    same = (word for word in known if dutch.stem(word) == dutch.stem(name))
    return any(word[:_LONG_ENOUGH] == name[:_LONG_ENOUGH] or word.startswith(name) or name.startswith(word) for word in same)


def foreign(sentence: str, held: str) -> bool:
    """Whether a sentence speaks of other things than its source: fewer than a quarter of its content words stand there, in any
    inflection, compound or synonym."""
    words = dutch.words(sentence[len(list_mark(sentence)) :])
    said = tuple(map(dutch.stem, words))
    asked = [Sought(word, synonyms.of(word, said)) for word in dict.fromkeys(_telling(words))]
    source = Words.of(held)
    return len(asked) >= _ENOUGH_TO_TELL and sum(source.strength(word) >= 0.5 for word in asked) < len(asked) / 4


def twisted(sentence: str, held: str) -> bool:
    """Whether a sentence is nearly one of its source's, with a `niet` more or less, `mag` for `moet`, `voor` for `na`, or its
    figures in another order."""
    own = _content(sentence)
    if len(own) < 3:
        return False
    whole = [held[start:end] for start, end in units(held)]
    clauses = [clause for unit in whole for clause in re.split(r"[;,:]\s", unit)]
    for parts in (whole, clauses):
        near = [part for part in parts if _alike(own, _content(part))]
        if near:
            return all(_opposed(sentence, part) for part in near)
    return False


def _content(text: str) -> set[str]:
    return set(map(dutch.stem, _telling(dutch.words(text))))


def _telling(words: Iterable[str]) -> list[str]:
    """The words that tell what a sentence speaks of, not how it stands to that."""
    return [word for word in words if word not in dutch.STOP_WORDS and word not in _STANCE and not word[0].isdigit()]


def _alike(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= _ALIKE * len(one) and shared >= _ALIKE * len(other)


def _opposed(sentence: str, unit: str) -> bool:
    said, held = _words(sentence), _words(unit)
    if bool(said & _NOT) != bool(held & _NOT):
        return True
    if (
        not said & _NOT
        and ((said & _MAY and held & _MUST - said) or (said & _MUST and held & _MAY - said))
        and not (said & held & (_MAY | _MUST))
    ):
        return True
    if any(len(said & pair) == 1 and len(held & pair) == 1 and said & pair != held & pair for pair in _OPPOSITES):
        return True
    return not _in_order(_values(sentence), _values(unit))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-zà-ÿ]+", text.lower()))


def _values(text: str) -> list[object]:
    return [figure.value for figure in figures.figures(text[len(list_mark(text)) :])]


def _in_order(said: Sequence[object], held: Sequence[object]) -> bool:
    """Whether what both name comes in the same order in both."""
    rest = iter(held)
    return all(value in rest for value in said if value in held)
