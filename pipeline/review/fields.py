"""The fields of a claim as a reviewer sees and writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.model.records import load_schema

REVIEWED: Final = (
    "intervention", "outcome", "direction", "certainty", "negated", "species", "strain", "sex", "age", "population",
    "dose", "route", "schedule", "duration", "comparator", "effect", "significance", "sample_size", "setting",
    "source_kind",
)  # fmt: skip
"""The fields with a column of their own in the sheet, in its order."""
PLACED: Final = (
    "intervention", "outcome", "dose", "route", "schedule", "duration", "comparator", "species", "strain", "population",
    "sex", "age", "sample_size", "effect", "significance",
)  # fmt: skip
"""The fields that stand at a place of the source."""
PLAIN: Final = ("direction", "certainty", "negated", "setting", "source_kind")
"""The fields that are one of a few words."""
NAMED: Final = ("intervention", "outcome", "species", "strain", "route", "comparator")
"""Fields that are shown by their name rather than by their words."""
FIXED: Final = frozenset(
    {"schema_version", "claim_id", "doc_id", "kind", "section", "arm_id", "evidence", "confidence", "why"}
)
"""Fields that say where and what a claim is; no correction changes them."""
_PLACE = frozenset({"text", "start", "end", "source", "name", "id", "kind", "role"})


def list_choices(name: str) -> tuple[str, ...]:
    """Return the values that the contract lets a plain field have, empty where it lists none."""
    schema = load_schema("claim")["properties"][name]
    if schema.get("type") == "boolean":
        return ("true", "false")
    return tuple(value for value in schema.get("enum", ()) if value is not None)


def show_field(claim: Mapping[str, Any], name: str) -> str:
    """Return a field as a reviewer reads it: its name or words, and behind them what was read from them.

    ``"10 mg/kg/day → low 10, high 10, unit mg/kg, per body weight, day"``; empty where it is unknown.
    """
    value = claim.get(name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, Mapping):
        return str(value)
    words = " ".join(str(value["text"]).split())
    if name in NAMED and value.get("name"):
        shown = str(value["name"])
        if shown.casefold() != words.casefold():
            shown += f" → {words}"
        return shown
    if name == "sex":
        return str(value["value"])
    read = ", ".join(
        f"{key.replace('_', ' ')} {_plain(item)}"
        for key, item in value.items()
        if key not in _PLACE and item not in (None, [], "")
    )
    return f"{words} → {read}" if read else words


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return str(value.get("text") or "")
    if isinstance(value, list | tuple):
        return "/".join(_plain(item) for item in value)
    return str(value)
