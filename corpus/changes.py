"""What changed between two editions, article by article; heading by heading where a document has no articles. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.model import Section


class Change(StrEnum):
    ADDED = "nieuw"
    REMOVED = "vervallen"
    CHANGED = "gewijzigd"
    RENUMBERED = "vernummerd"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs. `locator` is its place in the newer edition, or in the older for what is gone."""

    change: Change
    locator: str
    heading: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    locator: str
    heading: str | None
    text: str

    @property
    def plain(self) -> str:
        """The words alone: white space and the numbering of the part itself are no change of content."""
        body = self.text.removeprefix(self.heading or "")
        return " ".join(re.findall(r"\w+", body.lower()))


def compare(old: str, old_sections: Sequence[Section], new: str, new_sections: Sequence[Section]) -> list[Difference]:
    """The differences in order of the newer edition, what is gone last."""
    before, after = _parts(old, old_sections), _parts(new, new_sections)
    gone = {key: part for key, part in before.items() if key not in after}
    found: list[Difference] = []
    for key, part in after.items():
        earlier = before.get(key)
        if earlier is not None:
            if earlier.plain != part.plain:
                found.append(Difference(Change.CHANGED, part.locator, part.heading, earlier.text.strip(), part.text.strip()))
            continue
        moved = next((name for name, other in gone.items() if _same(other.plain, part.plain)), None)
        if moved is not None:
            other = gone.pop(moved)
            found.append(Difference(Change.RENUMBERED, part.locator, part.heading, other.text.strip(), part.text.strip()))
        else:
            found.append(Difference(Change.ADDED, part.locator, part.heading, None, part.text.strip()))
    found += [Difference(Change.REMOVED, part.locator, part.heading, part.text.strip(), None) for part in gone.values()]
    return found


def _parts(text: str, sections: Iterable[Section]) -> dict[tuple[str, ...], _Part]:
    """The text by article (with its bijlage), or by heading outside articles."""
    made: dict[tuple[str, ...], _Part] = {}
    for section in sections:
        where = section.locator
        if where.article is not None:
            key: tuple[str, ...] = ("art", where.annex or "", where.article)
            locator = str(replace(where, leden=()))
        else:
            key = ("kop", *(_plain(heading) for heading in section.path[1:] or section.path))
            locator = str(where)
        known = made.get(key)
        stretch = text[section.start : section.end]
        made[key] = _Part(locator, where.heading, (known.text if known else "") + stretch)
    return made


def _same(first: str, second: str) -> bool:
    if min(len(first), len(second)) < 40:
        return first == second and bool(first)
    matcher = difflib.SequenceMatcher(None, first.split(), second.split())
    return matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


def _plain(heading: str) -> str:
    return re.sub(r"[\W\d]+", " ", heading).strip().lower() or heading
