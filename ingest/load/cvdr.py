"""Local regulations as the Centrale Voorziening Decentrale Regelgeving publishes them (CVDR XML): meta-data and structure."""

from __future__ import annotations

import re
from typing import Any

from ingest.blocks import Block, Loaded, Role
from ingest.load import regeling

_ID = re.compile(r"CVDR\d+")


def load(root: Any) -> Loaded:
    """Read a regeling; `properties` carries title, gemeente, dates and the official id."""
    meta, body = regeling.first(root, "meta"), regeling.first(root, "body")
    body = body if body is not None else root
    identity = _ID.search(_meta(meta, "identifier"))
    title = _meta(meta, "alternative") or _meta(meta, "title") or regeling.words(regeling.first(body, "intitule"))
    said = {
        "title": title,
        "kind": "",
        "gemeente": _meta(meta, "creator"),
        "adopted_on": _meta(meta, "ondertekeningDatum", "ondertekeningdatum") or _meta(meta, "issued"),
        "valid_from": _meta(meta, "inwerkingtredingDatum"),
        "valid_to": _meta(meta, "uitwerkingtredingDatum"),
        "official_id": identity[0] if identity else "",
        "source_url": f"https://lokaleregelgeving.overheid.nl/{identity[0]}" if identity else "",
    }
    heading = Block(title, Role.HEADING, 0) if title else None
    parts = [part for part in body if regeling.name(part) != "intitule"]
    found = [block for part in parts for block in regeling.blocks(part)]
    return Loaded(tuple(filter(None, (heading, *found))), (), {key: value for key, value in said.items() if value})


def _meta(meta: Any | None, *names: str) -> str:
    if meta is None:
        return ""
    found = (regeling.words(element) for element in meta.iter() if regeling.name(element) in names)
    return next(filter(None, found), "")
