"""Decisions of people on claims: accepted, corrected or rejected; and a claim's record as a decision leaves it.

A decision is of a claim as it was shown to somebody. It is kept with that claim, so that it can be found again after
another extraction, and it changes nothing that was extracted: exports show the claim with the decision over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Verdict = Literal["accepted", "corrected", "rejected"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
DECISION_FIELDS = ("decision", "decided_by", "decided_at", "decision_why", "decision_outdated", "extracted")
"""What a decision adds to a claim's record: ``extracted`` holds the extracted values of corrected fields,
``decision_outdated`` names the fields that read otherwise when the claim was judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided of one claim.

    Attributes:
        sha256: of the document's bytes.
        claim: the claim's record as it was judged, without any decision over it.
        text_sha256: of the source text that the claim's offsets point into.
        place: hashes by which the evidence is found in another rendition of the same document.
        values: the corrected fields, each whole, as the contract has them; ``None`` takes a field away.
        decided_by: who; ``decided_at``: when, ISO 8601; ``why``: the reason in the person's words.
    """

    sha256: str
    claim: Mapping[str, Any]
    text_sha256: str
    place: Mapping[str, Any]
    verdict: Verdict
    values: Mapping[str, Any] = field(default_factory=dict)
    decided_by: str | None = None
    decided_at: str
    why: str | None = None

    @property
    def claim_id(self) -> str:
        """The id of the claim that was judged."""
        claim_id: str = self.claim["claim_id"]
        return claim_id

    def as_record(self) -> dict[str, Any]:
        """Return the decision as pages and tables take it: ``decision``, ``values``, ``who``, ``when``, ``why``."""
        return {
            "decision": self.verdict,
            "values": dict(self.values),
            "who": self.decided_by,
            "when": self.decided_at,
            "why": self.why,
        }


def apply_decision(claim: Mapping[str, Any], decision: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a claim's record with a decision over it; applied twice is applied once.

    Args:
        claim: a record of ``claims.jsonl``.
        decision: as ``Decision.as_record`` gives it, or ``None`` for a claim that nobody judged.
    """
    extracted = restore_extracted(claim)
    if decision is None:
        return extracted
    values = {name: value for name, value in decision["values"].items() if value != extracted.get(name)}
    return {
        **extracted,
        **values,
        "decision": decision["decision"],
        "decided_by": decision["who"],
        "decided_at": decision["when"],
        "decision_why": decision["why"],
        "decision_outdated": list(decision.get("outdated") or ()) or None,
        "extracted": {name: extracted.get(name) for name in values} or None,
    }


def restore_extracted(claim: Mapping[str, Any]) -> dict[str, Any]:
    """Return a claim's record as it was extracted, without any decision over it."""
    former = claim.get("extracted") or {}
    return {name: former.get(name, value) for name, value in claim.items() if name not in DECISION_FIELDS}


def is_rejected(claim: Mapping[str, Any]) -> bool:
    """Whether a claim's record has a decision over it that rejects it."""
    return claim.get("decision") == "rejected"
