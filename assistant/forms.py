"""The form in which an answer is written out: its verified sentences, laid out; nothing is added but headings and marks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.model import Answer, Citation, Form, Sentence
from assistant.text.tables import CELLS
from corpus.model import Kind
from corpus.sentences import list_mark
from corpus.validity import AUTHORITY, Status

_LAW = AUTHORITY[Kind.MINISTERIELE_REGELING]


def written(answer: Answer) -> str:
    """The answer as text, each sentence with the marks of its citations. An answer that found nothing is empty."""
    if not answer.sentences:
        return ""
    return _beside(answer) if answer.beside and answer.form in _MAY_STAND_BESIDE else _WRITTEN.get(answer.form, _running)(answer)


def _beside(answer: Answer) -> str:
    """Gemeenten or documents below each other: what each says, or why it says nothing."""
    rows = [f"| {answer.beside_each} | wat er staat |", "|---|---|"]
    for said in answer.beside:
        told = " ".join(_marked(sentence) for sentence in said.sentences) or f"({said.empty})"
        rows.append(f"| {said.about} | {' '.join(told.replace('|', '/').split())} |")
    return "\n".join(rows)


def _running(answer: Answer) -> str:
    text, own_line = "", False
    for sentence in answer.sentences:
        before, own_line = own_line, _stands_alone(sentence.text)
        text += ("" if not text else "\n" if own_line or before else " ") + _marked(sentence)
    return text


def _stands_alone(text: str) -> bool:
    """Whether words stand on a line of their own: an item of a list, a row of a table, and a heading, which no mark ends."""
    return bool(list_mark(text)) or CELLS in text or text.rstrip()[-1:].isalnum()


def _steps(answer: Answer) -> str:
    """Numbered; the items of a list stand under the line that announces it, for without it they say something else."""
    lines = []
    for n, group in enumerate(_groups(answer.sentences), start=1):
        lines += [f"{n}. {_bare(group[0])}", *(f"   - {_bare(item)}" for item in group[1:])]
    return "\n".join(lines)


def _checklist(answer: Answer) -> str:
    """Something to tick for every sentence and every item; what announces a list stands above it."""
    lines = []
    for head, *items in _groups(answer.sentences):
        lines += [_bare(head), *(f"- [ ] {_bare(item)}" for item in items)] if items else [f"- [ ] {_bare(head)}"]
    return "\n".join(lines)


def _table(answer: Answer) -> str:
    """What the sources say, a row for each sentence or list; a table of a source is given as it is, below."""
    sources = {citation.n: citation for citation in answer.citations}
    rows, tables = ["| bron | vindplaats | wat er staat |", "|---|---|---|"], list[str]()
    begun: tuple[str, Sentence] | None = None
    for group in _groups(answer.sentences):
        table = [sentence for sentence in group if CELLS in sentence.text]
        caption = group[: len(group) - len(table)]
        cited = sources[group[0].citations[0]]
        goes_on = begun is not None and begun[0] == cited.source.edition.id and not caption and _alike([begun[1], *table])
        if table and begun is not None and goes_on:
            # The rest of the table, from a next passage; its columns may stand there again.
            tables += map(_cells, table[table[0].text == begun[1].text :])
        elif len(table) > 1 and _alike(table):
            tables += ["", *map(_marked, caption), *_as_it_is(table)]
            begun = cited.source.edition.id, table[0]
        else:
            rows.append(_row((cited.source.title, cited.locator, " ".join(sentence.text for sentence in group) + _marks(group))))
    return "\n".join([*(rows if len(rows) > 2 else []), *tables]).strip()


def _alike(table: Sequence[Sentence]) -> bool:
    """Whether rows have as many cells each."""
    return len({row.text.count(CELLS) for row in table}) == 1


def _cells(row: Sentence) -> str:
    return _row((*row.text.split(CELLS), _marks([row]).strip()))


def _as_it_is(table: Sequence[Sentence]) -> Iterable[str]:
    head, *rest = table
    names = [*head.text.split(CELLS), "bron"]
    yield _row(names)
    yield "|---" * len(names) + "|"
    yield from map(_cells, rest)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells) + " |"


def _memo(answer: Answer) -> str:
    """A collegenota in outline: what the sources say under its heading, and what is left to the writer said as such."""
    law: list[Sentence] = []
    policy: list[Sentence] = []
    sources = {citation.n: citation for citation in answer.citations}
    for sentence in answer.sentences:
        kind = sources[sentence.citations[0]].source.document.kind
        (law if AUTHORITY[kind] >= _LAW or kind in (Kind.APV, Kind.VERORDENING) else policy).append(sentence)
    parts = {
        "Aanleiding": answer.question,
        "Kader (wet en verordening)": _by_source(law, sources) or "Geen bepaling gevonden bij deze vraag.",
        "Beleid": _by_source(policy, sources) or "Geen beleid gevonden bij deze vraag.",
        "Advies om over te denken": "De assistent adviseert en besluit niet. Weeg bovenstaande bronnen en vul hier het advies in.",
        "Bronnen": "\n".join(source_line(citation) for citation in answer.citations),
    }
    return "\n\n".join(f"{heading}\n{text}" for heading, text in parts.items())


def _by_source(sentences: Sequence[Sentence], sources: Mapping[int, Citation]) -> str:
    """The sentences, each run from one place under the name of that place: a lid number says nothing without its article."""
    lines, named = [], ""
    for sentence in sentences:
        cited = sources[sentence.citations[0]]
        if (place := f"{cited.source.title}, {cited.locator}:") != named:
            named = place
            lines.append(place)
        lines.append(_marked(sentence))
    return "\n".join(lines)


def source_line(citation: Citation) -> str:
    """A source as it stands under an answer: number, title, place, page and, where it is not in force, its status."""
    page = f", p. {citation.page}" if citation.page and not citation.locator.startswith("p.") else ""
    state = "" if citation.status is Status.GELDEND else f" ({citation.status.value})"
    return f"[{citation.n}] {citation.source.title}, {citation.locator}{page}{state}"


def _groups(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Each sentence alone, but a line that announces with the list after it, and the rows of one table together."""
    groups: list[list[Sentence]] = []
    for sentence in sentences:
        if groups and _belongs(sentence, groups[-1]):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups


