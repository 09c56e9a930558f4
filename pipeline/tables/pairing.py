"""Which arm an arm is compared with, and the drug that tells the two apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.tables.context import TableContext
from pipeline.tables.described import name_substance
from pipeline.tables.labels import CONTROL, ArmLabel, name_unlinked
from pipeline.tables.meanings import read_meanings
from pipeline.tables.naming import FoundName
from pipeline.tables.result_lexicon import MODEL, NO_DRUG
from pipeline.tables.studied import JOINER, SIZE, find_studied, is_inducer
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

LEVEL = re.compile(r"\b(low|lower|high|higher)[- ]dose\b", re.IGNORECASE)

_HEALTHY = re.compile(r"(?:normal|healthy|na[iï]ve|intact)(?: (?:rats?|mice|animals|control))?", re.IGNORECASE)
Pairing = tuple[ArmLabel, FoundName, tuple[FoundName, ...]]
"""An arm's comparator, the drug that tells them apart, and what was given with it."""


def pair_arms(context: TableContext, treated: ArmLabel, arms: Sequence[ArmLabel]) -> Pairing | None:
    """Return an arm's comparator, the drug that tells them apart, and what was given with it; ``None`` if unclear."""
    others = [arm for arm in arms if arm is not treated]
    if treated.against is not None:
        return _pair_aimed(treated, others)
    if not treated.drugs:
        return _pair_unlinked(context, treated, others)
    words = _own_tokens(context, treated)
    base = [arm for arm in others if arm.drugs and arm.names == treated.names and _own_tokens(context, arm) < words]
    if base and JOINER.search(treated.text.text):
        return _pair_added(context, treated, base)
    plain = [
        arm for arm in others
        if not arm.drugs and arm.role in ("plain", "control") and arm.core and arm.core < treated.tokens
    ]  # fmt: skip
    if len(plain) > 1:
        plain = [arm for arm in plain if _background(arm) == _background(treated)] or plain
    part = [
        arm for arm in others
        if arm.drugs and arm.names < treated.names and _count_parts(context, arm) <= len(arm.drugs)
    ]  # fmt: skip
    if _count_parts(context, treated) > len(treated.drugs) and not plain:
        return None
    free = [arm for arm in others if arm.role == "control"]
    shared = [arm for arm in part if all(arm.names <= other.names for other in arms if other.drugs)]
    models = [arm for arm in part if len(arm.drugs) == 1 and is_inducer(context, arm.drugs[0])]
    models = models or _without_studied(context, treated, part)
    control: ArmLabel | None = None
    if len(plain) == 1:
        control = plain[0]
    elif len(shared) == 1:
        control = shared[0]
    elif len(models) == 1:
        control = models[0]
    elif not part and len(free) == 1:
        control = free[0]
    elif not part and len(free) > 1:
        models = [arm for arm in free if MODEL.search(arm.text.text)]
        control = models[0] if len(models) == 1 else None
    elif len(part) == 1 and not free:
        control = part[0]
    if control is None and not part and not free:
        control = _healthy_of(treated, others)
    if control is not None:
        own = [drug for drug in treated.drugs if drug.name not in control.names]
        if (
            len(own) > 1
            and len(arms) > 2
            and control.names
            and any(arm.names and arm.names < treated.names for arm in others)
        ):
            return None
        return control, own[0], tuple(drug for drug in treated.drugs if drug is not own[0])
    return _pair_active(treated, others[0]) if len(arms) == 2 and _leads(context, treated, others[0], arms) else None


def _pair_aimed(treated: ArmLabel, others: Sequence[ArmLabel]) -> Pairing | None:
    """Return the pair of an arm whose comparator is known already."""
    control = next((arm for arm in others if arm.text == treated.against), None)
    own = [] if control is None else [drug for drug in treated.drugs if drug.name not in control.names]
    if control is None or not own:
        return None
    return control, own[0], tuple(drug for drug in treated.drugs if drug is not own[0])


def _without_studied(context: TableContext, treated: ArmLabel, part: Sequence[ArmLabel]) -> list[ArmLabel]:
    """Return the arms that were given all that the treated one was but the studied drug."""
    studied = find_studied(context)
    if studied is None or len(treated.drugs) < 2:
        return []
    rest = treated.names - {drug.name for drug in studied[1]}
    return [arm for arm in part if rest and arm.names == rest and arm.names != treated.names]


def _background(arm: ArmLabel) -> str:
    """Return a label without its drugs, its word for the control, its doses and its size: "db/db" of "db/db + x"."""
    text = arm.text.text
    cuts = [(drug.start, drug.end) for drug in arm.drugs] + [(dose.start, dose.end) for dose in read_doses(text)]
    cuts += [arm.control] if arm.control is not None else []
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    return re.sub(r"(?:^|\s)[\s+,&(–-]+(?=\s|$)|\s+", " ", SIZE.sub(" ", text).lower()).strip(" +,")


def _own_tokens(context: TableContext, arm: ArmLabel) -> frozenset[str]:
    """Return a label's words without those of what only carries a drug, and without "-treated"."""
    parts = [part for part in JOINER.split(SIZE.sub(" ", arm.text.text)) if not is_carrier(context, part)]
    kept = {word.lower() for part in parts for word in re.findall(r"[\w./-]*\w", part)}
    return frozenset(re.sub(r"-(?:treated|induced|alone)$", "", token) for token in arm.tokens if token in kept)


