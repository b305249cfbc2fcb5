"""What in a text speaks for it as an answer of a certain kind: how dates, names, reasons and conditions look in Dutch. Pure."""

from __future__ import annotations

import re

from assistant.text.figures import MONTHS, YEAR
from assistant.understand.question import Query, Wanted

# "Zestien", "vierentwintig", "tweeënzeventig": above twelve a number ends as one of these.
NUMBER_WORD = r"(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|\w*tien|\w*(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig|\w*honderd|\w*duizend)"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
SHOWS: dict[Wanted, re.Pattern[str]] = {
    Wanted.AMOUNT: re.compile(rf"\d|€|\beuro\b|procent|%|\b{NUMBER_WORD}\b", re.IGNORECASE),
    Wanted.DATE: re.compile(
        rf"\b{YEAR}\b|\b\d{{1,2}} {_MONTH}\b|\b{_MONTH}\b|\b\d{{1,2}}[.:]\d\d uur|\bQ[1-4]\b|kwartaal|\b(?:voorjaar|najaar|zomer|winter|herfst)\b"
        rf"|\b(?:dag|week|weken|maand|maanden|jaar|jaarlijks)\b|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag",
        re.IGNORECASE,
    ),
    Wanted.NAME: re.compile(
        r"(?<![.?!] )(?<!^)\b[A-Z][\w-]+(?: (?:van|de|der|den|het|el|ten|ter|'t))* ?[A-Z][\w-]+|\b[A-Z]{2,}|: [A-Z]|@"
        r"|\b(?:burgemeester|wethouder|college|raad|politie|gemeente|officier|directeur|coördinator|adviseur|voorzitter)\b"
    ),
}  # fmt: skip
# "Hoe heet de voorzitter?" is not answered by what a voorzitter does, but by a word with a capital that opens no sentence.
ASKS_CALLED = re.compile(r"\b(?:hoe (?:heet|heten)|(?:de|welke) na(?:am|men) van|wat is de naam|welk(?:e)? merk|bij naam)\b", re.IGNORECASE)
PROPER = re.compile(r"(?<![.?!:;|\n] )(?<!^)(?<!\n)\b[A-Z][a-zà-ÿ][\w'’-]+|(?<=[:|] )[A-Z][\w'’-]+|[‘“\"'][A-Z][\w ]+|@")
FIGURE = re.compile(r"\d[\d.,]*")
ASKS = re.compile(r"\?\W*$")
# "Projectleider: …", "Kosten | …": what stands before the colon or the first bar says what stands behind it.
LABEL = re.compile(r"^\W*(?:[a-z0-9]{1,2}[.)] )?(?P<label>[^:|.]{3,60}?)\s*[:|]\s*\S")
REASONS = re.compile(
    r"\b(?:omdat|doordat|vanwege|wegens|want|namelijk|aangezien|daardoor|hierdoor|daarom|reden(?:en)?|oorzaak|dankzij|zodat|om te|teneinde|ontbr\w+|gevolg)\b",
    re.IGNORECASE,
)
DECIDES = re.compile(
    r"\b(?:niet|geen|nooit|alleen|uitsluitend|mag|mogen|moet|moeten|verboden|verbod|toegestaan|verplicht|verplichting|vereist|kan|kunnen|tenzij|wel|dient|dienen"
    r"|gesloten|vrijgesteld|vergunning|ontheffing|bevoegd)\b",
    re.IGNORECASE,
)
CONDITIONS = re.compile(
    r"\b(?:als|indien|mits|tenzij|wanneer|voor zover|alleen|slechts|uitsluitend|ten minste|ten hoogste|op voorwaarde|voldoe\w*|vereist|in geval)\b",
    re.IGNORECASE,
)
# What an authority does about it: the steps of a handhavingsmatrix, the penalties of a law.
MEASURES = re.compile(
    r"waarschuw|\bsluit(?:ing|en|t)|\bgesloten\b|dwangsom|\b\w*boete|bestuursdwang|\bintrek|\bingetrokken|\bschors|\bgeschorst|gevangenisstraf"
    r"|hechtenis|maatregel|ontruim|ontzeg|verwijder|in beslag|verbeur|invorder|gestraft|straf(?:fen|baar)|proces-verbaal|stil(?:ge)?leg"
    r"|\bverbod\b|aangifte|aanschrijving",
    re.IGNORECASE,
)
DAY = re.compile(rf"\b\d{{1,2}} {_MONTH}\b|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}\b", re.IGNORECASE)
ASKS_DAY = re.compile(r"\b(?:welke|welk|wat voor) (?:dag|datum)\b|\bdatum\b", re.IGNORECASE)
# A sentence that opens so leans on the one before it.
LEANS = re.compile(
    r"^\W*(?:\d{1,2}[a-z]?[.)] )?(?:mede )?"
    r"(?:deze|dit|die|dat|daar\w*|hier\w*|hij|zij|ze|het (?:gaat|betreft)|omdat|daarom|ook|zo|verder|tevens|vervolgens|dan|er|beide|hun|zijn|haar"
    r"|wel|echter|dus|bovendien|naast|na afloop|eén|één|de eerste|de tweede|de overige)\b",
    re.IGNORECASE,
)

