"""The figures of a run: its scores by label, field, paper, section and split, with intervals, calibration and coverage.

Splits are never mixed in one number. Intervals resample documents; those of one paper, its sections.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.evaluation.matching import Matching
from pipeline.evaluation.reconciliation import Evaluation
from pipeline.evaluation.scores import CLAIMS, TRIPLE, ClaimScores, Tally
from pipeline.model.records import Record

BINS, LEAST = 10, 20
"""Most bins of the calibration curve, and fewest claims of one."""
_MEASURES = (CLAIMS, TRIPLE)
_RATES = ("precision", "recall", "f1")


def collect_metrics(
    *,
    name: str,
    documents: Sequence[Record],
    claims: Sequence[Record],
    failures: Sequence[Record],
    mentions: Mapping[str, int],
    evaluations: Mapping[str, Evaluation],
    history: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Return everything that ``metrics.json`` holds and the report shows.

    Args:
        mentions: the number of mentions by document id.
        evaluations: by split.
        history: earlier runs over the same papers, oldest first, as ``summarise_scores`` and the store give them:
            ``name``, ``date``, ``version``, ``make``, ``claims`` and ``scores``.
    """
    splits = {split: split_metrics(evaluation) for split, evaluation in evaluations.items()}
    return {
        "run": name,
        "counts": {
            "papers": len(documents),
            "pages": sum(document.get("pages") or 0 for document in documents),
            "characters": sum(document["characters"] for document in documents),
            "claims": len(claims),
            "claims_from_tables": sum(claim["kind"] == "table" for claim in claims),
            "mentions": sum(mentions.values()),
            "failures": len(failures),
            "papers_lost": sum(not failure["survivable"] for failure in failures),
        },
        "directions": _directions(claims),
        "splits": splits,
        "trend": [dict(point) for point in history],
        "coverage": coverage(documents, claims, failures, mentions),
    }


def split_metrics(evaluation: Evaluation) -> dict[str, Any]:
    """Return the scores of one split: each with its counts, its rates and their intervals."""
    everything = evaluation.groups["all"]
    strict, loose = (evaluation.entities.manners[manner] for manner in ("strict", "type"))
    return {
        "documents": len({_document(cluster) for cluster in _clusters(everything.detection)}),
        "claims": {group: _measures(scores.detection) for group, scores in evaluation.groups.items()},
        "fields": _table(everything.fields),
        "fields_end_to_end": _table(everything.whole),
        "classes": _table(everything.classes),
        "labels": {
            label: {"strict": score, "overlap": _table(loose)[label]} for label, score in _table(strict).items()
        },
        "papers": {name: _measures(scores.detection, by="section") for name, scores in evaluation.by_document.items()},
        "sections": _sections(everything),
        "confusion": confusion(evaluation.matching),
        "calibration": calibration(evaluation.matching),
        "not_in_this_run": len(evaluation.absent),
        "text_differs": list(evaluation.misaligned),
    }


def summarise_scores(metrics: Mapping[str, Any]) -> dict[str, Any]:
    """Return the few scores of a run that later runs are compared with: claims with the right direction, by split."""
    return {
        split: {key: value for key, value in part["claims"]["all"][TRIPLE].items() if key != "interval"}
        for split, part in metrics["splits"].items()
        if part["documents"]
    }


def confusion(matching: Matching) -> dict[str, dict[str, int]]:
    """Return how often each labelled direction was read as each direction, among matched claims that count."""
    counts: dict[str, Counter[str]] = {}
    for pair in matching.pairs:
        if pair.counted:
            wanted, found = str(pair.gold_reading.get("direction")), str(pair.predicted_reading.get("direction"))
            counts.setdefault(wanted, Counter())[found] += 1
    return {wanted: dict(sorted(found.items())) for wanted, found in sorted(counts.items())}


