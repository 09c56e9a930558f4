"""Every giving of a drug that a document tells of, for results that say which one they speak of.

A paper that gave A by injection and in the diet has no dose of A, but "A injections lowered X" has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.claims.given_regimens import GIVEN, delivered, doses_given, identity_of
from pipeline.claims.ownership import owner_of
from pipeline.claims.populations import is_subject
from pipeline.claims.scene import Scene
from pipeline.claims.substances import is_administered
from pipeline.claims.titles import section_kind
from pipeline.model import Label, Mention

_BY_MOUTH = frozenset({"oral", "oral gavage", "intragastric", "diet", "drinking water", "sublingual"})
_TOLD_MORE = 4  # times that one dose has to be told for each time of another
_DURATION_SLACK = 0.1
_STATED: tuple[Label, ...] = ("ROUTE", "SCHEDULE", "DURATION")


@dataclass(frozen=True, slots=True)
class GivenArm:
    """One giving of a drug: its ``regimen`` by label, of one sentence; the ``sexes`` and ``taxa`` of its paragraph."""

    drug: str
    regimen: Mapping[Label, Mention]
    sexes: frozenset[str] = frozenset()
    taxa: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """What a result itself says of how and to whom the drug was given; ``route`` is a route's name."""

    regimen: Mapping[Label, Mention | None] = field(default_factory=dict)
    route: str | None = None
    sexes: frozenset[str] = frozenset()
    taxa: frozenset[str] = frozenset()


def list_given_arms(told: Sequence[Scene], begun: Iterable[int]) -> dict[str, tuple[GivenArm, ...]]:
    """Return by drug what sentences of the design say was given; ``begun`` are where those sentences start."""
    openings = frozenset(begun)
    blocks: dict[int, list[Scene]] = {}
    for scene in told:
        blocks.setdefault(scene.document.sentences[scene.index].block, []).append(scene)
    arms: dict[str, list[GivenArm]] = {}
    for scenes in blocks.values():
        sexes = frozenset(sex for scene in scenes for sex in sexes_named(scene))
        taxa = frozenset(taxon for scene in scenes for taxon in taxa_named(scene))
        for scene in scenes:
            if section_kind(scene.document, scene) != "methods" and scene.span.start not in openings:
                continue
            for drug, regimen in _read_sentence(scene):
                arms.setdefault(drug, []).append(GivenArm(drug, regimen, sexes, taxa))
    return {drug: tuple(found) for drug, found in arms.items()}


def choose_given(arms: Sequence[GivenArm], said: Said) -> dict[Label, Mention]:
    """Return what all givings that a result may speak of agree on, by label, or nearly all: "2 g" four times and once
    "tablets of 1 g".
    """
    open_arms = [arm for arm in arms if _may_be(arm, said)]
    chosen: dict[Label, Mention] = {}
    for label in ("DOSE", *_STATED):
        found: dict[object, list[Mention]] = {}
        for arm in open_arms:
            if label in arm.regimen:
                found.setdefault(identity_of(arm.regimen[label]), []).append(arm.regimen[label])
        ranked = sorted(found.values(), key=len, reverse=True)
        if len(ranked) > 1 and _go_other_ways(open_arms, label, ranked[0][0]):
            continue  # two experiments
        if ranked and len(ranked[0]) >= (_TOLD_MORE * sum(map(len, ranked[1:])) or 1):
            chosen[label] = ranked[0][0]
    return chosen


def _go_other_ways(arms: Sequence[GivenArm], label: Label, first: Mention) -> bool:
    """Whether givings with another dose or time than `first` say that they went another way: in food, by needle."""
    ways: dict[bool, set[object]] = {True: set(), False: set()}
    for arm in arms:
        if label in arm.regimen and "ROUTE" in arm.regimen:
            ways[identity_of(arm.regimen[label]) == identity_of(first)].add(identity_of(arm.regimen["ROUTE"]))
    return bool(ways[False] - ways[True])


