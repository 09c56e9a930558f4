"""The ways in which a gold claim may be read: its own fields, and its alternatives in every combination that fits.

Alternatives that share a field exclude each other; ones of different fields combine. What decides whether two claims
can be the same (drug, outcome, certainty) is written out as whole readings; all other alternatives stay patches, since
writing out every combination of ten independent ones would take a thousand readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from pipeline.evaluation.gold import GoldClaim, GoldReading

Value = Mapping[str, Any]
Choice = tuple[Value, ...]
"""Patches of the same fields, of which one is chosen; the first is empty: the claim's own fields."""

IDENTITY = frozenset({"intervention", "outcome", "certainty"})
MAX_PATCHES = 256
"""Most combinations that are tried within one group of alternatives."""


def expand_readings(claim: GoldClaim) -> tuple[tuple[dict[str, Any], ...], tuple[Choice, ...]]:
    """Return the claim's whole readings, its own first, and for all other fields the patches to choose from."""
    own = {name: plain_value(getattr(claim, name)) for name in GoldReading.model_fields}
    patches = [
        {name: plain_value(getattr(alternative, name)) for name in sorted(alternative.model_fields_set)}
        for alternative in claim.alternatives
    ]
    choices = [_combine(group) for group in group_patches(patches)]
    deciding = [choice for choice in choices if any(IDENTITY & patch.keys() for patch in choice)]
    free = [choice for choice in choices if choice not in deciding]
    readings = [merge_patches(own, chosen) for chosen in limit(product(*deciding))]
    return tuple(readings), tuple(free)


def group_patches(patches: Sequence[Value]) -> list[list[Value]]:
    """Return patches grouped so that two which share a field, directly or through others, stand together."""
    groups: list[list[Value]] = []
    for patch in patches:
        touching = [group for group in groups if any(patch.keys() & other.keys() for other in group)]
        merged = [other for group in touching for other in group]
        groups = [group for group in groups if group not in touching]
        groups.append([*merged, patch])
    return groups


def _combine(group: Sequence[Value]) -> Choice:
    """Return every combination of a group's patches of which no two share a field, the empty one first."""
    found: list[Value] = []
    for size in range(len(group) + 1):
        for chosen in combinations(group, size):
            names = [name for patch in chosen for name in patch]
            if len(names) == len(set(names)):
                found.append(merge_patches({}, chosen))
        if len(found) >= MAX_PATCHES:
            break
    return tuple(found[:MAX_PATCHES])


def merge_patches(base: Value, patches: Iterable[Value]) -> dict[str, Any]:
    """Return the fields of ``base`` with those of the patches in their place."""
    merged = dict(base)
    for patch in patches:
        merged.update(patch)
    return merged


def join_choices(left: Sequence[Choice], right: Sequence[Choice]) -> Iterator[tuple[list[Choice], list[Choice]]]:
    """Yield the choices of two claims that have to be made together, since they touch the same fields."""
    rest = [("left", choice) for choice in left] + [("right", choice) for choice in right]
    while rest:
        joined, rest = [rest[0]], rest[1:]
        grown = True
        while grown:
            names = {name for _, choice in joined for patch in choice for name in patch}
            more = [entry for entry in rest if any(names & patch.keys() for patch in entry[1])]
            rest = [entry for entry in rest if entry not in more]
            joined += more
            grown = bool(more)
        yield (
            [choice for side, choice in joined if side == "left"],
            [choice for side, choice in joined if side == "right"],
        )


def limit(items: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """Yield the first items, at most ``MAX_PATCHES``."""
    for _, item in zip(range(MAX_PATCHES), items, strict=False):
        yield item


def plain_value(value: Any) -> Any:
    """Return a gold field as plain JSON values."""
    if isinstance(value, tuple):
        return [plain_value(item) for item in value]
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value
