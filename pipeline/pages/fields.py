"""The fields of a claim as a person reads them: each with its words, its value, its place and where that place is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.model.records import load_schema

FIELDS: Mapping[str, str] = {
    "intervention": "intervention",
    "outcome": "outcome",
    "effect": "effect",
    "dose": "dose",
    "route": "route",
    "schedule": "schedule",
    "duration": "duration",
    "comparator": "comparator",
    "species": "species",
    "strain": "strain",
    "population": "population",
    "sex": "sex",
    "age": "age",
    "sample_size": "sample size",
    "significance": "significance",
    "timepoint": "time point",
    "combined_with": "given with",
    "control": "control arm",
    "treated": "treated arm",
}
"""Fields in the order in which they are shown, and their names for people."""

CORRECTED = tuple(
    name for name in FIELDS if name not in ("timepoint", "combined_with", "control", "treated")
)  # fmt: skip
"""Fields that a person can give other words on the page."""
_CHOSEN = ("direction", "certainty", "setting", "source_kind")
_PARTNER_FIELDS = ("dose", "route", "schedule")
_PER = {"body weight": "of body weight", "diet": "in diet", "water": "in water", "area": "of body surface"}
_SIGNIFICANT: Mapping[bool | None, str] = {True: "significant", False: "not significant", None: ""}
_SAMPLES = {"arm": "in the arm", "study": "in the study"}
_DAYS = ((365.25, "year"), (30.4375, "month"), (7.0, "week"), (1.0, "day"))

Field = tuple[str, Mapping[str, Any], str]
"""A field's key in ``FIELDS``, its object in the claim, and its value in words (empty where its text says it all)."""


