"""The terms of a library as words: which are compounds with a word, of which parts one is made, and which a mistyped one was meant to
be. Knows nothing of rows."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping

from corpus.slips import one_slip_away
from ingest import dutch

_SHORTEST_PART, _SHORTEST_HEAD = 4, 3
_MOST_COMPOUNDS = 60
# A word that stands in fewer passages may be a slip itself.
_WRITTEN = 2
# What joins the parts of a compound.
_LINKS = ("s", "en", "e", "")


class Vocabulary:
    """`terms` are stems as `dutch.stem` makes them, `known` tells of any stem whether it is one of these; `forms` are words as they are
    written, with how often."""

    def __init__(self, terms: Iterable[str], known: Callable[[str], bool], forms: Mapping[str, int]) -> None:
        self._known, self._forms = known, forms
        long = {term for term in terms if len(term) > _SHORTEST_PART + 2 and term.isalpha()}
        self._forward, self._backward = sorted(long), sorted(term[::-1] for term in long)

    def compounds(self, word: str) -> list[str]:
        """The terms that are a compound with this word in front or at the end."""
        term = dutch.stem(word)
        if len(term) < _SHORTEST_PART or word[0].isdigit():
            return []
        found = [other for other in _starting(self._forward, word) if self._is_rest(other[len(word) :])]
        found += [other[::-1] for other in _starting(self._backward, term[::-1]) if self._is_head(other[::-1][: -len(term)])]
        return [other for other in dict.fromkeys(found) if other != term][:_MOST_COMPOUNDS]

    def parts(self, word: str) -> list[str]:
        """The two parts of a compound, as terms, where both are known; the longest first part wins."""
        # What stands nowhere may be "boa-pool" written as one word.
        shortest = _SHORTEST_PART if self._known(dutch.stem(word)) else _SHORTEST_HEAD
        if len(word) < shortest + _SHORTEST_PART or word[0].isdigit():
            return []
        for cut in range(len(word) - _SHORTEST_PART, shortest - 1, -1):
            tail = dutch.stem(word[cut:])
            if not self._known(tail):
                continue
            for link in _LINKS:
                head = word[: cut - len(link)] if word[:cut].endswith(link) else ""
                if len(head) >= shortest and self._known(dutch.stem(head)):
                    return [dutch.stem(head), tail]
        return []

    def meant(self, word: str, stands: Callable[[str], bool]) -> str | None:
        """What a word that was never written so was probably meant to be: of what is one slip away the most written one whose stem
        `stands`, or a word that carries no subject."""
        if word in self._forms or word in dutch.STOP_WORDS:
            return None
        near = list(one_slip_away(word))
        written = sorted({other for other in near if self._forms.get(other, 0) >= _WRITTEN}, key=self._often)
        small = (other for other in near if other in dutch.STOP_WORDS)
        return next((other for other in written if stands(dutch.stem(other))), None) or next(small, None)

    def _often(self, form: str) -> tuple[int, str]:
        return -self._forms[form], form

    def _is_rest(self, rest: str) -> bool:
        """Whether what follows a word in a compound is itself a word, after a linking letter if any."""
        return any(len(rest) - len(link) >= 3 and rest.startswith(link) and self._known(rest[len(link) :]) for link in _LINKS)

    def _is_head(self, head: str) -> bool:
        return any(
            len(head) - len(link) >= 3 and head.endswith(link) and self._known(dutch.stem(head[: len(head) - len(link)])) for link in _LINKS
        )


def _starting(ordered: list[str], prefix: str) -> Iterator[str]:
    at = bisect.bisect_left(ordered, prefix)
    while at < len(ordered) and ordered[at].startswith(prefix):
        yield ordered[at]
        at += 1
