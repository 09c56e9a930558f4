"""P-values and words for significance."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity, Relation
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.numbers import scan_numbers

_TAG: Final = r"(?:</?i>|\*)?"
_VALUE: Final = (
    r"(?:\d?[.·]\d+|0\.\s\d{2,3}(?!\d)|\d(?:\.\d+)?(?=\s?[×x*·]\s?10)|\d(?=[eE]-\d)"
    r"|[01](?![\d.]))(?:\s?[×x*·]\s?10\s?(?:\^|<sup>)?\s?-?\d{1,3}(?:</sup>)?|[eE]-?\d{1,3})?"
)
_RELATION: Final = (
    r"(?P<relation>≤|≥|[<>]\s?/?\s?=|>\s?or\s?=(?:\s?to)?|<\s?or\s?=(?:\s?to)?|=\s?or\s?<(?:\sto)?|<+|>|="
    r"|less\sthan\sor\sequal\sto"
    r"|less\sthan|greater\sthan|equals"
    r"|more\sthan|at\sleast|at\smost|up\sto|of|was|were|is|,|:|~)"
)
_SUBJECT: Final = (
    r"(?<![\w-])(?P<p>[pP])(?:</i>)?(?:[- ]?(?:values?|val))?(?:\s?(?:\(?(?:for|of|in|by|from)\s[\w\s-]{2,30}?"
    r"|(?:vs\.?\s\w+)|\w{1,3})\)?|(?:[\s-][a-z]{3,12}){1,2}|['’]s)?"
    r"(?:<sub>\w+</sub>|,?\s(?:for\s)?(?:linear\s)?(?:trend|interaction|heterogeneity))?"
)
_PVALUE: Final = re.compile(
    rf"{_TAG}{_SUBJECT}\s{{0,2}}{_TAG}\s?(?:values?\s)?{_RELATION}{_TAG}\s{{0,2}}(?:or\s(?:less|equal)\s|(?<==\s)[<>]\s?)?"
    rf"(?P<value>{_VALUE})"
    rf"(?P<more>(?:,?\s(?:and|or|to|vs\.?|through)\s|,\s?|\s?-\s?|\s?/\s?)(?:[<>=≤≥]\s?)?(?:{_VALUE})(?!\s?%|\d))*"
)
_NUMBER: Final = re.compile(_VALUE)
_NONE: Final = re.compile(
    r"(?<![\w.])(?:[pP]\s?=\s?)?(?:n\.s\.|NS|N\.S\.|ns)(?![\w-])"
    r"|\b(?:not|nor|never|neither|without)\s(?:\w+\s){0,2}?(?:statistically\s)?significan(?:t|tly|ce)\b"
    r"|\bfail(?:s|ed|ing)?\sto\s(?:achieve|attain|reach)\s(?:statistical\s)?significance\b"
    r"|\b(?:statistically\s)?non-?significan(?:t|tly|ce)\b|\binsignificant(?:ly)?\b"
)
_RELATIONS: Final[dict[str, Relation]] = {
    "<": "<", "<<": "<", "<<<": "<", ">": ">", "=": "=", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">=", "</=": "<=",
    ">/=": ">=", "<or=": "<=", ">or=": ">=", ">or=to": ">=",
    "=or<": "<=", "<or=to": "<=", "=or<to": "<=", "lessthanorequalto": "<=",
    "lessthan": "<", "greaterthan": ">", "morethan": ">", "atleast": ">=", "atmost": "<=", "upto": "<=", "~": "~",
}  # fmt: skip
_WORDY: Final = frozenset({"of", "was", "were", "is", ",", ":"})
LEVEL: Final = 0.05
"""The level at which a p-value counts as significant where the text names no other."""


def find_pvalues(text: str) -> list[QuantityMatch]:
    """Return the p-values of a folded text, and words such as "NS" and "not significant"."""
    found: list[QuantityMatch] = []
    for match in _PVALUE.finditer(text):
        values = tuple(_read_value(value) for value in _NUMBER.findall(text[match.start("value") : match.end()]))
        is_wordy = match["relation"].lower() in _WORDY and "val" not in match.group().lower()
        if is_wordy or any(value > 1 for value in values):
            continue
        relation = _RELATIONS.get(re.sub(r"\s", "", match["relation"]).lower(), "=")
        is_list = len(values) > 1
        quantity = Quantity(
            kind="pvalue",
            low=None if is_list else values[0],
            high=None if is_list else values[0],
            values=values if is_list else None,
            relation=relation,
            significant=judge_significance(values, relation),
        )
        found.append(QuantityMatch(match.start(), match.end(), "PVALUE", quantity))
    for match in _NONE.finditer(text):
        quantity = Quantity(kind="pvalue", significant=False)
        found.append(QuantityMatch(match.start(), match.end(), "PVALUE", quantity))
    return found


def _read_value(written: str) -> float:
    return scan_numbers(written.replace(". ", "."))[0].value


def judge_significance(values: tuple[float, ...], relation: Relation) -> bool | None:
    """Return whether p-values are significant at the usual level; None where they differ or it is open."""
    if relation in (">", ">="):
        return False if all(value >= LEVEL for value in values) else None
    if relation in ("<", "<="):
        return True if all(value <= LEVEL for value in values) else None
    verdicts = {value < LEVEL for value in values}
    return verdicts.pop() if len(verdicts) == 1 else None
