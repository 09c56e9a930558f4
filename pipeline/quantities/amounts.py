"""Amounts: numerals joined into single values, ranges and lists, with their sign of relation, spread and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.model.mentions import Relation
from pipeline.quantities.numbers import Number, scan_numbers
from pipeline.quantities.units import Unit, read_unit

Form = Literal["single", "range", "list"]

_RANGE_GAP: Final = re.compile(
    r"\s?-+\s?|\s(?:up\s)?to\s|-to-|\s?through\s|\s?\.\.\.?\s?|\s?÷\s?|\sto\s(?:a\smaximum\sof\s)?"
)
_LIST_GAP: Final = re.compile(
    r"\s?(?P<sign>[,/&;+])\s?(?:and\s|or\s|&\s|versus\s|vs\.?\s)?|-?\s(?:and(?:/or)?|or|versus|vs\.?)\s"
)
# The arm named behind each dose of a list, as in "0.1 (group A) or 0.5 mg/kg (group B)".
_ARM_LABEL: Final = re.compile(
    r"\s\((?:(?:group|arm|cohort|level)\s\w{1,3}|[A-Z]{1,2}\d?|low|medium|middle|high|(?:the\s)?original)(?:[\s-]dose)?\)",
    re.IGNORECASE,
)
_FINAL_GAP: Final = re.compile(r"and|or|versus|vs|/|&")
_SPREAD_GAP: Final = re.compile(r"\s?(?:±|\+\s?/\s?-|\+-|\(±\s?|\((?:SD|SEM|SE|s\.d\.|sd)[\s:=,]*)\s?(?:SEM?\s|SD\s)?")
# "27 (9-54) mg": the range or the deviation stands between a number and its unit.
_BRACKETED_SPREAD: Final = re.compile(
    r"\s?[(\[](?:IQR|range|SD|interquartile\srange)?[\s:,=]*\d+(?:\.\d+)?(?:\s?(?:-|to|,)\s?\d+(?:\.\d+)?)?[)\]](?=\s)"
)
_TIMES_GAP: Final = re.compile(r"\s?[x×*]\s?", re.IGNORECASE)
_RELATION: Final = re.compile(
    r"(?:(?P<ge>≥|>\s?/?\s?=|>\s?or\s?=(?:\s?to)?|\b(?:greater|more)\sthan\sor\sequal\sto|\bat\sleast"
    r"|\bno\sless\sthan|\bnot\sless\sthan|\ba\sminimum\sof)"
    r"|(?P<le>≤|<\s?/?\s?=|<\s?or\s?=(?:\s?to)?|\bless\sthan\sor\sequal\sto|\bup\sto(?:\sa\smaximum\sof)?|(?<=\()to"
    r"|\bat\smost|\bno\smore\sthan|\bnot\smore\sthan"
    r"|\b(?:not\s|without\s)?exceeding|\ba\smaximum\s(?:dose\s)?of)"
    r"|(?P<gt>>|\b(?:more|greater|higher|older|longer)\sthan|\bover|\babove|\bexceeds|\bin\sexcess\sof)"
    r"|(?P<lt><|\b(?:less|fewer|lower|younger|shorter)\sthan|\bunder|\bbelow)"
    r"|(?P<about>~|\babout|\bapproximately|\bapprox\.?|\baround|\broughly|\bcirca|\bca\.?|\bc\.|\bnearly"
    r"|\balmost|\bsome)"
    r"|(?P<eq>=))\s?$",
    re.IGNORECASE,
)
_RELATIONS: Final[dict[str, Relation]] = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~", "eq": "="}
_BETWEEN: Final = re.compile(r"\b(?:between|from)\s$", re.IGNORECASE)
_RELATION_WIDTH: Final = 30


@dataclass(frozen=True, slots=True)
class Amount:
    """A value, range or list at `[start, end)`, the relation and the unit included.

    Attributes:
        numbers: the numerals in order; ``first`` is where the first of them starts.
        spread: the number after "±"; ``multiplier``: the number before "×" ("2 × 500").
        unit: the unit after the last numeral, or None.
    """

    start: int
    end: int
    form: Form
    numbers: tuple[Number, ...]
    unit: Unit | None = None
    relation: Relation | None = None
    spread: float | None = None
    multiplier: float | None = None

    @property
    def first(self) -> int:
        return self.numbers[0].start

    @property
    def value(self) -> float:
        """The first numeral's value, the only one of a single amount."""
        return self.numbers[0].value

    @property
    def bounds(self) -> tuple[float | None, float | None, tuple[float, ...] | None]:
        """Low, high and values: a bound that is not stated is None, a list has values only."""
        if self.form == "list":
            return None, None, tuple(number.value for number in self.numbers)
        low: float | None = self.numbers[0].value
        high: float | None = self.numbers[-1].value
        if self.form == "single" and self.relation in (">", ">="):
            high = None
        elif self.form == "single" and self.relation in ("<", "<="):
            low = None
        return low, high, None

    @property
    def dimension(self) -> str | None:
        return self.unit.dimension if self.unit is not None else None


