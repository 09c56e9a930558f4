"""The values of two arms: which is higher, and the effect with its unit, interval and sizes."""

from __future__ import annotations

import re

from pipeline.model import Effect, Measured
from pipeline.model.claims import Direction, EffectType
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.contrasts import Contrast
from pipeline.tables.header_units import trailing_unit
from pipeline.tables.judging import is_ratio, read_interval
from pipeline.tables.result_lexicon import CHANGE, INVERSE, RELATIVE_CHANGE, TIME_ONLY
from pipeline.tables.texts import CellText
from pipeline.tables.values import is_dash

VALUE = re.compile(
    r"^(?:n\s?=\s?\d+\*?:?\s)?[~<>≤≥Δ]?\s*(?P<first>[+−–↑↓-]?\s?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.,]\d+)?|[+−–-]?\.\d+)"
    r"\s*(?P<percent>%)?(?:\s*/\s*(?P<of>\d+))?"
    r"(?:\s*\((?P<inner>\d+(?:\.\d+)?)\s?(?P<inner_percent>%)?\))?"
)
_COUNTED = re.compile(r"%|\bno\.|\bn\b|\bnumber\b|\bcount", re.IGNORECASE)
_MEANT = re.compile(r"\b(mean|median|sd|sem|iqr)\b|±", re.IGNORECASE)
_RATIOS: tuple[tuple[str, EffectType], ...] = (
    ("odds", "odds_ratio"), ("hazard", "hazard_ratio"), ("risk", "risk_ratio"), ("rate", "risk_ratio"),
)  # fmt: skip
_SHORT_RATIOS: dict[str, EffectType] = {"OR": "odds_ratio", "HR": "hazard_ratio", "RR": "risk_ratio"}
_FIRST = re.compile(r"^\s*([+−–-]?\s?\d+(?:\.\d+)?)")


def compare_values(
    context: TableContext, contrast: Contrast, treated: re.Match[str], control: re.Match[str]
) -> Direction:
    """Return the direction between the arms; unknown where counts and shares disagree about it."""
    one, other = _number(treated["first"]), _number(control["first"])
    readings: list[tuple[float, float]] = [(one, other)]
    words = " ".join(text.text for _, text in contrast.outcomes)
    if treated["inner"] and control["inner"] and _is_share(context, contrast, treated, control):
        readings = [(float(treated["inner"]), float(control["inner"]))]
    elif treated["of"] and control["of"] and float(treated["of"]) and float(control["of"]):
        readings = [(one / float(treated["of"]), other / float(control["of"]))]
    elif (
        not treated["percent"]
        and "±" not in contrast.cells[0].text
        and all("." not in cell["first"] for cell in (treated, control))
    ):
        sizes = _sizes(contrast)
        if sizes[0] and sizes[1] and _COUNTED.search(words) and not _MEANT.search(words):
            readings.append((one / sizes[0], other / sizes[1]))
    signs = {(left > right) - (left < right) for left, right in readings}
    if len(signs) != 1:
        return "unknown"
    sign = signs.pop()
    if INVERSE.search(words) and one >= 0 and not CHANGE.search(_outcome_words(contrast)):
        sign = -sign
    return "increase" if sign > 0 else "decrease" if sign < 0 else "unknown"


def follow_arrow(cell: CellText) -> Direction:
    """Return the direction that an arrow before a value states; unknown where there is none."""
    first = cell.text.lstrip(" (")[:1]
    return "increase" if first == "↑" else "decrease" if first == "↓" else "unknown"


def follow_estimate(effect: Effect | None) -> Direction:
    """Return the direction of a difference or ratio that stands for itself."""
    if effect is None or effect.value is None:
        return "unknown"
    null = 0.0 if effect.type == "difference" else 1.0
    return "increase" if effect.value > null else "decrease" if effect.value < null else "unknown"


def _outcome_words(contrast: Contrast) -> str:
    """Return the words that name the outcome, not those that only say that the numbers are changes of it."""
    return next((text.text for _, text in contrast.outcomes if not RELATIVE_CHANGE.match(text.text)), "")


def _is_share(context: TableContext, contrast: Contrast, treated: re.Match[str], control: re.Match[str]) -> bool:
    """Whether "12 (30)" is a count with its share: a percent sign or the words say so, or the arms' sizes"
    " prove it."""
    if treated["inner_percent"] and control["inner_percent"]:
        return True
    sizes = _sizes(contrast)
    words = " ".join(text.text for _, text in contrast.outcomes)
    if sizes[0] and "." not in treated["first"] and "±" not in words:
        return abs(_number(treated["first"]) / sizes[0] * 100 - float(treated["inner"])) <= 1.0
    header = " ".join(part.text for part in context.typed.columns[contrast.column].parts)
    counted = _COUNTED.search(re.sub(r"\bn\s?=\s?\d+", "", f"{words} {header}", flags=re.IGNORECASE))
    return counted is not None and _MEANT.search(words) is None and "." not in treated["first"]


