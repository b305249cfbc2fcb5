"""How strongly a text holds a word: as it is, in a compound, or in other words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ingest import dutch
from ingest.lexical import Sought


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text as they are compared."""

    stems: frozenset[str]
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        words = tuple(dict.fromkeys(dutch.words(text)))
        return cls(frozenset(map(dutch.stem, words)), words)

    def strength(self, sought: Sought) -> float:
        """1 where the word stands here in any inflection; less in a compound, as a part of one, or in other words; else 0."""
        own = self._strength(sought.word)
        if own >= 0.7 or not sought.also:
            return own
        return max(own, 0.7 * max(min(self._strength(word) for word in phrase) for phrase in sought.also))

    def _strength(self, word: str) -> float:
        stem = dutch.stem(word)
        if stem in self.stems:
            return 1.0
        if len(stem) < 4 or word[0].isdigit():
            return 0.0
        best = 0.0
        for other in self.words:
            if len(other) > len(word) + 2 and (other.startswith(word) or dutch.stem(other).endswith(stem)):
                return 0.7
            if 5 <= len(other) < len(word) - 2 and (word.startswith(other) or stem.endswith(dutch.stem(other))):
                best = 0.5
        return best
