"""Whether the evidence answers the question at all. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.understand.question import Query, Wanted
from assistant.write import signs, target
from assistant.write.evidence import Evidence
from assistant.write.target import Sort

# What a few numbers of the best evidence count for; fitted on answerable and unanswerable questions alike, see decisions/0016.
# Below zero nothing is answered.
_ANSWERS = {
    "bias": 3.158,
    "near": 1.361,
    "own_near": -0.535,
    "logit": 0.178,
    "mass": 0.677,
    "misses": -0.507,
    "thing_none": -1.549,
    # Half of what was fitted: the questions it was fitted on ask amounts too often where there is no answer (decisions/0016).
    "focus_own": -0.8,
    # How much or how many of something is not told by a passage that does not name it.
    "unnamed": -1.0,
    # Who asks how many there are of something is not told by a text that does not speak of that.
    "uncounted": -1.874,
    # A subject that stands in no text is seldom what the texts are about in other words (decisions/0022).
    "unknown": -2.0,
    # By hand, for these are too rare to be fitted: an article by its name in practice, a document by its own, and what other gemeenten
    # agreed among themselves.
    "called": 2.0,
    "inside": 0.3,
    "foreign": -1.0,
}


# From this share on a unit holds all words of the question.
_ALL = 0.99
# From this share on a passage names what the question names.
_NAMED = 0.3
# How many of the best count together.
_TOGETHER = 8
# Which share of the best score a unit needs to stand for it where that lacks the sort of thing that was asked for, and among how many.
_NEARLY, _FIRST = 0.5, 5


def answers(query: Query, weighed: Sequence[Evidence]) -> bool:
    """Whether the best evidence answers the question: how near its nearest unit comes in meaning and the best one, how strong that is,
    and whether it shows the kind and the sort of thing that was asked for. Merely repeating what is asked about is no answer:
    beside its strength that speaks against it. A heading that says what was asked for always answers, and so does what gives the
    meaning that was asked, or holds all of the question together with the sort of thing that it asks for."""
    told = [evidence for evidence in weighed if not evidence.unit.is_heading] or list(weighed)
    if not told:
        return False
    best = _showing(told)
    if best.features["thing_none"] and target.of(query.text).sort is Sort.CONTACT:
        # A number to call is either there or not.
        return False
    if best.features["titled"] or best.features["meaning"] or _says_all(best):
        return True
    wants = {Wanted.AMOUNT: "amount", Wanted.DATE: "date", Wanted.NAME: "name"}.get(query.wanted)
    numbers = {
        "bias": 1.0,
        "near": max(evidence.features["near_absolute"] for evidence in told),
        "own_near": best.features["near_absolute"],
        "logit": math.log(best.odds + 1e-9),
        "misses": (2.0 if signs.asks_called(query) else 1.0) * (1 - best.features[wants]) if wants else 0.0,
        "thing_none": best.features["thing_none"],
        "focus_own": best.features["focus_own"],
        "unnamed": float(query.wanted is Wanted.AMOUNT and best.features["names_whole"] < _NAMED),
        "unknown": float(bool(query.unknown)),
        "mass": math.log(sum(evidence.score for evidence in told[:_TOGETHER]) + 1e-4),
        "called": best.features["called"],
        "uncounted": best.features["uncounted"],
        "foreign": best.features["foreign"],
        "inside": best.features["inside"],
    }
    return sum(_ANSWERS[name] * value for name, value in numbers.items()) >= 0


def _says_all(best: Evidence) -> bool:
    """Whether a unit holds every word of the question and shows the sort of thing that was asked for: a question of two or three
    words lies near to nothing."""
    return best.features["own"] > _ALL and any(best.features[sort] for sort in ("thing", "person", "placed"))


def _showing(told: Sequence[Evidence]) -> Evidence:
    """The best unit; where it lacks the sort of thing that was asked for, one nearly as good that does not: the answer gives both."""
    best = told[0]
    nearly = (e for e in told[:_FIRST] if not e.features["thing_none"] and e.score >= _NEARLY * best.score)
    return next(nearly, best) if best.features["thing_none"] else best
