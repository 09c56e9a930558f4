"""Claims from prose: frames, arguments, qualifiers, binding."""

from pipeline.claims.extraction import extract_claims, outcome_mentions

__all__ = ["extract_claims", "outcome_mentions"]
