"""From blocks with their places to one text, its sections, its pages and its passages. Pure.

Joined in order, the passages are the text, character for character; so are the sections. A passage holds whole blocks
of one section where it can: one article, or one heading with small neighbours under the same heading. Sizes are
counted in the embedding model's own tokens, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.model import Locator, Page, Section
from corpus.sentences import depth, units
from ingest.blocks import Role
from ingest.structure import Part

Count = Callable[[Sequence[str]], list[int]]

# Tokens. Small passages are found more sharply; below SMALL a section is joined with its neighbours.
TARGET, SMALL = 240, 120
# Characters.
_CAPTION = 150


@dataclass(frozen=True, slots=True)
class Piece(Section):
    """A passage to be; `page` is where it begins."""

    page: int | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A document as one text. `spans[i]` is where part i stands, with the white that follows it."""

    text: str
    parts: tuple[Part, ...]
    spans: tuple[tuple[int, int], ...]
    pages: tuple[Page, ...]

    def page_at(self, offset: int) -> int | None:
        number = None
        for page in self.pages:
            if page.start > offset:
                break
            number = page.number
        return number

    def sections(self) -> tuple[Section, ...]:
        """The text cut where its place in the document changes."""
        numbered = zip(self.parts, self.spans, strict=True)
        found = []
        for (path, locator), run in groupby(numbered, key=lambda pair: (pair[0].path, pair[0].locator)):
            spans = [span for _, span in run]
            found.append(Section(spans[0][0], spans[-1][1], path, locator))
        return tuple(found)


def compose(parts: Sequence[Part], page_labels: Sequence[str] = ()) -> Composed:
    """Write the blocks under one another: items and rows close together, the rest with a white line between."""
    text, spans, turns = "", [], []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        close = after is not None and after.block.role in (Role.ITEM, Role.ROW) and part.block.role is not Role.HEADING
        start = len(text)
        if part.block.page is not None:
            turns.append((start, part.block.page))
            turns += [(start + at, page) for at, page in part.block.turns]
        text += part.block.text + ("" if after is None else "\n" if close else "\n\n")
        spans.append((start, len(text)))
    return Composed(text, tuple(parts), tuple(spans), _pages(turns, len(text), page_labels))


def _pages(turns: Sequence[tuple[int, int]], end: int, labels: Sequence[str]) -> tuple[Page, ...]:
    begins: dict[int, int] = {}
    for offset, page in turns:
        begins.setdefault(page, offset)
    numbers = sorted(begins)
    stops = [begins[number] for number in numbers[1:]] + [end] * bool(numbers)
    return tuple(
        Page(number, labels[number - 1] if number <= len(labels) else str(number), begins[number], max(stop, begins[number]))
        for number, stop in zip(numbers, stops, strict=True)
    )


def split(composed: Composed, count: Count, room: int) -> tuple[Piece, ...]:
    """Cut the text into passages of at most `room` tokens (what the model takes, less the heading context)."""
    sizes = count([part.block.text for part in composed.parts])
    pieces = []
    for group in _groups(composed.parts, sizes, min(TARGET, room), room):
        first, last = group[0], group[-1]
        start, end = composed.spans[first][0], composed.spans[last][1]
        path, locator = _place([composed.parts[i] for i in group])
        for begin, stop in _fit(composed.text, start, end, sum(sizes[i] for i in group), count, room):
            page = composed.page_at(begin)
            pieces.append(Piece(begin, stop, path, replace(locator, page=page), page))
    return tuple(pieces)


def _groups(parts: Sequence[Part], sizes: Sequence[int], target: int, room: int) -> Iterator[list[int]]:
    group: list[int] = []
    total = 0
    for family in _families(parts, sizes, room):
        size = sum(sizes[i] for i in family)
        if group and _breaks([parts[j] for j in group], parts[family[0]], total, size, target, room):
            yield group
            group, total = [], 0
        group += family
        total += size
    if group:
        yield group


