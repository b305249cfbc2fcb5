"""Typing habits of files made good without losing a letter: stray whitespace, ligatures, hyphens at line ends. Pure."""

from __future__ import annotations

import re
import unicodedata

# Invisible characters that typesetters and word processors leave behind. Joiners are kept out of words, spaces become spaces.
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# "in- en externe": a hyphen before these words stands for a missing word, not for a broken one.
_KEEPS_HYPHEN = re.compile(r"(en|of|als|dan wel|tot|respectievelijk|resp\.|c\.q\.)\b")
# Before these the hyphen belongs to the compound: "OOV-beleid", "APV-artikel", "2023-2026".
_HYPHENATED_HEAD = re.compile(r"(?:[A-Z]{2,}|\d+|[Nn]on|[Ee]x|[Vv]ice)-$")


def line(text: str) -> str:
    """One line of text: composed characters, single spaces, nothing invisible, no spaces at its ends."""
    text = unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_LIGATURES)
    return _SPACES.sub(" ", _CONTROL.sub("", text.replace("\n", " ").replace("\r", " "))).strip()


def raised(text: str) -> str:
    """Digits as they stand raised: the number of a note is no part of the year before it (`2028¹`, not `20281`)."""
    return text.translate(_RAISED)


def join(first: str, second: str) -> str:
    """Two printed lines of one paragraph as running text; a word broken by a hyphen becomes whole again.

    >>> join("een veilig-", "heidsplan"), join("in-", "en externe"), join("het OOV-", "beleid")
    ('een veiligheidsplan', 'in- en externe', 'het OOV-beleid')
    """
    if not first or not second:
        return first or second
    if re.search(r"\w-$", first) and second[0].islower():
        if _KEEPS_HYPHEN.match(second):
            return f"{first} {second}"
        return first + second if _HYPHENATED_HEAD.search(first) else first[:-1] + second
    return f"{first} {second}"


# Tag characters, direction marks and fillers: no Dutch document needs them, and they can carry a text that nobody sees.
_NEVER = re.compile("[\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069\u115f\u1160\u3164\uffa0]")
_TAG_LETTER = re.compile("[\U000e0020-\U000e007e]")
_ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\u2062-\u2064\ufeff]")
_MANY_ZERO_WIDTH = 12


def unseen(text: str) -> str | None:
    """What a text hides in characters without a shape, or None. A stray one is a typing habit; a row of them is a message."""
    tags = "".join(chr(ord(char) - 0xE0000) for char in _TAG_LETTER.findall(text))
    if tags.strip():
        return tags
    if _NEVER.search(text) or len(_ZERO_WIDTH.findall(text)) >= _MANY_ZERO_WIDTH:
        return "tekens zonder breedte"
    return None
