"""An answer as a file of its own: Word, Markdown or JSON, from the record as it was kept. Says in and behind the text that AI made it."""

from __future__ import annotations

from assistant.api.notices import notices
from assistant.api.shapes import AnswerShape, CitationShape
from assistant.forms import QUOTES

NOTICE = "Gemaakt met AI (OOV-assistent). Controleer elke bron voordat u deze tekst gebruikt."
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def exported(answer: AnswerShape, form: str, read_as: str | None = None) -> bytes:
    """The answer as `docx`, `md` or `json`; `read_as` is the question it was read as, where that differs."""
    if form == "docx":
        from assistant import word

        return word.written(answer, NOTICE, _about(answer), _remarks(answer), [_source(cited) for cited in answer.citations], read_as)
    if form == "md":
        return _markdown(answer, read_as).encode()
    return answer.model_dump_json(indent=2).encode()


def _remarks(answer: AnswerShape) -> list[str]:
    """What a reader has to know beside the answer; what is missing among it, where there is an answer at all."""
    return [*([answer.missing] if answer.text and answer.missing else []), *notices(answer)]


def _about(answer: AnswerShape) -> str:
    made = "letterlijke citaten" if answer.model == QUOTES else f"taalmodel {answer.model}"
    return (
        f"Vraag van {answer.created_at:%d-%m-%Y}, peildatum {answer.as_of:%d-%m-%Y}, {made}, {answer.searched.documents} stukken doorzocht."
    )


def _source(cited: CitationShape) -> str:
    page = f", p. {cited.page}" if cited.page and not cited.locator.startswith("p.") else ""
    since = f" {'van' if cited.valid_to else 'sinds'} {cited.valid_from:%d-%m-%Y}" if cited.valid_from else ""
    until = f" t/m {cited.valid_to:%d-%m-%Y}" if cited.valid_to else ""
    return f"[{cited.n}] {cited.title}, {cited.locator}{page} ({cited.status}{since}{until})"


def _markdown(answer: AnswerShape, read_as: str | None) -> str:
    parts = [
        f"> {NOTICE}",
        f"# {answer.question}",
        *([f"*Gelezen als: {read_as}*"] if read_as else []),
        answer.text or answer.missing or "",
    ]
    parts += [f"*Let op: {remark}*" for remark in _remarks(answer)]
    if answer.citations:
        parts.append("## Bronnen")
        parts += [f"{_source(cited)}\n\n> " + cited.quote.strip().replace("\n", "\n> ") for cited in answer.citations]
    parts.append(_about(answer))
    return "\n\n".join(parts) + "\n"
