"""What each feature of a unit counts for (decisions/0006). Data."""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
    "bias": -3.176,
    "own": 1.3,
    "place": 3.993,
    "whole": -1.01,
    "above": -1.468,
    "before": -0.404,
    "head": 3.723,
    "rarest_place": 0.356,
    "rarest_whole": -0.385,
    "names_own": -0.763,
    "names_whole": -0.415,
    "near": 1.264,
    "near_absolute": 0.414,
    "passage": 1.584,
    "passage_near": -0.12,
    "first": 2.224,
    "amount": 0.284,
    "amount_fresh": 0.355,
    "date": 0.442,
    "name": 1.349,
    "defines": 2.344,
    "reasons": 1.568,
    "decides": 1.106,
    "day": 1.766,
    "leans": 1.147,
    "label": 1.448,
    "thing": 0.559,
    "person": -0.368,
    "placed": 1.041,
    "article": 0.6,
    "thing_none": -0.796,
    "counted": 0.992,
    "focus_own": 0.154,
    "focus_place": 0.549,
    "conditions": 0.719,
    "lists": 0.75,
    "list": 0.309,
    "announces": 2.582,
    "announces_list": -1.281,
    "asks": -1.025,
    "short": -0.284,
    "long": 0.385,
    "item": -0.233,
    "row": -0.309,
    # Set by hand: too rare to be fitted, and what another gemeente does, or some do together, is never the answer.
    "rival": -1.5,
    "foreign": -1.5,
    # Who asks which article it is, or what the rules are, means the article whose heading says so.
    "titled": 2.0,
    # Who asks what something is means the sentence that says so.
    "meaning": 2.0,
    # Who asks how many there are somewhere.
    "rule_for_tally": -2.5,
    # Who asks what is done about something means the measure.
    "measures": 1.2,
    # Who asks how long or how much is not answered by the line above a list of something else.
    "announces_other": -2.0,
    # Who asks whether something may be done is told by what speaks of doing it.
    "acts": 2.5,
    # Speaks against answering at all, not against one unit beside another.
    "uncounted": 0.0,
    # Who asks who holds an office means the person named beside it.
    "held": 2.0,
    # Who asks what a document has to hold.
    "contains": 2.0,
    # Who asks what may be done without a permit.
    "exempts": 1.5,
    # Who names a document wants to read what that says.
    "inside": 0.8,
    # Who calls an article as practice does means that article, whatever words it uses itself.
    "called": 1.0,
}
