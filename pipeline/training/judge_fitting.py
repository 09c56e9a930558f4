"""Fitting of the judge: weights from corpora with signs that must hold, calibration on the gold, folds by document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize
from scipy.special import expit

from pipeline.training.judge_examples import Example

Array = NDArray[np.float64]
FOLDS = 5
STRENGTHS = (1.0, 3.0, 10.0)
LEAST_SLOPE = 0.3
SPREAD = 3
"""A feature needs examples in so many documents to get a weight."""
LEAST = 0.2
"""What each of ``LOWERING`` takes from the logit at least."""
LOWERING = frozenset(
    {
        "a comma stands between drug and effect",
        "another drug stands between drug and effect",
        "no effect without a word of negation",
        "several phrases may name the cause",
        "the drug is near the outcome only",
        "the drug is referred to, not named",
        "the drug stands in another clause",
        "the drug stands in brackets",
        "the drug stands in the document",
        "the drug stands in the paragraph",
        "the effect word's place in the parse is uncertain",
        "the outcome holds a substance",
        "the outcome holds a verb",
        "the outcome is a vague word",
        "the sentence has several roots",
        "the statement is hedged",
        "words from drug to effect, of 25",
        "words from effect to outcome, of 25",
        "words of the parse without a known place, of six",
    }
)
"""Features that speak against a claim by what they say; the corpora may not turn their sign."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples as a table: one row each, a column for each of ``names``; ``folds`` go by document.

    ``corpora`` holds a column for each corpus, 1 in its rows, since a corpus's share of right claims is its own.
    """

    names: tuple[str, ...]
    table: Array
    corpora: Array
    labels: Array
    weights: Array
    folds: NDArray[np.int64]

    def choose(self, rows: NDArray[np.bool_]) -> Examples:
        """Return the chosen rows."""
        return Examples(
            self.names, self.table[rows], self.corpora[rows], self.labels[rows], self.weights[rows], self.folds[rows]
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights over ``names``; ``shares`` are the logits that each corpus's own share of right claims adds."""

    names: tuple[str, ...]
    weights: Array
    shares: Array

    def logits(self, examples: Examples) -> Array:
        """Return the logit of each row, without its corpus's share."""
        return np.asarray(examples.table @ self.weights)


def list_names(examples: Sequence[Example]) -> tuple[str, ...]:
    """Return the features that several documents have, in order of names."""
    groups: dict[str, set[str]] = {}
    for example in examples:
        for name in example.features:
            groups.setdefault(name, set()).add(example.group)
    return tuple(sorted(name for name, found in groups.items() if len(found) >= SPREAD))


def tabulate(examples: Sequence[Example], names: Sequence[str]) -> Examples:
    """Return the examples as a table of the named features."""
    columns = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(examples), len(names)))
    for row, example in enumerate(examples):
        for name, value in example.features.items():
            if name in columns:
                table[row, columns[name]] = value
    sources = sorted({example.source for example in examples})
    return Examples(
        names=tuple(names),
        table=table,
        corpora=np.array([[float(example.source == source) for source in sources] for example in examples]),
        labels=np.array([float(example.right) for example in examples]),
        weights=np.array([example.weight for example in examples]),
        folds=np.array([fold_of(example.group) for example in examples]),
    )


def fold_of(group: str) -> int:
    """Return a document's fold, by the hash of its name."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def fit(examples: Examples, *, strength: float) -> Fitted:
    """Fit a logistic regression with a quadratic penalty; weights of ``LOWERING`` are at most ``-LEAST``."""
    width, sources = examples.table.shape[1], examples.corpora.shape[1]
    table = np.hstack([examples.table, examples.corpora])
    penalty = np.concatenate([np.full(width, strength), np.full(sources, 0.01)])
    labels, counts = examples.labels, examples.weights

    def loss(point: Array) -> tuple[float, Array]:
        logits = table @ point
        value = float(np.sum(counts * (np.logaddexp(0, logits) - labels * logits)) + 0.5 * np.sum(penalty * point**2))
        return value, table.T @ (counts * (expit(logits) - labels)) + penalty * point

    bounds = [(None, -LEAST if name in LOWERING else None) for name in examples.names] + [(None, None)] * sources
    start = np.array([-LEAST if name in LOWERING else 0.0 for name in examples.names] + [0.0] * sources)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000})
    return Fitted(examples.names, np.asarray(found.x[:width]), np.asarray(found.x[width:]))


def hold_out(examples: Examples, *, strength: float) -> Array:
    """Return each row's logit, its corpus's share included, from a fit that saw no document of its fold."""
    logits = np.zeros(len(examples.labels))
    for fold in np.unique(examples.folds):
        out = examples.folds == fold
        part = examples.choose(out)
        fitted = fit(examples.choose(~out), strength=strength)
        logits[out] = fitted.logits(part) + part.corpora @ fitted.shares
    return logits


def choose_strength(examples: Examples) -> float:
    """Return the penalty with the least loss on held-out documents of the corpora."""
    signs = np.where(examples.labels > 0, -1, 1)
    losses = {
        strength: float(examples.weights @ np.logaddexp(0, signs * hold_out(examples, strength=strength)))
        for strength in STRENGTHS
    }
    return min(losses, key=lambda strength: (losses[strength], strength))


def calibrate(logits: Array, labels: Array, weights: Array) -> tuple[float, float]:
    """Return Platt's slope and offset, with his smoothed targets (Platt 1999); the slope is at least LEAST_SLOPE."""
    right, wrong = float(weights @ labels), float(weights @ (1 - labels))
    targets = np.where(labels > 0, (right + 1) / (right + 2), 1 / (wrong + 2))

    def loss(point: Array) -> tuple[float, Array]:
        scores = point[0] * logits + point[1]
        slope = weights * (expit(scores) - targets)
        value = float(weights @ (np.logaddexp(0, scores) - targets * scores))
        return value, np.array([float(slope @ logits), float(slope.sum())])

    bounds = [(LEAST_SLOPE, 3.0), (-8.0, 8.0)]
    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), float(found.x[1])


def cross_calibrate(logits: Array, gold: Examples, *, share: float | None = None) -> Array:
    """Return each gold row's calibrated logit, calibration and shift made without the documents of its fold."""
    calibrated = np.zeros(len(logits))
    for fold in np.unique(gold.folds):
        out = gold.folds == fold
        slope, offset = calibrate(logits[~out], gold.labels[~out], gold.weights[~out])
        if share is not None:
            offset += find_shift(slope * logits[~out] + offset, gold.weights[~out], share)
        calibrated[out] = slope * logits[out] + offset
    return calibrated


def find_shift(logits: Array, weights: Array, share: float) -> float:
    """Return what to add to logits so that their probabilities average ``share``."""

    def excess(shift: float) -> float:
        return float(np.average(expit(logits + shift), weights=weights)) - share

    return float(brentq(excess, -10, 10))
