"""The numbers that Word prints but does not store in the text: "Artikel 2:10", "1.", "a.". Knows only numbering XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: its format (decimal, lowerLetter, bullet…), its pattern ("%1.%2") and its start."""

    style: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts along with the document, paragraph by paragraph."""

    levels: Mapping[str, Mapping[int, Level]]
    abstract: Mapping[str, str]
    restarts: Mapping[str, frozenset[int]]
    _seen: set[tuple[str, int]] = field(default_factory=set)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Any | None) -> Numbering:
        """From the root element of `word/numbering.xml`, or None where the document has none."""
        if root is None:
            return cls({}, {}, {})
        definitions = {a.get(f"{W}abstractNumId"): _levels(a) for a in root.findall(f"{W}abstractNum")}
        levels, abstract, restarts = {}, {}, {}
        for num in root.findall(f"{W}num"):
            base = num.find(f"{W}abstractNumId")
            name = str(base.get(f"{W}val")) if base is not None else ""
            levels[num.get(f"{W}numId")] = {**definitions.get(name, {}), **_overrides(num, definitions.get(name, {}))}
            abstract[num.get(f"{W}numId")] = name
            starts = [o for o in num.findall(f"{W}lvlOverride") if o.find(f"{W}startOverride") is not None]
            restarts[num.get(f"{W}numId")] = frozenset(int(o.get(f"{W}ilvl")) for o in starts)
        return cls(levels, abstract, restarts)

    def label(self, num_id: str, depth: int) -> str:
        """The printed number of the next paragraph at this depth of this list: "2.1", "a.", "-" for a bullet, or ""."""
        levels = self.levels.get(num_id, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.abstract[num_id], {})
        # A list that overrides its start begins anew where it is first used, and counts on after that.
        if depth in self.restarts[num_id] and (num_id, depth) not in self._seen:
            self._seen.add((num_id, depth))
            counts.pop(depth, None)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.style == "bullet":
            return "-"
        if level.style == "none":
            return ""

        def number(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            other = levels.get(at, level)
            return _written(counts.get(at, other.start), other.style)

        return re.sub(r"%(\d)", number, level.pattern)


def _levels(element: Any) -> dict[int, Level]:
    return {int(lvl.get(f"{W}ilvl")): _level(lvl) for lvl in element.findall(f"{W}lvl")}


def _level(lvl: Any) -> Level:
    def value(tag: str, default: str) -> str:
        found = lvl.find(f"{W}{tag}")
        return str(found.get(f"{W}val", default)) if found is not None else default

    return Level(value("numFmt", "decimal"), value("lvlText", ""), int(value("start", "1")))


def _overrides(num: Any, base: Mapping[int, Level]) -> dict[int, Level]:
    changed = {}
    for override in num.findall(f"{W}lvlOverride"):
        depth = int(override.get(f"{W}ilvl"))
        lvl, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
        level = _level(lvl) if lvl is not None else base.get(depth)
        if level is not None:
            changed[depth] = Level(level.style, level.pattern, int(start.get(f"{W}val"))) if start is not None else level
    return changed


def _written(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if style == "upperRoman" else roman.lower()
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (number // value)
        number %= value
    return written
