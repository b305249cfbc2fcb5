"""What can go wrong at a language model's address, each as one Dutch line. The lines end without a stop: more may follow."""

from __future__ import annotations

import re

import openai

from corpus.errors import Unavailable


class Fault(Unavailable):
    """The language model did not give what was asked; `overflow` where it was given more than it can read."""

    def __init__(self, message: str, *, overflow: bool = False) -> None:
        super().__init__(message)
        self.overflow = overflow


UNREACHABLE = "Het taalmodel is niet bereikbaar (beheer: controleer OOV_LLM_BASE_URL)"
DENIED = "Het taalmodel weigert de sleutel (beheer: controleer OOV_LLM_API_KEY)"
UNKNOWN = "Het taalmodel is niet bekend op het ingestelde adres (beheer: controleer OOV_LLM_MODEL en OOV_LLM_BASE_URL)"
BUSY = "Het taalmodel heeft het te druk"
BROKEN = "Het taalmodel heeft een storing"
SILENT = "Het taalmodel gaf niet op tijd antwoord"
TOO_SLOW = "Het taalmodel was niet op tijd klaar met zijn antwoord"
CUT = "Het taalmodel brak zijn antwoord af"
EMPTY = "Het taalmodel gaf een leeg antwoord"
ENDLESS = "Het taalmodel hield niet op met schrijven"
TOO_LONG = "Het taalmodel kwam niet toe aan het eind van zijn antwoord"
OVERFLOW = "De bronnen passen niet in het taalmodel (beheer: verlaag OOV_LLM_CONTEXT)"
GARBLED = "Het taalmodel gaf een onleesbaar antwoord"
UNWILLING = "Het taalmodel wilde deze vraag niet beantwoorden"
REFUSED = "Het taalmodel nam de vraag niet aan (beheer: controleer OOV_LLM_MODEL en OOV_LLM_BASE_URL)"

_OVERFLOWS = re.compile(
    r"context.{0,20}(?:length|size|window)|maximum context|too many (?:input )?tokens|prompt is too long", re.IGNORECASE
)


def read(error: Exception, *, begun: bool) -> Fault:
    """What an error of the client means. `begun` tells that the answer had begun to come."""
    if isinstance(error, openai.APIError) and _OVERFLOWS.search(f"{error.code} {error.message}".replace("_", " ")):
        return Fault(OVERFLOW, overflow=True)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Fault(TOO_SLOW if begun else SILENT)
    if isinstance(error, openai.APIStatusError):
        return Fault(_status(error.status_code))
    if isinstance(error, openai.APIConnectionError):
        return Fault(CUT if begun else UNREACHABLE)
    if isinstance(error, ValueError | KeyError | TypeError | AttributeError | IndexError):
        return Fault(GARBLED)
    if isinstance(error, openai.APIError):
        return Fault(BROKEN)
    return Fault(CUT)


def _status(code: int) -> str:
    named = {401: DENIED, 403: DENIED, 404: UNKNOWN, 408: SILENT, 429: BUSY, 503: BUSY, 504: SILENT}
    return named.get(code, BROKEN if code >= 500 else REFUSED)