def list_fields(claim: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the claim's stated fields in the order of ``FIELDS``."""
    inner = {"timepoint": claim["outcome"].get("timepoint")}
    inner |= {name: (claim.get("effect") or {}).get(name) for name in ("control", "treated")}
    for name in FIELDS:
        value = inner[name] if name in inner else claim.get(name)
        if name == "combined_with":
            for partner in value or ():
                yield name, partner, describe_value("intervention", partner)
                for part in _PARTNER_FIELDS:
                    if partner.get(part):
                        yield name, partner[part], describe_value(part, partner[part])
        elif value:
            yield name, value, describe_value(name, value)


def list_choices() -> dict[str, list[str]]:
    """Return the fields that are one of a few words, each with the words that the contract allows."""
    properties = load_schema("claim")["properties"]
    return {name: [value for value in properties[name]["enum"] if value is not None] for name in _CHOSEN}


def describe_value(name: str, value: Mapping[str, Any]) -> str:
    """Return what a field was read as, in words; empty where nothing was."""
    parts: list[str] = []
    if value.get("name") and _fold(value["name"]) != _fold(value["text"]):
        parts.append(str(value["name"]))
    if name == "dose":
        parts.append(_dose(value))
    elif name == "schedule":
        parts.append(_schedule(value))
    elif name in ("duration", "age"):
        parts.append(_times(value))
    elif name == "effect":
        parts.append(_effect(value))
    elif name == "significance":
        parts += [_p_value(value), _SIGNIFICANT[value.get("significant")]]
        parts.append({"between": "between groups", "within": "within group"}.get(value.get("test") or "", ""))
    elif name == "sample_size":
        parts += [
            f"n = {value['value']}",
            _SAMPLES.get(value.get("of") or "", ""),
        ]
    elif name in ("control", "treated"):
        parts.append(_join(format_number(value.get("value")), value.get("unit")))
        parts.append("" if value.get("n") is None else f"n = {value['n']}")
    elif name == "sex":
        parts.append("" if _fold(value["value"]) == _fold(value["text"]) else value["value"])
    elif name == "comparator":
        parts.append(value["kind"].replace("_", " "))
    elif name == "outcome":
        parts.append(value.get("statistic") or "")
    elif name == "intervention":
        kind = value.get("kind")
        parts += [kind if kind not in (None, "drug") else "", "inducer" if value.get("role") == "inducer" else ""]
    if value.get("id"):
        parts.append(str(value["id"]))
    return " · ".join(part for part in parts if part)


def describe_change(effect: Mapping[str, Any] | None) -> str:
    """Return an effect as the short cell of a table: ``"+14 %"``, ``"1.8-fold"``, ``"HR 0.62"``; empty for none."""
    if not effect:
        return ""
    change = effect.get("change_percent")
    if change is not None and effect.get("type") in (None, "percent_change"):
        return f"{_signed(change)} %"
    return _effect(effect) or " ".join(str(effect.get("text") or "").split())


def format_number(value: float | None) -> str:
    """Return a number with a thin grouping, no needless digits and a real minus sign; empty for none."""
    if value is None:
        return ""
    text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if "e" not in text and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def describe_days(days: float | None) -> str:
    """Return a time in its largest unit that divides it well: ``"6 weeks"``, ``"20 months"``."""
    if days is None:
        return ""
    for length, unit in _DAYS:
        count = days / length
        if count >= 1 and abs(count - round(count)) < 0.02:
            return f"{round(count):,} {unit}{'' if round(count) == 1 else 's'}"
    return f"{format_number(round(days, 2))} days"


def _effect(value: Mapping[str, Any]) -> str:
    kind, unit = value.get("type"), value.get("unit")
    number = format_number(value.get("value"))
    low, high = value.get("low"), value.get("high")
    relation = {"~": "about ", ">": "> ", "<": "< "}.get(value.get("relation") or "", "")
    if not number and (low is not None or high is not None):
        number, low, high = _range(low, high), None, None
    if not number:
        return ""
    interval = f" ({_range(low, high)})" if low is not None or high is not None else ""
    short = {"odds_ratio": "OR ", "hazard_ratio": "HR ", "risk_ratio": "RR "}.get(kind or "", "")
    if kind == "fold":
        return f"{relation}{number}-fold{interval}"
    change = value.get("change_percent")
    if kind == "percent_change" and change is not None and change * (value.get("value") or 0) < 0:
        number = format_number(change)
    return f"{relation}{short}{_join(number, '%' if kind == 'percent_change' else unit)}{interval}"


def _dose(value: Mapping[str, Any]) -> str:
    if value.get("values"):
        number = ", ".join(format_number(item) for item in value["values"])
    else:
        number = _range(value.get("low"), value.get("high"))
    if not number:
        return ""
    relation = {"~": "about ", ">": "> ", "<": "< ", ">=": "≥ ", "<=": "≤ "}.get(value.get("relation") or "", "")
    unit = (value.get("unit") or "").replace("[ppm]", "ppm").replace("umol", "µmol").replace("ug", "µg")
    per = [_PER.get(item, f"per {item}") for item in value.get("per") or ()]
    return relation + " ".join(filter(None, [number, unit, *per]))


def _schedule(value: Mapping[str, Any]) -> str:
    if value.get("days_on") is not None:
        return f"{format_number(value['days_on'])} days on, {format_number(value.get('days_off'))} off"
    if value.get("times") is None:
        return ""
    times = "once" if value["times"] == 1 else f"{format_number(value['times'])} times"
    period = value.get("period_days")
    return times if period is None else f"{times} in {describe_days(period)}"


def _times(value: Mapping[str, Any]) -> str:
    low, high = value.get("low_days"), value.get("high_days")
    if value.get("until_age_days") is not None:
        return f"until {describe_days(value['until_age_days'])} of age"
    if low is not None and high is not None and low != high:
        return f"{describe_days(low)} to {describe_days(high)}"
    return describe_days(low if low is not None else high)


def _p_value(value: Mapping[str, Any]) -> str:
    if value.get("p") is None:
        return ""
    relation = {"<=": "≤", ">=": "≥"}.get(value.get("p_relation") or "=", value.get("p_relation") or "=")
    return f"p {relation} {format_number(value['p'])}"


def _range(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {format_number(high)}"
    if high is None:
        return f"at least {format_number(low)}"
    return format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + format_number(value)


def _join(number: str, unit: str | None) -> str:
    return f"{number} {unit}" if number and unit else number


def _fold(text: str) -> str:
    return " ".join(str(text).split()).casefold()
