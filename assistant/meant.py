"""Which documents a question names, and the day that it speaks of. Pure: a question and what the library holds in, ids and a day out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from assistant.question import Query
from corpus.model import Document, Edition, Kind
from corpus.validity import Status, speaks, status

IVP = "integraal veiligheidsplan"
# How questions name a kind of document of a gemeente or a region.
KINDS: tuple[tuple[re.Pattern[str], Kind, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind, name)
    for pattern, kind, name in (
        (r"\bIVP\b|\bintegra(?:al|le) veiligheids(?:plan|beleid)|\b(?:het|ons) veiligheidsplan\b|\bveiligheidsplan van\b", Kind.IVP, IVP),
        (r"\bAPV\b|\balgemene plaatselijke verordening", Kind.APV, "APV"),
        (r"\bBibob-? ?(?:beleid|beleidsregels?|beleidslijn)\b|\bbeleidsregels?(?: wet)? Bibob\b", Kind.BIBOB_BELEID, "Bibob-beleid"),
        (r"\bconvenant\b", Kind.CONVENANT, "convenant"),
        (r"\buitvoerings(?:plan|programma)\b", Kind.UITVOERINGSPLAN, "uitvoeringsplan"),
        (r"\bprojectplan\b", Kind.PROJECTPLAN, "projectplan"),
    )
)  # fmt: skip
# Words in a title that name the document where a question holds them.
_SORT = re.compile(
    r"\b(?:\w*beleid|\w*beleidsregels?|damocles\w*|\w*nota|\w*notitie|\w*draaiboek|\w*handreiking|\w*circulaire|\w*aanwijzing|\w*jaarverslag|\w*verordening"
    r"|\w*overeenkomst|\w*raadsinformatiebrief|\w*leidraad|\w*strategie|\w*programma|\w*projectplan|\w*convenant|veelgestelde vragen)\b",
    re.IGNORECASE,
)
_SHORT = 6
_PAST = re.compile(
    r"\b(?:gold|golden|luidde|mocht(?:en)?|moest(?:en)?|kon(?:den)?|hoefde(?:n)?|bepaalde|verbood|toen|destijds|indertijd)\b", re.IGNORECASE
)
_OLD = re.compile(r"\b(?:oude|vorige|vervallen|eerdere|vroegere) ", re.IGNORECASE)
_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_DAY = re.compile(
    rf"\b(?:(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(_MONTHS)}) |(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def documents(query: Query, held: Callable[[], Iterable[Document]]) -> frozenset[str]:
    """The ids of the documents that a question names: by the name of a regeling, by their kind, or by a word of their title.

    Of local documents only those of the gemeenten that it is about, where it is about any.
    """
    kinds = {kind for pattern, kind, _ in KINDS if pattern.search(query.text)}
    sorts = _sorts(query.text)
    if not (kinds or sorts or query.regelingen):
        return frozenset()
    near = [d for d in held() if not query.gemeenten or d.gemeente is None or d.gemeente in query.gemeenten]
    return frozenset(d.id for d in near if _plain(d.title) in query.regelingen or d.kind in kinds or _share(sorts, _sorts(d.title)))


def day(text: str, held: Callable[[], Sequence[tuple[Document, Edition]]], gemeenten: Sequence[str], today: date) -> date | None:
    """The day that a question itself speaks of, None where it is about now.

    "De APV van 2019" is about the last day of the edition of that year, "de oude APV" about that of the edition before;
    "wat mocht in december 2023" about that month. A year that is merely counted or planned for is no such day. `held` gives every
    document with each of its editions, oldest first.
    """
    dated, old = _DAY.search(text), _OLD.search(text)
    if dated is None and old is None:
        return None
    kinds = [kind for pattern, kind, _ in KINDS if pattern.search(text)]
    every = held() if kinds else ()
    newest = {document.id: edition for document, edition in every}
    for kind in kinds:
        lapsed = [
            edition
            for document, edition in every
            if document.kind is kind
            and (not gemeenten or document.gemeente in gemeenten)
            and edition.valid_to is not None
            and status(document, edition, today) is Status.VERVALLEN
            and not speaks(document, edition, today, last=edition is newest[document.id])
        ]
        if dated is not None:
            lapsed = [edition for edition in lapsed if edition.valid_from and edition.valid_from.year == int(dated["year"])]
        elif old is None:
            continue
        if lapsed:
            return max(edition.valid_to for edition in lapsed if edition.valid_to)
    if dated is not None and not kinds and _PAST.search(text):
        return _last(dated, today)
    return None


def _last(dated: re.Match[str], today: date) -> date | None:
    """The last day of what is named, where that is past."""
    year = int(dated["year"])
    month = _MONTHS.index(dated["month"].lower()) + 1 if dated["month"] else int(dated["m"] or 12)
    number = dated["day"] or dated["d"]
    try:
        found = date(year, month, int(number or monthrange(year, month)[1]))
    except ValueError:
        return None
    return found if found < today else None


def _sorts(text: str) -> set[str]:
    return {found[0].lower() for found in _SORT.finditer(text)}


def _share(said: set[str], titled: set[str]) -> bool:
    """Whether a word is the same, or one is the beginning of the other: `damocles` and `damoclesbeleid`."""
    return any(a == b or (min(len(a), len(b)) > _SHORT and (a.startswith(b) or b.startswith(a))) for a in said for b in titled)


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("’", "'").split())
