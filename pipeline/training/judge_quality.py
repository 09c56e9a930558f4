"""Figures of confidences against labels: reliability by bins, calibration error, Brier score, area under the curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BINS = 10
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures of confidences.

    Attributes:
        constant_brier: the Brier score of one figure for all, the share of right claims.
        error: expected calibration error, the bins' mean distance weighted by claims.
        bins: (low, claims, share right, mean confidence) of each tenth that holds claims.
        kept: (threshold, claims at or above it, share of them right, share of the right ones kept).
    """

    claims: int
    wrong: int
    auc: float | None
    brier: float
    constant_brier: float
    error: float
    bins: tuple[tuple[float, int, float, float], ...]
    kept: tuple[tuple[float, int, float, float], ...]

    def head(self, name: str) -> str:
        """Return the figures as one line."""
        auc = "-" if self.auc is None else f"{self.auc:.3f}"
        return (
            f"{name}: {self.claims} claims, {self.wrong} wrong, AUC {auc}, Brier {self.brier:.4f} "
            f"(one figure for all: {self.constant_brier:.4f}), calibration error {self.error:.4f}"
        )

    def lines(self, name: str) -> list[str]:
        """Return the figures as lines to print, with bins and thresholds."""
        bins = [
            f"  confidence {low:.1f}–{low + 1 / BINS:.1f}: {claims} claims, {right:.3f} right, mean {mean:.3f}"
            for low, claims, right, mean in self.bins
        ]
        kept = [
            f"  at least {threshold:.2f}: {claims} claims, precision {right:.3f}, {recall:.3f} of the right ones"
            for threshold, claims, right, recall in self.kept
        ]
        return [self.head(name), *bins, *kept]


def measure(confidences: Array, labels: Array) -> Quality:
    """Return the figures of confidences for labels, 1 for a right claim; both of shape (claims,), at least one."""
    places = np.minimum((confidences * BINS).astype(int), BINS - 1)
    bins = []
    for place in range(BINS):
        inside = places == place
        if inside.any():
            share, mean = float(labels[inside].mean()), float(confidences[inside].mean())
            bins.append((place / BINS, int(inside.sum()), share, mean))
    kept = []
    for threshold in THRESHOLDS:
        above = confidences >= threshold
        if above.any():
            recall = float(labels[above].sum() / max(labels.sum(), 1))
            kept.append((threshold, int(above.sum()), float(labels[above].mean()), recall))
    base = float(labels.mean())
    return Quality(
        claims=len(labels),
        wrong=int((1 - labels).sum()),
        auc=rank_area(confidences, labels),
        brier=float(np.mean((confidences - labels) ** 2)),
        constant_brier=base * (1 - base),
        error=sum(claims * abs(right - mean) for _, claims, right, mean in bins) / len(labels),
        bins=tuple(bins),
        kept=tuple(kept),
    )


def rank_area(scores: Array, labels: Array) -> float | None:
    """Return the area under the ROC curve, ties counted half; ``None`` where only one label occurs."""
    right, wrong = scores[labels > 0], scores[labels == 0]
    if not len(right) or not len(wrong):
        return None
    above = (right[:, None] > wrong[None, :]).mean() + 0.5 * (right[:, None] == wrong[None, :]).mean()
    return float(above)
