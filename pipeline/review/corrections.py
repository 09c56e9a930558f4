"""Corrections: what a reviewer wrote becomes fields of the contract, with words at their places and values read.

Words are looked for in the evidence first, then in the whole paper, the nearest place taken; a quantity whose words
stand nowhere is refused, since its numbers would lead nowhere. Values are read from the words by the same grammar and
vocabulary as extraction, and single values that the reviewer states win over them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pipeline.evaluation.folding import QuoteFinder
from pipeline.export.columns import Column, flat_columns
from pipeline.model.records import Record, validate_record
from pipeline.review.fields import FIXED, PLACED, PLAIN, list_choices
from pipeline.review.judgements import Change, ReviewError
from pipeline.review.readings import QUANTITIES, read_change, read_name, read_unit_code, read_values

_WHOLE: Final = frozenset((*PLACED, *PLAIN))
_AROUND: Final = 200
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def correct_claim(claim: Mapping[str, Any], changes: Sequence[Change], *, source: str) -> Record:
    """Return the fields that changes make of a claim, each whole, ``None`` for one that is taken away.

    Args:
        claim: the record that was judged.
        source: the text that its offsets point into.

    Raises:
        ReviewError: a change names no field, or its value is none that the contract allows or the paper shows.
    """
    corrector = _Corrector(claim, source)
    whole = [change for change in changes if change.name in _WHOLE]
    leaves = [change for change in changes if change.name not in _WHOLE]
    for change in whole:
        corrector.change_field(change)
    for change in leaves:
        corrector.change_leaf(change)
    return corrector.finish()


class _Corrector:
    """Collects the corrected fields of one claim."""

    def __init__(self, claim: Mapping[str, Any], source: str) -> None:
        self._claim = claim
        self._source = source
        self._finder = QuoteFinder(source)
        self._values: Record = {}

    def change_field(self, change: Change) -> None:
        """Give a field its new words and what is read from them, or a plain field its new value."""
        name = change.name
        if change.value is None:
            if name in ("intervention", "outcome", "direction", "certainty", "negated"):
                raise ReviewError(
                    f"a claim cannot be without {name}", remedy="give it another value, or reject the claim"
                )
            self._values[name] = None
        elif name in PLAIN:
            self._values[name] = _read_choice(name, str(change.value))
        else:
            self._values[name] = self._read_field(name, str(change.value), change.place)

    def change_leaf(self, change: Change) -> None:
        """Give one value of a field, as the flat table names it, its new value."""
        column = _column(change.name)
        name = column.path[0]
        if len(column.path) == 1:
            self._values[name] = [] if change.value is None else _read_leaf(column, change.value)
            return
        current = self._values[name] if name in self._values else self._claim.get(name)
        if current is None and column.path[-1] != "text":
            raise ReviewError(
                f"{change.name} is corrected, but the claim has no {name}",
                remedy=f"give the words of the paper as {name}",
            )
        value = json.loads(json.dumps(current or {}))
        inner = value
        for key in column.path[1:-1]:
            inner[key] = inner.get(key) or {}
            inner = inner[key]
        inner[column.path[-1]] = None if change.value is None else _read_leaf(column, change.value)
        if column.path[-1] == "text" and change.value is not None:
            found = self._find(str(change.value), name)
            if found is None:
                raise _not_there(change.name, str(change.value))
            inner |= found
        if column.path[-1] == "unit" and change.value is not None:
            inner["unit"] = read_unit_code(str(change.value))
            if inner["unit"] is None:
                remedy = "write it as the tables do: mg/kg, [ppm], %, umol/L"
                raise ReviewError(f"{change.value!r} is no unit that is known here", remedy=remedy)
        self._values[name] = value

    def finish(self) -> Record:
        """Return the corrected fields that differ from what was judged, checked against the contract."""
        merged = {**self._claim, **self._values}
        if merged["negated"] and merged["direction"] != "no_change":
            if "negated" in self._values:
                raise ReviewError(
                    f"negated goes with direction no_change, not with {merged['direction']}",
                    remedy="correct one of the two",
                )
            self._values["negated"] = merged["negated"] = False
        if errors := validate_record("claim", merged):
            raise ReviewError(f"the contract does not allow it: {errors[0][:200]}", remedy="see the contract's schema")
        changed = {name: value for name, value in self._values.items() if value != self._claim.get(name)}
        if not changed:
            raise ReviewError("the new values are those that the claim has", remedy="accept the claim instead")
        return dict(sorted(changed.items()))

    def _read_field(self, name: str, words: str, place: tuple[int, int] | None) -> Record:
        words = " ".join(words.split()) if place is None else words
        if not words.strip():
            raise ReviewError(f"{name} has no words", remedy=f"write null to take {name} away")
        former = self._claim.get(name) or {}
        found = self._at(words, place, name) if place is not None else self._find(words, name)
        if name in QUANTITIES:
            if found is None:
                raise _not_there(name, words)
            return {**found, **self._read_quantity(name, found, former)}
        if found is None:
            # A name that the paper does not print ("rapamycin" for its "sirolimus") leaves the words where they are.
            kept = {key: former[key] for key in ("text", "start", "end", "source") if key in former}
            found = kept or {"text": words, "start": None, "end": None, "source": "inferred"}
        return {**found, **read_name(name, words, former)}

    def _read_quantity(self, name: str, found: Record, former: Mapping[str, Any]) -> Record:
        start, end = found["start"], found["end"]
        line = max(self._source.rfind("\n\n", 0, start) + 1, start - _AROUND)
        around = self._source[line : end + _AROUND]
        values = read_values(name, around, (start - line, end - line), direction=self._direction())
        if (
            name == "effect"
            and values["type"] in (None, "value")
            and former.get("type")
            and values["unit"] == former["unit"]
        ):
            values |= {"type": former["type"]}
            values |= read_change(values, self._direction())
        return values

    def _direction(self) -> str:
        direction: str = self._values.get("direction") or self._claim["direction"]
        return direction

    def _at(self, words: str, place: tuple[int, int], name: str) -> Record:
        start, end = place
        if not 0 <= start < end <= len(self._source) or self._source[start:end].split() != words.split():
            raise ReviewError(f"the words of {name} do not stand at [{start}, {end})", remedy="mark them again")
        return self._ground(start, end)

    def _find(self, words: str, name: str) -> Record | None:
        """Return words at their place nearest to where the field stood, the evidence before the rest."""
        former = (self._claim.get(name) or {}).get("start")
        for start, end in self._claim["evidence"]["spans"]:
            places = self._finder.find(words, start=start, end=end, whole=True)
            if places:
                aim = start if former is None else former
                return self._ground(*min(places, key=lambda place: (abs(place[0] - aim), place)))
        places = self._finder.find(words, whole=True)
        if not places:
            return None
        aim = self._claim["evidence"]["spans"][0][0] if former is None else former
        return self._ground(*min(places, key=lambda place: (abs(place[0] - aim), place)))

    def _ground(self, start: int, end: int) -> Record:
        inside = any(low <= start and end <= high for low, high in self._claim["evidence"]["spans"])
        near = "row" if self._claim["kind"] == "table" else "sentence"
        return {"text": self._source[start:end], "start": start, "end": end, "source": near if inside else "document"}


def _column(name: str) -> Column:
    columns = {column.name: column for column in flat_columns() if column.of == "claim"}
    column = columns.get(name)
    if column is None or column.path[0] in FIXED or column.path[-1] in ("start", "end"):
        raise ReviewError(f"{name!r} is no field that can be corrected", remedy="see the columns of claims.csv")
    return column


def _read_choice(name: str, text: str) -> Any:
    word = text.strip().casefold().replace(" ", "_")
    if name == "negated":
        if word in _TRUE | _FALSE:
            return word in _TRUE
    elif word in list_choices(name):
        return word
    raise ReviewError(
        f"{text.strip()[:40]!r} is no {name}: expected one of {', '.join(list_choices(name))}",
        remedy="write one of these words",
    )


def _read_leaf(column: Column, value: Any) -> Any:
    """Return a leaf's value in its column's type."""
    text = str(value).strip()
    try:
        match column.type:
            case "string":
                return text
            case "number":
                return float(text.replace("−", "-"))
            case "integer":
                return int(text)
            case "boolean":
                if text.casefold() in _TRUE | _FALSE:
                    return text.casefold() in _TRUE
                raise ValueError
            case _:
                return json.loads(text) if isinstance(value, str) else value
    except ValueError:
        raise ReviewError(f"{text[:40]!r} is no value of {column.name}", remedy="write a plain value") from None


def _not_there(name: str, words: str) -> ReviewError:
    return ReviewError(
        f"the words {words[:60]!r} of {name} do not stand in the paper",
        remedy="write them as the paper prints them; give other values in the column other, as dose_low=10",
    )
