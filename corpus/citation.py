"""References to articles: read them in running text and questions, write them back as lawyers do. Pure; knows no library.

`artikel 2:10, derde lid, onder b, van de APV`, `art. 13b Opiumwet`, `172 lid 3 Gemw`, `de artikelen 3 tot en met 7`: each is
read as a `Reference` and written as `art. 2:10 lid 3 onder b APV`, which reads back as the same reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from corpus import slips

SELF = "deze regeling"

ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende zestiende "
    "zeventiende achttiende negentiende twintigste"
).split()
_NUMBER = r"(?:\d{1,4}(?:bis|ter|quater|[a-z]{1,2}|[A-Z])?(?:[:.]\d{1,4}(?:[a-z]{1,2}|[A-Z])?){0,3}|[IVXL]{1,6}[a-d]?)(?![\w°])"
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:e|de|ste))"
_AND = r"(?:\s*,\s*(?:en\s+|of\s+)?|\s+(?:en|of|dan wel|alsmede|juncto|jo\.?)\s+|\s*/\s*)"
_TO = r"(?:\s+(?:tot en met|t/m|tm)\s+|\s*[-–]\s*)"
_SPOKEN = "een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien"


def _list_of(item: str) -> str:
    return rf"{item}(?:(?:{_AND}|{_TO})(?:het\s+)?{item})*"


_LID_NUMBER = rf"(?:\d{{1,2}}[a-z]?(?![\w.:°])|(?:{_SPOKEN})\b)"
_LID_AFTER = re.compile(rf"(?:lid|leden)\s+(?P<list>{_list_of(_LID_NUMBER)})", re.IGNORECASE)
_LID_BEFORE = re.compile(rf"(?:het\s+)?(?P<list>{_list_of(_ORDINAL)})\s+(?:lid|leden)\b", re.IGNORECASE)
_LETTER = r"(?:[a-z]{1,2}(?![\w'’])|\d{1,2}[°º]|\d{1,2}e?(?![\w:.]))"
_PART_WORD = r"(?:de\s+)?(?:(?:de\s+)?aanhef\s+en\s+(?:onder(?:deel)?\s+)?|onder(?:deel|delen)?\s+|sub\s+|letter\s+|ten\s+)"
_PARTS = re.compile(rf"{_PART_WORD}(?P<list>{_list_of(_LETTER)})", re.IGNORECASE)
_SUBPART = re.compile(r"(?:(?:onder|sub|ten)\s+)?(?P<list>\d{1,2}[°º](?:(?:\s+en\s+|\s*,\s*|\s+of\s+)\d{1,2}[°º])*)", re.IGNORECASE)
_HEAD = re.compile(r"\b(?:artikel(?:en)?|artt?\.?|arts\.)\s*(?=[\dIVXL]|[A-Z][A-Za-z]? ?\d)", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w:.,/-]){_NUMBER}")
# Some laws number by hoofdstuk: `artikel H 10a` of the Kieswet.
_ARTICLE = re.compile(rf"[A-Z][A-Za-z]? ?\d{{1,3}}[a-z]{{0,2}}(?!\w)|{_NUMBER}")
# In a question the letter of the hoofdstuk may be a small one: `artikel h10a kieswet`, `artikel iii`.
_ARTICLE_SMALL = re.compile(rf"(?:[a-z] ?|[a-z]{{2}})\d{{1,3}}[a-z]{{0,2}}(?!\w)|[ivxl]{{1,6}}[a-d]?(?![\w°])|{_ARTICLE.pattern}")
_NEXT = re.compile(rf"(?P<to>{_TO})|(?P<and>{_AND})")
_LEAD = re.compile(
    r"(?P<parts>(?:onder(?:deel|delen)?|sub)\s+[a-z0-9°]{1,3}\s*,?\s+van\s+)?(?:het\s+)?(?:"
    rf"(?P<ordinals>{_list_of(_ORDINAL)})\s+(?:lid|leden)|(?:lid|leden)\s+(?P<numbers>{_list_of(_LID_NUMBER)}))\s*,?\s+van\s+(?:het\s+)?$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s*,?\s+(?:en\s+(?=onder))?|\s*,\s*")
_LINK = re.compile(
    r"\s*,?\s*(?:\((?=\S))?(?:(?:van|uit|bij|in|volgens|der|des)\s+)?(?:(?:de|het|onze|die)\s+)?(?:boek\s+\w+\s+van\s+(?:het|de)\s+)?",
    re.IGNORECASE,
)
# A regeling that is named in full and is not on our list: then the reference is not to the text itself.
_OTHER = re.compile(
    r"(?P<name>[A-Z][\w-]*(?:wet|wetboek|besluit|regeling|reglement|verdrag|statuut|code)(?:\s+(?:19|20)\d\d)?\b"
    r"|(?:Wet|Wetboek|Besluit|Regeling|Verdrag|Invoeringswet|Rijkswet|Statuut|Handvest|Protocol|Uitvoeringswet|Kaderwet)\s+[^,.;:()]{3,90}?"
    r"(?=[,.;:()]|$|\s+(?:is|zijn|wordt|worden|was|geldt|gelden|bedoelde?|genoemde?|kan|kunnen|heeft|hebben"
    r"|alsmede|dan wel|of|indien|voor zover|van overeenkomstige)\b)"
    r"|(?:die |de )?(?:richtlijn|verordening|uitvoeringsverordening|kaderbesluit)\s+(?:\([A-Z]+\)\s*)?(?:nr\.?\s*)?\d[\w/.-]*)"
)
_OWN = re.compile(
    r"(?:deze|dit|die|dezelfde)\s+(?:wet|verordening|regeling|besluit|beleidsregels?|convenant|APV|hoofdstuk|paragraaf)\b", re.IGNORECASE
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


@dataclass(frozen=True)
class Laws:
    """The names of regelingen and their short forms. `named` maps every form to the full name."""

    named: Mapping[str, str] = field(default_factory=dict)

    def plus(self, names: Iterable[str]) -> Laws:
        """These, and names that the library knows; a name of one word only where it can be nothing else."""
        added = {name.strip(): name.strip() for name in names if len(name.strip()) >= 6}
        return Laws({**{form: name for form, name in added.items() if form not in self.named}, **self.named})

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = sorted(self.named, key=len, reverse=True)
        short = [re.escape(form) for form in forms if len(form) <= 5]
        long = [re.escape(form).replace(r"\ ", r"\s+") for form in forms if len(form) > 5]
        return re.compile(rf"(?:(?P<long>(?i:{'|'.join(long) or '(?!)'}))|(?P<short>{'|'.join(short) or '(?!)'}))(?![\w-])")

    @cached_property
    def _lower(self) -> dict[str, str]:
        return {_plain(form): name for form, name in self.named.items()}

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The regeling named at this place, with where its name ends."""
        found = self._pattern.match(text, place)
        if found is None:
            return None
        form = " ".join(found[0].split())
        return self.named.get(form) or self._lower[_plain(form)], found.end()

    def nearly_at(self, text: str, place: int) -> tuple[str, int] | None:
        """As `at`, in any case of letters, with words apart or together, and with a typing slip or two in a long name."""
        words = list(re.finditer(r"[^\s,?!()]+", text[place : place + 120]))[:12]
        best: tuple[tuple[int, int], str, int] | None = None
        for count in range(1, len(words) + 1):
            said = slips.Written.of(" ".join(word[0] for word in words[:count]).rstrip("."))
            for form, name in self._written:
                far = slips.between(said, form)
                if far is not None and (best is None or (far, -len(form.letters)) < best[0]):
                    best = ((far, -len(form.letters)), name, place + words[count - 1].end())
        return (best[1], best[2]) if best else None

    @cached_property
    def _written(self) -> list[tuple[slips.Written, str]]:
        return [(slips.Written.of(form), name) for form, name in self.named.items()]


