"""The most costly errors of a run: what a reader of the table would be misled by most, with both sides.

Only development data is shown here; single errors of a test part are nobody's to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.evaluation.comparison import get_field
from pipeline.evaluation.matching import Item, Pair, overlap, same_evidence
from pipeline.evaluation.reconciliation import Evaluation, show_field
from pipeline.evaluation.scores import differing_fields
from pipeline.evaluation.similarity import outcome_similarity, same_drug
from pipeline.model import Document
from pipeline.pages.fields import FIELDS, describe_value, format_number

MOST = 20
SPURIOUS = 9.0
MISSED = 5.0
OPPOSITE = 12.0
DIRECTION = 8.0
FIELD_COSTS: Mapping[str, float] = {
    "effect": 2.0, "change_percent": 2.0, "dose": 2.0, "species": 2.0, "negated": 2.0, "strain": 1.5, "sex": 1.5,
    "comparator": 1.5, "significant": 1.5, "p": 1.0, "control": 1.0, "treated": 1.0, "combined_with": 1.0,
    "certainty": 1.0, "statistic": 1.0, "source_kind": 1.0, "schedule": 1.0, "duration": 1.0, "route": 1.0, "age": 1.0,
}  # fmt: skip
OTHER_COST = 0.5
MISSING_PART = 0.4
"""A missing value costs this part of a wrong one: who sees a gap looks it up, who sees a value believes it."""
_SHOWN = ("intervention", "outcome", "direction", "effect", "dose", "strain", "sex", "species", "certainty")
_PARTS = {"p": "significance"}
"""Scored fields whose value is read out of another field of the claim."""
_AROUND = 120
_OPPOSITES = ({"increase", "decrease"},)

Piece = tuple[str, tuple[str, ...], bool]
"""A run of the passage: its text, the marks on it (``"gold dose"``, ``"found outcome"``), whether it is evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostlyError:
    """One error with what it costs.

    Attributes:
        kind: ``direction``, ``spurious``, ``missed`` or ``fields``.
        sides: field, label and prediction, in words, and whether the two differ.
        cause: what is known of why; ``None`` where nothing is.
        claim_id: of the prediction, where there is one.
    """

    kind: str
    cost: float
    paper: str
    section: str | None
    passage: tuple[Piece, ...]
    sides: tuple[tuple[str, str, str, bool], ...]
    cause: str | None
    claim_id: str | None


def find_costly_errors(evaluation: Evaluation, documents: Mapping[str, Document]) -> list[CostlyError]:
    """Return the errors that cost most, dearest first; ties in document order.

    Args:
        evaluation: of development data.
        documents: by sha256, as they were read.
    """
    errors = [*_pair_errors(evaluation, documents), *_lone_errors(evaluation, documents)]
    return [error for _, error in sorted(errors, key=lambda entry: (-entry[1].cost, entry[0]))[:MOST]]


Placed = tuple[tuple[str, int, str], CostlyError]


def _pair_errors(evaluation: Evaluation, documents: Mapping[str, Document]) -> Iterator[Placed]:
    for pair in evaluation.matching.pairs:
        differs = differing_fields(pair) if pair.counted else ()
        if not differs:
            continue
        gold, found = pair.gold_reading, pair.predicted_reading
        turned = "direction" in differs
        cost = sum(_field_cost(name, found, gold) for name in differs if name not in ("direction", "intervention"))
        if turned:
            cost += OPPOSITE if {gold["direction"], found["direction"]} in _OPPOSITES else DIRECTION
        claim = evaluation.claims[pair.predicted.origin]
        named = list(dict.fromkeys(["intervention", "outcome", *differs]))
        yield (
            _order(pair.gold),
            CostlyError(
                kind="direction" if turned else "fields",
                cost=round(cost, 1),
                paper=_paper(evaluation, pair.gold),
                section=claim.get("section"),
                passage=_passage(documents.get(pair.gold.document), pair.gold, gold, found),
                sides=tuple((_label(name), _words(name, gold), _words(name, found), name in differs) for name in named),
                cause=_pair_cause(pair, differs, claim),
                claim_id=claim["claim_id"],
            ),
        )


def _lone_errors(evaluation: Evaluation, documents: Mapping[str, Document]) -> Iterator[Placed]:
    matching = evaluation.matching
    labelled = [*(pair.gold for pair in matching.pairs), *matching.missed]
    predicted = [*(pair.predicted for pair in matching.pairs), *matching.spurious, *evaluation.unjudged]
    for kind, items, base in (("spurious", matching.spurious, SPURIOUS), ("missed", matching.missed, MISSED)):
        for item in items:
            if item.optional:
                continue
            reading = item.readings[0]
            gold, found = (None, reading) if kind == "spurious" else (reading, None)
            stated = [name for name in _SHOWN if get_field(reading, name) is not None]
            claim = evaluation.claims[item.origin] if kind == "spurious" else {}
            yield (
                _order(item),
                CostlyError(
                    kind=kind,
                    cost=round(base + sum(0.25 for name in stated if name in FIELD_COSTS), 1),
                    paper=_paper(evaluation, item),
                    section=claim.get("section"),
                    passage=_passage(documents.get(item.document), item, gold, found),
                    sides=tuple((_label(name), _words(name, gold), _words(name, found), True) for name in stated),
                    cause=_read_so(_spurious_cause(item, labelled), claim, ("effect", "direction"))
                    if kind == "spurious"
                    else _missed_cause(item, predicted),
                    claim_id=claim.get("claim_id"),
                ),
            )


