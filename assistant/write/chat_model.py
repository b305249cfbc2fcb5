"""The writer that lets a language model write, on any OpenAI-compatible address; the only importer of langchain-openai.

The model writes sentences with markers `[n]`; everything else (text, title, page, quote) comes from the store. A sentence is
given out when it is whole. Whatever goes wrong is a `Fault`, and all of it takes no longer than the time the model was given.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from time import monotonic

import httpx
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.model import Asked, Hit
from assistant.understand.question import Query
from assistant.write import Draft, Progress, Remark, Waiting, faults, heard, prompts
from assistant.write.faults import Fault
from assistant.write.listening import listen
from corpus.validity import status

log = logging.getLogger(__name__)

# Tokens that the answer may take, and characters after which a model that was told so and goes on is broken off.
_REPLY = 800
_MOST_CHARACTERS = 10_000
# Tokens of a language model to one of the embedder's, for Dutch, at the most (decisions/0010).
_MARGIN = 1.5
# The share of its time that a model gets to read a follow-up, before the answer.
_READING = 0.2
# A model that says the same thing so often goes on for ever.
_MOST_REPEATS = 3

Counter = Callable[[Sequence[str]], list[int]]
_NOTHING = re.compile(rf"{prompts.NOT_FOUND}|\A\W*(?i:{prompts.NOT_FOUND})\W*\Z")
SOME_MISSING = "Het taalmodel vond niet op elk deel van de vraag een antwoord in de bronnen."


@dataclass(frozen=True, slots=True)
class ChatModelWriter:
    """Packs the hits into a prompt, best first, as far as `context` tokens reach, and drafts what the model says.

    `count` counts tokens as the embedder does; `seconds` is what a whole answer may take.
    """

    chat: ChatOpenAI
    name: str
    count: Counter
    context: int
    seconds: float

    @classmethod
    def at(cls, base_url: str, model: str, api_key: SecretStr, seconds: float, count: Counter, context: int) -> ChatModelWriter:
        chat = ChatOpenAI(
            base_url=base_url,
            model=model,
            api_key=api_key,
            temperature=0,
            timeout=httpx.Timeout(seconds, connect=min(seconds, 10)),
            stream_chunk_timeout=None,
            # An address may close a connection that it promised to keep; a new one for each request costs nothing that shows.
            default_headers={"Connection": "close"},
            max_retries=0,
            max_tokens=_REPLY,
            streaming=True,
        )
        return cls(chat, model, count, context, seconds)

    def say(self, instruction: str, text: str) -> str:
        """What the model says to a text, whole and soon. Raises Fault where it does not."""
        messages = [SystemMessage(instruction), HumanMessage(text)]
        return "".join(heard.aloud(self._pieces(messages, monotonic() + _READING * self.seconds)))

    def write(
        self, query: Query, asked: Asked, hits: Sequence[Hit], so_far: Progress | None = None, /
    ) -> Iterator[Draft | Remark | Waiting]:
        """Drafts as the model says them. Raises Fault; sources that turn out not to fit are halved once."""
        progress = so_far or Progress()
        until = progress.began + (1 - _READING if progress.followed_on else 1) * self.seconds
        shown = self._fitting(query, asked, hits)
        if not shown:
            return
        try:
            yield from self._written(query, asked, shown, until)
        except Fault as fault:
            if not fault.overflow or len(shown) == 1:
                raise
            yield from self._written(query, asked, shown[: len(shown) // 2], until)

    def _written(self, query: Query, asked: Asked, shown: Sequence[Hit], until: float) -> Iterator[Draft | Remark | Waiting]:
        said: dict[str, int] = {}
        for sentence in heard.sentences(heard.aloud(self._pieces(_messages(query, asked, shown), until))):
            if not sentence:
                yield Waiting()
                continue
            if _NOTHING.search(sentence):
                if said:
                    yield Remark(SOME_MISSING, self.name)
                return
            draft = heard.draft(sentence, shown)
            if draft is None:
                continue
            said[draft.text] = said.get(draft.text, 0) + 1
            if said[draft.text] > _MOST_REPEATS:
                raise Fault(faults.ENDLESS)
            if said[draft.text] == 1:
                yield draft
        if not said:
            raise Fault(faults.EMPTY)

    def _pieces(self, messages: Sequence[BaseMessage], until: float) -> Iterator[str]:
        """What the model says, as it says it, with an empty piece for every second that passes. Raises Fault."""
        begun = False
        try:
            for piece in listen(lambda: _said(self.chat, messages), until - monotonic()):
                begun = begun or piece is not None
                yield piece or ""
        except Exception as error:  # whatever it is, the asker gets one line and the sources
            fault = error if isinstance(error, Fault) else faults.read(error, begun=begun)
            log.warning("%s: %s: %.300s", fault, type(error).__name__, error)
            raise fault from error

    def _fitting(self, query: Query, asked: Asked, hits: Sequence[Hit]) -> list[Hit]:
        """As many of the hits as fit beside the rules, the question and the answer; always the first."""
        rules = _messages(query, asked, ())
        *spent, size = self.count([*(str(message.content) for message in rules), ""])
        room = (self.context - _REPLY) / _MARGIN - sum(spent) - size
        shown: list[Hit] = []
        for hit, tokens in zip(hits, self.count([_source(n, hit, asked) for n, hit in enumerate(hits, start=1)]), strict=True):
            room -= tokens
            if shown and room < 0:
                break
            shown.append(hit)
        return shown


async def _said(chat: ChatOpenAI, messages: Sequence[BaseMessage]) -> AsyncGenerator[str]:
    """The text of a model's answer. Raises Fault where it did not come to a proper end."""
    length, ended = 0, ""
    async with aclosing(chat.astream(list(messages))) as chunks:  # type: ignore[type-var]
        async for chunk in chunks:
            ended = chunk.response_metadata.get("finish_reason") or ended
            if text := str(chunk.text):
                length += len(text)
                yield text
            if length > _MOST_CHARACTERS:
                raise Fault(faults.ENDLESS)
    if ended != "stop":
        ends = {"length": faults.TOO_LONG, "content_filter": faults.UNWILLING}
        raise Fault(ends.get(ended, faults.CUT if length else faults.GARBLED))


def _messages(query: Query, asked: Asked, shown: Sequence[Hit]) -> list[BaseMessage]:
    sources = "\n".join(_source(n, hit, asked) for n, hit in enumerate(shown, start=1))
    question = prompts.USER.format(sources=sources, as_of=asked.as_of.strftime("%d-%m-%Y"), question=_escaped(query.text))
    return [SystemMessage(prompts.system(asked.form)), HumanMessage(question)]


def _source(n: int, hit: Hit, asked: Asked) -> str:
    return prompts.SOURCE.format(
        n=n,
        title=_escaped(hit.source.title),
        locator=_escaped(str(hit.source.passage.locator)),
        status=status(hit.source.document, hit.source.edition, asked.as_of).value,
        text=_escaped(hit.source.passage.text),
    )


def _escaped(text: str) -> str:
    """Text that cannot end its own element: what a document says stays inside the data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
