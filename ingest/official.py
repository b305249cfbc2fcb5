"""Regelingen fetched from the official repositories: `bwb:BWBR0005416` (national), `cvdr:CVDR123456` (local).

The search service (SRU) tells where the text of each edition lies; the edition in force on the day is fetched. Only the search
service itself and the government's repository are ever asked.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import httpx

from corpus.errors import Refused, Unavailable
from ingest.load import regeling

NAMED = re.compile(r"(?P<kind>bwb|cvdr):(?P<id>BWB[RVW]\d{7}|CVDR\d{1,7})(?:@(?P<on>\d{4}-\d{2}-\d{2}))?", re.IGNORECASE)
_REPOSITORY = "repository.officiele-overheidspublicaties.nl"
_MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """An edition as the repository holds it, under a name that carries its official id and first day."""

    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Repository:
    """`search_url` is the SRU service; `wait` the seconds before the first of three tries again, doubled each time."""

    search_url: str
    wait: float = 1.0
    timeout: float = 30.0

    def fetch(self, named: str, on: date) -> Fetched:
        """The edition that is in force on a day, for `bwb:ID` or `cvdr:ID` (`@jjjj-mm-dd` behind it names another day).

        Raises Refused for a name that is none or that the service does not know, Unavailable where it cannot be reached.
        """
        said = NAMED.fullmatch(named.strip())
        if said is None:
            raise Refused(f"‘{named}’ is geen officiële regeling. Schrijf bwb:BWBR0005416 of cvdr:CVDR123456.")
        day = date.fromisoformat(said["on"]) if said["on"] else on
        kind, identity = said["kind"].lower(), said["id"].upper()
        editions = sorted(self._editions(kind, identity), key=lambda edition: edition[0])
        if not editions:
            raise Refused(f"{identity} is bij de officiële bron niet gevonden. Controleer het nummer.")
        started = [edition for edition in editions if edition[0] <= day] or editions[:1]
        first_day, address = started[-1]
        return Fetched(f"{identity}_{first_day.isoformat()}.xml", self._get(address))

    def _editions(self, kind: str, identity: str) -> Iterator[tuple[date, str]]:
        """(first day, address of its XML) of every edition that the service lists."""
        which = f"dcterms.identifier=={identity}" if kind == "bwb" else f"dcterms.identifier any {identity}"
        query = {"operation": "searchRetrieve", "version": "2.0", "x-connection": "BWB" if kind == "bwb" else "cvdr"}
        address = str(httpx.URL(self.search_url, params={**query, "maximumRecords": "500", "query": which}))
        root = regeling.parse(self._get(address))
        for record in (element for element in root.iter() if regeling.name(element) == "record"):
            found = _text(record, "locatie_toestand", "publicatieurl_xml")
            begins = _text(record, "geldigheidsperiode_startdatum", "inwerkingtredingDatum", "inwerkingtredingsdatum")
            own = re.split(r"[_/]", _text(record, "identifier").upper())[0]
            if found and own in ("", identity):
                yield _day(begins), found

    def _get(self, address: str) -> bytes:
        parts, own = urlsplit(address), urlsplit(self.search_url)
        if (parts.scheme, parts.netloc) != (own.scheme, own.netloc) and parts.hostname != _REPOSITORY:
            raise Refused(f"De officiële bron verwijst naar een onbekend adres ({parts.hostname}); dat is niet geopend.")
        problem = ""
        for attempt in range(3):
            if attempt:
                time.sleep(self.wait * 2 ** (attempt - 1))
            try:
                with httpx.stream("GET", address, timeout=self.timeout, follow_redirects=False) as answer:
                    if answer.status_code == 200:
                        return _limited(answer)
                    problem = f"antwoord {answer.status_code}"
                    if answer.status_code in (400, 401, 403, 404, 410):
                        break
            except httpx.HTTPError as error:
                problem = type(error).__name__
        raise Unavailable(
            f"{parts.hostname} is niet bereikbaar of weigert ({problem}). Probeer het later, of haal het XML-bestand zelf op en neem dat op."
        )


def _limited(answer: httpx.Response) -> bytes:
    held = bytearray()
    for part in answer.iter_bytes():
        held += part
        if len(held) > _MAX_BYTES:
            raise Refused("Het antwoord van de officiële bron is onwaarschijnlijk groot en is niet opgenomen.")
    return bytes(held)


def _text(record: Any, *names: str) -> str:
    return next((regeling.words(e) for e in record.iter() if regeling.name(e) in names and regeling.words(e)), "")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return date.min