def _field_cost(name: str, found: Mapping[str, Any], gold: Mapping[str, Any]) -> float:
    cost = FIELD_COSTS.get(name, OTHER_COST)
    return cost * MISSING_PART if get_field(found, name) is None else cost


def _pair_cause(pair: Pair, differs: Sequence[str], claim: Mapping[str, Any]) -> str | None:
    found, gold = pair.predicted_reading, pair.gold_reading
    missing = [_label(name) for name in differs if get_field(found, name) is None]
    unfounded = [_label(name) for name in differs if get_field(gold, name) is None]
    parts = []
    if missing:
        parts.append(f"not found: {', '.join(missing)}")
    if unfounded:
        parts.append(f"the label states none: {', '.join(unfounded)}")
    return _read_so("; ".join(parts) or None, claim, tuple(name for name in differs if _label(name) not in missing))


def _read_so(cause: str | None, claim: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return a cause with the claim's own reasons for these fields."""
    reasons = [why for why in claim.get("why") or () if any(why.startswith(f"{name}") for name in names)]
    told = [reason.replace(": ", " ", 1).replace("no_change", "no change") for reason in reasons[:2]]
    return "; ".join([*([cause] if cause else []), *([f"read so: {', '.join(told)}"] if told else [])]) or None


def _spurious_cause(item: Item, labelled: Sequence[Item]) -> str:
    """Return what is labelled at the place of a claim that nobody labelled."""
    near = [other for other in labelled if other.document == item.document and overlap(other.spans, item.spans)]
    if not near:
        return "nothing is labelled at this place"
    same = [other for other in near if same_evidence(other.spans, item.spans)]
    if not same:
        return "the label's evidence is longer or shorter"
    reading = item.readings[0]
    drugs = [other for other in same if same_drug(reading["intervention"], other.readings[0]["intervention"])]
    if not drugs:
        return f"only other interventions are labelled here: {_names('intervention', same)}"
    if any(outcome_similarity(reading["outcome"], other.readings[0]["outcome"]) for other in drugs):
        return "labelled once, claimed for several arms or outcomes"
    return f"other outcomes of the intervention are labelled here: {_names('outcome', drugs)}"


def _names(field: str, items: Sequence[Item]) -> str:
    values = [item.readings[0][field] for item in items]
    return ", ".join(sorted({" ".join(str(value.get("name") or value["text"]).split()) for value in values})[:3])


def _missed_cause(item: Item, predicted: Sequence[Item]) -> str:
    """Return what was claimed at the place of a missed claim instead."""
    near = [other for other in predicted if other.document == item.document and overlap(other.spans, item.spans)]
    if not near:
        return "nothing was claimed at this place"
    same = [other for other in near if same_evidence(other.spans, item.spans)]
    if not same:
        return "a claim was made at this place with longer or shorter evidence"
    reading = item.readings[0]
    drugs = [other for other in same if same_drug(other.readings[0]["intervention"], reading["intervention"])]
    if not drugs:
        return f"only other interventions were claimed here: {_names('intervention', same)}"
    outcomes = [other for other in drugs if outcome_similarity(other.readings[0]["outcome"], reading["outcome"])]
    if outcomes:
        return "claimed once, labelled for several arms or outcomes"
    return f"other outcomes of the intervention were claimed here: {_names('outcome', drugs)}"


def _passage(
    document: Document | None, item: Item, gold: Mapping[str, Any] | None, found: Mapping[str, Any] | None
) -> tuple[Piece, ...]:
    """Return the evidence with a little around it, cut where marks begin and end."""
    if document is None:
        return ()
    source = document.source
    low = max(0, item.spans[0][0] - _AROUND)
    high = min(len(source), item.spans[-1][1] + _AROUND)
    # Whole words only: what stands around is cut where a space is.
    low += source[low : item.spans[0][0]].find(" ") + 1 if low else 0
    high = max(source.rfind(" ", item.spans[-1][1], high), item.spans[-1][1]) if high < len(source) else high
    marks = [
        (field["start"], field["end"], f"{side} {name}")
        for side, reading in (("gold", gold), ("found", found))
        for name in FIELDS
        if reading is not None and isinstance(field := reading.get(name), Mapping) and field.get("start") is not None
    ]
    bounds = {low, high, *(bound for span in item.spans for bound in span)}
    bounds |= {bound for start, end, _ in marks for bound in (start, end)}
    cuts = sorted(bound for bound in bounds if low <= bound <= high)
    pieces = []
    for start, end in pairwise(cuts):
        over = tuple(label for first, last, label in marks if first <= start and end <= last)
        proof = any(first <= start and end <= last for first, last in item.spans)
        pieces.append((source[start:end], over, proof))
    return tuple(pieces)


def _words(name: str, reading: Mapping[str, Any] | None) -> str:
    """Return a field of one side in words: what stands in the text and what it was read as."""
    value = None if reading is None else get_field(reading, name)
    if value is None:
        return ""
    if isinstance(value, Mapping) and value.get("text"):
        text = " ".join(str(value["text"]).split())
        read = describe_value(_PARTS.get(name, name), {key: item for key, item in value.items() if key != "id"})
        return f"{text} ({read})" if "".join(read.split()) not in ("", "".join(text.split())) else text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "change_percent":
        return f"{format_number(value)} %"
    return str(show_field(name, value)).replace("_", " ")


def _label(name: str) -> str:
    return FIELDS.get(name, name.replace("_", " "))


def _paper(evaluation: Evaluation, item: Item) -> str:
    return evaluation.names.get(item.document, item.document[:12])


def _order(item: Item) -> tuple[str, int, str]:
    return item.document, item.spans[0][0], item.key