@lru_cache(maxsize=1)
def known_laws() -> Laws:
    """The regelingen of the field, from laws.tsv."""
    named: dict[str, str] = {}
    for line in (Path(__file__).parent / "laws.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, others = line.partition("\t")
            named |= dict.fromkeys([name, *filter(None, (other.strip() for other in others.split(";")))], name)
    return Laws(named)


@lru_cache(maxsize=8)
def laws_with(titles: tuple[str, ...]) -> Laws:
    """The regelingen of the field and these titles; kept, for its pattern takes a while to make."""
    return known_laws().plus(titles)


def find(text: str, laws: Laws | None = None, *, lenient: bool = False) -> list[Found]:
    """All references in a text, in order. `lenient` reads questions: a regeling in lower case or with a typing slip counts."""
    laws = laws or known_laws()
    found: list[Found] = []
    place = 0
    for head in sorted([*_HEAD.finditer(text), *_BARE.finditer(text)], key=lambda match: (match.start(), -match.end())):
        if head.start() < place:
            continue
        bare = head.re is _BARE
        read = list(_Reader(text, laws, lenient).references(head.start() if bare else head.end(), head.start()))
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

    def references(self, at: int, start: int) -> Iterator[Found]:
        """The articles named from `at` on, with the regeling that is named behind the last of them."""
        read: list[Found] = []
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
        for n, one in enumerate(read):
            yield Found(replace(one.reference, law=law), one.start, end if n == len(read) - 1 else one.end)

    def _lead(self, start: int) -> tuple[int, Reference]:
        """What is named before its article: `het derde lid van artikel 5`; the article itself is still open."""
        found = _LEAD.search(self.text[max(0, start - 90) : start])
        if found is None:
            return start, Reference("")
        leden = _listed(found["ordinals"] or found["numbers"])
        parts = re.search(r"([a-z]{1,2}|\d{1,2}°)\s*,?\s+van\s+$", found["parts"] or "")
        return max(0, start - 90) + found.start(), Reference("", leden=leden, parts=(parts[1],) if parts else ())

    def _below(self, reference: Reference, at: int) -> tuple[Reference, int]:
        """Lid and onderdeel behind an article."""
        gap = _GAP.match(self.text, at)
        lid = gap and (_LID_AFTER.match(self.text, gap.end()) or _LID_BEFORE.match(self.text, gap.end()))
        if lid:
            reference, at = replace(reference, leden=_listed(lid["list"])), lid.end()
            gap = _GAP.match(self.text, at)
        parts = gap and _PARTS.match(self.text, gap.end())
        if parts:
            reference, at = replace(reference, parts=_listed(parts["list"])), parts.end()
            gap = _GAP.match(self.text, at)
            sub = gap and _SUBPART.match(self.text, gap.end())
            if sub:
                reference, at = replace(reference, parts=(*reference.parts, *_listed(sub["list"]))), sub.end()
        return reference, at

    def _law(self, at: int) -> tuple[str | None, int]:
        link = _LINK.match(self.text, at)
        after = link.end() if link else at
        if own := _OWN.match(self.text, after):
            return SELF, own.end()
        if after == at and at < len(self.text):
            return None, at
        named = self.laws.at(self.text, after) or (self.laws.nearly_at(self.text, after) if self.lenient else None)
        if named is None and (other := _OTHER.match(self.text, after)) is not None:
            return " ".join(other["name"].split()), other.end()
        return named if named else (None, at)

    def _is_law(self, at: int) -> bool:
        link = _LINK.match(self.text, at)
        return link is not None and link.end() > at and self.laws.at(self.text, link.end()) is not None


def _listed(text: str) -> tuple[str, ...]:
    """`eerste tot en met derde` as ("1", "2", "3"); `a en c` as ("a", "c")."""
    items: list[str] = []
    for to, item in re.findall(
        rf"(?:({_TO})|{_AND})?((?:{_ORDINAL}|{_SPOKEN}|\d{{1,2}}[a-z](?!\w)|{_LETTER}|\d{{1,2}}[a-z]?))", text, re.IGNORECASE
    ):
        value = _value(item)
        if to and items:
            items += _between(items[-1], value)
        items.append(value)
    return tuple(dict.fromkeys(items))


def _value(item: str) -> str:
    low = item.lower()
    if low in ORDINALS:
        return str(ORDINALS.index(low) + 1)
    if low in _SPOKEN.split("|"):
        return str(max(_SPOKEN.split("|").index(low), 1))
    if re.fullmatch(r"\d{1,2}(?:e|de|ste)", low):
        return re.sub(r"\D", "", low)
    return item.replace("º", "°")


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1:
        return [chr(n) for n in range(ord(first) + 1, ord(last))]
    return []


def _joined(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} en {items[-1]}"


def _number(text: str) -> str:
    number = "".join(text.split())
    if number.isalpha():
        return re.sub(r"^[ivxl]+", lambda roman: roman[0].upper(), number)
    return number[0].upper() + number[1:]


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
