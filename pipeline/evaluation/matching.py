"""One-to-one matching of two sets of claims: predicted with gold, or one labeller's with the other's.

A pair needs evidence that covers more than half of each other, the same drug and the same outcome. Among such pairs
the assignment is optimal: as many pairs as possible, and among these the ones whose arms agree best. The result does
not depend on the order of either side.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from pipeline.evaluation.comparison import ARM_FIELDS, RULES, agree, get_field
from pipeline.evaluation.gold import Gold, GoldClaim, GoldReading
from pipeline.evaluation.readings import Choice, expand_readings, join_choices, limit, merge_patches
from pipeline.evaluation.similarity import drug_names, outcome_similarity, same_drug

Value = Mapping[str, Any]
Spans = tuple[tuple[int, int], ...]

EVIDENCE_COVER = 0.5
"""More than this part of each evidence must lie in the other: evidence longer than the sentence cannot match."""
_PAIR = 1000.0
_OPTIONAL_PAIR = 400.0


@dataclass(frozen=True, slots=True)
class Item:
    """A claim as matching sees it, from either side.

    Attributes:
        key: what orders items, so that the order in which they came cannot matter.
        readings: the claim's fields in each way in which drug, outcome and certainty may be read, the first its own.
        choices: for the other fields, the patches of which one may be laid over any reading.
        optional: whether it may rightly be absent.
        cluster: the section it belongs to, for intervals; empty where nothing was labelled.
        origin: its index on its side.
    """

    key: str
    document: str
    kind: str
    spans: Spans
    readings: tuple[Value, ...]
    optional: bool
    cluster: str
    origin: int
    table: str | None = None
    row: int | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two matched items, with the readings under which they agree best."""

    predicted: Item
    gold: Item
    predicted_reading: Value
    gold_reading: Value

    @property
    def counted(self) -> bool:
        """Whether the pair earns: false when either side may rightly be absent."""
        return not (self.predicted.optional or self.gold.optional)


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs and what is left on either side, in key order."""

    pairs: tuple[Pair, ...]
    missed: tuple[Item, ...]
    spurious: tuple[Item, ...]


def claim_item(claim: Value, document: str, *, cluster: str, origin: int) -> Item:
    """Return a predicted claim (a record of ``claims.jsonl``) as an item."""
    evidence = claim["evidence"]
    spans = merge_spans(evidence["spans"])
    return Item(
        key=_key(spans, claim),
        document=document,
        kind=str(claim["kind"]),
        spans=spans,
        readings=(claim,),
        optional=False,
        cluster=cluster,
        origin=origin,
        table=evidence.get("table"),
        row=evidence.get("row"),
    )


def gold_item(
    claim: GoldClaim, *, cluster: str, origin: int, aliases: Mapping[tuple[str, str], frozenset[str]] | None = None
) -> Item:
    """Return a gold claim with all its readings as an item; ``aliases`` as ``collect_aliases`` gives them."""
    readings, choices = expand_readings(claim)
    spans = merge_spans(claim.evidence.spans)
    for reading in readings if aliases else ():
        known = (aliases or {}).get((claim.document, reading["intervention"].get("name") or ""), frozenset())
        reading["intervention"]["aliases"] = sorted(known)
    return Item(
        key=_key(spans, readings[0]),
        document=claim.document,
        kind=claim.kind,
        spans=spans,
        readings=readings,
        optional=claim.optional,
        cluster=cluster,
        origin=origin,
        table=claim.evidence.table,
        row=claim.evidence.row,
        choices=choices,
    )


def _key(spans: Spans, claim: Value) -> str:
    fields = {name: claim.get(name) for name in sorted(GoldReading.model_fields)}
    return f"{spans[0][0]:09d} {json.dumps(fields, sort_keys=True, default=str)}"


def restrict_items(items: Iterable[Item], kinds: frozenset[str]) -> list[Item]:
    """Return the items that are scored: no hypotheses, and interventions of the given kinds.

    An item that only some of its readings make a scored one stays as optional: it neither earns nor costs by itself.
    """
    kept = []
    for item in items:
        readings = tuple(
            reading
            for reading in item.readings
            if reading.get("certainty") != "hypothesis" and reading["intervention"].get("kind", "drug") in kinds
        )
        if readings:
            optional = item.optional or len(readings) < len(item.readings)
            kept.append(replace(item, readings=readings, optional=optional))
    return kept


def merge_spans(spans: Iterable[Sequence[int]]) -> Spans:
    """Return spans in order with overlapping ones made one, so that no character counts twice."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((int(span[0]), int(span[1])) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def overlap(first: Spans, second: Spans) -> int:
    """Return the number of code points that two lists of spans share."""
    return sum(max(0, min(one[1], other[1]) - max(one[0], other[0])) for one in first for other in second)


def length(spans: Spans) -> int:
    """Return the number of code points in a list of spans that do not overlap."""
    return sum(end - start for start, end in spans)


def same_evidence(first: Spans, second: Spans) -> bool:
    """Whether two pieces of evidence cover more than half of each other."""
    shared = overlap(first, second)
    return shared > EVIDENCE_COVER * length(first) and shared > EVIDENCE_COVER * length(second)


