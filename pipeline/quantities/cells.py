"""Quantities of table cells, where the column and not the words tells what a number is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.model.mentions import Quantity
from pipeline.quantities.amounts import Amount, read_amounts
from pipeline.quantities.finder import find_quantities
from pipeline.quantities.folding import fold_signs
from pipeline.quantities.matches import QuantityLabel, QuantityMatch
from pipeline.quantities.pvalues import judge_significance
from pipeline.quantities.units import CONTRACT_PER, DAYS, Unit

_DAY: Final = re.compile(r"\s*(?:days?|d|P|PND)\s?(?P<low>\d{1,4})(?:\s?-\s?(?P<high>\d{1,4}))?\b", re.IGNORECASE)


def read_quantity(text: str, label: QuantityLabel, *, unit: str | None = None, offset: int = 0) -> QuantityMatch | None:
    """Return the first quantity of a cell read as what its column holds, or None where no number can be that.

    What :func:`find_quantities` recognises by itself has precedence: "P7" or "aged 70-95 years" needs no column.

    Args:
        unit: UCUM-like unit that the header states ("mg/kg", "%", "mo"), used where the cell has none.
        offset: added to the places.
    """
    for match in find_quantities(text):
        if match.label == label and (label != "EFFECT" or match.quantity.value is not None):
            return replace(match, start=match.start + offset, end=match.end + offset)
    folded = fold_signs(text)
    if label == "AGE" and (day := _DAY.match(folded)) is not None:
        low = float(day["low"])
        quantity = Quantity(kind="age", low_days=low, high_days=float(day["high"]) if day["high"] else low)
        return QuantityMatch(offset + len(folded) - len(folded.lstrip()), offset + day.end(), label, quantity)
    for amount in read_amounts(folded):
        quantity_read = _read_amount(amount, label, unit)
        if quantity_read is not None:
            return QuantityMatch(amount.start + offset, amount.end + offset, label, quantity_read)
    return None


def _read_amount(amount: Amount, label: QuantityLabel, unit: str | None) -> Quantity | None:
    low, high, values = amount.bounds
    code = amount.unit.code if amount.unit is not None else unit
    match label:
        case "AGE" | "DURATION":
            if code not in DAYS:
                return None
            days = DAYS[code]
            return Quantity(
                kind=label.lower(),
                low_days=None if low is None else low * days,
                high_days=None if high is None else high * days,
                values=None if values is None else tuple(value * days for value in values),
                relation=amount.relation,
            )
        case "DOSE":
            if code is None or code in DAYS:
                return None
            per = _name_per(amount.unit)
            return Quantity(
                kind="dose", low=low, high=high, values=values, unit=code, per=per, relation=amount.relation
            )
        case "SAMPLE_SIZE":
            if amount.unit is not None or any(number.value != int(number.value) for number in amount.numbers):
                return None
            return Quantity(kind="sample_size", low=low, high=high, values=values, relation=amount.relation)
        case "EFFECT":
            is_single = amount.form == "single"
            return Quantity(
                kind="effect",
                value=amount.value if is_single else None,
                low=None if is_single else low,
                high=None if is_single else high,
                values=values,
                unit=code,
                relation=amount.relation,
                sign=amount.numbers[0].sign,
                spread=amount.spread,
            )
        case "PVALUE":
            if amount.unit is not None or not all(0 <= number.value <= 1 for number in amount.numbers):
                return None
            written = tuple(number.value for number in amount.numbers)
            return Quantity(
                kind="pvalue",
                low=None if values else written[0],
                high=None if values else written[-1],
                values=values,
                relation=amount.relation,
                significant=judge_significance(written, amount.relation or "="),
            )
        case _:
            return None


def _name_per(unit: Unit | None) -> tuple[str, ...]:
    return tuple(name for name in unit.per if name in CONTRACT_PER) if unit is not None else ()
