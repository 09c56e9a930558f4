"""The groups of a store, as people ask for them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.consensus.groups import Group, group_claims
from pipeline.consensus.keys import Key, intervention_key, outcome_key, species_key
from pipeline.evaluation.similarity import content_words
from pipeline.review import review_store
from pipeline.store import Store


def group_store(store: Store) -> list[Group]:
    """Return the groups of a store's current claims, with the decisions of people over them."""
    return group_claims(
        (reviewed.result.record, reviewed.claims)
        for reviewed in review_store(store)
        if reviewed.result.record is not None
    )


def select_groups(
    groups: Sequence[Group],
    *,
    drug: str | None = None,
    outcome: str | None = None,
    species: str | None = None,
    papers: int = 1,
    conflicting: bool = False,
) -> list[Group]:
    """Return the groups that are asked for.

    Args:
        drug, outcome, species: names; another name of the same concept finds it too, and so do words of the name.
        papers: fewest papers that speak.
        conflicting: whether only groups are wanted whose papers do not agree.
    """
    wanted = (
        (drug, intervention_key({"name": drug}) if drug else None),
        (outcome, outcome_key({"name": outcome}) if outcome else None),
        (species, species_key({"name": species}) if species else None),
    )
    return [
        group
        for group in groups
        if len(group.lines) >= papers
        and (not conflicting or group.strength == "conflicting")
        and all(
            _is(found, name, key)
            for found, (name, key) in zip((group.intervention, group.outcome, group.species), wanted, strict=True)
        )
    ]


def _is(found: Key, name: str | None, key: Key | None) -> bool:
    if not name or key is None or found.key == key.key:
        return True
    words = set(content_words(name))
    return bool(words) and words <= set(content_words(found.name))
