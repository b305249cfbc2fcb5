"""Words of nearly the same meaning in the field, from `synonyms.txt`. Pure: words in, phrases out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ingest import dutch

Phrase = tuple[str, ...]


def of(word: str, said: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Phrases that mean nearly what `word` means in a question whose stems are `said`: of each group that the word stands in
    alone, or in a phrase that the question holds whole."""
    stem = dutch.stem(word)
    found: dict[Phrase, None] = {}
    for group in _groups().get(stem, ()):
        if any(stem in stems and _contains(said, stems) for stems, _ in group):
            found.update({words: None for stems, words in group if stem not in stems})
    return tuple(found)


def _contains(said: tuple[str, ...], phrase: Phrase) -> bool:
    return any(said[at : at + len(phrase)] == phrase for at in range(len(said) - len(phrase) + 1))


@cache
def _groups() -> dict[str, list[list[tuple[Phrase, Phrase]]]]:
    """Groups by the stem of each word in them; a phrase is kept as stems and as words."""
    by_stem: dict[str, list[list[tuple[Phrase, Phrase]]]] = {}
    for line in files("assistant.text").joinpath("synonyms.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        phrases = [tuple(dutch.words(part)) for part in line.split(",")]
        group = [(tuple(map(dutch.stem, words)), tuple(w for w in words if w not in dutch.STOP_WORDS) or words) for words in phrases]
        for stem in {stem for stems, _ in group for stem in stems}:
            by_stem.setdefault(stem, []).append(group)
    return by_stem
