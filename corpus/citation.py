"""References to articles: read them in running text and questions, write them back as lawyers do. Pure; knows no library.

`artikel 2:10, derde lid, onder b, van de APV`, `art. 13b Opiumwet`, `172 lid 3 Gemw`, `de artikelen 3 tot en met 7`: each is
read as a `Reference` and written as `art. 2:10 lid 3 onder b APV`, which reads back as the same reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.counting import AND, DIGITS, LETTERS, LID_NUMBER, ORDINAL, TO, list_of, listed
from corpus.headed import headed_at
from corpus.laws import OTHER, Laws, is_a, known_laws

SELF = "deze regeling"

_NUMBER = r"(?:\d{1,4}(?:bis|ter|quater|[a-z]{1,2}|[A-Z])?(?:[:.]\d{1,4}(?:[a-z]{1,2}|[A-Z])?){0,3}|[IVXL]{1,6}[a-d]?)(?![\w°])"
_LID_AFTER = re.compile(rf"(?:lid|leden)\s+(?P<list>{list_of(LID_NUMBER)})", re.IGNORECASE)
_LID_BEFORE = re.compile(rf"(?:het\s+)?(?P<list>{list_of(ORDINAL)})\s+(?:lid|leden)\b", re.IGNORECASE)
_PART_WORD = r"(?:de\s+)?(?:(?:de\s+)?aanhef\s+en\s+(?:onder(?:deel)?\s+)?|onder(?:deel|delen)?\s+|sub\s+|letter\s+|ten\s+)"
_PARTS = re.compile(rf"{_PART_WORD}(?P<list>{list_of(LETTERS)}|{list_of(DIGITS)})", re.IGNORECASE)
_SUBPART = re.compile(r"(?:(?:onder|sub|ten)\s+)?(?P<list>\d{1,2}[°º](?:(?:\s+en\s+|\s*,\s*|\s+of\s+)\d{1,2}[°º])*)", re.IGNORECASE)
_HEAD = re.compile(r"\b(?:artikel(?:en)?|artt?\.?|arts\.)\s*(?=[\dIVXL]|[A-Z][A-Za-z]? ?\d)", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w:.,/-]){_NUMBER}")
# Some laws number by hoofdstuk: `artikel H 10a` of the Kieswet.
_ARTICLE = re.compile(rf"[A-Z][A-Za-z]? ?\d{{1,3}}[a-z]{{0,2}}(?!\w)|{_NUMBER}")
# In a question the letter of the hoofdstuk may be a small one: `artikel h10a kieswet`, `artikel iii`.
_ARTICLE_SMALL = re.compile(rf"(?:[a-z] ?|[a-z]{{2}})\d{{1,3}}[a-z]{{0,2}}(?!\w)|[ivxl]{{1,6}}[a-d]?(?![\w°])|{_ARTICLE.pattern}")
_NEXT = re.compile(
    r"\s*,?\s*(?:juncto|jo\.?|onderscheidenlijk|respectievelijk|in\s+(?:samenhang|verbinding)\s+met)\s+(?:de\s+)?artikel(?:en)?\s+"
    rf"|(?P<to>{TO})|(?P<and>{AND})",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?P<parts>(?:onder(?:deel|delen)?|sub)\s+[a-z0-9°]{1,3}\s*,?\s+van\s+)?(?:het\s+)?(?:"
    rf"(?P<ordinals>{list_of(ORDINAL)})\s+(?:lid|leden)|(?:lid|leden)\s+(?P<numbers>{list_of(LID_NUMBER)}))\s*,?\s+van\s+(?:het\s+)?$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s*,?\s+(?:en\s+(?=onder))?|\s*,\s*")
# What is named of a lid or a part beside its number, and does not change where it stands.
_WHICH = re.compile(
    rf"\s*,?\s*(?:(?:en|of)\s+)?(?:de\s+)?(?:{list_of(ORDINAL)}\s+(?:vol)?zin(?:nen|snede)?\b|slotzin\b|aanhef\b(?!\s+en)"
    r"|categorie(?:ën)?\s+[IVX]+(?:(?:\s*,\s*|\s+(?:en|of)\s+)[IVX]+)*\b)",
    re.IGNORECASE,
)
_MORE = re.compile(AND)
_OF_ANOTHER = re.compile(r"\s+van\s+(?:het\s+|de\s+)?artikel", re.IGNORECASE)
_PREPOSITION = re.compile(r"\s*,?\s*(?:\((?=\S))?(?P<said>(?:van|uit|bij|in|volgens|der|des)\s+)?", re.IGNORECASE)
_ARTICLE_WORD = re.compile(r"(?:(?:de|het|onze|die)\s+)?(?:boek\s+\w+\s+van\s+(?:het|de)\s+)?", re.IGNORECASE)
_OWN = re.compile(
    r"(?:deze|dit)\s+(?:wet|verordening|regeling|besluit|beleidsregels?|convenant|APV|hoofdstuk|paragraaf|titel|afdeling)\b", re.IGNORECASE
)
_SORT = r"(?P<sort>rijkswet|wetboek|wet|verordening|regeling|besluit|richtlijn|verdrag|reglement|statuut|overeenkomst)\b"
# The regeling that was named last: `die wet`, `de in het eerste lid genoemde wet`.
_THAT = re.compile(
    rf"(?:(?:die|dat|dezelfde|hetzelfde|(?:de|het)\s+(?:laatst|voor|boven)?(?:ge)?noemde)\s+{_SORT}"
    rf"|(?:de|het)\s+(?:in|bij|onder)\s[^.;:\n]{{2,60}}?\s(?:ge)?(?:noemde|bedoelde)\s+{_SORT.replace('sort', 'sort2')})",
    re.IGNORECASE,
)
# A regeling that the text has given a name of its own (`de wet`), and that only its readers know.
_THE = re.compile(rf"(?:de|het)\s+(?:algemene\s+)?{_SORT}(?!\s+(?:van\s+(?:de|het)\s+)?(?-i:[A-Z(]))", re.IGNORECASE)
# What a regeling has beside articles: `hoofdstuk 4 van de Gemeentewet` names no article.
_NO_ARTICLE = re.compile(
    r"(?:onder|hoofdstuk(?:ken)?|paragra(?:af|fen)|titels?|boek|afdeling(?:en)?|deel|bijlage|categorie|nummer|nr\.?|§)\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What is referred to. `until` is the last article of a run; `law` the name of the regeling as in `Laws`, or SELF where the
    text names itself, or None where nothing is named."""

    article: str
    until: str | None = None
    leden: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    law: str | None = None

    def __str__(self) -> str:
        """As a lawyer writes it: `art. 2:10 lid 3 onder b Gemeentewet`."""
        run = f"-{self.until}" if self.until else ""
        leden = f" lid {_joined(self.leden)}" if self.leden else ""
        parts = f" onder {_joined(self.parts)}" if self.parts else ""
        return f"art. {self.article}{run}{leden}{parts}{' ' + self.law if self.law else ''}"


