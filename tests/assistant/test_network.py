"""What the small net beside the weighted sum may do with the features of a sentence."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.app import App
from assistant.understand.question import Wanted
from assistant.write import network
from assistant.write.target import Sort
from assistant.write.weights import WEIGHTS
from tests.assistant.test_evidence import weighed

features = st.fixed_dictionaries({name: st.floats(-1, 1) for name in WEIGHTS})


def learned() -> set[str]:
    with np.load(network._FILE) as held:
        return {str(name) for name in held["names"]}


def test_everything_the_net_has_learned_is_a_feature_or_something_a_question_is_after() -> None:
    known = {*WEIGHTS, *(f"after {kind}" for kind in (*Wanted, *Sort))}
    assert learned()
    assert learned() <= known


def test_every_feature_of_a_sentence_has_a_weight_in_the_sum(demo: App) -> None:
    found = weighed(demo, "Hoe lang geldt een gebiedsverbod?")
    assert found
    assert all(set(one.features) == set(WEIGHTS) for _, one in found)


@given(st.lists(features, min_size=1, max_size=5), st.lists(st.sampled_from([*Wanted, *Sort]), max_size=2))
def test_a_score_lies_between_0_and_1_and_is_the_same_whatever_stands_beside_it(read: list[dict[str, float]], after: list[str]) -> None:
    together = network.scores(read, after)
    assert all(0 <= score <= 1 for score in together)
    assert all(math.isclose(network.scores([one], after)[0], score, abs_tol=1e-5) for one, score in zip(read, together, strict=True))


@given(features, st.sampled_from(sorted(set(WEIGHTS) - learned())))
def test_what_the_net_has_not_learned_counts_in_the_sum_alone(read: dict[str, float], name: str) -> None:
    without, with_it = (network.scores([read | {name: value}], [])[0] for value in (0.0, 1.0))
    if 1e-3 < without < 1 - 1e-3 and 1e-3 < with_it < 1 - 1e-3:
        moved = math.log(with_it / (1 - with_it)) - math.log(without / (1 - without))
        assert math.isclose(moved, WEIGHTS[name], abs_tol=1e-2)


def test_without_sentences_there_is_nothing_to_score() -> None:
    assert network.scores([], [Wanted.AMOUNT]) == []
