"""Plain text and Markdown to blocks: paragraphs made whole, lists and tables kept, headings recognised by how they stand.

Knows no file, only characters. In plain text a heading has no mark; it is a short line of its own without a closing
stop. How such headings nest is decided later, over the whole document.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.errors import Refused
from corpus.sentences import list_mark
from ingest import clean
from ingest.blocks import Block, Loaded, Role, without_contents
from ingest.load import css

_MD_HEADING = re.compile(r"^(#{1,6})\s*(.*?)\s*#*$")
_MD_RULE = re.compile(r"^\s*(?:[-=*_]\s*){3,}$|^\s*\|?[\s:|-]*-{3,}[\s:|-]*$")
# What repeats is bounded, and stops where another begins: a line of nothing but `[` is read in one go.
_MD_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^)]{0,1000}\)")
_MD_LINK = re.compile(r"\[([^\[\]]+)\]\([^)]{0,1000}\)")
_MD_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?![\w*])|\*\*+")
_MD_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|<>=&])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_STYLED = re.compile(
    r"<(?P<name>[a-zA-Z]\w*)(?P<tag>\s(?=[^<>]{0,500}(?:style|STYLE|hidden|HIDDEN))[^<>]{0,500})>(?P<inside>.{0,5000}?)</(?P=name)>",
    re.DOTALL,
)
_COMMENT = re.compile(r"<!--((?:(?!<!--|-->).){0,5000})-->", re.DOTALL)
_NUMBERED = re.compile(r"^\d+(?:\.\d+)+\.?\s+\S|^\d+\.?\s+[A-Z]")
_SHORT = 100
# Three times three thousand full pages: more is no document, and only takes long to refuse.
_MOST_LINES = 500_000
_ENDS_SENTENCE = re.compile(r"[.;:?!,…][\"'”’)]*$")
_LABEL = re.compile(r"^[A-Z][\w /()-]{2,40}:$")


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        raise Refused("Dit is geen tekstbestand: er staan binaire tekens in. Lever het aan als PDF, Word, HTML of tekst.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def load(data: bytes, *, markdown: bool) -> Loaded:
    """Read a text file. A form feed starts a new page; a file without form feeds has no pages."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MOST_LINES:
        raise Refused(f"Het bestand is geen document: het heeft meer dan {_MOST_LINES} regels. Splits het of lever een gewone export aan.")
    text, hidden = _without_hidden(text)
    sheets = text.split("\f") if "\f" in text else [text]
    blocks: list[Block] = []
    for number, sheet in enumerate(sheets, start=1):
        page = number if len(sheets) > 1 else None
        lines = [_plain(line) if markdown else _tabs(line) for line in sheet.split("\n")]
        blocks += _Reader(lines, page, markdown).read()
    labels = tuple(str(n) for n in range(1, len(sheets) + 1)) if len(sheets) > 1 else ()
    return Loaded(without_contents(blocks), labels, {}, tuple((None, stretch) for stretch in hidden))


def _without_hidden(text: str) -> tuple[str, list[str]]:
    """The text without what HTML inside it hides, and that apart; also what stands in characters without a shape."""
    hidden: list[str] = []

    def out(found: re.Match[str]) -> str:
        style = re.search(r"style\s*=\s*([\"'])(.*?)\1", found["tag"], re.IGNORECASE | re.DOTALL)
        if (style and css.hides(style[2])) or re.search(r"\shidden\b", found["tag"]):
            hidden.append(clean.line(_TAG.sub(" ", found["inside"])))
            return ""
        return found[0]

    text = _STYLED.sub(out, text)
    hidden += [clean.line(comment) for comment in _COMMENT.findall(text)]
    shapeless = clean.unseen(text)
    return _COMMENT.sub("", text), [stretch for stretch in (*hidden, shapeless or "") if len(stretch) > 2]


def _tabs(line: str) -> str:
    """Cells between tabs become a row; emphasis that was typed with asterisks is taken off."""
    cells = [clean.line(cell) for cell in line.split("\t") if cell.strip()]
    return _unstarred(_MD_LINK.sub(r"\1", " | ".join(cells)))


def _unstarred(line: str) -> str:
    return _MD_EMPHASIS.sub(lambda found: found.group(2) or "", line)


def _plain(line: str) -> str:
    line = _MD_LINK.sub(r"\1", _MD_IMAGE.sub("", line))
    return _TAG.sub("", _MD_ESCAPE.sub(r"\1", _unstarred(line)))


