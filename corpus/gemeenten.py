"""Municipalities by CBS code and name, and which of them a text names. The list is CBS's; a library may add its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from corpus import slips

TWENTE = (
    "GM0141 GM0147 GM1774 GM0153 GM0158 GM0163 GM0164 GM1735 GM0168 GM0173 GM1742 GM0183 GM1700 GM0189".split()
)  # fmt: skip

_ALIASES = {"Den Haag": "GM0518", "Den Bosch": "GM0796", "Súdwest Fryslân": "GM1900", "Zuidwest-Friesland": "GM1900"}
# Also an ordinary word, a surname or a village elsewhere: a gemeente only where the text says so.
_AMBIGUOUS = frozenset(
    "Altena Beek Bergen Best Borne Buren Bladel Dalfsen Deurne Dongen Duiven Echt Eersel Elburg Epe Goes Gulpen Hof Hoorn Horst Houten Hulst "
    "Laren Leek Lisse Losser Medemblik Nederweert Noordwijk Ommen Oosterhout Oss Peel Reimerswaal Rucphen Scherpenzeel Sluis Soest Stein "
    "Tholen Valkenburg Veere Voorst Waterland Westland Wierden Zeist Zundert Utrecht Groningen Maashorst Oude".split()
)
_WORD = re.compile(r"\w+")
_SAYS_SO = (
    r"(?:[Gg]emeenten?|[Gg]emeenteraad van|[Rr]aad van|[Bb]urgemeester van|[Ww]ethouders van|[Cc]ollege van|APV|IVP|\w*[Bb]eleid"
    r"|(?:\bin|\bte|\bvan|\bvoor|\ben|,))\s+"
)


@dataclass(frozen=True)
class Gemeenten:
    """All municipalities that are known. Codes are CBS codes (`GM0153`)."""

    names: Mapping[str, str]

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def code(self, text: str) -> str | None:
        """The code for a code or a name as someone types it, or None where it is unknown."""
        wanted = _folded(text.removeprefix("gemeente ").removeprefix("Gemeente "))
        if wanted.upper() in self.names:
            return wanted.upper()
        return next((code for name, code in self._by_name if _folded(name) == wanted), None)

    def meant(self, word: str) -> str | None:
        """The name of the municipality that a word, which is no word itself, was probably meant to be: one slip away."""
        return next((self._by_word[other] for other in slips.one_slip_away(word) if other in self._by_word), None)

    def named_in(self, text: str) -> tuple[str, ...]:
        """Codes of the municipalities that a text names, in the order of their first mention."""
        return tuple(dict.fromkeys(code for code, _ in self.mentions(text)))

    def mentions(self, text: str) -> list[tuple[str, tuple[int, int]]]:
        """Each place (start, end) where a text names a municipality, with its code, in order."""
        return sorted(self._mentions(text), key=lambda pair: pair[1])

    def counts(self, text: str) -> Counter[str]:
        """How often a text names each municipality."""
        return Counter(code for code, _ in self._mentions(text))

    def _mentions(self, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
        folded = _folded(text)
        if self._first_words.isdisjoint(_WORD.findall(folded)):
            return
        taken: list[tuple[int, int]] = []
        for name, low, code in self._compared:
            if low not in folded:
                continue
            for found in _pattern(name).finditer(text):
                span = found.span("name")
                if not any(start < span[1] and span[0] < end for start, end in taken):
                    taken.append(span)
                    yield code, span

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """The first word of every name: a text with none of them names no gemeente, which is seen at a glance."""
        return frozenset(_WORD.findall(_folded(name))[0] for name, _ in self._by_name)

    @cached_property
    def _compared(self) -> list[tuple[str, str, str]]:
        """Each name as it is, as it is compared, and its code."""
        return [(name, _folded(name), code) for name, code in self._by_name]

    @cached_property
    def _by_word(self) -> dict[str, str]:
        """The names that are no ordinary word, by how they are typed in lower case."""
        return {name.lower(): name for name in self.names.values() if name not in _AMBIGUOUS}

    @cached_property
    def _by_name(self) -> list[tuple[str, str]]:
        """Longest names first, so that "Hof van Twente" is not read as a shorter one."""
        pairs = [(name, code) for code, name in self.names.items()] + list(_ALIASES.items())
        return sorted(pairs, key=lambda pair: -len(pair[0]))

    def extended(self, more: Mapping[str, str]) -> Gemeenten:
        return Gemeenten({**self.names, **more})


@cache
def national() -> Gemeenten:
    """The Dutch municipalities (source: CBS, gemeentelijke indeling; CC BY 4.0)."""
    table = files("corpus").joinpath("gemeenten.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return Gemeenten({row[0]: row[1] for row in rows})


@lru_cache(maxsize=8)
def with_national(more: frozenset[tuple[str, str]]) -> Gemeenten:
    """The Dutch municipalities with these (code, name) pairs. Kept, for reading the names is most of the work."""
    return national().extended(dict(sorted(more)))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", name))
    ambiguous = name.split(maxsplit=1)[0].split("-", maxsplit=1)[0] in _AMBIGUOUS and " " not in name and "-" not in name
    if ambiguous:
        return re.compile(rf"\b{_SAYS_SO}(?P<name>{words})\b")
    return re.compile(rf"(?<![\w-])(?P<name>{words})(?![\w-])", re.IGNORECASE)


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").split())