def read_amounts(text: str) -> list[Amount]:
    """Return the amounts of a folded text in order, without overlap; bare numbers are amounts without a unit."""
    numbers = scan_numbers(text)
    amounts: list[Amount] = []
    place = 0
    while place < len(numbers):
        if amounts and numbers[place].start < amounts[-1].end:
            place += 1
            continue
        amount, taken = _read_amount(text, numbers, place)
        place += taken
        if amount is not None:
            amounts.append(amount)
    return _share_units(text, amounts)


def _read_amount(text: str, numbers: list[Number], place: int) -> tuple[Amount | None, int]:
    head = numbers[place]
    taken = 1
    multiplier = None
    following = numbers[place + 1] if place + 1 < len(numbers) else None
    if following is not None and _TIMES_GAP.fullmatch(text, head.end, following.start):
        if read_unit(text, following.end) is not None and head.value < 100 and head.value == int(head.value):
            multiplier, first, head, taken = head.value, head.start, following, 2
            following = numbers[place + 2] if place + 2 < len(numbers) else None
    members, unit, spread, used = _read_members(text, numbers, place + taken - 1)
    taken += used
    if unit is None and len(members) == 1 and (head.glued or _begins_name(text, head.end)):
        return None, taken
    form: Form = "single"
    if len(members) > 1:
        form = "list" if used and _is_list(text, members) else "range"
    start = members[0].start if multiplier is None else first
    relation = None
    found = _RELATION.search(text, max(0, start - _RELATION_WIDTH), start)
    if found is not None and form != "list" and multiplier is None:
        relation = _RELATIONS[str(found.lastgroup)]
        if relation == "=" or (unit is not None and _is_span_of_time(found.group(), unit, members[0].value)):
            relation = None
        else:
            start = found.start()
    end = unit.end if unit is not None else (members[-1].end if spread is None else _spread_end(numbers, place, taken))
    return Amount(start, end, form, tuple(members), unit, relation, spread, multiplier), taken


def _is_span_of_time(word: str, unit: Unit, value: float) -> bool:
    """Tell whether "over" means "during": "over 12 weeks", "over 2 years", but not "over 65 years"."""
    return word.strip().lower() == "over" and unit.dimension == "time" and (unit.code != "a" or value < 12)


