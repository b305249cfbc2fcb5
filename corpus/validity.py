"""Whether a text counts on a day, and which of two sources outranks the other. Pure: dates in, words out."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from corpus.model import Document, Edition, Kind


class Status(StrEnum):
    CONCEPT = "concept"
    TOEKOMSTIG = "toekomstig"
    GELDEND = "geldend"
    VERVALLEN = "vervallen"
    INGETROKKEN = "ingetrokken"


# From grondwet and wet down to nota and handreiking; equal numbers have equal authority.
AUTHORITY: dict[Kind, int] = {
    Kind.WET: 10,
    Kind.AMVB: 9,
    Kind.MINISTERIELE_REGELING: 8,
    Kind.VERORDENING: 7,
    Kind.APV: 7,
    Kind.BELEIDSREGEL: 6,
    Kind.BIBOB_BELEID: 6,
    Kind.IVP: 5,
    Kind.UITVOERINGSPLAN: 4,
    Kind.PROJECTPLAN: 3,
    Kind.CONVENANT: 3,
    Kind.CIRCULAIRE: 2,
    Kind.HANDREIKING: 2,
    Kind.NOTA: 2,
    Kind.RAADSSTUK: 2,
    Kind.OVERIG: 1,
}

# A plan that has run out is still the last word where no new one exists; a rule that has lapsed is not.
KEEPS_SPEAKING = frozenset(
    {Kind.IVP, Kind.UITVOERINGSPLAN, Kind.PROJECTPLAN, Kind.CONVENANT, Kind.HANDREIKING, Kind.NOTA, Kind.RAADSSTUK}
    | {Kind.CIRCULAIRE, Kind.OVERIG}
)


def status(document: Document, edition: Edition, on: date) -> Status:
    """The status of an edition on a day. An unknown first day counts as long past, an unknown last day as never.

    `valid_to` is the last day on which the text is in force. A withdrawn document counts for no day, past ones too: it was taken
    away as a source; a text that was replaced has a last day instead.
    """
    if document.withdrawn_on is not None:
        return Status.INGETROKKEN
    if edition.concept:
        return Status.CONCEPT
    if edition.valid_from is not None and on < edition.valid_from:
        return Status.TOEKOMSTIG
    if edition.valid_to is not None and edition.valid_to < on:
        return Status.VERVALLEN
    return Status.GELDEND


def speaks(document: Document, edition: Edition, on: date, *, last: bool) -> bool:
    """Whether an edition may be found and quoted for a day. `last` tells that the document has no newer edition.

    In force counts; so does a concept (shown as such) and a plan that has run out without successor (shown as such).
    """
    now = status(document, edition, on)
    if now is Status.GELDEND:
        return last or edition.valid_to is not None
    if now is Status.VERVALLEN:
        return last and document.kind in KEEPS_SPEAKING
    return now is Status.CONCEPT
