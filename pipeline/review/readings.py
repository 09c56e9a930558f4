"""What words that a reviewer gave stand for: quantities by the grammar, names by the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from pipeline.model.mentions import Quantity
from pipeline.model.records import Record
from pipeline.nlp.linking import link_mention
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.quantities import find_quantities, read_quantity
from pipeline.quantities.matches import QuantityLabel
from pipeline.quantities.units import read_unit
from pipeline.review.judgements import ReviewError

QUANTITIES: Final[Mapping[str, QuantityLabel]] = {
    "dose": "DOSE",
    "schedule": "SCHEDULE",
    "duration": "DURATION",
    "age": "AGE",
    "effect": "EFFECT",
    "significance": "PVALUE",
    "sample_size": "SAMPLE_SIZE",
}
"""The fields whose values the grammar reads, with its label for each."""
_LABELS: Final = {"intervention": "CHEMICAL", "species": "SPECIES", "strain": "STRAIN", "route": "ROUTE"}
_LEAVES: Final[Mapping[str, tuple[str, ...]]] = {
    "dose": ("low", "high", "values", "unit", "per", "relation"),
    "schedule": ("times", "period_days", "days_on", "days_off"),
    "duration": ("low_days", "high_days", "until_age_days"),
    "age": ("low_days", "high_days"),
}
_DENOMINATORS: Final = frozenset("kg m2 d wk h min s L dL mL uL g mg mmol {1.73_m2} {cells}".split())
"""What may stand below a unit's stroke, as in the codes of the quantity grammar."""
_COMPARATORS: Final = ("placebo", "vehicle", "untreated", "baseline")


def read_values(name: str, around: str, place: tuple[int, int], *, direction: str) -> Record:
    """Return what the grammar reads from a quantity's words, as the contract's values of the field.

    Args:
        name: one of ``QUANTITIES``.
        around: the text that the words stand in, which tells "by 14 %" from "at 14 %".
        place: the words' place in it.
        direction: of the claim, which signs a change.

    Raises:
        ReviewError: the field needs a number and the words hold none.
    """
    words = around[place[0] : place[1]]
    label = QUANTITIES[name]
    inside = (
        found
        for found in find_quantities(around)
        if found.label == label and place[0] <= found.start < found.end <= place[1]
    )
    match = next(inside, None) or read_quantity(words, label)
    quantity = Quantity(kind=name) if match is None else match.quantity
    if name == "effect":
        return _effect_values(quantity, direction)
    if name == "significance":
        p = quantity.high if quantity.low is None else quantity.low
        relation = quantity.relation or (None if p is None else "=")
        return {"p": p, "p_relation": relation, "significant": quantity.significant, "test": None}
    if name == "sample_size":
        if quantity.low is None:
            raise ReviewError(
                f"no number of subjects is read from {words[:40]!r}", remedy="give the number, as in n = 12"
            )
        return {"value": int(quantity.low), "of": None}
    values = {key: getattr(quantity, key) for key in _LEAVES[name]}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _effect_values(quantity: Quantity, direction: str) -> Record:
    values: Record = {
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "type": quantity.effect_type,
        "relation": quantity.relation if quantity.relation in ("=", ">", "<", "~") else None,
    }
    return {**values, **read_change(values, direction), "control": None, "treated": None}


def read_change(effect: Mapping[str, Any], direction: str) -> Record:
    """Return an effect's ``change_percent``, signed by the claim's direction; ``None`` where it does not follow."""
    sign = {"increase": 1, "decrease": -1}.get(direction)
    if effect["type"] != "percent_change" or effect["value"] is None or sign is None:
        return {"change_percent": None}
    return {"change_percent": sign * abs(effect["value"])}


def read_name(name: str, words: str, former: Mapping[str, Any]) -> Record:
    """Return what a name's words stand for: the concept of the vocabulary, else the words themselves.

    Args:
        former: the field as it was judged; what its kind and role were stays.

    Raises:
        ReviewError: the field has a closed list of values and the words are none of them.
    """
    if name == "population":
        return {}
    if name == "sex":
        return {"value": _read_sex(words)}
    concept = link_mention(words, _LABELS[name], Vocabulary.load(), abbreviations={}) if name in _LABELS else None
    if name == "intervention":
        values = {"kind": former.get("kind") or "drug", "role": former.get("role") or "treatment"}
        return {"name": words if concept is None else concept.name, "id": concept and concept.id, **values}
    if name == "outcome":
        disease = link_mention(words, "DISEASE", Vocabulary.load(), abbreviations={})
        kept = {"statistic": former.get("statistic"), "timepoint": former.get("timepoint")}
        return {"name": words, "id": disease and disease.id, **kept}
    if name == "comparator":
        drug = link_mention(words, "CHEMICAL", Vocabulary.load(), abbreviations={})
        folded = words.casefold()
        kind = next((kind for kind in _COMPARATORS if kind in folded), "other" if drug is None else "active")
        active = kind == "active" and drug is not None
        return {
            "kind": kind,
            "name": drug.name if active and drug else words,
            "id": drug.id if active and drug else None,
        }
    return {
        "name": words if concept is None else concept.name,
        "id": None if concept is None or name == "route" else concept.id,
    }


def _read_sex(words: str) -> str:
    choices = ("male", "female", "both", "hermaphrodite")
    folded = words.strip().casefold()
    if folded in choices:
        return folded
    concept = link_mention(words, "SEX", Vocabulary.load(), abbreviations={})
    if concept is not None and concept.name in choices:
        return concept.name
    raise ReviewError(
        f"{words[:40]!r} is no sex: expected one of {', '.join(choices)}", remedy="write one of these words"
    )


def read_unit_code(text: str) -> str | None:
    """Return the UCUM-like code of a unit as a reviewer wrote it (``mg/kg``, ``mg/kg/day``, ``ppm``), else ``None``."""
    unit = read_unit(f" {text}", 0)
    if unit is not None and unit.end == len(text) + 1:
        return unit.code
    first, *others = text.split("/")
    return text if first in _unit_codes() and all(other in _DENOMINATORS for other in others) else None


@cache
def _unit_codes() -> frozenset[str]:
    content = (resources.files("pipeline.quantities") / "data" / "units.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in content.splitlines() if line and not line.startswith("#"))
    return frozenset(row[1] for row in rows)
