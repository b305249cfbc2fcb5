"""The writer that keeps an answer coming: where the language model fails, it quotes instead, and says so.

A sentence of the model that was released stays; quotes are added to it, each only where it is not cited already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.check.verify import Verifier
from assistant.model import Asked, Hit
from assistant.understand.question import Query
from assistant.write import Draft, Progress, Remark, Waiting, Writer
from assistant.write.faults import Fault

LEFT_OUT = "{count} van het taalmodel {are} weggelaten: de bronnen die erbij stonden, dragen {them} niet."
NOTHING_HELD = "Wat het taalmodel schreef, is niet in de bronnen teruggevonden en wordt daarom niet getoond."
QUOTED = "{fault}; dit antwoord bestaat uit letterlijke citaten."
ADDED = "{fault}; het antwoord is aangevuld met letterlijke citaten."
STOPPED = "{fault}; het antwoord is misschien niet volledig."


@dataclass(frozen=True, slots=True)
class FallingBackWriter:
    """Lets `model` write, and `quotes` where that fails."""

    model: Writer
    quotes: Writer

    @property
    def name(self) -> str:
        return self.model.name

    def write(
        self, query: Query, asked: Asked, hits: Sequence[Hit], so_far: Progress | None = None, /
    ) -> Iterator[Draft | Remark | Waiting]:
        progress = so_far or Progress()
        verifier = Verifier(hits, asked.as_of)
        lost, remarked = 0, False
        try:
            # A model that failed in an earlier part is not waited for again.
            for said in self.model.write(query, asked, hits, progress) if progress.failed is None else ():
                if isinstance(said, Draft) and verifier.accept(said) is None:
                    # A line that only announces what follows ("Er gelden drie regels:") is no loss.
                    lost += not said.text.endswith(":")
                progress.by_model = progress.by_model or bool(verifier.citations)
                remarked = remarked or isinstance(said, Remark)
                yield said
        except Fault as fault:
            progress.failed = fault
        if progress.failed is not None:
            yield from self._quoted(progress, verifier, query, asked, hits)
        elif lost and not remarked:
            yield Remark(_left_out(lost) if verifier.citations else NOTHING_HELD, self.model.name)

    def _quoted(
        self, progress: Progress, verifier: Verifier, query: Query, asked: Asked, hits: Sequence[Hit]
    ) -> Iterator[Draft | Remark | Waiting]:
        added = False
        for said in self.quotes.write(query, asked, hits):
            if isinstance(said, Draft) and not all(verifier.shows(cite) for cite in said.cites):
                added = True
                yield said
        if progress.by_model:
            yield Remark((ADDED if added else STOPPED).format(fault=progress.failed), self.model.name)
        else:
            yield Remark(QUOTED.format(fault=progress.failed) if added else f"{progress.failed}.", self.quotes.name)


def _left_out(lost: int) -> str:
    one = lost == 1
    return LEFT_OUT.format(count="Eén zin" if one else f"{lost} zinnen", are="is" if one else "zijn", them="die" if one else "ze")