def calibration(matching: Matching, *, least: int = LEAST) -> dict[str, Any] | None:
    """Return how often claims of a given confidence are right; ``None`` where claims carry no confidence.

    Right is a claim that matches a label with its direction. Bins hold about equally many claims, those of one
    confidence together: the ``low`` and ``high`` confidence and the mean, ``claims``, ``right``, and the 95 %
    ``interval`` of the part that is right, by Wilson. ``error`` is the expected calibration error, the bins' mean
    distance by claims.

    Args:
        least: fewest claims of a bin, where there are that many.
    """
    judged = [
        (
            pair.predicted_reading.get("confidence"),
            pair.predicted_reading["direction"] == pair.gold_reading["direction"],
        )
        for pair in matching.pairs
        if pair.counted
    ]
    judged += [(item.readings[0].get("confidence"), False) for item in matching.spurious if not item.optional]
    known = sorted((float(confidence), right) for confidence, right in judged if confidence is not None)
    if not known:
        return None
    bins = []
    start, size = 0, max(least, math.ceil(len(known) / BINS))
    while start < len(known):
        end = min(start + size, len(known))
        while end < len(known) and (known[end][0] == known[end - 1][0] or len(known) - end < least):
            end += 1
        bins.append(_bin(known[start:end]))
        start = end
    error = sum(abs(entry["right"] - entry["confidence"] * entry["claims"]) for entry in bins) / len(known)
    return {"claims": len(known), "without": len(judged) - len(known), "error": round(error, 4), "bins": bins}


def _bin(inside: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    count, right = len(inside), sum(right for _, right in inside)
    share, z = right / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return {
        "low": inside[0][0],
        "high": inside[-1][0],
        "claims": count,
        "right": right,
        "confidence": round(sum(confidence for confidence, _ in inside) / count, 4),
        "interval": [round(max(middle - reach, 0.0), 4), round(min(middle + reach, 1.0), 4)],
    }


def coverage(
    documents: Iterable[Record], claims: Iterable[Record], failures: Sequence[Record], mentions: Mapping[str, int]
) -> dict[str, Any]:
    """Return what was read and what was not: papers with their pages and yields, and failures by stage."""
    yields = Counter(claim["doc_id"] for claim in claims)
    noted = Counter(failure.get("doc_id") for failure in failures)
    return {
        "papers": [
            {
                "file": str(document["path"]).rsplit("/", 1)[-1],
                "title": document.get("title"),
                "reader": document["reader"],
                "status": document["status"],
                "pages": document.get("pages"),
                "characters": document["characters"],
                "mentions": mentions.get(document["doc_id"], 0),
                "claims": yields[document["doc_id"]],
                "failures": noted[document["doc_id"]],
            }
            for document in documents
        ],
        "stages": dict(sorted(Counter(failure["stage"] for failure in failures).items())),
        "failures": [
            {key: failure.get(key) for key in ("path", "stage", "page", "table", "cause", "remedy", "survivable")}
            for failure in failures
        ],
    }


def _directions(claims: Iterable[Record]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        counts.setdefault(claim["intervention"]["name"], Counter())[claim["direction"]] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return {drug: dict(sorted(found.items())) for drug, found in ordered}


def _measures(tally: Tally, *, by: str = "document") -> dict[str, Any]:
    scores = _table(tally, by=by)
    return {measure: scores[measure] for measure in _MEASURES}


def _sections(scores: ClaimScores) -> dict[str, Any]:
    """Return scores by the name of the labelled section, over all papers that have one."""
    named: dict[str, Tally] = {}
    for measure, clusters in scores.detection.by_cluster.items():
        for cluster, counts in sorted(clusters.items()):
            section = cluster.split("/", 1)[-1]
            named.setdefault(section, Tally({name: {} for name in _MEASURES})).add(measure, cluster, counts)
    return {section: _measures(tally) for section, tally in sorted(named.items())}


def _table(tally: Tally, *, by: str = "document") -> dict[str, Any]:
    """Return each measure's counts and rates, with intervals that resample documents or, within one, sections."""
    if by == "document":
        merged = Tally({measure: {} for measure in tally.by_cluster})
        for measure, clusters in tally.by_cluster.items():
            for cluster, counts in sorted(clusters.items()):
                merged.add(measure, _document(cluster), counts)
        tally = merged
    return tally.as_dict()


def _clusters(tally: Tally) -> set[str]:
    return {cluster for clusters in tally.by_cluster.values() for cluster in clusters}


def _document(cluster: str) -> str:
    return cluster.split("/", 1)[0]
