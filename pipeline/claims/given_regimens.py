"""What each drug of a document's own experiment was given as: dose, route, schedule and duration, as design sentences
tell them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.claims.arms import combine_doses
from pipeline.claims.ownership import owner_of
from pipeline.claims.routes import is_delivery
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.substances import is_administered
from pipeline.claims.titles import is_title
from pipeline.model import Label, Mention, Span

GIVEN = re.compile(
    r"\b(?:randomi[sz]\w+|assigned|allocated|receiv\w+|treated|treatment|given|administ\w+|fed|injected|took|phases?|"
    r"therap(?:y|ies)|pretreat\w+|supplement\w+|course)\b",
    re.IGNORECASE,
)
_THE_DRUGS = re.compile(
    r"\b(?:(?:the|both|these|all|two|three) (?:test |study )?"
    r"(?:drugs|compounds|agents|substances|treatments|medications)|"
    r"(?:the|each) (?:test |study )?(?:drug|compound|treatment|medication))\b",
    re.IGNORECASE,
)
_NOT_GIVING = re.compile(
    r"^[\s-]*(?:of )?(?:single-blind )?(?:placebo|wash-?out|run-in|follow|observation|later|after|before|apart)|"
    r"^[^.;,]{0,20}\b(?:wash-?out|run-in|follow-?up)\b",
    re.IGNORECASE,
)

_PREPARED = re.compile(r"\b(?:dissol\w+|stock|dilut\w+|reconstitut\w+|resuspend\w+)\b", re.IGNORECASE)
_CEILING = re.compile(
    r"\b(?:max(?:imum|imal)?|not exceeding|total)(?: (?:daily |single )?dose)?(?: of)? $", re.IGNORECASE
)
_ANY = frozenset({"injection", "infusion"})
_VOLUMES = frozenset({"mL", "uL", "L"})
_STATED: tuple[Label, ...] = ("ROUTE", "SCHEDULE", "DURATION")


def titled_drugs(scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Return the keys of the drugs that the title names."""
    titled = [scene for scene in scenes if is_title(scene)]
    return tuple(dict.fromkeys(key_of(m) for scene in titled for m in scene.of("CHEMICAL") if m.role == "drug"))


def find_lone_duration(told: Sequence[Scene], ours: Sequence[Scene]) -> Mention | None:
    """Return the only time for which the document says that anything was given; ``None`` where there are several."""
    found: dict[object, Mention] = {}
    for scene in told:
        for mention in scene.of("DURATION"):
            quantity = mention.quantity
            if quantity is None or (quantity.low_days or 0) < 1 or mention.clean is None:
                continue
            after = scene.text(Span(mention.clean.end, scene.span.end))[:40]
            if not _NOT_GIVING.search(after):
                found.setdefault(identity_of(mention), mention)
    lone = next(iter(found.values())) if len(found) == 1 else None
    if lone is None or lone.clean is None:
        return None
    gives = any(
        scene.span.covers(lone.clean) and GIVEN.search(scene.text(scene.span)) and not scene.of("PVALUE")
        for scene in ours
    )
    return lone if gives else None


def drugs_given_for(duration: Mention, scenes: Sequence[Scene]) -> tuple[str, ...]:
    """Return the drugs that were given for a time: those before it in its sentence, else all of the sentence, else all
    that any sentence of the design says were given.
    """
    place = duration.clean
    if place is None:
        return ()
    for scene in scenes:
        if scene.span.covers(place):
            given = [m for m in scene.of("CHEMICAL") if m.role == "drug" and m.clean is not None]
            before = [m for m in given if m.clean is not None and m.clean.end <= place.start]
            chosen = (
                before or given or [m for s in scenes if s.of("DOSE") for m in s.of("CHEMICAL") if m.role == "drug"]
            )
            return tuple(dict.fromkeys(key_of(mention) for mention in chosen))
    return ()