def _belongs(sentence: Sentence, group: Sequence[Sentence]) -> bool:
    head, mark = group[0].text, list_mark(sentence.text)
    if CELLS in sentence.text:
        # What stands above a table without a stop is its caption.
        return (CELLS in head or not head.rstrip().endswith((".", "?", "!", ";"))) and sentence.citations == group[0].citations
    if not head.rstrip().endswith(":") or not mark or sentence.citations[:1] != group[0].citations[:1]:
        return False
    # Under a numbered lid only letters and dashes are its items: the next number is the next lid.
    return not (mark.strip()[0].isdigit() and list_mark(head).strip()[:1].isdigit())


def _marked(sentence: Sentence) -> str:
    return sentence.text + _marks([sentence])


def _marks(sentences: Iterable[Sentence]) -> str:
    return "".join(f" [{n}]" for n in dict.fromkeys(n for sentence in sentences for n in sentence.citations))


def _bare(sentence: Sentence) -> str:
    """A sentence without the number or dash it had in its source: the form has marks of its own."""
    return sentence.text.removeprefix(list_mark(sentence.text)).strip() + _marks([sentence])


_WRITTEN: Mapping[Form, Callable[[Answer], str]] = {
    Form.STAPPEN: _steps,
    Form.CHECKLIST: _checklist,
    Form.TABEL: _table,
    Form.MEMO: _memo,
}

_MAY_STAND_BESIDE = frozenset({Form.ANTWOORD, Form.SAMENVATTING, Form.TABEL, Form.B1})

# How many sentences beside their lists a form holds at most, and how near the best one they have to come.
ROOM: Mapping[Form, tuple[int, float]] = {
    Form.SAMENVATTING: (7, 0.1),
    Form.STAPPEN: (6, 0.12),
    Form.TABEL: (6, 0.1),
    Form.CHECKLIST: (7, 0.1),
    Form.MEMO: (8, 0.08),
}
# The model name under which the built-in writer answers.
QUOTES = "citaat"
B1_NOTICE = "De assistent herschrijft geen bronteksten zonder taalmodel. U krijgt de letterlijke tekst; schrijf die zelf om naar B1."
STEPS_NOTICE = (
    "De stappen staan in de volgorde van de bronnen. De assistent zet ze zonder taalmodel niet zelf in de volgorde waarin u ze uitvoert."
)
# What quoting cannot honestly make of a form, and gives the nearest of.
NEAREST: Mapping[Form, str] = {Form.B1: B1_NOTICE, Form.STAPPEN: STEPS_NOTICE}
