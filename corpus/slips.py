"""How far a name or a word as it was typed is from one as it is written: letters dropped, doubled, wrong or swapped. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_lowercase

# A name or word is only taken for another where it has so many letters: short ones lie too near to each other.
SHORTEST = 6
# So many letters of a name allow one slip more.
_LETTERS_A_SLIP = 11


@dataclass(frozen=True, slots=True)
class Written:
    """A name as it is compared: its letters in lower case without spaces, its numbers, and its pairs of neighbours."""

    letters: str
    numbers: tuple[str, ...]
    pairs: frozenset[str]

    @classmethod
    def of(cls, name: str) -> Written:
        low = name.lower().replace("’", "'")
        letters = re.sub(r"[\s\d]", "", low)
        return cls(letters, tuple(re.findall(r"\d+", low)), frozenset(a + b for a, b in pairwise(letters)))


def between(said: Written, name: Written) -> int | None:
    """How many slips there are between two names; None where one can not be meant by the other. A year is never a slip."""
    if said.letters == name.letters:
        return 0 if said.numbers == name.numbers else None
    shorter, longer = sorted((len(said.letters), len(name.letters)))
    most = 1 + shorter // _LETTERS_A_SLIP
    # A slip changes three pairs of neighbours at most, in each of both names.
    if shorter < SHORTEST or longer - shorter > most or said.numbers != name.numbers or len(said.pairs ^ name.pairs) > 6 * most:
        return None
    found = distance(said.letters, name.letters)
    return found if found <= most else None


def distance(one: str, other: str) -> int:
    """The least letters to drop, add, replace or swap with a neighbour to make one text of the other."""
    before, last = list(range(len(other) + 1)), list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


def one_slip_away(word: str) -> Iterator[str]:
    """What a word was meant to be if one slip was made: two letters the other way round, a letter too many, or one too few. The first
    letter is seldom the slip, the last one is more often the inflection, and a letter for another makes another word too often."""
    if len(word) < SHORTEST or not word.isalpha():
        return
    inside = range(1, len(word) - 1)
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in inside)
    yield from (word[:at] + word[at + 1 :] for at in inside)
    yield from (word[:at] + letter + word[at:] for at in range(1, len(word)) for letter in ascii_lowercase)
