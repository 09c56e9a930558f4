"""What the judge looks at in a claim of a table: how the table was read, and what each part of the claim came from.

Each feature is named by what is so where it is 1; the names are shown to readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.judge import Judge, Judgement
from pipeline.model import Claim, Document, Table
from pipeline.tables.extraction import TableExtraction

_VARIABLE = re.compile(r"“[^”]*”|\b(?:increase|decrease|no_change|mixed|unknown)\b")
_MANY = 30
UNTESTED = 0.929
"""The confidence of comparisons without a test: all 113 of six documents are right (``measure_tables``, both golds),
and half of a seventh is taken for wrong, as for all tables."""


def rate_table_claims(found: TableExtraction, document: Document, table: Table, *, judge: Judge) -> Iterator[Claim]:
    """Yield the claims of a table with their confidence."""
    for claim in found.claims:
        rated = judge.rate(claim, describe_table_claim(claim, document, table, found))
        yield _doubt(rated) if compares_untested(claim) else rated


def compares_untested(claim: Claim) -> bool:
    """Whether two arms' values are compared of which no test is stated."""
    effect = claim.effect
    paired = effect is not None and effect.control is not None and effect.treated is not None
    return claim.significance is None and claim.comparator is not None and paired


def _doubt(claim: Claim) -> Claim:
    """Return a claim with no more than the confidence of comparisons without a test."""
    if claim.confidence is None or claim.confidence <= UNTESTED:
        return claim
    doubted = Judgement(UNTESTED, (("the arms' values are compared without a test", -1.0),))
    return replace(claim, confidence=UNTESTED, why=(*claim.why[:-1], doubted.explain()))


def describe_table_claim(claim: Claim, document: Document, table: Table, found: TableExtraction) -> dict[str, float]:
    """Return the features of a claim of a table."""
    significance = claim.significance
    effect = claim.effect
    paired = effect is not None and effect.control is not None and effect.treated is not None
    same_row = sum(other.evidence.row == claim.evidence.row for other in found.claims)
    features: dict[str, float] = {
        "the table came as running text": not table.cells,
        f"the document was read as {document.reader}": True,
        "parts of the table could not be read": bool(found.failures),
        "the table has no number": table.number is None,
        "claims of the table, of thirty": min(len(found.claims), _MANY) / _MANY,
        "the row gives several claims": same_row > 1,
        f"the drug stands in the {claim.intervention.source}": True,
        "the drug is not in the vocabulary": claim.intervention.id is None,
        "the drug was given with others": bool(claim.combined_with),
        f"the outcome stands in the {claim.outcome.source}": True,
        "the outcome's name is short": len(claim.outcome.name) <= 3,
        "the outcome's name is longer than forty characters": len(claim.outcome.name) > 40,
        "the outcome has a time of measurement": claim.outcome.timepoint is not None,
        f"the direction is {claim.direction.replace('_', ' ')}": True,
        "both arms have their values": paired,
        "no amount was read": effect is None,
        "a difference is stated": significance is not None and significance.significant is True,
        "no difference is stated": significance is not None and significance.significant is False,
        "nothing is stated of significance": significance is None,
        "significance comes from a footnote": significance is not None and significance.source == "footnote",
        "the p value is given": significance is not None and significance.p is not None,
        "it names a comparator": claim.comparator is not None,
        "the dose stands in the row": claim.dose is not None and claim.dose.source == "row",
        "no dose is known": claim.dose is None,
        "the row cites others": bool(claim.citations),
        "the species is not known": claim.species is None,
    }
    if effect is not None:
        kind = "of an unknown type" if effect.type is None else f"a {effect.type.replace('_', ' ')}"
        features[f"the amount is {kind}"] = True
    if claim.why:
        features[_VARIABLE.sub("…", claim.why[0])] = True
    return {name: round(float(value), 4) for name, value in features.items() if value}
