"""Conditions on flat rows, as written on the command line: ``direction=decrease``, ``dose_low>=10``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import SettingsError
from pipeline.export.columns import Column, flat_columns

_CONDITION = re.compile(r"\s*(\w+)\s*(!=|>=|<=|=|>|<)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one column with a value; an empty value means unknown."""

    column: Column
    operator: str
    value: str

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a flat row meets the condition."""
        found = row[self.column.name]
        if self.operator in (">", ">=", "<", "<="):
            return found is not None and _compare(float(found), self.operator, float(self.value))
        return self._equals(found) == (self.operator == "=")

    def _equals(self, found: Any) -> bool:
        if found is None or found == []:
            return self.value == ""
        if isinstance(found, bool):
            return self.value.casefold() == str(found).casefold()
        if isinstance(found, int | float):
            return self.value != "" and float(found) == float(self.value)
        if isinstance(found, list):
            return any(str(member).casefold() == self.value.casefold() for member in found)
        return str(found).casefold() == self.value.casefold()


def parse_condition(text: str) -> Condition:
    """Return the condition that a text such as ``"species_name=Mus musculus"`` states.

    Raises:
        SettingsError: the text is no condition, names no column, or compares a column with what it cannot be.
    """
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise SettingsError(f"{text!r} is no condition: write FIELD=VALUE, as in direction=decrease or dose_low>=10")
    name, operator, value = match[1], match[2], match[3].strip()
    columns = {column.name: column for column in flat_columns()}
    if name not in columns:
        close = difflib.get_close_matches(name, columns, n=3) or ["intervention_name", "outcome_name", "direction"]
        raise SettingsError(f"there is no field {name!r}: did you mean {', '.join(close)}?")
    column = columns[name]
    numeric = column.type in ("integer", "number")
    if operator in (">", ">=", "<", "<=") and not numeric:
        raise SettingsError(f"{name} is no number: compare it with = or !=, not with {operator}")
    if numeric and not (value == "" and operator in ("=", "!=")):
        try:
            float(value)
        except ValueError:
            raise SettingsError(f"{name} is a number and cannot be compared with {value!r}") from None
    return Condition(column, operator, value)


def matches(row: Mapping[str, Any], conditions: Iterable[Condition]) -> bool:
    """Whether a flat row meets all conditions."""
    return all(condition.holds(row) for condition in conditions)


def _compare(found: float, operator: str, value: float) -> bool:
    if operator == ">":
        return found > value
    if operator == ">=":
        return found >= value
    if operator == "<":
        return found < value
    return found <= value