def _number(text: str) -> float:
    plain = re.sub(r"\s", "", re.sub(r"[−–↓]", "-", text).replace("↑", "+"))
    plain = (
        plain.replace(",", "") if re.match(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$", plain) else plain.replace(",", ".")
    )
    return float(plain)


def _sizes(contrast: Contrast) -> tuple[int | None, int | None]:
    first, second = (None if label is None or label.size is None else label.size[0] for label in contrast.sizes)
    return first, second


def read_effect(
    context: TableContext, contrast: Contrast, treated: re.Match[str] | None, control: re.Match[str] | None
) -> Effect | None:
    if treated is None or control is None:
        return None if contrast.estimate is None else _read_estimate(context, contrast, None, None)
    share = bool(treated["inner"] and control["inner"]) and _is_share(context, contrast, treated, control)
    unit = None if share else _read_unit(contrast)
    measured: list[Measured | None] = []
    for cell, match, size in zip(contrast.cells, (treated, control), _sizes(contrast), strict=True):
        group = "inner" if share else "first"
        place = ground_text(context, cell, match.start(group), match.end(group))
        percent = share or match["percent"]
        measured.append(
            None if place is None
            else Measured(text=place[0], start=place[1], end=place[2], value=_number(match[group]),
                          unit="%" if percent else unit, n=size)
        )  # fmt: skip
    first, second = measured
    if contrast.estimate is not None:
        found = _read_estimate(context, contrast, first, second)
        if found is not None:
            return found
    if first is None:
        return None
    words = " ".join(text.text for text in (context.typed.caption, *(text for _, text in contrast.outcomes)))
    change = None
    if second is not None and first.value is not None and second.value and not share and not CHANGE.search(words):
        change = round((first.value - second.value) / abs(second.value) * 100.0, 6)
    kind: EffectType = "proportion" if share or (treated["percent"] and control["percent"]) else "value"
    return Effect(
        text=first.text, start=first.start, end=first.end, source="row", value=first.value, unit=first.unit,
        type=kind, change_percent=change if kind == "value" else None, treated=first, control=second,
    )  # fmt: skip


_UNIT = re.compile(r"[(\[]([µμA-Za-z%][^()\[\]]{0,15})[)\]](?=\W*$|[,;]|\s)|,\s*([µμA-Za-z]+/[\w./]+)$")
_NO_UNIT = re.compile(r"\b(mean|median|sd|sem?|n|iqr|range|no|score|se|post|adjusted)\b", re.IGNORECASE)


def _read_unit(contrast: Contrast) -> str | None:
    for source, text in contrast.outcomes:
        if source == "header" and TIME_ONLY.match(text.text):
            continue
        for match in _UNIT.finditer(text.text):
            unit = (match.group(1) or match.group(2)).strip()
            if not _NO_UNIT.search(unit) and re.search(r"[/%]|^\S{1,6}$", unit):
                return unit
        named = trailing_unit(text.text) if source in ("row", "subheader") else None
        if named is not None:
            return named[1]
    return None


def _read_estimate(
    context: TableContext, contrast: Contrast, treated: Measured | None, control: Measured | None
) -> Effect | None:
    assert contrast.estimate is not None
    cell, words = contrast.estimate
    match = _FIRST.match(cell.text)
    place = None if match is None else ground_text(context, cell, match.start(1), match.end(1))
    if match is None or place is None or is_dash(cell.text):
        return None
    kind: EffectType = "difference"
    if is_ratio(words):
        lowered = words.lower()
        named = next((kind for word, kind in _RATIOS if word in lowered), None)
        short = re.search(r"\b(OR|HR|RR)\b", words)
        kind = named or ("fold" if short is None else _SHORT_RATIOS[short.group()])
    unit = _read_unit(contrast) if kind == "difference" else None
    interval = read_interval(contrast)
    end = place[2]
    if interval is not None and contrast.interval is None:
        whole = ground_text(context, cell, match.start(1), min(interval[5] + 1, len(cell.text)))
        if whole is not None:
            place, end = whole, whole[2]
    return Effect(
        text=place[0], start=place[1], end=end, source="row", value=_number(match.group(1)), type=kind,
        unit=unit,
        low=None if interval is None else interval[1], high=None if interval is None else interval[2],
        treated=treated, control=control,
    )  # fmt: skip
