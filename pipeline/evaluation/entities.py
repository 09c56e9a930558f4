"""Scores of mentions in the four manners of SemEval-2013 task 9.1: strict, exact, partial and type.

Gold and predicted mentions are paired one to one by an optimal assignment, not in order, so the order of annotations
cannot matter. Strict wants the same bounds and label, exact the same bounds, partial an overlap (half a point when
the bounds differ), type an overlap and the same label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.evaluation.gold import Gold, GoldScope
from pipeline.evaluation.scores import Counts, Tally

MANNERS = ("strict", "exact", "partial", "type")
Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A labelled range of a document, on either side."""

    document: str
    start: int
    end: int
    label: str


def pair_places(predicted: Sequence[Place], gold: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Return the optimal one-to-one pairs of overlapping places: same label first, then same bounds, then overlap."""
    pairs: list[tuple[Place, Place]] = []
    for left, right in _components(sorted(predicted), sorted(gold)):
        weights = np.array([[_weight(one, other) for other in right] for one in left], dtype=float)
        rows, columns = linear_sum_assignment(weights, maximize=True)
        found = zip(rows.tolist(), columns.tolist(), strict=True)
        pairs += [(left[row], right[column]) for row, column in found if weights[row, column] > 0]
    return pairs


def _components(predicted: list[Place], gold: list[Place]) -> list[tuple[list[Place], list[Place]]]:
    """Return runs of places that touch one another, so that each assignment stays small."""
    runs: list[tuple[list[Place], list[Place]]] = []
    document, reach = "", -1
    for place, side in sorted([(place, 0) for place in predicted] + [(place, 1) for place in gold]):
        if place.document != document or place.start >= reach:
            runs.append(([], []))
            document, reach = place.document, -1
        runs[-1][side].append(place)
        reach = max(reach, place.end)
    return [run for run in runs if run[0] and run[1]]


def _weight(one: Place, other: Place) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 0.0
    union = max(one.end, other.end) - min(one.start, other.start)
    same_bounds = (one.start, one.end) == (other.start, other.end)
    return 1000 * (one.label == other.label) + 100 * same_bounds + 1 + shared / union


def score_pairs(predicted: Sequence[Place], gold: Sequence[Place]) -> dict[str, Counts]:
    """Return the counts of the four manners; in ``partial`` an overlap with other bounds is half right."""
    pairs = pair_places(predicted, gold)
    same_bounds = [(one.start, one.end) == (other.start, other.end) for one, other in pairs]
    same_label = [one.label == other.label for one, other in pairs]
    right = {
        "strict": float(sum(bounds and label for bounds, label in zip(same_bounds, same_label, strict=True))),
        "exact": float(sum(same_bounds)),
        "partial": sum(1.0 if bounds else 0.5 for bounds in same_bounds),
        "type": float(sum(same_label)),
    }
    return {name: Counts(tp, len(predicted) - tp, len(gold) - tp) for name, tp in right.items()}


@dataclass(frozen=True, slots=True)
class EntityScores:
    """Tallies by manner; the measures are ``all`` and each label seen on either side."""

    manners: Mapping[str, Tally]
    judged: int
    unjudged: int

    def as_dict(self) -> dict[str, Any]:
        """Return all scores as plain values."""
        scores = {name: tally.as_dict() for name, tally in self.manners.items()}
        return {**scores, "judged": self.judged, "unjudged": self.unjudged}


def score_entities(
    predicted: Sequence[Place], gold: Gold, *, documents: Sequence[str], split: str | None = None
) -> EntityScores:
    """Score predicted mentions inside the stretches that were labelled for entities.

    Args:
        documents: the sha256 of the documents that were processed; gold of others does not count.
    """
    tallies = {name: Tally({"all": {}}) for name in MANNERS}
    judged = 0
    for document in documents:
        scopes = gold.scopes_of(document, ["entities"], split=split)
        for scope in scopes:
            found = [place for place in predicted if place.document == document and _covers(scope, place)]
            wanted = [
                place
                for place in (Place(item.document, item.start, item.end, item.label) for item in gold.entities)
                if place.document == document and _covers(scope, place)
            ]
            judged += len(found)
            _tally_scope(tallies, f"{document}/{scope.section}", found, wanted)
    return EntityScores(tallies, judged, len(predicted) - judged)


def _covers(scope: GoldScope, place: Place) -> bool:
    inside = scope.start <= place.start < scope.end
    return inside and (scope.labels is None or place.label in scope.labels)


def _tally_scope(tallies: Mapping[str, Tally], cluster: str, predicted: Sequence[Place], gold: Sequence[Place]) -> None:
    for manner, counts in score_pairs(predicted, gold).items():
        tallies[manner].add("all", cluster, counts)
    for label in sorted({place.label for place in (*predicted, *gold)}):
        found = [place for place in predicted if place.label == label]
        wanted = [place for place in gold if place.label == label]
        for manner, counts in score_pairs(found, wanted).items():
            tallies[manner].add(label, cluster, counts)