def _count_parts(context: TableContext, arm: ArmLabel) -> int:
    """Return how many things a label joins, a placebo or what carries the others not counted."""
    return sum(bool(part.strip()) and not is_carrier(context, part) for part in JOINER.split(arm.text.text))


def is_carrier(context: TableContext, part: str) -> bool:
    """Whether a part of a label is a placebo or a vehicle, or stands for one: "DW" for distilled water."""
    meaning = read_meanings(context).get(part.strip(), "")
    return bool(CONTROL.search(part) or CONTROL.search(meaning) or _HEALTHY.fullmatch(part.strip()))


def _healthy_of(treated: ArmLabel, others: Sequence[ArmLabel]) -> ArmLabel | None:
    """Return the healthy arm beside a treated one whose drugs every other arm was given too: it makes the model."""
    healthy = [arm for arm in others if arm.role == "healthy" and not arm.drugs]
    given = [arm for arm in others if arm.drugs]
    makes_model = bool(given) and all(treated.names <= arm.names for arm in given)
    return healthy[0] if len(healthy) == 1 and makes_model else None


def _leads(context: TableContext, treated: ArmLabel, other: ArmLabel, arms: Sequence[ArmLabel]) -> bool:
    """Whether two active arms are compared for this one: the studied drug's, else the higher dose's, else the first."""
    studied = find_studied(context)
    if studied is not None and len(studied[1]) == 1 and treated.names != other.names:
        ours, theirs = (studied[1][0].name in arm.names for arm in (treated, other))
        if ours != theirs:
            return ours
    doses = [read_doses(arm.text.text) for arm in (treated, other)]
    if treated.names == other.names and all(len(found) == 1 for found in doses):
        first, second = doses[0][0], doses[1][0]
        if first.unit == second.unit and len(first.numbers) == len(second.numbers) == 1:
            return first.numbers[0] > second.numbers[0]
    levels = (_level(treated), _level(other))
    if treated.names == other.names and all(levels) and levels[0] != levels[1]:
        return levels[0] > levels[1]
    return arms[0] is treated


def _pair_active(treated: ArmLabel, other: ArmLabel) -> Pairing | None:
    """Return the pair of two active arms: what only the one gave, or another form or dose of the same drug."""
    if not other.drugs:
        return None
    own = [drug for drug in treated.drugs if drug.name not in other.names]
    if len(own) == 1:
        return other, own[0], tuple(drug for drug in treated.drugs if drug is not own[0])
    if treated.names == other.names and len(treated.drugs) == 1 and treated.core != other.core:
        return other, treated.drugs[0], ()
    return None


def _pair_added(context: TableContext, treated: ArmLabel, base: Sequence[ArmLabel]) -> Pairing | None:
    """Return the pair of "A + X" and "A" where X is no known name: X is what was studied, by its dose."""
    joined = JOINER.search(treated.text.text)
    if len(base) != 1 or joined is None:
        return None
    part = treated.text.part(joined.end(), len(treated.text.text))
    if any(drug.start >= joined.end() for drug in treated.drugs):
        part = treated.text.part(0, joined.start())
        if any(drug.start < joined.start() for drug in treated.drugs):
            return None
    name = name_unlinked(context, replace(treated, text=part, size=None), base[0])
    name = name or _name_coded(context, part) or name_substance(part)
    return None if name is None else (base[0], name, treated.drugs)


def _name_coded(context: TableContext, part: CellText) -> FoundName | None:
    """Return a code that notes or caption explain, with or without its number: "IS50" where "Iris extract (IS)"."""
    code = re.match(r"\s*(?P<name>(?P<letters>[A-Za-z]{2,6}|[A-Z](?=\d))[-\s]?\d{0,4})\s*$", part.text)
    if code is None:
        return None
    meanings = read_meanings(context)
    meaning = meanings.get(code["name"]) or meanings.get(code["letters"])
    span = part.locate(*code.span("name"))
    if meaning is None or span is None or CONTROL.search(meaning) or NO_DRUG.search(meaning):
        return None
    return FoundName(*code.span("name"), code["name"], "CHEMICAL", None, span)


def is_level(arm: ArmLabel) -> bool:
    """Whether an arm is named by how high its dose was: "low dose"."""
    return _level(arm) > 0


def _level(arm: ArmLabel) -> int:
    """Return 1 for an arm named by its low dose, 2 for one named by its high dose, else 0."""
    match = LEVEL.search(arm.text.text)
    if match is None:
        return 0
    return 2 if match.group(1).lower().startswith("high") else 1


def _pair_unlinked(context: TableContext, treated: ArmLabel, others: Sequence[ArmLabel]) -> Pairing | None:
    controls = [arm for arm in others if arm.role == "control"]
    if treated.role == "plain" and len(others) == 1 and (_level(others[0]), _level(treated)) == (1, 2):
        found = find_studied(context)
        return None if found is None or len(found[1]) != 1 else (others[0], found[1][0], ())
    if treated.role != "plain" or len(controls) != 1:
        return None
    name = name_unlinked(context, treated, controls[0])
    return None if name is None else (controls[0], name, ())