# What every regeling says of itself; the considerations tell why it is there, the last article what it is called.
_FORMULA = re.compile(
    r"^\W*(?:Wij (?:Willem|Beatrix|Juliana|Wilhelmina|WILHELMINA)|Allen,? die deze|Zoo? is het,? dat Wij|Lasten en bevelen|Gegeven te\b"
    r"|(?P<why>Alzoo? Wij in overweging|overwegende,? dat\b)"
    r"|(?P<title>(?:\d\. )?(?:Deze|Dit) [\w ]{3,30} (?:wordt|worden|kan worden) aangehaald als\b))"
)
_ASKS_TITLE = re.compile(r"\b(?:aangehaald|citeertitel|naam|heet|heten|genoemd|titel|afkorting)\b", re.IGNORECASE)

# Who asks what an article says wants that article, or nothing.
ASKS_ARTICLE = re.compile(
    r"^(?:(?:wat|hoe) (?:zegt|zei|staat|stond|bepaalt|bepaalde|regelt|regelde|luidt|luidde|houdt|schrijft)\b.{0,40}?)?\b(?:artikel(?:en)?|art\.?)\s*\d",
    re.IGNORECASE,
)
# How many there are somewhere, or were, is a fact of that place: no rule tells it.
ASKS_TALLY = re.compile(
    r"\bhoeveel\b(?!.*\b(?:maximaal|minimaal|hooguit|minstens|ten (?:hoogste|minste)|mag|mogen|moet|moeten|toegestaan|te vergeven)\b)"
    r".*\b(?:heeft|hebben|had|hadden|waren|(?:zijn|worden) er|werk(?:en|t)|telt|telde|kregen|kreeg|werden|deed|deden)\b",
    re.IGNORECASE,
)

# Who asks what a document has to hold is told by what it holds, with the list behind it.
_HELD = r"(?:staan|vermeld\w*|opgenomen|opnemen|zetten|bevatten|inhouden)"
ASKS_CONTENTS = re.compile(
    rf"\bwat (?:moet|moeten|hoort|horen|dient|dienen)\b.*\b(?:in|op)\b.*\b{_HELD}\b|\bwat (?:moet|moeten) .*\b(?:bevatten|inhouden|vermelden)\b"
    rf"|\bwelke (?:gegevens|onderdelen|informatie|punten)\b.*\b(?:moet|moeten|horen|dienen)\b.*\b{_HELD}\b|\bwat (?:bevat|vermeldt)\b",
    re.IGNORECASE,
)
CONTAINS = re.compile(
    r"\b(?:bevat|bevatten|vermeldt|vermelden|behelst|omvat|omvatten|houdt in)\b"
    r"|\b(?:wordt|worden) (?:daarin |daarbij |in ieder geval |ten minste )*(?:vermeld|opgenomen)\b",
    re.IGNORECASE,
)

# Who asks what may be done without a permit is not answered by who needs one.
_PERMIT = r"(?:\w+ )?\w*(?:vergunning|ontheffing|toestemming|melding)\b"
_FREE = r"\bvergunningvrij\w*|\bvrijgesteld\b|\bvrijstelling\b|\bvrij van (?:vergunning|ontheffing)\b"
ASKS_EXEMPT = re.compile(rf"\b(?:zonder|geen) {_PERMIT}|{_FREE}", re.IGNORECASE)
EXEMPTS = re.compile(
    rf"\bgeen {_PERMIT}[^.]{{0,40}}\b(?:nodig|vereist|verplicht)\b|\bzonder {_PERMIT}[^.]{{0,30}}\b(?:mag|toegestaan|kan|kunnen)\b|{_FREE}"
    r"|\b(?:geldt niet|niet van toepassing)\b",
    re.IGNORECASE,
)


def is_formula(text: str, query: Query) -> bool:
    """Whether a sentence stands in every regeling and answers nothing, unless the question is after just that."""
    found = _FORMULA.match(text)
    if found is None:
        return False
    return not (query.wanted is Wanted.REASON if found["why"] else found["title"] and _ASKS_TITLE.search(query.text))


def asks_called(query: Query) -> bool:
    """Whether a question asks what someone or something is called."""
    return query.wanted is Wanted.NAME and ASKS_CALLED.search(query.text) is not None


def tallied_years(query: Query) -> tuple[str, ...]:
    """The years of which a question asks how many there were: "hoeveel inbraken waren er in 2023?"."""
    return tuple(re.findall(rf"\b{YEAR}\b", query.text)) if ASKS_TALLY.search(query.text) is not None else ()


def asks_tally(query: Query) -> bool:
    """Whether a question asks how many there are or were somewhere."""
    return bool(query.named or query.names) and ASKS_TALLY.search(query.text) is not None