@dataclass(frozen=True, slots=True)
class Found:
    """A reference with the stretch of text that it was read from."""

    reference: Reference
    start: int
    end: int


def find(text: str, laws: Laws | None = None, *, lenient: bool = False, headed: str | None = None) -> list[Found]:
    """All references in a text, in order. `lenient` reads questions: a regeling in lower case or with a typing slip counts.
    `headed` is the regeling under whose name the text begins, where it is the rest of a list."""
    reader = _Reader(text, laws or known_laws(), lenient, headed)
    found: list[Found] = []
    place = 0
    for head in sorted([*_HEAD.finditer(text), *_BARE.finditer(text)], key=lambda match: (match.start(), -match.end())):
        if head.start() < place:
            continue
        bare = head.re is _BARE
        if bare and _NO_ARTICLE.search(text, max(0, head.start() - 15), head.start()):
            continue
        read = list(reader.references(head.start() if bare else head.end(), head.start()))
        if read and (not bare or _stands_alone(read[0])):
            found += read
            place = read[-1].end
    return found


def read(text: str, laws: Laws | None = None) -> Reference | None:
    """The first reference in a text, if any."""
    return next((one.reference for one in find(text, laws, lenient=True)), None)


def _stands_alone(first: Found) -> bool:
    """Whether a number without the word artikel is an article: it has a regeling behind it and is not a year."""
    reference = first.reference
    year = re.fullmatch(r"(?:19|20)\d\d", reference.article) is not None
    return reference.law not in (None, SELF) and not year and reference.article[0].isdigit()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads references from one place on."""

    text: str
    laws: Laws
    lenient: bool
    headed: str | None = None

    def references(self, at: int, start: int) -> Iterator[Found]:
        """The articles named from `at` on, with the regeling that is named behind the last of them."""
        read: list[Found] = []
        first = at
        begin, leads = self._lead(start)
        number = (_ARTICLE_SMALL if self.lenient else _ARTICLE).match(self.text, at)
        while number is not None:
            reference = replace(leads, article=_number(number[0])) if not read else Reference(_number(number[0]))
            at = number.end()
            reference, at = self._below(reference, at)
            read.append(Found(reference, begin if not read else number.start(), at))
            following = _NEXT.match(self.text, at)
            if following is None or _ARTICLE.match(self.text, following.end()) is None or self._is_law(at):
                break
            if following["to"] and not reference.leden:
                last = _ARTICLE.match(self.text, following.end())
                assert last is not None
                reference, at = self._below(replace(reference, until=_number(last[0])), last.end())
                read[-1] = Found(reference, read[-1].start, at)
                following = _NEXT.match(self.text, at)
                if following is None or _ARTICLE.match(self.text, following.end()) is None:
                    break
            at = following.end()
            number = _ARTICLE.match(self.text, at)
        law, end = self._law(at)
        if law is None and read and start != first and not self.lenient:
            law = headed_at(self.text, read[0].start, self.laws, self.headed)
        for n, one in enumerate(read):
            yield Found(replace(one.reference, law=law), one.start, end if n == len(read) - 1 else one.end)

    def _lead(self, start: int) -> tuple[int, Reference]:
        """What is named before its article: `het derde lid van artikel 5`; the article itself is still open."""
        found = _LEAD.search(self.text[max(0, start - 90) : start])
        if found is None:
            return start, Reference("")
        leden = listed(found["ordinals"] or found["numbers"])
        parts = re.search(r"([a-z]{1,2}|\d{1,2}°)\s*,?\s+van\s+$", found["parts"] or "")
        return max(0, start - 90) + found.start(), Reference("", leden=leden, parts=(parts[1],) if parts else ())

    def _below(self, reference: Reference, at: int) -> tuple[Reference, int]:
        """Leden and onderdelen behind an article: `eerste lid, aanhef en onder b, en derde lid`."""
        gap = _GAP.match(self.text, at)
        lid = gap and self._lid(gap.end())
        if lid:
            reference, at = replace(reference, leden=listed(lid["list"])), lid.end()
        reference, at = self._parts(reference, at)
        while lid and (more := _MORE.match(self.text, at)) and (lid := self._lid(more.end())):
            if _OF_ANOTHER.match(self.text, lid.end()):
                break
            reference = replace(reference, leden=tuple(dict.fromkeys((*reference.leden, *listed(lid["list"])))))
            reference, at = self._parts(reference, lid.end())
        return reference, at

    def _lid(self, at: int) -> re.Match[str] | None:
        return _LID_AFTER.match(self.text, at) or _LID_BEFORE.match(self.text, at)

    def _parts(self, reference: Reference, at: int) -> tuple[Reference, int]:
        which = _WHICH.match(self.text, at)
        at = which.end() if which else at
        gap = _GAP.match(self.text, at)
        parts = gap and _PARTS.match(self.text, gap.end())
        if parts:
            reference, at = replace(reference, parts=tuple(dict.fromkeys((*reference.parts, *listed(parts["list"]))))), parts.end()
            gap = _GAP.match(self.text, at)
            sub = gap and _SUBPART.match(self.text, gap.end())
            if sub:
                reference, at = replace(reference, parts=(*reference.parts, *listed(sub["list"]))), sub.end()
            which = _WHICH.match(self.text, at)
        return reference, which.end() if parts and which else at

    def _law(self, at: int) -> tuple[str | None, int]:
        """The regeling that is named from a place on, with where its name ends."""
        preposition = _PREPOSITION.match(self.text, at)
        assert preposition is not None
        after = preposition.end()
        # The next line begins something new, unless this one goes on with `van`.
        if after == at or ("\n" in preposition[0] and not (preposition["said"] or "V").islower()):
            return None, at
        if own := _OWN.match(self.text, after):
            return SELF, own.end()
        if not self.lenient and (that := _THAT.match(self.text, after)):
            return self._last_named(that["sort"] or that["sort2"], after) or " ".join(that[0].split()), that.end()
        named = self._named(after)
        if named is None and not self.lenient and preposition["said"] and (the := _THE.match(self.text, after)):
            return " ".join(the[0].split()), the.end()
        return named if named else (None, at)

    def _named(self, at: int) -> tuple[str, int] | None:
        word = _ARTICLE_WORD.match(self.text, at)
        at = word.end() if word else at
        nearly = self.laws.nearly_at(self.text, at) if self.lenient else None
        named = self.laws.at(self.text, at)
        # A short name may open a longer one that has a slip further on.
        named = nearly if nearly and (named is None or nearly[1] > named[1]) else named
        if named is None and (other := OTHER.match(self.text, at)) is not None:
            return " ".join(other["name"].split()), other.end()
        return named

    def _last_named(self, sort: str, before: int) -> str | None:
        """The regeling of this sort that the text named last before a place."""
        named = [name for name, end in self.laws.all_in(self.text, max(0, before - 1500), before) if end < before and is_a(sort, name)]
        return named[-1] if named else None

    def _is_law(self, at: int) -> bool:
        preposition = _PREPOSITION.match(self.text, at)
        assert preposition is not None
        word = _ARTICLE_WORD.match(self.text, preposition.end())
        return word is not None and word.end() > at and self.laws.at(self.text, word.end()) is not None


def _joined(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} en {items[-1]}"


def _number(text: str) -> str:
    number = "".join(text.split())
    if number.isalpha():
        return re.sub(r"^[ivxl]+", lambda roman: roman[0].upper(), number)
    return number[0].upper() + number[1:]
