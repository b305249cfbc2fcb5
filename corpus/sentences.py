"""Where sentences begin and end in Dutch policy and law. Pure; offsets in, offsets out.

A unit is what can be quoted on its own: a sentence of a paragraph, a list item, a table row, a heading. Lines are
never joined here: the stored text has one paragraph, item or row a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# After these a full stop does not end a sentence (compared in lower case, without the stop).
_ABBREVIATIONS = frozenset(
    """aanh afd afb al ambt arch art artt bgm bijl bijv blz burg bv ca cie cfm conf dd dhr dir dr drs ed
    e.d e.e e.v ev enz etc evt excl fig gem hfdst incl ing ir i.c i.o jl jo jrg jur kst lid max mej mevr mgr min mln mld mr mw nl nr nrs
    o.a o.i o.l.v o.b.v ong onderd p par pag pct plm proc prof prov publ red resp sr st stb stcrt secr sub
    t.a.v t.b.v t.g.v t.h.v t.n.v t.o.v t.w t.z.t tel temp trb v vgl vlg vnl voorz vs w.o w.v zgn zg zie
    a.d.h.v a.h.w a.u.b d.d d.m.v d.w.z i.h.b i.h.k i.h.k.v i.o.m i.p.v i.s.m i.t.t i.v.m m.a.w m.b.t m.b.v m.i m.i.v m.n m.u.v n.a.v n.v.t
    s.v.p v.a v.w.b v.v w.b w.o.v z.s.m z.g c.a c.q c.s b.v a.s a.i""".split()
)
_STOP = re.compile(r"[.?!…][\"'”’)\]⁰¹²³⁴-⁹]*(?=\s)")
_LAST_WORD = re.compile(r"[\w.'’\-]+$")
_LIST_MARK = re.compile(
    r"^\s*(?:[-•–—*▪◦‣·]|\(?\d{1,3}(?:[a-z]?[.)]|[°º]\.?)|\(?(?!(?i:nr|no|dr|mr|ir|st)\.)[a-zA-Z]{1,2}[.)°]|[ivxIVX]{1,5}[.)])\s+"
)
_NOTE = re.compile(r"(?<![mM⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]+")
# `Artikel 2. Verplichtingen`, `3.1. Aanpak`: the stop belongs to the number.
_NUMBERED_HEAD = re.compile(
    r"(?:Artikel|Art\.|Hoofdstuk|Afdeling|Paragraaf|Titel|Deel|Bijlage|§)\s+[\dA-Z][\w:.]{0,9}|\d{1,2}(?:\.\d{1,2})+\.", re.IGNORECASE
)
_NEXT_BEGINS = re.compile(r"\s+[\"'“‘(\[€]?[A-Z0-9À-Ý€]")


def units(text: str) -> list[Span]:
    """The units of a text in order; they do not overlap, and outside them is only whitespace."""
    return [unit for begin, end in _lines(text) for unit in _sentences(text, begin, end)]


def list_mark(text: str) -> str:
    """The marker with which a list item begins ("1. ", "a. ", "- "), or the empty string."""
    found = _LIST_MARK.match(text)
    return found.group(0) if found else ""


def without_notes(text: str) -> str:
    """A text of the same length without the raised numbers of notes (`2028.¹²`); those of units (`50 m²`) stay."""
    return _NOTE.sub(lambda note: " " * len(note[0]), text)


def depth(text: str) -> int:
    """How deep a list item stands by its mark: `1.` above `a.`, `a.` above `1°` and a dash."""
    return 1 if re.match(r"\(?\d{1,2}[a-z]?[.)]", text) else 2 if re.match(r"\(?[a-zA-Z][.)]", text) else 3


def _lines(text: str) -> Iterator[Span]:
    for found in re.finditer(r"\S[^\n]*", text):
        yield found.start(), found.start() + len(found.group().rstrip())


def _sentences(text: str, begin: int, end: int) -> Iterator[Span]:
    start = begin
    after_mark = begin + len(list_mark(text[begin:end]))
    for stop in _STOP.finditer(text, after_mark, end):
        if _ends_sentence(text, start, stop, end):
            yield start, stop.end()
            start = stop.end() + len(text[stop.end() : end]) - len(text[stop.end() : end].lstrip())
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    if not _NEXT_BEGINS.match(text, stop.end(), end):
        return False
    if text[stop.start()] != ".":
        return True
    if _NUMBERED_HEAD.fullmatch(text, start, stop.end()):
        return False
    word = _LAST_WORD.search(text, start, stop.start())
    if word is None:
        return True
    last = word.group().lower()
    if last in _ABBREVIATIONS or last.rstrip(".") in _ABBREVIATIONS:
        return False
    initial = re.fullmatch(r"(?:[a-z]\.)*[a-z]", last) is not None and text[word.start()].isupper()
    return not initial