def read_regimens_given(
    told: Sequence[Scene], ours: Sequence[Scene], titled: tuple[str, ...]
) -> dict[str, dict[str, Mention]]:
    """Return the regimen of each drug whose dose the document states once, always alike, or once as its levels.

    Route, schedule and duration come from the same sentences as the dose: those of another experiment stay out. A drug
    without a dose has those of the sentence that says it was given. "The drugs" are those of the title.
    """
    doses: dict[str, dict[object, Mention]] = {}
    others: dict[str, dict[str, dict[object, Mention]]] = {}
    undosed: dict[str, dict[str, dict[object, Mention]]] = {}
    begun = {scene.span.start for scene in ours}
    for scene in told:
        given = [m for m in scene.of("CHEMICAL") if m.role == "drug" or is_administered(scene, m)]
        owners = set()
        for dose in doses_given(scene):
            owner = owner_of(scene, dose, given)
            if owner is not None:
                doses.setdefault(owner, {}).setdefault(identity_of(dose), dose)
                owners.add(owner)
        gives = bool(GIVEN.search(scene.text(scene.span))) and scene.span.start in begun and not scene.of("PVALUE")
        if gives and not given and _THE_DRUGS.search(scene.text(scene.span)):
            for drug in titled:
                for dose in doses_given(scene):
                    doses.setdefault(drug, {}).setdefault(identity_of(dose), dose)
                for label in _STATED:
                    for mention in delivered(scene, label):
                        others.setdefault(drug, {}).setdefault(label, {}).setdefault(identity_of(mention), mention)
        for label in _STATED:
            for mention in delivered(scene, label):
                owner = owner_of(scene, mention, given)
                if owner in owners and owner is not None:
                    others.setdefault(owner, {}).setdefault(label, {}).setdefault(identity_of(mention), mention)
                elif owner is not None and gives:
                    undosed.setdefault(owner, {}).setdefault(label, {}).setdefault(identity_of(mention), mention)
    regimens: dict[str, dict[str, Mention]] = {}
    for drug in dict.fromkeys((*doses, *undosed)):
        levels = doses.get(drug, {})
        lone = next(iter(levels.values())) if len(levels) == 1 else None
        amount = lone or combine_doses(ours, tuple(levels.values()))
        if levels and amount is None:
            continue
        stated = others.get(drug, {}) if levels else undosed.get(drug, {})
        rest = {label: next(iter(v.values())) for label, v in stated.items() if len(v) == 1}
        regimens[drug] = {**({"DOSE": amount} if amount is not None else {}), **rest}
    return regimens


def delivered(scene: Scene, label: Label) -> list[Mention]:
    """Return the mentions of a label, of routes those alone that say how something was given; "injected" says nothing
    beside "i.p.".
    """
    if label != "ROUTE":
        return scene.of(label)
    routes = [mention for mention in scene.of(label) if is_delivery(scene, mention)]
    exact = [mention for mention in routes if (mention.concept.name if mention.concept else mention.name) not in _ANY]
    return exact or routes


def doses_given(scene: Scene) -> list[Mention]:
    """Return the doses of a sentence without volumes ("66 µl/10 g, 8 mg/kg"), sums ("maximum 100 mg") and what was only
    prepared: "5 mg of A was dissolved in 2 ml", "the stock was at 0.1 mg/ml".
    """
    doses = scene.of("DOSE")
    text = scene.text(scene.span)
    if _PREPARED.search(text):
        gives = bool(GIVEN.search(text))
        doses = [dose for dose in doses if _is_by_body(dose) or (gives and not _is_concentration(dose))]
    below = [
        dose for dose in doses if dose.clean is None or not _CEILING.search(text[: dose.clean.start - scene.span.start])
    ]
    doses = below or doses
    weighed = [dose for dose in doses if dose.quantity is None or (dose.quantity.unit or "") not in _VOLUMES]
    return weighed or list(doses)


def _is_by_body(dose: Mention) -> bool:
    return dose.quantity is not None and bool({"body weight", "area", "diet", "water"} & set(dose.quantity.per))


def _is_concentration(dose: Mention) -> bool:
    return dose.quantity is not None and (dose.quantity.unit or "").endswith(("/mL", "/L"))


def identity_of(mention: Mention) -> object:
    """Return what makes two quantities the same: their numbers, else their concept or words; a dose with "a day" is
    the same as without.
    """
    quantity = mention.quantity
    if quantity is not None and mention.label == "DOSE" and quantity.low is not None:
        per = tuple(name for name in quantity.per if name != "day")
        return (quantity.low, quantity.high, quantity.values, quantity.unit, per)
    if quantity is not None:
        numbers = (quantity.low, quantity.high, quantity.values, quantity.unit, quantity.times, quantity.period_days)
        days = (quantity.low_days, quantity.high_days, quantity.until_age_days)
        if any(number is not None for number in (*numbers, *days)):
            return (*numbers, *days)
    return mention.concept.name if mention.concept else " ".join(mention.text.lower().split())
