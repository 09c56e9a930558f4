"""When a field of two claims says the same: one rule a field, on the values of the output contract.

Every rule is symmetric, takes plain contract values, and lives in ``RULES``. Numbers must be equal, times may differ
by 5 % (months and years have no fixed length), names and words are compared after folding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.evaluation.comparison_lexicon import MOLAR, ROUTES, SPECIES, UNITS
from pipeline.evaluation.folding import fold_phrase
from pipeline.evaluation.similarity import (
    OUTCOME_SIMILARITY,
    Value,
    outcome_similarity,
    phrase_similarity,
    phrases_of,
    same_drug,
    same_id,
    singular,
)

Rule = Callable[[Any, Any], bool]

DAYS_TOLERANCE = 0.05
NUMBER_TOLERANCE = 1e-6
CHANGE_TOLERANCE = 0.6
"""Percentage points by which a computed change may differ: it follows from numbers printed with few digits."""


def get_field(claim: Value, name: str) -> Any:
    """Return a scored field of a contract claim, ``None`` where it is not stated."""
    path = _PATHS.get(name, (name,))
    value: Any = claim
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    if isinstance(value, list | tuple) and not value:
        return None
    if name == "effect" and not _has_number(value):
        return None
    if name in ("control", "treated") and isinstance(value, Mapping) and value.get("value") is None:
        return value if value.get("text") else None
    if name == "p" and isinstance(value, Mapping) and value.get("p") is None:
        return None
    if name == "negated":
        return True if value else None
    return value


def _has_number(effect: Any) -> bool:
    return isinstance(effect, Mapping) and any(effect.get(key) is not None for key in ("value", "low", "high"))


def same_outcome(first: Value, second: Value) -> bool:
    """Whether two outcomes are the same (see ``outcome_similarity``)."""
    return outcome_similarity(first, second) > 0


def _same(first: Any, second: Any) -> bool:
    return bool(first == second)


def _close(first: Any, second: Any, tolerance: float) -> bool:
    if first is None or second is None:
        return first is None and second is None
    return bool(abs(first - second) <= tolerance * max(abs(first), abs(second), 1e-12))


def _same_number(first: Any, second: Any) -> bool:
    return _close(first, second, NUMBER_TOLERANCE)


def _same_days(first: Any, second: Any) -> bool:
    return _close(first, second, DAYS_TOLERANCE)


def _numbers(value: Value) -> tuple[Any, Any, tuple[float, ...] | None]:
    low, high, values = value.get("low"), value.get("high"), value.get("values")
    if values:
        return min(values), max(values), tuple(values) if len(values) > 1 else None
    if low is not None and high is None and value.get("relation") in (None, "=", "~"):
        high = low
    return low, high, None


def same_unit(first: str | None, second: str | None) -> bool:
    """Whether two units are the same, however they are written; no conversion is made."""
    return _unit(first) == _unit(second)


def _unit(unit: str | None) -> str:
    written = " ".join((unit or "").replace("μ", "u").replace("µ", "u").split())
    folded = written.casefold()
    return MOLAR.get(written) or UNITS.get(folded, folded)


def _bound(relation: Any) -> Any:
    return {"=": None, "~": None, "<=": "<", ">=": ">"}.get(relation, relation)


_IMPLIED_PER = {
    "mg/kg": "body weight",
    "ug/kg": "body weight",
    "g/kg": "body weight",
    "[ppm]": "diet",
    "mg/m2": "area",
}
_RATES = frozenset({"day", "week", "dose"})


def _same_per(first: Value, second: Value) -> bool:
    left, right = frozenset(first.get("per") or ()), frozenset(second.get("per") or ())
    left_rate, right_rate = left & _RATES, right & _RATES
    if left_rate and right_rate and left_rate != right_rate:
        return False
    implied = _IMPLIED_PER.get(_unit(first.get("unit")))
    default = frozenset({implied}) if implied else frozenset()
    return (left - _RATES or default) == (right - _RATES or default)


def same_dose(first: Value, second: Value) -> bool:
    """Whether two doses are the same: numbers, unit, and what they are per; doses in words by their words."""
    left, right = _numbers(first), _numbers(second)
    if left[:2] == (None, None) or right[:2] == (None, None):
        return left[:2] == right[:2] and phrase_similarity(first["text"], second["text"]) > 0.5
    if not (_same_number(left[0], right[0]) and _same_number(left[1], right[1])):
        return False
    lists = left[2], right[2]
    if lists[0] and lists[1] and not _same_sequence(lists[0], lists[1]):
        return False
    return same_unit(first.get("unit"), second.get("unit")) and _same_per(first, second)


def _same_sequence(first: Sequence[float], second: Sequence[float]) -> bool:
    pairs = zip(sorted(first), sorted(second), strict=False)
    return len(first) == len(second) and all(_same_number(left, right) for left, right in pairs)


def _same_named(table: Mapping[str, str]) -> Rule:
    def compare(first: Value, second: Value) -> bool:
        return same_id(first, second) or bool(keys(first) & keys(second))

    def keys(value: Value) -> frozenset[str]:
        found = set()
        for phrase in phrases_of(value):
            folded = " ".join(singular(word) for word in fold_phrase(phrase).replace(".", "").split())
            folded = re.sub(r"^(?:the|a|an|via|by) ", "", folded).replace("in the ", "in ")
            found.add(table.get(folded, folded))
        return frozenset(found)

    return compare


def same_strain(first: Value, second: Value) -> bool:
    """Whether two strains are the same: letters and digits equal once words for the species are taken off."""
    return same_id(first, second) or bool(_strain_keys(first) & _strain_keys(second))


def _strain_keys(value: Value) -> frozenset[str]:
    keys = set()
    for phrase in phrases_of(value):
        words = fold_phrase(phrase.replace("−/−", " null ").replace("-/-", " null ")).split()
        kept = [word for word in words if SPECIES.get(singular(word)) is None]
        keys.add(
            "".join(character for character in "".join(kept or words) if character.isalnum() or character in "+/;")
        )
    return frozenset(keys)


def _same_words(first: Value, second: Value) -> bool:
    return phrase_similarity(first["text"], second["text"]) >= OUTCOME_SIMILARITY


def same_schedule(first: Value, second: Value) -> bool:
    """Whether two schedules give the same number of times in the same days, and the same days on and off."""
    keys = ("times", "period_days", "days_on", "days_off")
    if not any(first.get(key) is not None or second.get(key) is not None for key in keys):
        return _same_words(first, second)
    return _same_days(_rate(first), _rate(second)) and all(
        _same_days(first.get(key), second.get(key)) for key in ("days_on", "days_off")
    )


def _rate(schedule: Value) -> float | None:
    times, period = schedule.get("times"), schedule.get("period_days")
    if times is None:
        return None
    return float(times) / float(period) if period else -float(times)


def same_days(first: Value, second: Value) -> bool:
    """Whether two durations or ages are the same number of days within 5 %; ones in words by their words."""
    left, right = _days(first), _days(second)
    if not any(value is not None for value in (*left, *right)):
        return _same_words(first, second)
    return all(_same_days(one, other) for one, other in zip(left, right, strict=True))


def _days(value: Value) -> tuple[Any, Any, Any]:
    low, high = value.get("low_days"), value.get("high_days")
    return low, high, value.get("until_age_days")


def same_effect(first: Value, second: Value) -> bool:
    """Whether two effects are the same amount: value with its sign, bounds, type, unit and relation."""
    numbers = all(_same_number(first.get(key), second.get(key)) for key in ("value", "low", "high"))
    types = first.get("type"), second.get("type")
    if not numbers or (None not in types and types[0] != types[1]):
        return False
    return _effect_unit(first) == _effect_unit(second) and _bound(first.get("relation")) == _bound(
        second.get("relation")
    )


def _effect_unit(effect: Value) -> str:
    if effect.get("type") in ("fold", "odds_ratio", "hazard_ratio", "risk_ratio"):
        return ""
    unit = _unit(effect.get("unit"))
    return "%" if not unit and effect.get("type") == "percent_change" else unit


def _same_change(first: float, second: float) -> bool:
    return (first > 0) == (second > 0) and (first < 0) == (second < 0) and abs(first - second) <= CHANGE_TOLERANCE


def _same_measured(first: Value, second: Value) -> bool:
    if first.get("value") is None or second.get("value") is None:
        return fold_phrase(first.get("text") or "") == fold_phrase(second.get("text") or "")
    return _same_number(first["value"], second["value"]) and same_unit(first.get("unit"), second.get("unit"))


def _same_p(first: Value, second: Value) -> bool:
    return _same_number(first.get("p"), second.get("p")) and (
        (first.get("p_relation") or "=") == (second.get("p_relation") or "=")
    )


def _same_comparator(first: Value, second: Value) -> bool:
    kinds = {first.get("kind"), second.get("kind")}
    if kinds == {"active"}:
        return same_drug(first, second)
    return len(kinds) == 1


def _same_partners(first: Sequence[Value], second: Sequence[Value]) -> bool:
    if len(first) != len(second):
        return False
    left = list(second)
    for partner in first:
        found = next((index for index, other in enumerate(left) if same_drug(partner, other)), None)
        if found is None:
            return False
        del left[found]
    return True


def _same_citations(first: Sequence[Any], second: Sequence[Any]) -> bool:
    return _markers(first) == _markers(second)


def _markers(citations: Sequence[Any]) -> frozenset[str]:
    return frozenset(fold_phrase(str(item["marker"] if isinstance(item, Mapping) else item)) for item in citations)


def _same_size(first: Value, second: Value) -> bool:
    return bool(first.get("value") == second.get("value"))


RULES: Mapping[str, Rule] = {
    "intervention": same_drug,
    "outcome": same_outcome,
    "direction": _same,
    "certainty": _same,
    "negated": _same,
    "role": _same,
    "comparator": _same_comparator,
    "combined_with": _same_partners,
    "dose": same_dose,
    "route": _same_named(ROUTES),
    "schedule": same_schedule,
    "duration": same_days,
    "species": _same_named(SPECIES),
    "strain": same_strain,
    "population": _same_words,
    "setting": _same,
    "sex": _same_size,
    "age": same_days,
    "sample_size": _same_size,
    "statistic": _same,
    "timepoint": _same_words,
    "effect": same_effect,
    "change_percent": _same_change,
    "control": _same_measured,
    "treated": _same_measured,
    "significant": _same,
    "p": _same_p,
    "source_kind": _same,
    "citations": _same_citations,
}
"""The scored fields, in reporting order, with the rule that says when two stated values are the same."""

ARM_FIELDS = (
    "dose", "route", "schedule", "duration", "species", "strain", "population", "sex", "age", "comparator",
    "combined_with", "timepoint", "statistic", "effect", "control", "sample_size",
)  # fmt: skip
"""The fields that tell two claims about one drug and one outcome apart."""

_PATHS: Mapping[str, tuple[str, ...]] = {
    "role": ("intervention", "role"),
    "statistic": ("outcome", "statistic"),
    "timepoint": ("outcome", "timepoint"),
    "change_percent": ("effect", "change_percent"),
    "control": ("effect", "control"),
    "treated": ("effect", "treated"),
    "significant": ("significance", "significant"),
    "p": ("significance",),
}


def agree(name: str, first: Any, second: Any) -> bool:
    """Whether a field's two values, either of which may be ``None``, say the same."""
    if first is None or second is None:
        return first is None and second is None
    return RULES[name](first, second)
