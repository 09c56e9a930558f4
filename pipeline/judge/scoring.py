"""Claims rated by a linear score over named features, its weights a table that ``training.train_judge`` writes.

The score is a logit: the intercept and the sum of weight times value; ``data/judge.tsv`` has calibration folded in, so
that the logistic function of it is a probability. A kind of claim without rows there has no confidence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from pipeline.model import Claim
from pipeline.model.claims import ClaimKind

Features = Mapping[str, float]
"""Values by feature; the name says in words what is so, 1 where it is; a feature that is not there is 0."""

SHOWN = 3
"""How many features a claim's reasons name."""
INTERCEPT = "(intercept)"
DIGITS = 3
CERTAIN = 0.99
"""The highest confidence, and its distance from 1 the lowest: more than the gold's number of claims can show."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A probability in [0, 1], and the features that moved it most, each with what it added to the logit."""

    confidence: float
    reasons: tuple[tuple[str, float], ...]

    def explain(self) -> str:
        """Return the judgement as one line of reasons."""
        raised = "; ".join(name for name, share in self.reasons if share > 0)
        lowered = "; ".join(name for name, share in self.reasons if share < 0)
        parts = [f"{word} {names}" for word, names in (("for it:", raised), ("against it:", lowered)) if names]
        return f"confidence: {self.confidence:.{DIGITS}f}" + (f" ({', '.join(parts)})" if parts else "")


@dataclass(frozen=True, slots=True)
class LinearScore:
    """Weights of one kind of claim; ``typical`` is each feature's mean where the weights were learned."""

    intercept: float
    weights: Mapping[str, float]
    typical: Mapping[str, float]

    def assess(self, features: Features) -> Judgement:
        """Return the probability that a claim with these features is right."""
        known = sorted(name for name in features if name in self.weights)
        logit = math.fsum([self.intercept, *(self.weights[name] * features[name] for name in known)])
        shares = [
            (name, self.weights[name] * (features[name] - self.typical[name])) for name in known if features[name]
        ]
        shares = [(name, share) for name, share in shares if abs(share) >= 0.005]
        shares.sort(key=lambda item: (-round(abs(item[1]), 6), item[0]))
        confidence = min(max(squash(logit), 1 - CERTAIN), CERTAIN)
        return Judgement(round(confidence, DIGITS), tuple(shares[:SHOWN]))


@dataclass(frozen=True, slots=True)
class Judge:
    """Scores by kind of claim."""

    scores: Mapping[ClaimKind, LinearScore]

    def rate(self, claim: Claim, features: Features) -> Claim:
        """Return the claim with its confidence, and the reasons as the last line of its ``why``."""
        score = self.scores.get(claim.kind)
        if score is None:
            return claim
        judgement = score.assess(features)
        return replace(claim, confidence=judgement.confidence, why=(*claim.why, judgement.explain()))


def squash(logit: float) -> float:
    """Return the logistic function of a logit."""
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))


@cache
def load_judge() -> Judge:
    """Return the judge of the package's own weights."""
    return read_judge(resources.files("pipeline.judge").joinpath("data", "judge.tsv").read_text(encoding="utf-8"))


def read_judge(table: str) -> Judge:
    """Return the judge of a table with the columns kind, feature, weight, typical."""
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")][1:]
    kinds: tuple[ClaimKind, ...] = ("prose", "table")
    scores: dict[ClaimKind, LinearScore] = {}
    for kind in kinds:
        own = {name: (float(weight), float(typical)) for label, name, weight, typical in rows if label == kind}
        if own:
            intercept, _ = own.pop(INTERCEPT)
            scores[kind] = LinearScore(
                intercept,
                {name: weight for name, (weight, _) in own.items()},
                {name: typical for name, (_, typical) in own.items()},
            )
    return Judge(scores)


def write_judge(judge: Judge, *, comment: str) -> str:
    """Return the table that :func:`read_judge` reads: kinds and features in order, ``comment`` in its first lines."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines.append("kind\tfeature\tweight\ttypical")
    for kind, score in sorted(judge.scores.items()):
        lines.append(f"{kind}\t{INTERCEPT}\t{score.intercept:.4f}\t1")
        lines += [
            f"{kind}\t{name}\t{weight:.4f}\t{score.typical[name]:.4f}" for name, weight in sorted(score.weights.items())
        ]
    return "\n".join(lines) + "\n"
