"""The names of regelingen and their short forms, found at a place in a text. Pure; laws.tsv holds those of the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from corpus import slips

# A regeling that is named in full and is not on our list: then the reference is not to the text itself.
OTHER = re.compile(
    r"(?P<name>[A-Z][\w-]*(?:wet|wetboek|besluit|regeling|reglement|verdrag|statuut|code)(?:\s+(?:19|20)\d\d)?\b"
    r"|(?:Wet|Wetboek|Besluit|Regeling|Verdrag|Invoeringswet|Rijkswet|Statuut|Handvest|Protocol|Uitvoeringswet|Kaderwet)\s+[^,.;:()\n]{3,90}?"
    r"(?=[,.;:()\n]|$|\s+(?:is|zijn|wordt|worden|was|geldt|gelden|bedoelde?|genoemde?|kan|kunnen|heeft|hebben"
    r"|alsmede|dan wel|of|indien|voor zover|van overeenkomstige)\b)"
    r"|(?:Wet|Besluit|Regeling|Invoeringswet|Rijkswet|Uitvoeringswet|Kaderwet)\s+[a-z][^,.;:()\n]{2,60}"
    r"|(?:[Dd]ie |[Dd]e )?(?i:richtlijn|verordening|uitvoeringsverordening|kaderbesluit)\s+(?:\([A-Z]+\)\s*)?(?:nr\.?\s*)?\d[\w/.-]*)"
)
# In letters of the name that is read.
_A_SLIP_COSTS = 3


@dataclass(frozen=True)
class Laws:
    """The names of regelingen and their short forms. `named` maps every form to the full name."""

    named: Mapping[str, str] = field(default_factory=dict)

    def plus(self, names: Iterable[str]) -> Laws:
        """These, and names that the library knows; a name of one word only where it can be nothing else."""
        added = {name.strip(): name.strip() for name in names if len(name.strip()) >= 6}
        return Laws({**{form: name for form, name in added.items() if form not in self.named}, **self.named})

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self.named, key=len, reverse=True)
        short = [re.escape(form) for form in forms if len(form) <= 5]
        long = [re.escape(form).replace(r"\ ", r"\s+") for form in forms if len(form) > 5]
        return re.compile(rf"(?:(?P<long>(?i:{'|'.join(long) or '(?!)'}))|(?P<short>{'|'.join(short) or '(?!)'}))(?![\w-])")

    @cached_property
    def _lower(self) -> dict[str, str]:
        return {plain(form): name for form, name in self.named.items()}

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The regeling named at this place, with where its name ends."""
        found = self._pattern.match(text, place)
        if found is None:
            return None
        form = " ".join(found[0].split())
        return self.named.get(form) or self._lower[plain(form)], found.end()

    def all_in(self, text: str, start: int, end: int) -> list[tuple[str, int]]:
        """The regelingen named between two places, in order, each with where its name ends."""
        found: list[tuple[str, int]] = []
        for word in re.finditer(r"\b(?=[A-Z])", text[start:end]):
            at = start + word.start()
            if found and at < found[-1][1]:
                continue
            if (named := self.at(text, at)) is not None:
                found.append(named)
            elif (other := OTHER.match(text, at)) is not None:
                found.append((" ".join(other["name"].split()), other.end()))
        return found

    def named_in(self, text: str) -> frozenset[str]:
        """The regelingen that a text names anywhere, by their full names in lower case."""
        found: set[str] = set()
        end = 0
        for word in re.finditer(r"\b\w", text):
            if word.start() >= end and (named := self.at(text, word.start())) is not None:
                found.add(plain(named[0]))
                end = named[1]
        return frozenset(found)

    def nearly_at(self, text: str, place: int) -> tuple[str, int] | None:
        """As `at`, in any case of letters, with words apart or together, and with a typing slip or two in a long name."""
        words = list(re.finditer(r"[^\s,?!()]+", text[place : place + 120]))[:12]
        best: tuple[int, str, int] | None = None
        for count in range(1, len(words) + 1):
            said = slips.Written.of(" ".join(word[0] for word in words[:count]).rstrip("."))
            for form, name in self._written:
                far = slips.between(said, form)
                # A long name with a slip says more than a short one that it begins with.
                worth = len(form.letters) - _A_SLIP_COSTS * far if far is not None else 0
                if worth > 0 and (best is None or worth > best[0]):
                    best = (worth, name, place + words[count - 1].end())
        return (best[1], best[2]) if best else None

    @cached_property
    def _written(self) -> list[tuple[slips.Written, str]]:
        return [(slips.Written.of(form), name) for form, name in self.named.items()]


@lru_cache(maxsize=1)
def known_laws() -> Laws:
    """The regelingen of the field, from laws.tsv."""
    named: dict[str, str] = {}
    for line in (Path(__file__).parent / "laws.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, others = line.partition("\t")
            named |= dict.fromkeys([name, *filter(None, (other.strip() for other in others.split(";")))], name)
    return Laws(named)


@lru_cache(maxsize=8)
def laws_with(titles: tuple[str, ...]) -> Laws:
    """The regelingen of the field and these titles; kept, for its pattern takes a while to make."""
    return known_laws().plus(titles)


def is_a(sort: str, name: str) -> bool:
    """Whether a regeling of this name is a `wet`, a `wetboek`, and so on."""
    low = name.lower()
    return sort.lower() in low and ("wetboek" not in low or sort.lower() == "wetboek")


def plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
