"""Claims for tests of the judge, made by hand."""

from __future__ import annotations

from pipeline.model import Claim, Evidence, Intervention, Outcome, Span
from pipeline.model.claims import Direction


def make_claim(text: str, drug: str, outcome: str, direction: Direction, *, start: int, end: int) -> Claim:
    """Return a claim of a drug and an outcome, placed at their last words before ``end``; evidence is the stretch."""
    first, second = text.rindex(drug, start, end), text.rindex(outcome, start, end)
    return Claim(
        claim_id="c" * 20,
        doc_id="d" * 20,
        kind="prose",
        evidence=Evidence(text=text[start:end], spans=(Span(start, end),)),
        intervention=Intervention(
            text=drug, start=first, end=first + len(drug), source="sentence", name=drug.lower(), kind="drug"
        ),
        outcome=Outcome(text=outcome, start=second, end=second + len(outcome), source="sentence", name=outcome),
        direction=direction,
        certainty="asserted",
        negated=False,
    )