def sexes_named(scene: Scene) -> frozenset[str]:
    """Return the sexes that a sentence names: "male", "female", both for "males and females"."""
    names = {mention.concept.name if mention.concept else mention.name or "" for mention in scene.of("SEX")}
    return frozenset({"male", "female"} if "both" in names else names)


def taxa_named(scene: Scene) -> frozenset[str]:
    """Return the ids of the taxa that a sentence names."""
    named = {m.concept.id for m in scene.of("SPECIES") if m.concept is not None and is_subject(scene, m)}
    return frozenset(name for name in named if name.startswith("NCBITaxon:"))


def _read_sentence(scene: Scene) -> list[tuple[str, dict[Label, Mention]]]:
    """Return each drug of a sentence with each of its doses and what else stands with that drug alone."""
    given = [m for m in scene.of("CHEMICAL") if m.role == "drug" or is_administered(scene, m)]
    gives = bool(GIVEN.search(scene.text(scene.span))) and not scene.of("PVALUE")
    doses: dict[str, list[Mention]] = {}
    for dose in doses_given(scene):
        owner = owner_of(scene, dose, given)
        if owner is not None:
            doses.setdefault(owner, []).append(dose)
    others: dict[str, dict[Label, dict[object, Mention]]] = {}
    for label in _STATED:
        for mention in delivered(scene, label):
            owner = owner_of(scene, mention, given)
            if owner is not None and (owner in doses or gives):
                others.setdefault(owner, {}).setdefault(label, {}).setdefault(identity_of(mention), mention)
    found: list[tuple[str, dict[Label, Mention]]] = []
    for drug in dict.fromkeys((*doses, *others)):
        rest = {label: next(iter(v.values())) for label, v in others.get(drug, {}).items() if len(v) == 1}
        found.extend((drug, {"DOSE": dose, **rest}) for dose in doses.get(drug, ()))
        if drug not in doses and rest:
            found.append((drug, rest))
    return found


def _may_be(arm: GivenArm, said: Said) -> bool:
    """Whether a result may speak of a giving: nothing that it says of dose, route, duration, sex or taxon differs."""
    if (arm.sexes and said.sexes and not arm.sexes & said.sexes) or (
        arm.taxa and said.taxa and not arm.taxa & said.taxa
    ):
        return False
    given = arm.regimen.get("ROUTE")
    if said.route is not None and given is None and _is_in_food(arm) and said.route not in _BY_MOUTH:
        return False
    if said.route is not None and given is not None and not are_same_route(said.route, name_of_route(given)):
        return False
    dose, duration = said.regimen.get("DOSE"), said.regimen.get("DURATION")
    other = arm.regimen.get("DOSE")
    if dose is not None and dose.quantity is not None and other is not None and identity_of(dose) != identity_of(other):
        return False
    return duration is None or "DURATION" not in arm.regimen or _last_alike(duration, arm.regimen["DURATION"])


def _last_alike(first: Mention, second: Mention) -> bool:
    """Whether two durations may be one: "three-month" and "90 days" are, within a tenth."""
    days = [mention.quantity.low_days if mention.quantity else None for mention in (first, second)]
    if days[0] is None or days[1] is None:
        return True
    return abs(days[0] - days[1]) <= _DURATION_SLACK * max(days[0], days[1])


def _is_in_food(arm: GivenArm) -> bool:
    dose = arm.regimen.get("DOSE")
    return dose is not None and dose.quantity is not None and dose.quantity.unit in ("[ppm]", "[ppb]")


def name_of_route(route: Mention) -> str:
    """Return the name that a route goes by: "intraperitoneal" for "i.p."."""
    return (route.concept.name if route.concept else route.name) or route.text.lower()


def are_same_route(first: str, second: str) -> bool:
    """Whether two names of routes may be one: the same, both by mouth, or an injection and how it was injected."""
    names = {first, second}
    if len(names) == 1 or names <= _BY_MOUTH:
        return True
    rest = names - {"injection", "infusion"}
    return len(rest) < 2 and not rest & {*_BY_MOUTH, "topical", "inhaled", "intranasal", "soaking"}
