"""Gold moved to another rendering of the same paper: publisher XML instead of text, or another reader's version.

Evidence is found by the hashes of its first and last window of letters and digits; where these stand more than once,
by the hashes of what stands beside them. A field is found by its surface form inside the moved evidence, or at the
nearest place outside it. What has no certain place is reported, never guessed: a label is left out, and the gap where
it must have stood is no longer a labelled part; a field keeps its value without a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.evaluation.anchors import WINDOW, anchor_view, hash_places, hash_window
from pipeline.evaluation.folding import QuoteFinder
from pipeline.evaluation.gold import (
    Gold,
    GoldClaim,
    GoldDocument,
    GoldEntity,
    GoldReading,
    GoldRecord,
    GoldScope,
    collect_gold,
)
from pipeline.evaluation.gold_fields import GoldField
from pipeline.model.ids import hash_text

GROWTH = 1.3
"""Moved evidence may be this much longer or shorter than the labelled one (citation marks or furniture inside)."""
SLACK = 40
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lost:
    """A label or a field without a certain place in the other rendering; ``start`` is where it was labelled."""

    kind: str
    start: int
    reason: str


def relocate_gold(gold: Gold, document: str, *, sha256: str, text: str, name: str) -> tuple[Gold, list[Lost]]:
    """Move the labels of one document to another rendering of it, or to another reader's rendition of its file.

    Args:
        document: sha256 of the labelled document's bytes.
        sha256: of the other rendering's bytes.
        text: the other rendering's source text, into which the new offsets point.
        name: the other rendering's file name.

    Returns:
        gold of the other rendering alone, and what found no place.
    """
    mover = _Mover(text, sha256)
    records: list[GoldRecord] = [
        GoldDocument(sha256=sha256, text_sha256=hash_text(text), name=name, characters=len(text))
    ]
    claims: list[tuple[GoldClaim, GoldClaim]] = []
    for claim in gold.claims:
        moved = mover.move_claim(claim) if claim.document == document else None
        if moved is not None:
            claims.append((claim, moved))
    records += [moved for _, moved in claims]
    for entity in gold.entities:
        mention = mover.move_entity(entity) if entity.document == document else None
        records += [] if mention is None else [mention]
    labelled = [claim for claim in gold.claims if claim.document == document]
    for scope in gold.scopes:
        if scope.document == document:
            inside = [moved for old, moved in claims if scope.start <= old.start < scope.end]
            place = mover.move_scope(scope, inside)
            gaps = find_gaps(scope, labelled, claims)
            records += [] if place is None else mover.cut_scope(place, gaps)
    return collect_gold(records), mover.lost


def find_gaps(
    scope: GoldScope, labelled: Sequence[GoldClaim], moved: Sequence[tuple[GoldClaim, GoldClaim]]
) -> list[tuple[int | None, int | None]]:
    """Return where the scope's lost claims must stand: from the end of the last moved claim before to the next.

    ``None`` stands for the scope's own beginning or end.
    """
    kept = sorted(((old, new) for old, new in moved if scope.start <= old.start < scope.end), key=_old_start)
    known = {id(old) for old, _ in kept}
    gaps = set()
    for claim in labelled:
        if id(claim) in known or not scope.start <= claim.start < scope.end:
            continue
        before = [new.evidence.spans[-1][1] for old, new in kept if old.start <= claim.start]
        after = [new.start for old, new in kept if old.start > claim.start]
        gaps.add((max(before, default=None), min(after, default=None)))
    return sorted(gaps, key=lambda gap: (gap[0] is not None, gap[0] or 0, gap[1] or 0))


def _old_start(pair: tuple[GoldClaim, GoldClaim]) -> int:
    return pair[0].start


class _Mover:
    """Finds labelled places in one other rendering and keeps account of those it does not find."""

    def __init__(self, text: str, sha256: str) -> None:
        self._text = text
        self._sha256 = sha256
        self._view = anchor_view(text)
        self._finder = QuoteFinder(text)
        self.lost: list[Lost] = []

    @cached_property
    def _windows(self) -> dict[str, list[int]]:
        return self._index(WINDOW)

    def _index(self, size: int) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for start in range(len(self._view.text) - size + 1):
            index.setdefault(hash_window(self._view.text[start : start + size]), []).append(start)
        return index

    def move_claim(self, claim: GoldClaim) -> GoldClaim | None:
        """Return the claim at its new place, or ``None`` if its evidence, drug or outcome has none."""
        evidence = claim.evidence
        place = self._find_stretch(evidence.length, evidence.head, evidence.tail, evidence.before, evidence.after)
        if place is None:
            self.lost.append(Lost("claim", claim.start, "its evidence does not stand there, or more than once"))
            return None
        old = claim.evidence.spans[0][0], claim.evidence.spans[-1][1]
        fields = self._move_reading(claim, old, place)
        if fields["intervention"].start is None or fields["outcome"].start is None:
            self.lost.append(Lost("claim", claim.start, "its drug or outcome does not stand there"))
            return None
        alternatives = []
        for reading in claim.alternatives:
            alternatives.append(GoldReading.model_validate(self._move_reading(reading, old, place)))
        hashes = hash_places(self._view, [place])
        changes: dict[str, Any] = {
            **fields,
            "document": self._sha256,
            "evidence": evidence.model_copy(update={"spans": (place,), **hashes}),
            "alternatives": tuple(alternatives),
        }
        return claim.model_copy(update=changes)

    def _find_stretch(self, length: int, head: str, tail: str, before: str = "", after: str = "") -> Place | None:
        """Return the one stretch with these ends, of about this length in folded characters."""
        size = min(WINDOW, length)
        if not size:
            return None
        index = self._windows if size == WINDOW else self._index(size)
        starts, ends = index.get(head, []), [start + size for start in index.get(tail, [])]
        if not starts:
            starts = [start + WINDOW for start in self._windows.get(before, [])]
        if not ends:
            ends = list(self._windows.get(after, []))
        low, high = length / GROWTH - SLACK, length * GROWTH + SLACK
        pairs = [
            (self._strangeness(start, end, before, after), abs(end - start - length), start, end)
            for start in starts
            for end in ends
            if start < end and low <= end - start <= high
        ]
        pairs.sort()
        if not pairs or (len(pairs) > 1 and pairs[0][:2] == pairs[1][:2]):
            return None
        _, _, start, end = pairs[0]
        return self._view.offsets[start], self._view.offsets[end - 1] + 1

    def _strangeness(self, start: int, end: int, before: str, after: str) -> int:
        """Return how many of the neighbouring windows are not those of the label, 0 to 2."""
        text = self._view.text
        return (hash_window(text[max(0, start - WINDOW) : start]) != before) + (
            hash_window(text[end : end + WINDOW]) != after
        )

    def _move_reading(self, reading: GoldReading, old: Place, new: Place) -> dict[str, Any]:
        """Return the reading's fields at their new places; one without a place keeps its value and is reported."""
        fields: dict[str, Any] = {}
        for name in GoldReading.model_fields:
            if name not in reading.model_fields_set:
                continue
            value = getattr(reading, name)
            if isinstance(value, GoldField):
                value = self._move_field(value, name, old, new)
            elif isinstance(value, tuple) and value and isinstance(value[0], GoldField):
                value = tuple(self._move_field(item, name, old, new) for item in value)
            fields[name] = value
        return fields

    def _move_field(self, item: GoldField, name: str, old: Place, new: Place) -> GoldField:
        changes: dict[str, Any] = {}
        for key in type(item).model_fields:
            inner = getattr(item, key)
            if isinstance(inner, GoldField):
                changes[key] = self._move_field(inner, f"{name}.{key}", old, new)
        if item.start is None or item.end is None:
            return item.model_copy(update=changes)
        inside = old[0] <= item.start and item.end <= old[1]
        low, high = new if inside else (0, len(self._text))
        places = self._finder.find(item.text, start=low, end=high, whole=True)
        if not places:
            self.lost.append(Lost(name, item.start, "its words do not stand there"))
            return item.model_copy(update=changes | {"start": None, "end": None, "source": "inferred"})
        scale = (new[1] - new[0]) / (old[1] - old[0]) if inside else 1.0
        expected = new[0] + (item.start - old[0]) * scale
        start, end = min(places, key=lambda place: (abs(place[0] - expected), place))
        return item.model_copy(update=changes | {"start": start, "end": end, "text": self._text[start:end]})

    def move_entity(self, entity: GoldEntity) -> GoldEntity | None:
        """Return the mention where its words have a neighbour of before; ``None`` if that is nowhere or in doubt."""
        scored = []
        for start, end in self._finder.find(entity.text, whole=True):
            low, high = self._view.window(start, end)
            strange = self._strangeness(low, high, entity.before, entity.after)
            scored.append((strange, start, end))
        scored.sort()
        if not scored or scored[0][0] == 2 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
            self.lost.append(Lost(entity.label, entity.start, "its words do not stand there between the same words"))
            return None
        _, start, end = scored[0]
        hashes = hash_places(self._view, [(start, end)])
        beside = {key: hashes[key] for key in ("before", "after")}
        changes = {"document": self._sha256, "start": start, "end": end, "text": self._text[start:end], **beside}
        return entity.model_copy(update=changes)

    def move_scope(self, scope: GoldScope, inside: Sequence[GoldClaim]) -> GoldScope | None:
        """Return the labelled stretch by its ends; where they are gone, as far as its moved claims reach."""
        place = self._find_stretch(scope.length, scope.head, scope.tail)
        if place is None and inside:
            place = min(claim.start for claim in inside), max(claim.evidence.spans[-1][1] for claim in inside)
            self.lost.append(Lost("scope", scope.start, "its ends do not stand there; cut to its claims"))
        if place is None:
            self.lost.append(Lost("scope", scope.start, "its ends do not stand there and it holds no moved claim"))
            return None
        hashes = hash_places(self._view, [place])
        ends = {key: hashes[key] for key in ("length", "head", "tail")}
        changes = {"document": self._sha256, "start": place[0], "end": place[1], **ends}
        return scope.model_copy(update=changes)

    def cut_scope(self, scope: GoldScope, gaps: Sequence[tuple[int | None, int | None]]) -> list[GoldScope]:
        """Return what is left of a moved scope without the gaps in which lost claims must stand."""
        pieces = [(scope.start, scope.end)]
        for low, high in gaps:
            start, end = scope.start if low is None else low, scope.end if high is None else high
            cut = [((first, min(last, start)), (max(first, end), last)) for first, last in pieces]
            pieces = [piece for pair in cut for piece in pair if piece[0] < piece[1]]
        found = []
        for piece in pieces:
            hashes = hash_places(self._view, [piece])
            ends = {key: hashes[key] for key in ("length", "head", "tail")}
            found.append(scope.model_copy(update={"start": piece[0], "end": piece[1], **ends}))
        return found
