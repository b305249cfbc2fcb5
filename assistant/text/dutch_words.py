"""The small words that a Dutch question is built with, and the verb that carries it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

WH = r"(?:wie|wiens|wat|waar|wanneer|waarom|waar\w+|hoe|hoeveel|hoelang|hoezo|welke?|wat voor)"
PREPOSITIONS = (
    "in op bij voor van over tegen met zonder na tijdens buiten binnen vanaf vanuit tot tussen onder boven door per rond langs naast aan uit "
    "sinds volgens wegens"
).split()
PREPOSITION = rf"(?:{'|'.join(PREPOSITIONS)})"
DETERMINER = r"(?:een|de|het|mijn|onze|ons|alle|elke?|deze|die|geen|andere)"
VERBS = frozenset(
    """is zijn was waren ben wordt worden werd werden heeft hebben had hadden heb mag mogen moet moeten kan kunnen kon zal zullen zou zouden wil
    willen geldt gelden gold golden gaat gaan staat staan doet doen komt komen krijgt krijgen kost kosten duurt duren bepaalt bepalen betaalt
    betalen beslist hoeft hoeven bestaat bestaan bestaat betekent heet zit zitten ligt liggen loopt lopen begint eindigt telt vraag vraagt vragen
    zegt zeggen bepaalde stelt stellen neemt nemen valt vallen gebeurt werkt werken vindt meld meldt meldden maakt maken houdt controleert regelt
    handhaaft toetst verleent geeft geven golden volgt volgen""".split()
)
SUBJECTS = frozenset("ik je jij u men we wij iemand".split())
CONDITION = re.compile(r"(?:als|indien|wanneer|zodra|tenzij|terwijl|omdat|zolang)\b", re.IGNORECASE)


def verb_at(words: Sequence[str]) -> int:
    """The place of the verb that carries a question: first, or behind the question word and what belongs to it."""
    if words and words[0] in VERBS:
        return 0
    known = next((at for at, word in enumerate(words[:6]) if at and word in VERBS), None)
    if known is not None:
        return known
    asks = next((at for at, word in enumerate(words[:3]) if re.fullmatch(WH, word)), None)
    return asks + 1 if asks is not None else 0
