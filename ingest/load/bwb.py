"""National law as the Basiswettenbestand publishes it (`toestand` XML): exact structure, dates, lapsed articles marked."""

from __future__ import annotations

from typing import Any

from ingest.blocks import Block, Loaded, Role
from ingest.load import regeling

_KINDS = {
    "wet": "wet",
    "rijkswet": "wet",
    "amvb": "amvb",
    "rijksamvb": "amvb",
    "amvb-bes": "amvb",
    "kb": "amvb",
    "ministeriele-regeling": "ministeriele_regeling",
    "ministeriele-regeling-archiefselectielijst": "ministeriele_regeling",
    "ministeriele-regeling-bes": "ministeriele_regeling",
    "beleidsregel": "beleidsregel",
    "circulaire": "circulaire",
    "pbo": "verordening",
    "zbo": "verordening",
}


def load(root: Any) -> Loaded:
    """Read a `toestand`; `properties` carries title, kind, dates and the official id."""
    law = regeling.first(root, "wetgeving")
    title = regeling.words(regeling.first(root, "citeertitel")) or regeling.words(regeling.first(root, "intitule"))
    intitule = regeling.first(root, "intitule")
    identity = root.get("bwb-id", "")
    said = {
        "title": title.strip(),
        "kind": _KINDS.get((law.get("soort", "") if law is not None else "").lower(), ""),
        "valid_from": root.get("inwerkingtreding", ""),
        "adopted_on": (intitule.get("ondertekening_bron") if intitule is not None else "") or "",
        "official_id": identity,
        "source_url": f"https://wetten.overheid.nl/{identity}/{root.get('inwerkingtreding', '')}" if identity else "",
    }
    heading = Block(said["title"], Role.HEADING, 0) if said["title"] else None
    body = [block for part in _parts(law if law is not None else root) for block in regeling.blocks(part)]
    return Loaded(tuple(filter(None, (heading, *body))), (), {key: value for key, value in said.items() if value})


def _parts(law: Any) -> list[Any]:
    """The parts of the text in order, without what only repeats the title or signs."""
    body = [element for element in law if regeling.name(element) not in ("intitule", "citeertitel", "meta-data", "kop")]
    return [
        part
        for element in body
        for part in (element if regeling.name(element) in ("wet-besluit", "regeling", "circulaire") else [element])
        if regeling.name(part) not in ("wetsluiting", "regeling-sluiting", "circulaire-sluiting")
    ]
