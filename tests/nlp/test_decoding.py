"""Sequences of states and the spans they stand for."""

from __future__ import annotations

from itertools import pairwise, product

import numpy
import pytest

from pipeline.nlp.decoding import BEGIN, END, INSIDE, OUTSIDE, SINGLE, STATES, decode_scores, encode_spans


@pytest.mark.parametrize("spans", [[], [(0, 1)], [(0, 2), (2, 3)], [(1, 5)], [(0, 1), (1, 2), (3, 6)]])
def test_spans_survive_states(spans: list[tuple[int, int]]) -> None:
    scores = numpy.eye(STATES, dtype="float32")[encode_spans(spans, 6)]
    assert decode_scores(scores) == spans


def test_an_invalid_sequence_gives_the_best_valid_one() -> None:
    generator = numpy.random.default_rng(4)
    follow = {OUTSIDE, BEGIN, SINGLE}
    for _ in range(60):
        scores = generator.normal(size=(4, STATES)).astype("float32")
        best = max(
            (
                states
                for states in product(range(STATES), repeat=4)
                if states[0] in follow
                and states[-1] in {OUTSIDE, END, SINGLE}
                and all((right in {INSIDE, END}) == (left in {BEGIN, INSIDE}) for left, right in pairwise(states))
            ),
            key=lambda states: sum(float(scores[index, state]) for index, state in enumerate(states)),
        )
        found = encode_spans(decode_scores(scores), 4).tolist()
        assert found == list(best)


def test_a_text_all_outside_has_no_spans() -> None:
    scores = numpy.zeros((3, STATES), dtype="float32")
    scores[:, OUTSIDE] = 1
    assert decode_scores(scores) == []


def test_a_lone_token_inside_a_name_is_settled() -> None:
    scores = numpy.zeros((1, STATES), dtype="float32")
    scores[0, INSIDE] = 5.0
    scores[0, SINGLE] = 1.0
    assert decode_scores(scores) == [(0, 1)]
