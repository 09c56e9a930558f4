"""Counts that add, the rates they give, and their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.evaluation.comparison import RULES, agree, get_field
from pipeline.evaluation.matching import Matching, Pair

RESAMPLES = 1000
SEED = 20261121
CLASS_FIELDS = ("direction", "certainty")
TRIPLE = "triple"
CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives; counts of disjoint parts add."""

    tp: float = 0
    fp: float = 0
    fn: float = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """Part of what was predicted that is right; ``None`` where nothing was predicted."""
        return _divide(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Part of what is in the gold that was found; ``None`` where the gold holds nothing."""
        return _divide(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; ``None`` only where neither side holds anything."""
        return _divide(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def as_dict(self) -> dict[str, Any]:
        """Return counts and rates, rates to four decimals."""
        rates = {name: getattr(self, name) for name in ("precision", "recall", "f1")}
        counts = {name: _whole(getattr(self, name)) for name in ("tp", "fp", "fn")}
        return counts | {name: None if rate is None else round(rate, 4) for name, rate in rates.items()}


def _whole(count: float) -> float:
    return int(count) if float(count).is_integer() else count


def _divide(part: float, whole: float) -> float | None:
    return part / whole if whole else None


@dataclass(slots=True)
class Tally:
    """Counts by measure and cluster, which add up to any part and can be resampled by cluster."""

    by_cluster: dict[str, dict[str, Counts]] = field(default_factory=dict)

    def add(self, measure: str, cluster: str, counts: Counts) -> None:
        """Add counts of a measure in a cluster."""
        clusters = self.by_cluster.setdefault(measure, {})
        clusters[cluster] = clusters.get(cluster, Counts()) + counts

    def total(self, measure: str) -> Counts:
        """Return the counts of a measure over all clusters."""
        return sum_counts(self.by_cluster.get(measure, {}).values())

    def interval(self, measure: str, *, level: float = 0.95) -> dict[str, tuple[float, float] | None]:
        """Return bootstrap intervals of the rates, clusters resampled; ``None`` for fewer than two clusters."""
        clusters = [counts for _, counts in sorted(self.by_cluster.get(measure, {}).items())]
        everywhere = sorted({name for group in self.by_cluster.values() for name in group})
        if len(everywhere) < 2 or not clusters:
            return dict.fromkeys(("precision", "recall", "f1"))
        empty = [Counts()] * (len(everywhere) - len(clusters))
        table = np.array([(counts.tp, counts.fp, counts.fn) for counts in (*clusters, *empty)], dtype=float)
        random = np.random.default_rng(SEED)
        draws = random.multinomial(len(table), np.full(len(table), 1 / len(table)), size=RESAMPLES) @ table
        tp, fp, fn = draws[:, 0], draws[:, 1], draws[:, 2]
        return {
            "precision": _quantiles(tp, tp + fp, level),
            "recall": _quantiles(tp, tp + fn, level),
            "f1": _quantiles(2 * tp, 2 * tp + fp + fn, level),
        }

    def as_dict(self) -> dict[str, Any]:
        """Return every measure's counts, rates and intervals, in the order in which measures came up."""
        return {
            measure: self.total(measure).as_dict() | {"interval": _rounded(self.interval(measure))}
            for measure in self.by_cluster
        }


def _quantiles(part: Any, whole: Any, level: float) -> tuple[float, float] | None:
    defined = whole > 0
    if not defined.any():
        return None
    low, high = np.quantile(part[defined] / whole[defined], [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _rounded(intervals: Mapping[str, tuple[float, float] | None]) -> dict[str, list[float] | None]:
    return {
        name: None if interval is None else [round(bound, 4) for bound in interval]
        for name, interval in intervals.items()
    }


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Return the sum of counts, zero for none."""
    total = Counts()
    for item in counts:
        total += item
    return total


@dataclass(frozen=True, slots=True)
class ClaimScores:
    """Scores of one set of matched claims.

    Attributes:
        detection: measures ``claims`` (drug and outcome found at the place) and ``triple`` (and the direction right).
        fields: each field within matched pairs: what was stated and is right, stated and wrong or unfounded, not
        found. whole: each field end to end: values of unmatched claims count as unfounded or missed too.
        classes: ``direction`` and ``certainty`` by class (``direction=increase``), end to end.
    """

    detection: Tally
    fields: Tally
    whole: Tally
    classes: Tally

    def as_dict(self) -> dict[str, Any]:
        """Return all scores as plain values."""
        return {
            **self.detection.as_dict(),
            "fields": self.fields.as_dict(),
            "end_to_end": self.whole.as_dict(),
            "classes": self.classes.as_dict(),
        }


def score_matching(matching: Matching) -> ClaimScores:
    """Return the scores of a matching; pairs with an optional side and optional claims left over do not count."""
    scores = ClaimScores(Tally(), Tally(), Tally(), Tally())
    for measure in (CLAIMS, TRIPLE):
        scores.detection.by_cluster.setdefault(measure, {})
    for name in RULES:
        scores.fields.by_cluster.setdefault(name, {})
        scores.whole.by_cluster.setdefault(name, {})
    for pair in matching.pairs:
        if pair.counted:
            _score_pair(scores, pair)
    for item, side in [(item, "fp") for item in matching.spurious] + [(item, "fn") for item in matching.missed]:
        if item.optional:
            continue
        unit = Counts(fp=1) if side == "fp" else Counts(fn=1)
        for measure in (CLAIMS, TRIPLE):
            scores.detection.add(measure, item.cluster, unit)
        for name in RULES:
            if get_field(item.readings[0], name) is not None:
                scores.whole.add(name, item.cluster, unit)
        for name in CLASS_FIELDS:
            scores.classes.add(f"{name}={item.readings[0].get(name)}", item.cluster, unit)
    return scores


def _score_pair(scores: ClaimScores, pair: Pair) -> None:
    cluster = pair.gold.cluster
    right = pair.predicted_reading.get("direction") == pair.gold_reading.get("direction")
    scores.detection.add(CLAIMS, cluster, Counts(tp=1))
    scores.detection.add(TRIPLE, cluster, Counts(tp=1) if right else Counts(fp=1, fn=1))
    for name in RULES:
        counts = count_field(name, pair.predicted_reading, pair.gold_reading)
        if counts != Counts():
            scores.fields.add(name, cluster, counts)
            scores.whole.add(name, cluster, counts)
    for name in CLASS_FIELDS:
        found, wanted = pair.predicted_reading.get(name), pair.gold_reading.get(name)
        if found == wanted:
            scores.classes.add(f"{name}={wanted}", cluster, Counts(tp=1))
        else:
            scores.classes.add(f"{name}={wanted}", cluster, Counts(fn=1))
            scores.classes.add(f"{name}={found}", cluster, Counts(fp=1))


def count_field(name: str, predicted: Mapping[str, Any], gold: Mapping[str, Any]) -> Counts:
    """Return a field's counts in one pair: a wrong value is unfounded on one side and missed on the other."""
    found, wanted = get_field(predicted, name), get_field(gold, name)
    if found is None and wanted is None:
        return Counts()
    if found is None:
        return Counts(fn=1)
    if wanted is None:
        return Counts(fp=1)
    return Counts(tp=1) if agree(name, found, wanted) else Counts(fp=1, fn=1)


def differing_fields(pair: Pair) -> tuple[str, ...]:
    """Return the fields in which a pair's two sides do not say the same."""
    return tuple(
        name
        for name in RULES
        if not agree(name, get_field(pair.predicted_reading, name), get_field(pair.gold_reading, name))
    )


def cohen_kappa(first: Sequence[str], second: Sequence[str]) -> float | None:
    """Return Cohen's kappa of two equally long lists of classes; ``None`` for empty lists or certain agreement."""
    if not first:
        return None
    total = len(first)
    observed = sum(one == other for one, other in zip(first, second, strict=True)) / total
    expected = sum((first.count(name) / total) * (second.count(name) / total) for name in {*first, *second})
    return None if expected == 1 else (observed - expected) / (1 - expected)