def _read_members(text: str, numbers: list[Number], place: int) -> tuple[list[Number], Unit | None, float | None, int]:
    """Return the numerals from a place on that form one amount, its unit, its spread and how many more were used."""
    head = numbers[place]
    unit = read_unit(text, head.end)
    if place + 1 == len(numbers):
        return [head], unit, None, 0
    bracket = _BRACKETED_SPREAD.match(text, head.end) if unit is None else None
    if bracket is not None and (later := read_unit(text, bracket.end())) is not None and later.dimension != "time":
        return [head], later, None, sum(number.start < bracket.end() for number in numbers[place + 1 : place + 3])
    following = numbers[place + 1]
    at = unit.end if unit is not None else head.end
    if _SPREAD_GAP.fullmatch(text, at, following.start):
        later = read_unit(text, following.end)
        return [head], later or unit, abs(following.value), 1
    after = read_unit(text, following.end)
    between = _BETWEEN.search(text, max(0, head.start - 9), head.start) is not None
    is_range = _RANGE_GAP.fullmatch(text, at, following.start) is not None or (
        following.sign == -1 and following.start == at and following.end > at
    )
    if between and text[at : following.start] in (" and ", " to "):
        is_range = True
    if is_range and (unit is None or (after is not None and after.dimension == unit.dimension)):
        upper = replace(following, value=abs(following.value), sign=None) if following.start == at else following
        if after is not None or not _begins_name(text, following.end):
            if upper.value > head.value or unit is not None or after is not None:
                return [head, upper], after, None, 1
    if unit is not None or is_range:
        return [head], unit, None, 0
    return _read_list(text, numbers, place)


def _read_list(text: str, numbers: list[Number], place: int) -> tuple[list[Number], Unit | None, None, int]:
    members = [numbers[place]]
    gaps: list[str] = []
    for number in numbers[place + 1 :]:
        label = _ARM_LABEL.match(text, members[-1].end)
        if _LIST_GAP.fullmatch(text, label.end() if label else members[-1].end, number.start) is None:
            break
        gaps.append(text[members[-1].end : number.start])
        members.append(number)
        unit = read_unit(text, number.end)
        if unit is not None:
            is_joined = _FINAL_GAP.search(gaps[-1]) is not None or len(members) > 2
            has_year = any(_is_year(member) for member in members[:-1])
            if is_joined and not has_year:
                return members, unit, None, len(members) - 1
            break
    return [numbers[place]], None, None, 0


def _is_list(text: str, members: list[Number]) -> bool:
    if len(members) > 2:
        return True
    gap = text[members[0].end : members[1].start]
    between = _BETWEEN.search(text, max(0, members[0].start - 9), members[0].start) is not None
    return not between and _LIST_GAP.fullmatch(gap) is not None


def _is_year(number: Number) -> bool:
    return 1900 <= number.value < 2100 and number.end - number.start == 4


def _spread_end(numbers: list[Number], place: int, taken: int) -> int:
    return numbers[place + taken - 1].end


def _begins_name(text: str, end: int) -> bool:
    """Tell whether a numeral is the beginning of a name or an ordinal: "6J", "5-HT", "2nd", "17β"."""
    following = text[end : end + 1]
    if following.isalpha():
        return _GLUED_TAIL.match(text, end) is None
    if following in "-'" and text[end + 1 : end + 2].isalpha():
        return _HYPHEN_TAIL.match(text, end) is None
    return False


_GLUED_TAIL: Final = re.compile(r"(?:fold|NS\b|ns\b|x\b|×|to\b)", re.IGNORECASE)
_HYPHEN_TAIL: Final = re.compile(r"-(?:fold|old|times|hourly|weekly|monthly|daily|and|to|or)\b", re.IGNORECASE)
_SHARED_GAP: Final = re.compile(
    r"\s?(?:,|and|or|vs\.?|versus|to|compared with|,\s?and)\s?|\s(?:and|or|vs\.?|versus|to)\s"
)


def _share_units(text: str, amounts: list[Amount]) -> list[Amount]:
    """Give a mean with spread the unit of the next one where that alone has it ("8.1 ± 0.4 vs 6.9 ± 0.3 %")."""
    for place in range(len(amounts) - 2, -1, -1):
        this, following = amounts[place], amounts[place + 1]
        if (
            this.unit is None
            and this.spread is not None
            and following.spread is not None
            and following.unit is not None
        ):
            if _SHARED_GAP.fullmatch(text, this.end, following.start):
                amounts[place] = replace(this, unit=following.unit)
    return amounts
