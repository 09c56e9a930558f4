"""Invented claims and gold on numbered sentences, for the tests of matching and scoring.

Sentence ``k`` of document ``paper`` is the characters ``[100 k, 100 k + 80)``; sections hold ten sentences each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.evaluation.gold import (
    Gold,
    GoldClaim,
    GoldDocument,
    GoldEntity,
    GoldScope,
    collect_gold,
    parse_record,
)
from pipeline.evaluation.reconciliation import Evaluation, evaluate

SHA = "a" * 64
TEXT_SHA = "b" * 64
CHARACTERS = 10_000


def span(sentence: int) -> list[int]:
    """Return the place of a sentence."""
    return [100 * sentence, 100 * sentence + 80]


def reading(
    drug: str = "metformin", outcome: str = "glucose", direction: str = "decrease", /, **fields: Any
) -> dict[str, Any]:
    """Return the fields of a claim, as both sides name them."""
    base: dict[str, Any] = {
        "intervention": {"text": drug, "name": drug, "kind": "drug", "role": "treatment"},
        "outcome": {"text": outcome, "name": outcome},
        "direction": direction,
        "certainty": "asserted",
        "negated": False,
    }
    return base | fields


def predict(sentence: int = 0, *args: Any, spans: Sequence[Sequence[int]] = (), **fields: Any) -> dict[str, Any]:
    """Return a predicted claim as a record of the output contract."""
    table, row = fields.pop("table", None), fields.pop("row", None)
    values = reading(*args, **fields)
    return {
        "schema_version": 1,
        "claim_id": f"claim-{sentence}-{values['intervention']['name']}-{values['outcome']['name']}",
        "doc_id": "doc",
        "kind": "prose" if table is None else "table",
        "evidence": {
            "text": "…",
            "spans": [list(item) for item in spans] or [span(sentence)],
            "table": table,
            "row": row,
        },
        "confidence": None,
        **values,
    }


def label(sentence: int = 0, *args: Any, **fields: Any) -> GoldClaim:
    """Return a gold claim."""
    table, row = fields.pop("table", None), fields.pop("row", None)
    evidence: dict[str, Any] = {"spans": [span(sentence)], "sha256": f"{sentence:064d}"}
    if table is not None:
        evidence |= {"table": table, "row": row}
    record = {"type": "claim", "document": SHA, "kind": "prose" if table is None else "table", "evidence": evidence}
    claim = parse_record(record | reading(*args, **fields))
    assert isinstance(claim, GoldClaim)
    return claim


def scope(first: int, last: int, section: str, *, covers: Sequence[str] = ("claims",), **fields: Any) -> GoldScope:
    """Return a scope over whole sentences, the last included."""
    record = {"type": "scope", "document": SHA, "start": 100 * first, "end": 100 * last + 80, "section": section}
    found = parse_record(record | {"covers": list(covers), "split": "dev"} | fields)
    assert isinstance(found, GoldScope)
    return found


def entity(start: int, end: int, name: str, text: str = "") -> GoldEntity:
    """Return a gold entity."""
    return GoldEntity(document=SHA, start=start, end=end, label=name, text=text or "x" * (end - start))  # type: ignore[arg-type]


def gold_of(*records: Any, scopes: Sequence[GoldScope] | None = None) -> Gold:
    """Return a gold set of one document whose first 20 sentences are labelled, in two sections."""
    document = GoldDocument(sha256=SHA, text_sha256=TEXT_SHA, name="paper.txt", characters=CHARACTERS)
    both = (scope(0, 9, "Results"), scope(10, 19, "Discussion", split="test"))
    return collect_gold([document, *(both if scopes is None else scopes), *records])


DOCUMENT = {"doc_id": "doc", "path": "papers/paper.txt", "sha256": SHA, "text_sha256": TEXT_SHA, "status": "done"}


def run(
    predicted: Sequence[dict[str, Any]],
    gold: Gold,
    *,
    entities: Sequence[dict[str, Any]] = (),
    split: str | None = None,
) -> Evaluation:
    """Evaluate predictions on the one document."""
    return evaluate(predicted, entities, [DOCUMENT], gold, split=split)


def counts(evaluation: Evaluation, measure: str = "claims", group: str = "all") -> tuple[float, float, float]:
    """Return (tp, fp, fn) of a detection measure."""
    total = evaluation.groups[group].detection.total(measure)
    return total.tp, total.fp, total.fn


def field_counts(evaluation: Evaluation, name: str) -> tuple[float, float, float]:
    """Return (tp, fp, fn) of a field within pairs."""
    total = evaluation.groups["all"].fields.total(name)
    return total.tp, total.fp, total.fn
