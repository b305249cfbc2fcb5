"""What a reader has to know before using an answer, a line each. Reads the answer as it is sent, so that one kept earlier says the same."""

from __future__ import annotations

from assistant import forms, model
from assistant.api.shapes import AnswerShape
from assistant.check.contradiction import Statement, contradicting
from assistant.understand.nouns import nowhere
from corpus.model import Kind
from corpus.validity import Status


def notices(value: AnswerShape) -> list[str]:
    """What an answer lacks, words and forms that could not be had, sources not in force, and sources that contradict each other."""
    said = [value.missing] if value.status == model.Completeness.PARTIAL and value.missing else []
    nearest = forms.NEAREST.get(model.Form(value.form)) if value.model == forms.QUOTES and value.sentences else None
    said += [nearest] if nearest else []
    said += (
        [f"{nowhere(value.searched.unknown)} Ga na of het antwoord daarover gaat."] if value.sentences and value.searched.unknown else []
    )
    for cited in value.citations:
        ended = f" op {cited.valid_to:%d-%m-%Y}" if cited.valid_to else ""
        if cited.status == Status.CONCEPT:
            said.append(f"‘{cited.title}’ is een concept en geldt niet als regel.")
        elif cited.status == Status.INGETROKKEN:
            said.append(f"‘{cited.title}’ is uit de bibliotheek ingetrokken; gebruik het niet.")
        elif cited.status == Status.VERVALLEN and cited.kind == Kind.IVP:
            said.append(f"‘{cited.title}’ is{ended} verlopen; het is het laatste veiligheidsplan van deze gemeente in de bibliotheek.")
        elif cited.status == Status.VERVALLEN:
            said.append(f"‘{cited.title}’ is{ended} vervallen; een nieuwer stuk is niet in de bibliotheek gevonden.")
        elif cited.valid_to is not None and value.as_of <= cited.valid_to < value.created_at.date():
            said.append(
                f"‘{cited.title}’ gold tot en met {cited.valid_to:%d-%m-%Y}: dit antwoord gaat over {value.as_of:%d-%m-%Y}, niet over nu."
            )
    return list(dict.fromkeys((*said, *_contradictions(value))))


def _contradictions(value: AnswerShape) -> list[str]:
    """Where two sources of the answer give other numbers for what was asked."""
    sources = {cited.n: cited for cited in value.citations}
    statements = []
    for told in value.sentences:
        cited = sources[told.citations[0]]
        statements.append(Statement(told.text, f"‘{cited.title}’ ({cited.locator})", cited.gemeente))
    return [
        f"{one.document} en {other.document} noemen een ander getal. Lees beide bronnen; de hoogste of nieuwste gaat voor."
        for one, other in contradicting(statements, value.question)
    ]
