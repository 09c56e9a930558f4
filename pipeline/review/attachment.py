"""Decisions found again: which claims of an extraction the decisions of an earlier one are of.

A decision goes to the claim with its id where there is one that still says the same. Else it goes to the claim that
stands in its place and makes its assertion: the same drug, a like outcome, the direction that was judged or that the
correction gave it. Among several the one whose arm is nearest (dose, sex, strain, …) takes it, if it is the only one.
The place is the evidence's characters where the document reads as before, and the evidence's letters and digits where
it reads otherwise. What finds no claim is an orphan with its reason, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from pipeline.evaluation.anchors import anchor_view, hash_places
from pipeline.evaluation.comparison import ARM_FIELDS, agree, get_field
from pipeline.evaluation.folding import FoldedText, QuoteFinder
from pipeline.evaluation.matching import merge_spans, overlap
from pipeline.evaluation.similarity import outcome_similarity, same_drug
from pipeline.model import hash_text
from pipeline.model.decisions import Decision
from pipeline.model.records import Record

Value = Mapping[str, Any]
PLACE_SHARE = 0.5
"""Least part of the shorter evidence that two evidences share to stand in one place."""
TEXT_SHARE = 0.8
"""Least similarity of evidences in another rendition, by their letters and digits in order."""
CORE_FIELDS = ("direction", "certainty", "negated")
"""What, with drug and outcome, makes a claim another one when it differs from what was accepted or rejected; so does
the species where both name one."""
_REPLACED = "the claim that stands in its place has a decision of its own"


@dataclass(frozen=True, slots=True)
class Attached:
    """A decision on a claim of the extraction at hand.

    Attributes:
        decision: its values at the places they have in this rendition.
        moved: whether it was found by place and assertion, not by the claim's id.
        outdated: the fields that now differ from what was judged, and that the decision did not set.
    """

    decision: Decision
    claim_id: str
    moved: bool = False
    outdated: tuple[str, ...] = ()

    def as_record(self) -> Record:
        """Return the decision as pages and tables take it, with what is outdated of it."""
        return {**self.decision.as_record(), "moved": self.moved, "outdated": list(self.outdated)}


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision without a claim, and why; ``replaced`` where a decision on what stands there now took its place."""

    decision: Decision
    reason: str
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """The decisions of one document: those on a claim, by claim id, and those without one."""

    by_claim: Mapping[str, Attached] = field(default_factory=dict)
    orphans: tuple[Orphan, ...] = ()


def attach_decisions(decisions: Iterable[Decision], claims: Sequence[Value], *, source: str) -> Attachment:
    """Return which of a document's claims its decisions are of.

    Args:
        decisions: of this document, one for each judged claim.
        claims: the records of one extraction of it.
        source: the text that the claims' offsets point into.
    """
    text_sha256 = hash_text(source)
    by_id = {claim["claim_id"]: claim for claim in claims}
    attached: dict[str, Attached] = {}
    homeless: list[Decision] = []
    for decision in decisions:
        claim = by_id.get(decision.claim_id)
        if claim is not None and _says_the_same(decision, claim):
            attached[decision.claim_id] = _attach(decision, claim, source, text_sha256, moved=False)
        else:
            homeless.append(decision)
    neighbours = _Neighbours(source).count
    orphans: list[Orphan] = []
    rivals: dict[str, list[tuple[tuple[float, ...], Decision]]] = {}
    for decision in homeless:
        standing = [claim for claim in claims if _stands_there(decision, claim, text_sha256)]
        chosen, score, reason = _choose(decision, standing, taken=attached, neighbours=neighbours)
        if chosen is None:
            orphans.append(Orphan(decision, reason, replaced=reason == _REPLACED))
        else:
            rivals.setdefault(chosen, []).append((score, decision))
    for claim_id, group in sorted(rivals.items()):
        group.sort(key=lambda item: (item[0], item[1].decided_at, item[1].claim_id), reverse=True)
        _, best = group[0]
        attached[claim_id] = _attach(best, by_id[claim_id], source, text_sha256, moved=True)
        orphans.extend(Orphan(other, f"another decision fits claim {claim_id} better") for _, other in group[1:])
    return Attachment(attached, tuple(sorted(orphans, key=lambda orphan: orphan.decision.claim_id)))


def _says_the_same(decision: Decision, claim: Value) -> bool:
    """Whether a claim still makes the assertion that was judged, as far as its id does not tell."""
    return decision.verdict == "corrected" or _same_core(decision.claim, claim)


def _same_core(judged: Value, claim: Value) -> bool:
    one, other = judged.get("species"), claim.get("species")
    if one is not None and other is not None and not agree("species", one, other):
        return False
    return all(_agrees(name, judged, claim) for name in CORE_FIELDS)


def _stands_there(decision: Decision, claim: Value, text_sha256: str) -> bool:
    """Whether a claim stands where the judged one stood."""
    if decision.claim["kind"] != claim["kind"]:
        return False
    if decision.text_sha256 == text_sha256:
        one, other = (merge_spans(item["evidence"]["spans"]) for item in (decision.claim, claim))
        shorter = min(sum(end - start for start, end in spans) for spans in (one, other))
        return overlap(one, other) >= PLACE_SHARE * shorter
    left = anchor_view(decision.claim["evidence"]["text"]).text
    right = anchor_view(claim["evidence"]["text"]).text
    if left == right or (len(left) >= 40 and left in right) or (len(right) >= 40 and right in left):
        return True
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.real_quick_ratio() >= TEXT_SHARE and matcher.quick_ratio() >= TEXT_SHARE <= matcher.ratio()


