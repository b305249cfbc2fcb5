"""Dutch text to search terms: lower case, no accents, no function words, stems; numbers and article numbers whole. Pure."""

from __future__ import annotations

import re
import unicodedata

from corpus.sentences import without_notes
from ingest import stems

# Raised when the same text would give other terms than before; an index made with another version is rebuilt.
VERSION = 7

_TOKEN = re.compile(r"\d+(?:[.:,]\d+)*[a-z]{0,2}\b|[a-z]+(?:'[a-z]+)?|\d+")
_OM = re.compile(r"\bOM\b")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")

# Words that carry no subject. Question words are among them: what is asked for is `assistant.understand.question`'s concern.
STOP_WORDS = frozenset(
    """aan al alle alleen allemaal als alsof altijd ander andere anders bent bepaalde ben bij beide bijvoorbeeld bijna binnen boven buiten
    daar daaraan daarbij daardoor daarin daarmee daarna daarnaast daarom daarop daarvan daarvoor dan dat de deze der des dezelfde dezen die dien
    dient diens dit doch doen doet door doordat dus echter een eens elk elke en enkele er ermee erin erop ervan ervoor etc even geen geweest
    haar had hadden hebben hebt heeft heel hem hen het hier hierbij hierin hiermee hiervoor hij hoe hoelang hoeveel hoewel hun iemand iets ieder iedere ik
    in indien inzake is ja je jij jou jouw jullie kan kon konden kun kunnen kunt maar mag me meer men met mij mijn moest moet moeten na naar nee
    niet niets niks nog nu of ofwel om omdat omtrent onder ons onze ook op over per reeds samen sinds sommige steeds te tegen ten ter terwijl
    tijdens toch toen tot tussen u uit uw van vanaf vanuit vanwege veel via vol volgens voor voordat waar waaraan waarbij waardoor waarin waarmee
    waarna waarom waarop waarover waaruit waarvan waarvoor wanneer want waren was wat we wegens wel welk welke werd werden wie wiens wij wil willen wilt
    worden wordt zal ze zelf zich zij zijn zo zoal zoals zodat zonder zou zouden zowel zulke zullen zult""".split()
)


def terms(text: str) -> list[str]:
    """The search terms of a text, in order, with repetitions."""
    return [stem(word) for word in words(text) if carries(word)]


def carries(word: str) -> bool:
    """Whether a word says something of a subject."""
    return word not in STOP_WORDS and (len(word) > 1 or word.isdigit())


def words(text: str) -> list[str]:
    """The words and numbers of a text as they are compared: lower case, without accents; `€ 1.250` is `1250`."""
    return [_number(token) if token[0].isdigit() else token for token in _TOKEN.findall(_plain(text))]


def stem(word: str) -> str:
    return word if word[0].isdigit() else stems.stem(word)


def _number(token: str) -> str:
    return token.replace(".", "") if _THOUSANDS.fullmatch(token) else token.rstrip(".:,")


def _plain(text: str) -> str:
    # The Openbaar Ministerie goes by an abbreviation that is a function word in lower case.
    lowered = _OM.sub("openbaar ministerie", without_notes(text)).lower().replace("’", "'").replace("ĳ", "ij")
    if lowered.isascii():
        return lowered
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))
