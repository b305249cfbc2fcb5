"""Splitting: whatever the document, its passages and its sections are its text again."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Block, Role
from ingest.embed import Embedder
from ingest.split import Composed, compose, split
from ingest.structure import parts

WORDS = st.sampled_from(
    ["De", "burgemeester", "sluit", "het", "pand.", "Artikel", "2:10", "overlast", "vergunning;", "€ 500", "namelijk:", "x" * 60]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
HEADINGS = st.sampled_from(
    ["Artikel 2:1 Begrippen", "Artikel 2:2 Vergunning", "Hoofdstuk 1 Algemeen", "3.2.1 Doel", "1 Inleiding", "Doel", "Planning"]
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, TEXTS),
        st.builds(Block, HEADINGS, st.just(Role.HEADING)),
        st.builds(Block, TEXTS.map("- ".__add__), st.just(Role.ITEM)),
        st.builds(Block, TEXTS.map("1. ".__add__), st.just(Role.ITEM)),
        st.builds(Block, TEXTS.map(lambda t: f"{t} | {t}"), st.just(Role.ROW)),
    ),
    min_size=1,
    max_size=25,
)


def count(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def composed(blocks: Sequence[Block]) -> Composed:
    return compose(parts(blocks))


@given(BLOCKS, st.integers(20, 300))
@settings(deadline=None)
def test_passages_joined_in_order_are_the_text(blocks: list[Block], room: int) -> None:
    made = composed(blocks)
    pieces = split(made, count, room)
    assert "".join(made.text[p.start : p.end] for p in pieces) == made.text
    assert all(p.start < p.end for p in pieces)
    assert "".join(made.text[s.start : s.end] for s in made.sections()) == made.text


@given(BLOCKS, st.integers(20, 300))
@settings(deadline=None)
def test_no_passage_is_larger_than_the_room_it_has(blocks: list[Block], room: int) -> None:
    made = composed(blocks)
    assert all(size <= room for size in count([made.text[p.start : p.end] for p in split(made, count, room)]))


@given(BLOCKS)
@settings(deadline=None)
def test_a_passage_never_crosses_an_article(blocks: list[Block]) -> None:
    made = composed(blocks)
    for piece in split(made, count, 200):
        inside = {s.locator.article for s in made.sections() if s.start < piece.end and s.end > piece.start}
        assert len(inside - {None}) <= 1


def test_an_article_of_which_only_the_heading_is_left_is_a_passage_of_its_own() -> None:
    empty, full = Block("Artikel 2:1 (gereserveerd)", Role.HEADING), Block("Artikel 2:2 Vergunning", Role.HEADING)
    pieces = split(composed([empty, full, Block("Het is verboden.")]), count, 200)
    assert [p.locator.article for p in pieces] == ["2:1", "2:2"]


@given(BLOCKS, st.lists(st.integers(1, 9), min_size=25, max_size=25))
@settings(deadline=None)
def test_every_place_in_the_text_is_on_the_page_of_its_block(blocks: list[Block], turns: list[int]) -> None:
    pages = [sum(turns[: n + 1]) // 4 + 1 for n in range(len(blocks))]
    placed = [Block(b.text, b.role, b.level, page) for b, page in zip(blocks, pages, strict=True)]
    made = composed(placed)
    assert all(made.page_at(start) == part.block.page for part, (start, _) in zip(made.parts, made.spans, strict=True))


def test_sizes_are_counted_in_the_tokens_of_the_model(embedder: Embedder) -> None:
    long = [Block("De burgemeester kan in het belang van de openbare orde een gebied aanwijzen. " * 60)]
    made = composed(long)
    pieces = split(made, embedder.count, 400)
    assert len(pieces) > 2
    assert max(embedder.count([made.text[p.start : p.end] for p in pieces])) <= 400


def test_a_line_that_announces_a_list_stays_with_it() -> None:
    blocks = [Block("woord " * 200), Block("De voorwaarden zijn:"), Block("- een", Role.ITEM), Block("- twee", Role.ITEM)]
    made = composed(blocks)
    last = split(made, count, 400)[-1]
    assert made.text[last.start : last.end].strip().startswith("De voorwaarden zijn:") or len(split(made, count, 400)) == 1


def test_a_table_or_a_list_that_fits_is_never_cut() -> None:
    rows = [Block(f"Lokaal, soort {n} | {'maand ' * 10}| sluiting", Role.ROW) for n in range(12)]
    items = [Block(f"{chr(97 + n)}. {'grond ' * 12};", Role.ITEM) for n in range(12)]
    blocks = [
        Block("woord " * 100),
        Block("Tabel 1 Maatregelen"),
        *rows,
        Block("woord " * 100),
        Block("1. Het register bevat:", Role.ITEM),
        *items,
    ]
    made = composed(blocks)
    said = [made.text[p.start : p.end] for p in split(made, count, 400)]
    assert any(text.startswith("Tabel 1") and text.count("Lokaal") == 12 for text in said)
    assert any(text.startswith("1. Het register bevat:") and text.count("grond ;") == 12 for text in said)
