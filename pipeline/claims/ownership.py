"""Which drug a dose or route stands with."""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.scene import Scene, key_of
from pipeline.model import Mention

_LISTED = r"(?:@(?:,\s|\s|and\s|or\s)*)*"


def owner_of(scene: Scene, quantity: Mention, given: list[Mention]) -> str | None:
    """Return the key of the drug a dose or route stands with, ``None`` where no drug is near it.

    A drug that follows at once ("14 ppm rapamycin", "10 mg of X") owns it; else the nearest, one before it preferred.
    """
    if quantity.clean is None:
        return None
    text = scene.document.clean.text
    best: tuple[int, str] | None = None
    for drug in _without_explaining_classes(given):
        if drug.clean is None:
            continue
        if drug.clean.start >= quantity.clean.end:
            between = text[quantity.clean.end : drug.clean.start]
            if re.fullmatch(r"\)?[\s-]*(?:(?:of|per day|daily|oral|the|dose of|doses of)[\s-]*)*", between):
                return key_of(drug)
            gap = 3 * (drug.clean.start - quantity.clean.end) + 10
        else:
            gap = quantity.clean.start - drug.clean.end
        if best is None or gap < best[0]:
            best = (gap, key_of(drug))
    if best is None:
        return None
    return best[1]


def is_shared(scene: Scene, route: Mention, drug: Mention) -> bool:
    """Whether a route on a treatment noun holds for a drug of its phrase: "oral administration of A, B and C"."""
    tree = scene.tree
    node, drug_node = scene.node(route), scene.node(drug)
    if node is None or drug_node is None:
        return False
    noun = node if tree.lowered[node] in cues.TREATMENT_NOUNS else tree.head(node)
    if noun is None or tree.lowered[noun] not in cues.TREATMENT_NOUNS or drug_node not in tree.subtree(noun):
        return False
    low, high = sorted((node, drug_node))
    between = [other for other in scene.of("ROUTE") if other is not route and low < (scene.node(other) or 0) < high]
    return not between


def is_shared_dose(scene: Scene, dose: Mention, drug: Mention, given: list[Mention]) -> bool:
    """Whether a dose stands before or behind a list of drugs and is that of each: "(10 µM) of A and B", "A and B (10
    mg/kg each)".
    """
    if dose.clean is None or drug.clean is None:
        return False
    text = scene.document.clean.text
    listed = [other.clean for other in given if other.clean is not None]
    if drug.clean.start > dose.clean.end:
        opening = r"\)?\s(?:doses?\s)?of\s(?:both\s|either\s|each\sof\s)?"
        between = text[dose.clean.end : drug.clean.start]
        between = _blank(between, [(p.start - dose.clean.end, p.end - dose.clean.end) for p in listed])
        return bool(re.fullmatch(opening + _LISTED, between))
    if drug.clean.end > dose.clean.start or not re.match(r",?\seach\b", text[dose.clean.end : dose.clean.end + 8]):
        return False
    between = text[drug.clean.end : dose.clean.start]
    between = _blank(between, [(p.start - drug.clean.end, p.end - drug.clean.end) for p in listed])
    return bool(re.fullmatch(rf"(?:,|\s|and|or)*{_LISTED}\s?\(", between))


def _blank(text: str, places: list[tuple[int, int]]) -> str:
    """Return a text with "@" for each place in it that a drug's name takes."""
    for low, high in sorted(places, reverse=True):
        if 0 <= low < high <= len(text):
            text = text[:low] + "@" + text[high:]
    return text


def is_of_another(scene: Scene, schedule: Mention, key: str) -> bool:
    """Whether a schedule belongs to another substance by its words: "a single dose of B" for A."""
    if schedule.clean is None:
        return False
    text = scene.document.clean.text
    for other in scene.of("CHEMICAL"):
        if other.clean is not None and other.clean.start >= schedule.clean.end and key_of(other) != key:
            if re.fullmatch(
                r"\s*(?:doses?|injections?|infusions?)? ?of (?:the )?", text[schedule.clean.end : other.clean.start]
            ):
                return True
    return False


def _without_explaining_classes(given: list[Mention]) -> list[Mention]:
    """Drop a class that stands right before its member: in "low doses of the mTOR inhibitor X" the dose is X's."""
    kept = []
    for position, drug in enumerate(given):
        following = given[position + 1] if position + 1 < len(given) else None
        if "class" in drug.flags and following is not None and drug.clean is not None and following.clean is not None:
            if 0 <= following.clean.start - drug.clean.end <= 2:
                continue
        kept.append(drug)
    return kept
