"""The store's claims with the decisions of people over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.model.decisions import Decision, apply_decision
from pipeline.model.records import Record
from pipeline.review.attachment import Attachment, Orphan, attach_decisions
from pipeline.store import Store, StoredResult


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document's result with its decisions; ``claims`` are shown as the decisions leave them, rejected ones too."""

    result: StoredResult
    attachment: Attachment
    claims: tuple[Record, ...]


class Decisions:
    """The decisions of a store, by the content that they are of."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._by_content: dict[str, list[Decision]] = {}
        for decision in decisions:
            self._by_content.setdefault(decision.sha256, []).append(decision)

    @classmethod
    def load(cls, store: Store) -> Decisions:
        """Return the decisions that hold."""
        return cls(store.decisions())

    def __len__(self) -> int:
        return sum(map(len, self._by_content.values()))

    def contents(self) -> Mapping[str, list[Decision]]:
        """Return the decisions by the sha256 of their document's bytes."""
        return self._by_content

    def review(self, result: StoredResult) -> Reviewed:
        """Return a document's result with the decisions that are of its claims over them."""
        known = self._by_content.get(result.record["sha256"], []) if result.record is not None else []
        if not known:
            return Reviewed(result, Attachment(), result.claims)
        attachment = attach_decisions(known, result.claims, source=result.source or "")
        shown = []
        for claim in result.claims:
            attached = attachment.by_claim.get(claim["claim_id"])
            shown.append(claim if attached is None else apply_decision(claim, attached.as_record()))
        return Reviewed(result, attachment, tuple(shown))


def review_store(store: Store) -> Iterator[Reviewed]:
    """Yield the current result of each document of the store with its decisions, in path order."""
    decisions = Decisions.load(store)
    for result in store.results():
        if result.record is not None:
            yield decisions.review(result)


def map_decisions(store: Store) -> dict[str, Record]:
    """Return, by claim id, the decisions on the store's current claims, as pages take them."""
    decisions = Decisions.load(store)
    if not len(decisions):
        return {}
    return {
        claim_id: attached.as_record()
        for result in store.results()
        if result.record is not None and result.record["sha256"] in decisions.contents()
        for claim_id, attached in decisions.review(result).attachment.by_claim.items()
    }


def list_orphans(store: Store) -> list[Orphan]:
    """Return the decisions that are of no current claim, by content and claim.

    A decision that one on the claim in its place has replaced is no orphan.
    """
    decisions = Decisions.load(store)
    orphans: list[Orphan] = []
    seen: set[str] = set()
    for result in store.results():
        if result.record is not None and result.record["sha256"] in decisions.contents():
            seen.add(result.record["sha256"])
            orphans += [orphan for orphan in decisions.review(result).attachment.orphans if not orphan.replaced]
    for sha256, known in decisions.contents().items():
        if sha256 not in seen:
            orphans += [Orphan(decision, "its document has no current file in the store") for decision in known]
    return sorted(orphans, key=lambda orphan: (orphan.decision.sha256, orphan.decision.claim_id))


def count_reviews(store: Store) -> dict[str, int]:
    """Return how many of the store's current claims are judged, by verdict, and what became of the decisions.

    Hypotheses, which reviewers do not get, count only where somebody judged them.
    """
    counts = dict.fromkeys(("claims", "accepted", "corrected", "rejected", "undecided", "moved", "outdated"), 0)
    for reviewed in review_store(store):
        shown = [claim for claim in reviewed.claims if claim["certainty"] != "hypothesis" or claim.get("decision")]
        counts["claims"] += len(shown)
        for claim in shown:
            counts[claim.get("decision") or "undecided"] += 1
        for attached in reviewed.attachment.by_claim.values():
            counts["moved"] += attached.moved
            counts["outdated"] += bool(attached.outdated)
    counts["orphans"] = len(list_orphans(store))
    return counts
