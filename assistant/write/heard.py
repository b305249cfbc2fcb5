"""From what a model says, in pieces cut anywhere, to drafts on known sources. Pure; what a draft claims is checked elsewhere.

Models write markers, decoration and thoughts each in their own way; here they become one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.model import Hit
from assistant.write import Cite, Draft
from corpus.sentences import list_mark, units
from ingest import dutch

_NUMBERS = r"\d{1,3}(?:\s*(?:[,;&+–-]|en)\s*(?:bron(?:nen)?\s*)?\d{1,3})*"
_MARKER = re.compile(
    rf"[\[【(]\s*(?i:bron(?:nen)?)\s*(?:nr\.?\s*)?(?P<said>{_NUMBERS})\s*[\])】]"
    rf"|[\[【]\s*\^?(?P<bare>{_NUMBERS})(?:†[^\]】\n]*)?\s*[\]】]"
)
_BRACKETED = r"(?:\[[^\[\]\n]{1,24}\]|【[^【】\n]{1,24}】|\((?i:bron)[^()\n]{1,20}\))"
# A sentence may end at a stop with its markers behind it, at markers before a capital, and ends at a line end.
_END = re.compile(
    rf"(?P<stop>[.?!…][\"'”’)]*)(?:\s*{_BRACKETED})*(?=\s+[^\s\[【(])|{_BRACKETED}+(?P<next>(?=\s+[\"'“‘]?[A-ZÀ-Ý]))|(?P<line>\n+)"
)
_DECORATION = re.compile(r"\*\*|__|`+|^#+\s*|^>\s*|\[[ xX]\]\s|</?[a-zA-Z!][^>]*>|(?<!\w)\*(?=\w)|(?<=[\w.,;:])\*(?!\w)")
_LEFT_OPEN = re.compile(r"[\[【]\s*\^?\d|\d\s*[\]】]|[<>]")
# Characters. A sentence's end can be told when so many have followed; what goes on for longer than a sentence can is cut off as one.
_AHEAD, _LONGEST = 150, 2_000
# Characters on either side that tell whether a stop ends a sentence.
_AROUND = 40
_THINKING, _THOUGHT = "<think>", "</think>"

# A sentence without a marker is carried by a passage that holds this share of its words; shorter ones say too little to tell.
_CARRIED, _FEWEST_WORDS = 0.8, 4


def aloud(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces without what a model thinks before it speaks. An empty piece is a beat, and passed on."""
    held, thinking = "", False
    for piece in pieces:
        if not piece:
            yield ""
        held += piece
        while True:
            mark = _THOUGHT if thinking else _THINKING
            before, found, after = held.partition(mark)
            if not found:
                break
            if not thinking and before:
                yield before
            held, thinking = after, not thinking
        keep = next((n for n in range(min(len(mark) - 1, len(held)), 0, -1) if held.endswith(mark[:n])), 0)
        if not thinking and len(held) > keep:
            yield held[: len(held) - keep]
        held = held[len(held) - keep :] if keep else ""
    if held and not thinking:
        yield held


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences with their markers, from text that comes in pieces cut anywhere. An empty piece is a beat, and passed on."""
    held, judged = "", 0
    for piece in pieces:
        if not piece:
            yield ""
        held += piece
        while (end := _first_end(held, judged)) is not None:
            if sentence := held[:end].strip():
                yield sentence
            held, judged = held[end:], 0
        judged = max(0, len(held) - _AHEAD)
        if len(held) > _LONGEST:
            yield held.strip()
            held, judged = "", 0
    if held.strip():
        yield held.strip()


def _first_end(held: str, judged: int) -> int | None:
    """Where the first whole sentence ends, if that can be told yet. A stop after a number of a list or an abbreviation is none.

    What stands before `judged` was looked at when there was less text.
    """
    for end in _END.finditer(held, max(judged, len(list_mark(held)))):
        if end["stop"] is None:
            return end.end()
        before = "x " + held[max(0, end.start() - _AROUND) : end.end("stop")]
        after = held[end.end() : end.end() + _AROUND].lstrip(" *_`")
        if any(stop == len(before) for _, stop in units(f"{before} {after}")):
            return end.end()
    return None


def draft(sentence: str, shown: Sequence[Hit]) -> Draft | None:
    """The sentence without its markers, resting on the passages that they name; unknown markers are dropped.

    None for what is no sentence: a line of a table's frame. What has half a marker in it rests on nothing.
    """
    sentence = "".join(letter for letter in sentence if unicodedata.category(letter) != "Cf")
    named = [n for marker in _MARKER.finditer(sentence) for n in _named(marker["said"] or marker["bare"])]
    text = " ".join(_DECORATION.sub("", _MARKER.sub("", sentence)).split())
    text = re.sub(r"\s+([.,;:?!])", r"\1", _cells(text)).strip()
    if not re.search(r"\w", text):
        return None
    if _LEFT_OPEN.search(text):
        return Draft(text, (), quote=False)
    hits = [n - 1 for n in dict.fromkeys(named) if 1 <= n <= len(shown)] or _carrying(text, shown)
    return Draft(text, tuple(Cite(n, *_best_stretch(shown[n], text)) for n in hits), quote=False)


def _named(numbers: str) -> Iterator[int]:
    """The numbers of a marker; `1-3` is a run."""
    for part in re.split(r"\s*(?:[,;&+]|en)\s*", numbers):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        yield from range(ends[0], ends[-1] + 1) if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 9 else ends


def _cells(text: str) -> str:
    """A row of a Markdown table as our tables have it: cells between bars, none at the ends."""
    return " | ".join(cell.strip() for cell in text.strip("|").split("|")) if text.startswith("|") else text


def _carrying(text: str, shown: Sequence[Hit]) -> list[int]:
    """For a sentence without a usable marker: the passage that verifiably carries it, if any. It holds nearly all of its words; of a
    bare name or amount, to the letter."""
    words = {dutch.stem(word) for word in dutch.words(text) if word not in dutch.STOP_WORDS}
    if len(words) < _FEWEST_WORDS:
        return [n for n, hit in enumerate(shown) if _stands(text, hit.source.passage.text)][:1]
    held = [len(words & _stems(hit.source.passage.text)) / len(words) for hit in shown]
    best = max(range(len(shown)), key=held.__getitem__)
    return [best] if held[best] >= _CARRIED else []


def _stands(text: str, passage: str) -> bool:
    """Whether a name or an amount of two words or more stands in a passage as it is said."""
    said = text.rstrip(".!")
    if len(said.split()) < 2 or not re.match(r"[A-ZÀ-Ý€\d]", said) or not re.search(r"\d|\s[A-ZÀ-Ý]", said):
        return False
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", " ".join(passage.split())) is not None


@lru_cache(maxsize=64)
def _stems(text: str) -> frozenset[str]:
    """Of a passage that many sentences are held against."""
    return frozenset(dutch.stem(word) for word in dutch.words(text))


def _best_stretch(hit: Hit, text: str) -> tuple[int, int]:
    """The sentence of the passage that shares most words with what the model wrote: that is what the citation shows."""
    words = set(re.findall(r"\w+", text.lower()))
    passage = hit.source.passage.text

    def shared(span: tuple[int, int]) -> float:
        held = set(re.findall(r"\w+", passage[span[0] : span[1]].lower()))
        figures = sum(word[0].isdigit() for word in words & held)
        return float(len(words & held) + 5 * figures) / (len(held) + 8)

    start, end = max(hit.embedding.spans, key=shared, default=(0, len(passage)))
    return start, end
