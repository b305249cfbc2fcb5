"""How a question is read: its slips set right, and beside its conversation made whole, by rule or by a language model that is held to what
the rule read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.check.verify import unsupported
from assistant.model import Asked, Form
from assistant.understand import follow_up, phrasing
from assistant.understand.follow_up import Turn
from assistant.write import prompts
from corpus.errors import OovError
from corpus.gemeenten import Gemeenten

# Characters. A question that a model makes longer than this is no question.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes follow-ups whole. `spelled` gives a question without slips; `say` puts (instruction, text) to a language model; without one the
    rules are all."""

    gemeenten: Callable[[], Gemeenten]
    spelled: Callable[[Asked], str]
    say: Callable[[str, str], str] | None = None

    def read(self, asked: Asked, earlier: Sequence[Turn]) -> Asked:
        """The question as it is meant after these, without slips, in the form that it asks for itself. One that is put plainly and stands on
        its own comes back as it is."""
        right = self.spelled(asked)
        if right == asked.question:
            return self._phrased(asked, earlier)
        read = self._phrased(replace(asked, question=right), earlier)
        return replace(read, question=asked.question, read_as=read.meant)

    def _phrased(self, asked: Asked, earlier: Sequence[Turn]) -> Asked:
        """The question as it is meant after these, in the form that it asks for itself."""
        phrased = phrasing.read(asked.question)
        if phrased is None or not (phrased.question or earlier):
            return self._followed(asked, earlier)
        form = phrased.form if phrased.form is not None and asked.form is Form.ANTWOORD else asked.form
        if not phrased.question:
            return replace(asked, form=form, read_as=earlier[-1].question)
        read = self._followed(replace(asked, question=phrased.question), earlier)
        return replace(read, question=asked.question, read_as=read.meant, form=form)

    def _followed(self, asked: Asked, earlier: Sequence[Turn]) -> Asked:
        """A follow-up made whole."""
        names = self.gemeenten()
        found = follow_up.read(asked.question, earlier, names, date.today())
        if found is None:
            return asked
        as_of = found.as_of or asked.as_of
        question = self._said(asked.question, earlier, found.question, names) if self.say is not None else found.question
        return replace(asked, read_as=question, as_of=as_of, day_given=asked.day_given or found.as_of is not None)

    def read_all(self, questions: Iterable[str], asked: Asked) -> Asked:
        """A question after these, each read after the ones before it."""
        turns: list[Turn] = []
        for question in questions:
            turns.append(Turn(self.read(replace(asked, question=question), turns).meant))
        return self.read(asked, turns)

    def _said(self, question: str, earlier: Sequence[Turn], ruled: str, names: Gemeenten) -> str:
        """What a model makes of it; the rule's reading where the model fails, or brings in what nobody said."""
        assert self.say is not None
        told = "\n".join(f"- {turn.question}" for turn in earlier[-4:])
        try:
            made = " ".join(self.say(prompts.REWRITE, prompts.REWRITE_USER.format(earlier=told, question=question)).split()).strip(
                " \"'‘’“”"
            )
        except OovError:
            return ruled
        known = f"{told} {question} {ruled}"
        sound = 8 <= len(made) <= _LONGEST and not unsupported(made, known) and set(names.named_in(made)) == set(names.named_in(ruled))
        return made if sound else ruled
