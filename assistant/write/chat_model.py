"""The writer that lets a language model write, on any OpenAI-compatible address; the only importer of langchain-openai.

The model writes sentences with markers `[n]`; everything else (text, title, page, quote) comes from the store. A sentence is
given out when it is whole: a marker is never seen half.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import openai
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.model import Asked, Hit
from assistant.question import Query
from assistant.write import Cite, Draft, prompts
from corpus.errors import Unavailable
from corpus.sentences import list_mark
from corpus.validity import status
from ingest import dutch

_MARKERS = re.compile(r"\[(\d+(?:\s*[,;]\s*\d+)*)\]")
# A sentence ends at a stop with its markers behind it, or at a line end.
_END = re.compile(r"(?:[.?!…][\"'”’)]*(?:\s*\[[\d\s,;]+\])*|(?:\[[\d\s,;]+\])+[.?!]?)(?=\s+[^\s\[])|\n+")
_DECORATION = re.compile(r"\*\*|__|`+|^#+\s*|</?[a-zA-Z][^>]*>")

# A sentence without a marker is carried by a passage that holds this share of its words; shorter ones say too little to tell.
_CARRIED, _FEWEST_WORDS = 0.8, 4

UNREACHABLE = "Het taalmodel is niet bereikbaar. Probeer het later opnieuw, of vraag beheer om OOV_LLM_BASE_URL te controleren."
TOO_SLOW = "Het taalmodel gaf niet op tijd antwoord. Probeer het opnieuw of stel een kortere vraag."
BUSY = "Het taalmodel heeft het te druk. Wacht even en probeer het opnieuw."
CUT = "Het taalmodel brak zijn antwoord af. Probeer het opnieuw."
FAILED = "Het taalmodel gaf een onbruikbaar antwoord. Probeer het opnieuw."


@dataclass(frozen=True, slots=True)
class ChatModelWriter:
    """Packs the hits into a prompt, best first, as far as `budget` characters reach, and drafts what the model says."""

    chat: ChatOpenAI
    name: str
    budget: int = 12_000

    @classmethod
    def at(cls, base_url: str, model: str, api_key: SecretStr, timeout: float) -> ChatModelWriter:
        chat = ChatOpenAI(
            base_url=base_url,
            model=model,
            api_key=api_key,
            temperature=0,
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10)),
            max_retries=0,
            max_tokens=700,
            streaming=True,
        )
        return cls(chat, model)

    def say(self, instruction: str, text: str) -> str:
        """What the model says to a text, whole. Raises Unavailable where it does not."""
        return "".join(_pieces(lambda: self.chat.stream([SystemMessage(instruction), HumanMessage(text)])))

    def write(self, query: Query, asked: Asked, hits: Sequence[Hit]) -> Iterator[Draft]:
        if not hits:
            return
        shown = _fitting(hits, self.budget)
        question = prompts.USER.format(sources=_sources(shown, asked), as_of=asked.as_of.strftime("%d-%m-%Y"), question=query.text)
        messages = [SystemMessage(prompts.system(asked.form)), HumanMessage(question)]
        for sentence in sentences(_pieces(lambda: self.chat.stream(messages))):
            if prompts.NOT_FOUND in sentence.upper():
                return
            draft = _draft(sentence, shown)
            if draft is not None:
                yield draft


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences with their markers, from text that comes in pieces cut anywhere."""
    held = ""
    for piece in pieces:
        held += piece
        while (end := _END.search(held)) is not None:
            if (sentence := held[: end.end()].strip()) and list_mark(sentence + " ").strip() != sentence:
                yield sentence
                held = held[end.end() :]
            elif sentence:
                break
            else:
                held = held[end.end() :]
    if held.strip():
        yield held.strip()


def _pieces(stream: Callable[[], Iterator[Any]]) -> Iterator[str]:
    """The text of a stream; whatever goes wrong with it becomes one Dutch line. A stream that just stops was cut."""
    finished = False
    try:
        for chunk in stream():
            finished = finished or bool(chunk.response_metadata.get("finish_reason"))
            if isinstance(chunk.content, str):
                yield chunk.content
    except openai.APITimeoutError as error:
        raise Unavailable(TOO_SLOW) from error
    except openai.RateLimitError as error:
        raise Unavailable(BUSY) from error
    except openai.APIConnectionError as error:
        raise Unavailable(UNREACHABLE) from error
    except httpx.TimeoutException as error:
        raise Unavailable(TOO_SLOW) from error
    except (openai.OpenAIError, httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise Unavailable(FAILED) from error
    if not finished:
        raise Unavailable(CUT)


def _draft(sentence: str, shown: Sequence[Hit]) -> Draft | None:
    """The sentence without its markers, resting on the passages that they name; unknown markers are dropped."""
    named = [int(n) for group in _MARKERS.findall(sentence) for n in re.split(r"\s*[,;]\s*", group)]
    text = " ".join(_DECORATION.sub("", _MARKERS.sub("", sentence)).split())
    text = re.sub(r"\s+([.,;:?!])", r"\1", text)
    if not text:
        return None
    hits = [n - 1 for n in dict.fromkeys(named) if 1 <= n <= len(shown)] or _carrying(text, shown)
    return Draft(text, tuple(Cite(n, *_best_stretch(shown[n], text)) for n in hits), quote=False)


def _carrying(text: str, shown: Sequence[Hit]) -> list[int]:
    """For a sentence without a usable marker: the passage that verifiably carries it, holding nearly all of its words, if any."""
    words = {dutch.stem(word) for word in dutch.words(text) if word not in dutch.STOP_WORDS}
    if len(words) < _FEWEST_WORDS:
        return []
    held = [len(words & {dutch.stem(word) for word in dutch.words(hit.source.passage.text)}) / len(words) for hit in shown]
    best = max(range(len(shown)), key=held.__getitem__)
    return [best] if held[best] >= _CARRIED else []


def _best_stretch(hit: Hit, text: str) -> tuple[int, int]:
    """The sentence of the passage that shares most words with what the model wrote: that is what the citation shows."""
    words = set(re.findall(r"\w+", text.lower()))
    passage = hit.source.passage.text

    def shared(span: tuple[int, int]) -> float:
        held = set(re.findall(r"\w+", passage[span[0] : span[1]].lower()))
        figures = sum(word[0].isdigit() for word in words & held)
        return float(len(words & held) + 5 * figures) / (len(held) + 8)

    start, end = max(hit.embedding.spans, key=shared, default=(0, len(passage)))
    return start, end


def _fitting(hits: Sequence[Hit], budget: int) -> list[Hit]:
    shown: list[Hit] = []
    used = 0
    for hit in hits:
        used += len(hit.source.passage.text) + 120
        if shown and used > budget:
            break
        shown.append(hit)
    return shown


def _sources(shown: Sequence[Hit], asked: Asked) -> str:
    return "\n".join(
        prompts.SOURCE.format(
            n=n,
            title=_escaped(hit.source.document.title),
            locator=_escaped(str(hit.source.passage.locator)),
            status=status(hit.source.document, hit.source.edition, asked.as_of).value,
            text=_escaped(hit.source.passage.text),
        )
        for n, hit in enumerate(shown, start=1)
    )


def _escaped(text: str) -> str:
    """Text that cannot end its own element: what a document says stays inside the data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
