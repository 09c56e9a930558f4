"""Fitting of the judge: signs hold, documents stay apart, confidences come out calibrated, figures are right."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.special import expit

from pipeline.judge import load_judge
from pipeline.training.judge_examples import GOLD_SOURCE, Example
from pipeline.training.judge_fitting import (
    LEAST,
    LOWERING,
    Examples,
    calibrate,
    cross_calibrate,
    fit,
    fold_of,
    hold_out,
    list_names,
    tabulate,
)
from pipeline.training.judge_quality import measure, rank_area
from pipeline.training.train_judge import ENOUGH, train_kind, train_weights

NAMED = "pattern: subject and object"
HEDGED = "the statement is hedged"


def table_of(examples: list[Example]) -> Examples:
    return tabulate(examples, list_names(examples))


def turn(example: Example, *, turned: bool = True) -> Example:
    """The same example with the other label."""
    return Example(
        example.kind, example.source, example.group, example.claim_id, example.features, example.right != turned,
        example.weight,
    )  # fmt: skip


def make_examples(count: int, *, source: str = GOLD_SOURCE, seed: int = 1) -> list[Example]:
    """Examples of forty documents: right nine times in ten with the named pattern, half of the time without."""
    chance = random.Random(seed)
    examples = []
    for number in range(count):
        named = chance.random() < 0.6
        features = {NAMED: 1.0} if named else {}
        features |= {HEDGED: 1.0} if chance.random() < 0.3 else {}
        right = chance.random() < (0.9 if named else 0.5)
        examples.append(Example("prose", source, f"paper {number % 40}", str(number), features, right, 1.0))
    return examples


def test_weights_follow_the_labels_and_keep_the_signs_they_must_have() -> None:
    fitted = fit(table_of(make_examples(400)), strength=1.0)
    weights = dict(zip(fitted.names, fitted.weights, strict=True))
    assert weights[NAMED] > 1
    assert weights[HEDGED] <= -LEAST


def test_feature_of_too_few_documents_gets_no_weight() -> None:
    rare = [Example("prose", "phee", f"paper {n}", f"rare {n}", {"rare": 1.0}, False, 1.0) for n in range(2)]
    assert "rare" not in list_names([*make_examples(50), *rare])


def test_corpus_with_fewer_right_claims_does_not_lower_what_it_has_more_of() -> None:
    poor = [turn(example, turned=number % 3 > 0) for number, example in enumerate(make_examples(300, source="phee"))]
    marked = [
        Example(e.kind, e.source, e.group, e.claim_id, {**e.features, "pattern: of phee": 1.0}, e.right, e.weight)
        for e in poor
    ]
    rich = make_examples(300, source="bc5cdr", seed=2)
    fitted = fit(table_of([*marked, *rich]), strength=1.0)
    assert abs(fitted.weights[fitted.names.index("pattern: of phee")]) < 0.3


def test_documents_of_a_fold_are_judged_without_their_labels() -> None:
    examples = make_examples(240)
    fold = fold_of(examples[0].group)
    out = np.array([fold_of(example.group) == fold for example in examples])
    turned = [turn(example, turned=bool(inside)) for example, inside in zip(examples, out, strict=True)]
    first, second = (hold_out(table_of(rows), strength=1.0) for rows in (examples, turned))
    assert first[out] == pytest.approx(second[out], abs=1e-6)
    assert first[~out] != pytest.approx(second[~out], abs=1e-3)
    first, second = (cross_calibrate(np.linspace(-1, 1, 240), table_of(rows)) for rows in (examples, turned))
    assert first[out] == pytest.approx(second[out], abs=1e-6)
    assert first[~out] != pytest.approx(second[~out], abs=1e-3)


def test_confidences_of_other_documents_are_calibrated_and_tell_right_from_wrong() -> None:
    gold = make_examples(1200, seed=5)
    fitted, _ = train_weights(make_examples(800, source="phee"))
    table = tabulate(gold, fitted.names)
    quality = measure(np.asarray(expit(cross_calibrate(fitted.logits(table), table))), table.labels)
    assert quality.auc is not None
    assert quality.auc > 0.68
    assert quality.error < 0.05
    assert quality.brier < quality.constant_brier


def test_calibration_undoes_a_distortion_of_the_logits() -> None:
    chance = np.random.default_rng(3)
    true = chance.normal(1, 2, 20000)
    labels = (chance.random(20000) < expit(true)).astype(float)
    slope, offset = calibrate((true - 0.7) / 0.5, labels, np.ones(20000))
    assert (slope, offset) == (pytest.approx(0.5, abs=0.03), pytest.approx(0.7, abs=0.06))


def test_kind_with_few_wrong_claims_gets_one_figure_below_one() -> None:
    examples = [
        Example("table", GOLD_SOURCE, f"paper {n % 5}", str(n), {NAMED: 1.0}, n >= ENOUGH - 1, 1.0) for n in range(300)
    ]
    score = train_kind(examples, []).score
    assert score.weights == {}
    assert 0.85 < score.assess({}).confidence < 1


def test_training_twice_gives_the_same_score() -> None:
    gold, corpus = make_examples(200), make_examples(200, source="phee", seed=2)
    assert train_kind(gold, corpus) == train_kind(list(gold), list(corpus))


def test_claims_can_be_shifted_to_the_share_of_right_ones_expected_elsewhere() -> None:
    gold = make_examples(400)
    score = train_kind(gold, make_examples(400, source="phee", seed=2), unseen=0.6).score
    mean = sum(score.assess(example.features).confidence for example in gold) / len(gold)
    assert mean == pytest.approx(0.6, abs=0.01)


def test_signs_of_the_shipped_table_hold() -> None:
    weights = load_judge().scores["prose"].weights
    assert [name for name in LOWERING if weights.get(name, 0) > 0] == []


def test_figures_of_a_small_case_are_those_worked_out_by_hand() -> None:
    quality = measure(np.array([0.95, 0.95, 0.92, 0.35]), np.array([1.0, 1.0, 0.0, 0.0]))
    assert quality.bins[0] == (0.3, 1, 0.0, pytest.approx(0.35))
    assert quality.bins[1] == (0.9, 3, pytest.approx(2 / 3), pytest.approx(0.94))
    assert quality.error == pytest.approx((0.35 + 3 * (0.94 - 2 / 3)) / 4)
    assert quality.brier == pytest.approx((0.05**2 * 2 + 0.92**2 + 0.35**2) / 4)
    assert quality.constant_brier == 0.25
    assert quality.auc == 1.0
    assert quality.kept[-1] == (0.95, 2, 1.0, 1.0)


def test_area_counts_ties_half_and_needs_both_labels() -> None:
    assert rank_area(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == 0.5
    assert rank_area(np.array([0.5, 0.6]), np.array([1.0, 1.0])) is None