def _families(parts: Sequence[Part], sizes: Sequence[int], room: int) -> Iterator[list[int]]:
    """The blocks in runs that are not cut while there is room: a list with the line that announces it, a table with its caption."""
    start = 0
    while start < len(parts):
        end = _family_ends(parts, start)
        if sum(sizes[start:end]) <= room:
            yield list(range(start, end))
        elif parts[start].block.role is Role.ROW:
            yield from ([i] for i in range(start, end))
        else:
            # What is too large as a whole may hold a list that fits.
            yield [start]
            end = start + 1
        start = end


def _family_ends(parts: Sequence[Part], start: int) -> int:
    first = parts[start].block
    rows = first.role is Role.ROW or _captions(parts, start)
    level = None if not first.text.endswith(":") else depth(first.text) if first.role is Role.ITEM else 0
    end = start + 1
    while end < len(parts) and parts[end].locator.same_article(parts[start].locator):
        block = parts[end].block
        row, item = rows and block.role is Role.ROW, level is not None and block.role is Role.ITEM and depth(block.text) > level
        if not (row or item):
            break
        end += 1
    return end


def _captions(parts: Sequence[Part], at: int) -> bool:
    """Whether a block is the caption of the table behind it."""
    text = parts[at].block.text
    short = len(text) <= _CAPTION and (text.startswith("Tabel") or text.endswith(":"))
    return short and at + 1 < len(parts) and parts[at + 1].block.role is Role.ROW


def _breaks(group: Sequence[Part], part: Part, total: int, size: int, target: int, room: int) -> bool:
    """Whether the next block begins a new passage."""
    last = group[-1]
    other = not part.locator.same_article(last.locator)
    if all(member.block.role is Role.HEADING for member in group):
        # An article of which nothing is left but its heading ("(gereserveerd)") is found as such, and is no part of the next.
        return total + size > room or (other and last.locator.article is not None)
    if other:
        return True
    if part.block.role is Role.HEADING and part.path != last.path:
        related = len(part.path) > 1 and part.path[:-1] == _common([member.path for member in group])[: len(part.path) - 1]
        return total >= SMALL or not related
    if total + size <= target:
        return False
    # A line that announces a list stays with what it announces, while there is room.
    announces = last.block.text.endswith(":") and total + size <= room
    return not announces


def _place(parts: Sequence[Part]) -> tuple[tuple[str, ...], Locator]:
    """The headings that all of a passage stands under, and the most precise locator that holds for all of it."""
    body = [part for part in parts if part.block.role is not Role.HEADING] or list(parts[-1:])
    path = _common([part.path for part in body])
    locators = [part.locator for part in body]
    first = locators[0]
    if all(locator == first for locator in locators):
        return path, first
    if all(locator.same_article(first) for locator in locators) and first.article is not None:
        leden = tuple(dict.fromkeys(lid for locator in locators for lid in locator.leden))
        return path, replace(first, leden=leden)
    sections = {locator.section for locator in locators}
    annexes = {locator.annex for locator in locators}
    return path, Locator(
        section=first.section if len(sections) == 1 else None,
        heading=path[-1] if path else first.heading,
        annex=first.annex if len(annexes) == 1 else None,
    )


def _common(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    shared = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)


def _fit(text: str, start: int, end: int, size: int, count: Count, room: int) -> Iterator[tuple[int, int]]:
    """Cut one group that is larger than `room` at its sentences, and a sentence that is larger still at its words."""
    if size <= room:
        yield start, end
        return
    cuts = [start + begin for begin, _ in units(text[start:end])][1:]
    stretches = list(zip([start, *cuts], [*cuts, end], strict=True))
    sizes = count([text[begin:stop] for begin, stop in stretches])
    begin, total = start, 0
    for (at, stop), tokens in zip(stretches, sizes, strict=True):
        if total and total + tokens > room:
            yield begin, at
            begin, total = at, 0
        if tokens > room:
            *whole, (begin, _) = _halves(text, at, stop, count, room)
            yield from whole
        total += min(tokens, room)
    yield begin, end


def _halves(text: str, start: int, end: int, count: Count, room: int) -> list[tuple[int, int]]:
    if count([text[start:end]])[0] <= room or end - start < 2:
        return [(start, end)]
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle) + 1 or middle
    return _halves(text, start, space, count, room) + _halves(text, space, end, count, room)
