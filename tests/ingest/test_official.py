"""Fetching from the official repositories, against a local server that speaks the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.errors import Refused, Unavailable
from ingest.official import Repository

RECORD = """<record><recordData><gzd><originalData><meta><dcterms:identifier>{id}</dcterms:identifier></meta>
<overheidbwb:geldigheidsperiode_startdatum>{day}</overheidbwb:geldigheidsperiode_startdatum></originalData>
<enrichedData><locatie_toestand>{base}/{id}_{day}.xml</locatie_toestand></enrichedData></gzd></recordData></record>"""
SPACES = 'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:overheidbwb="http://standaarden.overheid.nl/bwb/terms/"'


@contextmanager
def served(failures: int = 0, elsewhere: bool = False) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            base = f"http://127.0.0.1:{self.server.server_address[1]}"
            if len(asked) <= failures:
                self.send_error(503)
                return
            if self.path.startswith("/sru"):
                where = "http://elders.example" if elsewhere else base
                known = "BWBR0005416" in self.path
                days = ("2015-01-01", "2024-01-31", "2030-01-01") if known else ()
                records = "".join(RECORD.format(id="BWBR0005416", day=day, base=where) for day in days)
                body = f"<searchRetrieveResponse {SPACES}><records>{records}</records></searchRetrieveResponse>"
            else:
                body = f"<toestand>{self.path}</toestand>"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sru", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("named", "day"), [("bwb:BWBR0005416", "2024-01-31"), ("bwb:BWBR0005416@2016-01-01", "2015-01-01"), ("BWB:bwbr0005416", "2024-01-31")]
)
def test_the_edition_in_force_on_the_day_is_fetched(named: str, day: str) -> None:
    with served() as (url, _):
        found = Repository(url).fetch(named, date(2026, 11, 1))
    assert found.filename == f"BWBR0005416_{day}.xml"
    assert day in found.data.decode()


def test_a_service_that_stumbles_is_asked_again() -> None:
    with served(failures=2) as (url, asked):
        assert Repository(url, wait=0.01).fetch("bwb:BWBR0005416", date(2026, 1, 1)).data
    assert len(asked) == 4


def test_a_service_that_stays_down_is_named_in_one_line() -> None:
    with served(failures=99) as (url, asked), pytest.raises(Unavailable, match=r"niet bereikbaar.*503"):
        Repository(url, wait=0.01).fetch("bwb:BWBR0005416", date(2026, 1, 1))
    assert len(asked) == 3


def test_no_network_is_told_in_one_line() -> None:
    with pytest.raises(Unavailable, match="niet bereikbaar"):
        Repository("http://127.0.0.1:9/sru", wait=0.01).fetch("cvdr:CVDR1234", date(2026, 1, 1))


def test_an_unknown_number_is_refused() -> None:
    with served() as (url, _), pytest.raises(Refused, match="niet gevonden"):
        Repository(url).fetch("bwb:BWBR0000001", date(2026, 1, 1))


def test_an_answer_that_points_elsewhere_is_not_followed() -> None:
    with served(elsewhere=True) as (url, _), pytest.raises(Refused, match="onbekend adres"):
        Repository(url).fetch("bwb:BWBR0005416", date(2026, 1, 1))
