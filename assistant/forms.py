"""The form in which an answer is written out: its verified sentences, laid out; nothing is added but headings and marks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.model import Answer, Citation, Form, Sentence
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
    """Gemeenten below each other: what each says, or why it says nothing."""
    rows = ["| gemeente | wat er staat |", "|---|---|"]
    for said in answer.beside:
        told = " ".join(_marked(sentence) for sentence in said.sentences) or f"({said.empty})"
        rows.append(f"| {said.about} | {' '.join(told.replace('|', '/').split())} |")
    return "\n".join(rows)


def _running(answer: Answer) -> str:
    text = ""
    for sentence in answer.sentences:
        glue = "" if not text else "\n" if list_mark(sentence.text) or " | " in sentence.text else " "
        text += glue + _marked(sentence)
    return text


def _steps(answer: Answer) -> str:
    return "\n".join(f"{n}. {_bare(sentence)}" for n, sentence in enumerate(_whole(answer.sentences), start=1))


def _checklist(answer: Answer) -> str:
    return "\n".join(f"- [ ] {_bare(sentence)}" for sentence in _whole(answer.sentences))


def _table(answer: Answer) -> str:
    sources = {citation.n: citation for citation in answer.citations}
    rows = ["| bron | vindplaats | wat er staat |", "|---|---|---|"]
    for sentence in answer.sentences:
        for n in sentence.citations[:1]:
            cited = sources[n]
            cells = (cited.source.document.title, cited.locator, _marked(sentence))
            rows.append("| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(rows)


def _memo(answer: Answer) -> str:
    """A collegenota in outline: what the sources say under its heading, and what is left to the writer said as such."""
    law: list[Sentence] = []
    policy: list[Sentence] = []
    sources = {citation.n: citation for citation in answer.citations}
    for sentence in answer.sentences:
        kind = sources[sentence.citations[0]].source.document.kind
        (law if AUTHORITY[kind] >= _LAW or kind in (Kind.APV, Kind.VERORDENING) else policy).append(sentence)
    return "\n\n".join(
        [
            f"Aanleiding\n{answer.question}",
            f"Kader (wet en verordening)\n{_lines(law) or 'Geen bepaling gevonden in de bibliotheek.'}",
            f"Beleid\n{_lines(policy) or 'Geen beleid gevonden in de bibliotheek.'}",
            "Advies om over te denken\nDe assistent adviseert en besluit niet. Weeg bovenstaande bronnen en vul hier het advies in.",
            "Bronnen\n" + "\n".join(source_line(citation) for citation in answer.citations),
        ]
    )


def source_line(citation: Citation) -> str:
    """A source as it stands under an answer: number, title, place, page and, where it is not in force, its status."""
    page = f", p. {citation.page}" if citation.page and not citation.locator.startswith("p.") else ""
    state = "" if citation.status is Status.GELDEND else f" ({citation.status.value})"
    return f"[{citation.n}] {citation.source.document.title}, {citation.locator}{page}{state}"


def _lines(sentences: Sequence[Sentence]) -> str:
    return "\n".join(_marked(sentence) for sentence in sentences)


def _whole(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Without the lines that only announce a list."""
    kept = list(sentences)
    return [s for s in kept if not s.text.rstrip().endswith(":")] or kept


def _marked(sentence: Sentence) -> str:
    return sentence.text + "".join(f" [{n}]" for n in sentence.citations)


def _bare(sentence: Sentence) -> str:
    """A sentence without the number or dash it had in its source: the form has marks of its own."""
    text = sentence.text.removeprefix(list_mark(sentence.text)).strip()
    return text + "".join(f" [{n}]" for n in sentence.citations)


_WRITTEN: Mapping[Form, Callable[[Answer], str]] = {
    Form.STAPPEN: _steps,
    Form.CHECKLIST: _checklist,
    Form.TABEL: _table,
    Form.MEMO: _memo,
}

_MAY_STAND_BESIDE = frozenset({Form.ANTWOORD, Form.SAMENVATTING, Form.TABEL, Form.B1})

# How many sentences beside their lists a form holds at most, and how near the best one they have to come.
ROOM: Mapping[Form, tuple[int, float]] = {
    Form.SAMENVATTING: (7, 0.35),
    Form.STAPPEN: (6, 0.4),
    Form.TABEL: (6, 0.35),
    Form.CHECKLIST: (7, 0.35),
    Form.MEMO: (8, 0.3),
}
# The model name under which the built-in writer answers.
QUOTES = "citaat"
B1_NOTICE = "De assistent herschrijft geen bronteksten zonder taalmodel. U krijgt de letterlijke tekst; schrijf die zelf om naar B1."