class _Reader:
    """One pass over the lines of a sheet; holds the paragraph that is being gathered."""

    def __init__(self, lines: Sequence[str], page: int | None, markdown: bool) -> None:
        self.lines = [clean.line(line) for line in lines]
        self.markdown = markdown
        self.page = page
        self.blocks: list[Block] = []
        self.wrapped = _is_wrapped(self.lines)
        self.dense = sum(1 for line in self.lines if not line) < 0.05 * len(self.lines)

    def read(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line or (self.markdown and _MD_RULE.match(line)):
                at += 1
            elif self.markdown and (heading := _MD_HEADING.match(line)):
                self._add(heading.group(2), Role.HEADING, len(heading.group(1)))
                at += 1
            elif self.markdown and at + 1 < len(self.lines) and re.fullmatch(r"={3,}|-{3,}", self.lines[at + 1]):
                self._add(line, Role.HEADING, 1 if self.lines[at + 1][0] == "=" else 2)
                at += 2
            elif self._is_row(line):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                self._add(" | ".join(cell for cell in cells if cell), Role.ROW)
                at += 1
            elif not self.markdown and self._is_heading(at):
                self._add(line, Role.HEADING)
                at += 1
            else:
                at = self._paragraph(at)
        return self.blocks

    def _add(self, text: str, role: Role, level: int | None = None) -> None:
        if text:
            self.blocks.append(Block(text, role, level, self.page))

    def _is_row(self, line: str) -> bool:
        return (self.markdown and line.startswith("|")) or " | " in line

    def _paragraph(self, at: int) -> int:
        """Gather the paragraph or item that begins here; answers with the line after it."""
        text, at = self.lines[at], at + 1
        if re.fullmatch(r"[-•*–]", text) and at < len(self.lines) and self.lines[at]:
            text, at = f"- {self.lines[at]}", at + 1
        role = Role.ITEM if list_mark(text) or self._is_loose_item(at - 1) else Role.PARAGRAPH
        while at < len(self.lines) and self._continues(text, at):
            text, at = clean.join(text, self.lines[at]), at + 1
        if self.markdown and re.match(r"[*+]\s", text):
            text = "- " + text[2:]
        previous = self.blocks[-1] if self.blocks else None
        if previous is not None and _runs_on(previous, text, role):
            self.blocks[-1] = Block(clean.join(previous.text, text), previous.role, previous.level, previous.page)
        else:
            self._add(text, role)
        return at

    def _continues(self, text: str, at: int) -> bool:
        line = self.lines[at]
        if not line or list_mark(line) or self._is_row(line) or (self.markdown and _MD_HEADING.match(line)):
            return False
        if self.markdown:
            return True
        if len(text) >= 40 and line[0].islower() and not _ENDS_SENTENCE.search(text):
            return True
        return self.wrapped > 0 and len(self.lines[at - 1]) >= 0.7 * self.wrapped and not self._is_heading(at)

    def _is_heading(self, at: int) -> bool:
        """Short, unfinished, begun with a capital or number, alone on its line, and followed by something longer or lower."""
        line = self.lines[at]
        if _LABEL.match(line):
            return self._before(at) == "" and self._after(at) != line
        if ";" in line or (re.search(r"[a-z]: \S", line) and not re.match(r"[\d.]+ |[A-Z][a-z]+ \d", line)):
            return False
        asks = _NUMBERED.match(line) is not None and line.endswith("?")
        if len(line) > _SHORT or len(line.split()) > 14 or "@" in line or (_ENDS_SENTENCE.search(line) and not asks):
            return False
        if re.match(r"(?:Hoofdstuk|Afdeling|Paragraaf|Titel|Artikel|Bijlage|Deel)\s+[\dA-Z]", line):
            return True
        if not (line[0].isupper() or line[0].isdigit()) or not re.search(r"[A-Za-z]{2}", line):
            return False
        if list_mark(line) and not (_NUMBERED.match(line) and self._stands_apart(at)):
            return False
        return self._stands_apart(at) and self._after(at) != ""

    def _stands_apart(self, at: int) -> bool:
        """With white above it, or below a heading; and not one of a run of short lines, which is a list."""
        above = self._before(at)
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if self.dense:
            return above == "" and (_is_prose(below) or list_mark(below) != "")
        if above == "" and below == "":
            return True
        if above != "":
            return False
        run = 0
        while at + run < len(self.lines) and 0 < len(self.lines[at + run]) <= _SHORT and not list_mark(self.lines[at + run]):
            run += 1
        return run < 3

    def _is_loose_item(self, at: int) -> bool:
        """A short unfinished line amid others like it: an unmarked list."""
        near = [self.lines[i] for i in (at - 1, at + 1) if 0 <= i < len(self.lines)]
        short = [line for line in (self.lines[at], *near) if line and len(line) <= 60 and not _ENDS_SENTENCE.search(line)]
        return not self.markdown and not self.wrapped and len(short) >= 2 and self.lines[at] in short

    def _before(self, at: int) -> str:
        above = self.lines[at - 1] if at else ""
        return "" if self.dense and _is_prose(above) else above

    def _after(self, at: int) -> str:
        return next((line for line in self.lines[at + 1 :] if line), "")


def _is_prose(line: str) -> bool:
    """In a text without white lines, a finished or long line is what stands around a heading."""
    return len(line) > _SHORT or _ENDS_SENTENCE.search(line) is not None or "@" in line


def _runs_on(previous: Block, text: str, role: Role) -> bool:
    """Whether a paragraph goes on after white space: the line before broke off, this one begins in lower case."""
    if role is not Role.PARAGRAPH or previous.role in (Role.HEADING, Role.ROW) or not text[:1].islower():
        return False
    return re.search(r"[\w,)\-]$", previous.text) is not None and not re.match(r"[a-z][.)]\s", text)


def _is_wrapped(lines: Sequence[str]) -> int:
    """The width at which the text was wrapped by hand, or 0: most lines within a paragraph then end near one width."""
    inner = [len(line) for line, after in itertools.pairwise(lines) if line and after and not list_mark(after)]
    if len(inner) < 20:
        return 0
    inner.sort()
    width = inner[int(len(inner) * 0.95)]
    near = sum(1 for length in inner if 0.75 * width <= length <= width + 8)
    return width if 50 <= width <= 110 and near >= 0.6 * len(inner) else 0