def match_claims(predicted: Sequence[Item], gold: Sequence[Item]) -> Matching:
    """Return the optimal one-to-one matching, document by document."""
    pairs: list[Pair] = []
    missed: list[Item] = []
    spurious: list[Item] = []
    for document in sorted({item.document for item in (*predicted, *gold)}):
        left = sorted((item for item in predicted if item.document == document), key=lambda item: item.key)
        right = sorted((item for item in gold if item.document == document), key=lambda item: item.key)
        found = _assign(left, right)
        pairs += found
        matched_left = {pair.predicted.origin for pair in found}
        matched_right = {pair.gold.origin for pair in found}
        spurious += [item for item in left if item.origin not in matched_left]
        missed += [item for item in right if item.origin not in matched_right]
    return Matching(tuple(pairs), tuple(missed), tuple(spurious))


def _assign(predicted: Sequence[Item], gold: Sequence[Item]) -> list[Pair]:
    weights = np.zeros((len(predicted), len(gold)))
    readings: dict[tuple[int, int], tuple[Value, Value]] = {}
    for row, one in enumerate(predicted):
        for column, other in enumerate(gold):
            best = _best_readings(one, other)
            if best is not None:
                weights[row, column], readings[row, column] = best
    if not readings:
        return []
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        Pair(predicted[row], gold[column], *readings[row, column])
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if (row, column) in readings
    ]


def _best_readings(one: Item, other: Item) -> tuple[float, tuple[Value, Value]] | None:
    """Return the weight of a pair under its best readings, or ``None`` if the two cannot be the same claim."""
    if not same_evidence(one.spans, other.spans):
        return None
    base = _OPTIONAL_PAIR if one.optional or other.optional else _PAIR
    base += 0.1 * overlap(one.spans, other.spans) / max(length(one.spans), length(other.spans))
    if one.table is not None and (one.table, one.row) == (other.table, other.row):
        base += 1
    best: tuple[float, tuple[Value, Value]] | None = None
    for left in one.readings:
        for right in other.readings:
            found = _choose_patches(left, right, one.choices, other.choices)
            if found is not None and (best is None or base + found[0] > best[0]):
                best = base + found[0], found[1]
    return best


def _choose_patches(
    left: Value, right: Value, left_choices: Sequence[Choice], right_choices: Sequence[Choice]
) -> tuple[float, tuple[Value, Value]] | None:
    """Return the best quality of two readings with their patches laid over them, and the readings so patched.

    Choices that share no field do not touch each other's part of the quality, so each is made by itself.
    """
    quality = reading_quality(left, right)
    if quality is None:
        return None
    for own, other in join_choices(left_choices, right_choices):
        before = left, right
        for chosen in limit(product(*own, *other)):
            one = merge_patches(before[0], chosen[: len(own)])
            two = merge_patches(before[1], chosen[len(own) :])
            found = reading_quality(one, two)
            if found is not None and found > quality:
                quality, left, right = found, one, two
    return quality, (left, right)


def reading_quality(left: Value, right: Value) -> float | None:
    """Return how well two readings agree, or ``None`` if their drugs or outcomes differ.

    The fields of the arm weigh most, then the outcome, its place and the direction, so that two arms are told apart
    by what the text says of them and not by the result. A field that one side alone states costs a little, so that a
    reading without it wins where the other side does not state it.
    """
    if not same_drug(left["intervention"], right["intervention"]):
        return None
    similarity = outcome_similarity(left["outcome"], right["outcome"])
    if not similarity:
        return None
    quality = 0.5 * similarity + 0.4 * _same_place(left["outcome"], right["outcome"])
    quality += 0.2 * _same_place(left["intervention"], right["intervention"])
    for name in RULES:
        first, second = get_field(left, name), get_field(right, name)
        if first is None and second is None:
            continue
        stated = first is not None and second is not None
        same = stated and agree(name, first, second)
        if name in ARM_FIELDS and stated:
            quality += 1 if same else -1
        quality += 0.01 if same else -0.01
    if left.get("direction") == right.get("direction"):
        quality += 0.2
    return quality


def _same_place(first: Value, second: Value) -> bool:
    starts, ends = (first.get("start"), second.get("start")), (first.get("end"), second.get("end"))
    if None in (*starts, *ends):
        return False
    return max(map(int, starts)) < min(map(int, ends))  # type: ignore[arg-type]


def collect_aliases(gold: Gold) -> dict[tuple[str, str], frozenset[str]]:
    """Return, for each document and drug name, every name that its labellers gave that drug there.

    Where labellers called "sirolimus" and "rapamycin" one drug, a prediction may use either. Words that point to a
    drug ("these drugs") are no names.
    """
    names: dict[tuple[str, str], set[str]] = {}
    for claim in gold.claims:
        intervention = claim.intervention
        if intervention.name:
            known = names.setdefault((claim.document, intervention.name), set())
            known.update(drug_names({"text": intervention.text, "name": intervention.name}))
    return {key: frozenset(known) for key, known in names.items()}
