"""Whether the evidence answers the question at all. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.question import Query, Wanted
from assistant.write import signs
from assistant.write.evidence import Evidence

# What a few numbers of the best evidence count for; fitted on answerable and unanswerable questions alike, see decisions/0006.
# Below zero nothing is answered.
_ANSWERS = {
    "bias": 3.3,
    "near": 1.311,
    "own_near": 0.856,
    "logit": 0.62,
    "misses": -0.651,
    "thing_none": -1.488,
    "focus_own": -0.947,
    "rarest_absent": -0.55,
    # By hand, as in the weights of a unit.
    "called": 2.0,
    # Who asks for it by name has the right document; what is left of the question need not lie near.
    "inside": 1.0,
    # Who asks how many there are of something is not told by a text that does not speak of that.
    "uncounted": -1.0,
    # What other gemeenten agreed among themselves.
    "foreign": -1.0,
}


# So strongly at least a passage holds a word.
_HELD = 0.3
# Which share of the best score a unit needs to stand for it where that lacks the sort of thing that was asked for, and among how many.
_NEARLY, _FIRST = 0.5, 5


def answers(query: Query, weighed: Sequence[Evidence]) -> bool:
    """Whether the best evidence answers the question: how near its nearest unit comes in meaning and the best one, how strong that is,
    and whether it shows the kind and the sort of thing that was asked for. Merely repeating what is asked about is no answer:
    beside its strength that speaks against it. A heading that says what was asked for always answers, and so does what gives the
    meaning that was asked."""
    told = [evidence for evidence in weighed if not evidence.unit.is_heading] or list(weighed)
    if not told:
        return False
    best = _showing(told)
    if best.features["titled"] or best.features["meaning"]:
        return True
    wants = {Wanted.AMOUNT: "amount", Wanted.DATE: "date", Wanted.NAME: "name"}.get(query.wanted)
    numbers = {
        "bias": 1.0,
        "near": max(evidence.features["near_absolute"] for evidence in told),
        "own_near": best.features["near_absolute"],
        "logit": math.log(best.odds),
        "misses": (2.0 if signs.asks_called(query) else 1.0) * (1 - best.features[wants]) if wants else 0.0,
        "thing_none": best.features["thing_none"],
        "focus_own": best.features["focus_own"],
        "rarest_absent": float(best.features["rarest_whole"] < _HELD),
        "called": best.features["called"],
        "uncounted": best.features["uncounted"],
        "foreign": best.features["foreign"],
        "inside": best.features["inside"],
    }
    return sum(_ANSWERS[name] * value for name, value in numbers.items()) >= 0


def _showing(told: Sequence[Evidence]) -> Evidence:
    """The best unit; where it lacks the sort of thing that was asked for, one nearly as good that does not: the answer gives both."""
    best = told[0]
    nearly = (e for e in told[:_FIRST] if not e.features["thing_none"] and e.score >= _NEARLY * best.score)
    return next(nearly, best) if best.features["thing_none"] else best