def _choose(
    decision: Decision,
    claims: Sequence[Value],
    *,
    taken: Mapping[str, Attached],
    neighbours: Callable[[Decision, Value], int],
) -> tuple[str | None, tuple[float, ...], str]:
    """Return the id of the one claim that a decision is of, how well it fits, and else why there is none."""
    if not claims:
        return None, (), "no claim stands in its place now"
    fitting = [claim for claim in claims if _asserts(decision, claim)]
    if not fitting:
        now = "; ".join(sorted({_assertion(claim) for claim in claims})[:3])
        return None, (), f"in its place stands now: {now}"
    free = [claim for claim in fitting if claim["claim_id"] not in taken]
    if not free:
        return None, (), _REPLACED
    scored = sorted(
        ((_nearness(decision, claim, neighbours(decision, claim)), claim["claim_id"]) for claim in free), reverse=True
    )
    if len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None, (), f"{len(scored)} claims fit it equally well"
    return scored[0][1], scored[0][0], ""


def _asserts(decision: Decision, claim: Value) -> bool:
    """Whether a claim says what was judged, or what the correction made of it."""
    judged, corrected = decision.claim, {**decision.claim, **decision.values}
    drug = any(same_drug(item["intervention"], claim["intervention"]) for item in (judged, corrected))
    outcome = max(outcome_similarity(item["outcome"], claim["outcome"]) for item in (judged, corrected))
    if not drug or not outcome:
        return False
    if decision.verdict == "corrected":
        return "direction" in decision.values or claim["direction"] == judged["direction"]
    return _same_core(judged, claim)


def _nearness(decision: Decision, claim: Value, neighbours: int) -> tuple[float, ...]:
    """Return how near a claim is to what was judged: direction, outcome, agreeing less differing fields of the arm,
    and in another rendition how many of the two neighbouring windows of text are those of before."""
    judged, corrected = decision.claim, {**decision.claim, **decision.values}
    outcome = max(outcome_similarity(item["outcome"], claim["outcome"]) for item in (judged, corrected))
    direction = claim["direction"] in (judged["direction"], corrected["direction"])
    agreement = 0
    for name in ARM_FIELDS:
        values = [get_field(item, name) for item in (judged, corrected, claim)]
        if values[2] is None and values[0] is None:
            continue
        agreement += 1 if any(_agrees(name, item, claim) for item in (judged, corrected)) else -1
    same_row = judged["evidence"].get("row") == claim["evidence"].get("row")
    return float(direction), round(outcome, 6), float(same_row), float(agreement), float(neighbours)


def _agrees(name: str, one: Value, other: Value) -> bool:
    left, right = get_field(one, name), get_field(other, name)
    if left is None or right is None:
        return left is right
    return bool(agree(name, left, right))


def _assertion(claim: Value) -> str:
    return f"{claim['intervention']['name']}, {claim['outcome']['name']}: {claim['direction']}"


def _attach(decision: Decision, claim: Value, source: str, text_sha256: str, *, moved: bool) -> Attached:
    if decision.text_sha256 != text_sha256:
        decision = _relocate(decision, claim, source)
    ignored = {"claim_id", "doc_id", "evidence", "why", "confidence", "arm_id", "section", "schema_version", "kind"}
    outdated = [
        name
        for name in sorted({*decision.claim, *claim} - ignored - set(decision.values))
        if _plain(decision.claim.get(name)) != _plain(claim.get(name))
    ]
    return Attached(decision, claim["claim_id"], moved=moved, outdated=tuple(outdated))


def _plain(value: Any) -> Any:
    """Return a field's value without its place, which another rendition changes; nothing said is ``None``."""
    if isinstance(value, Mapping):
        kept = {key: _plain(item) for key, item in value.items() if key not in ("start", "end", "source")}
        return {key: item for key, item in kept.items() if item is not None} or None
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value] or None
    return value


def _relocate(decision: Decision, claim: Value, source: str) -> Decision:
    """Return the decision with its values at their places in another rendition, without place where they have none."""
    finder = QuoteFinder(source)
    spans = claim["evidence"]["spans"]
    low, high = min(start for start, _ in spans), max(end for _, end in spans)

    def move(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [move(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        moved = {key: move(item) for key, item in value.items()}
        if value.get("start") is not None and value.get("text"):
            places = finder.find(value["text"], start=low, end=high, whole=True) or finder.find(
                value["text"], whole=True
            )
            place = min(places, key=lambda found: (max(low - found[0], found[1] - high, 0), found), default=None)
            start, end = place or (None, None)
            moved |= {"start": start, "end": end}
            if place is not None:
                moved["text"] = source[place[0] : place[1]]
        return moved

    return replace(decision, values={name: move(value) for name, value in decision.values.items()})


class _Neighbours:
    """Tells what stands beside claims of one source, where it is asked."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _view(self) -> FoldedText:
        return anchor_view(self._source)

    def count(self, decision: Decision, claim: Value) -> int:
        """Return how many of the windows before and after a claim's evidence are those of the judged claim."""
        spans = [(start, end) for start, end in claim["evidence"]["spans"]]
        found = hash_places(self._view, spans)
        return sum(bool(found[name]) and found[name] == decision.place.get(name) for name in ("before", "after"))
