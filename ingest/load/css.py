"""Whether a style makes text unseen. Pure; reads declarations as `color:#fff;font-size:0`, knows no page."""

from __future__ import annotations

import re

_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh|cm|mm|in)?")
_PALE = re.compile(
    r"#(?:[ef][0-9a-f]){3}(?:[0-9a-f]{2})?|#[ef]{3,4}|white|snow|ivory|transparent"
    r"|rgba?\(\s*(?:2[3-5]\d\s*,\s*){2}2[3-5]\d.*|rgba\(.*,\s*0(?:\.0*)?\s*\)"
)


def hides(style: str) -> bool:
    """Whether text with this style is not shown to a reader (pale text counts unless the style gives it a dark ground)."""
    said = declarations(style)
    if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
        return True
    if _number(said.get("opacity"), 1) < 0.1 or 0 <= _number(said.get("font-size"), 12) <= 1.5:
        return True
    if any(_number(said.get(side), 0) <= -500 for side in ("left", "top", "right", "text-indent", "margin-left", "margin-top")):
        return True
    if said.get("overflow") == "hidden" and (0 <= _number(said.get("height"), 9) <= 1 or 0 <= _number(said.get("width"), 9) <= 1):
        return True
    ground = said.get("background-color") or said.get("background") or "white"
    color = said.get("color", "")
    return bool(color) and (color == ground or (_PALE.fullmatch(color) is not None and _PALE.fullmatch(ground.split(" ")[0]) is not None))


def declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().replace("!important", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def hiding_classes(sheet: str) -> frozenset[str]:
    """The classes and ids (`.x`, `#y`) that a style sheet hides by a rule of their own."""
    found: set[str] = set()
    for rule in _without_comments(sheet).split("}"):
        # Inside `@media … {` the last brace is the rule's own.
        selectors, _, style = rule.rpartition("{")
        if hides(style):
            selectors = selectors.rpartition("{")[2]
            found |= {name for name in (one.strip() for one in selectors.split(",")) if re.fullmatch(r"[.#][\w-]+", name)}
    return frozenset(found)


def _without_comments(sheet: str) -> str:
    first, *rest = sheet.split("/*")
    return first + "".join(piece.partition("*/")[2] for piece in rest)


def _number(text: str | None, absent: float) -> float:
    found = _LENGTH.match(text) if text else None
    if found is None:
        return absent
    size = float(found[1])
    return size * 12 if found[2] in ("em", "rem") else size * 0.12 if found[2] == "%" else size
