"""Our lifespan rows beside a DrugAge file: what agrees, what differs and whose it is, and what only one side has.

Rows are paired within one paper where its PubMed id is known, else by compound, strain, sex, dose and age among all of
DrugAge's rows, marked ``paper unresolved``. Pairs are one to one, the likest first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import SettingsError
from pipeline.export.drugage import DRUGAGE_COLUMNS

Owner = Literal["ours", "theirs", "definition"]
FIELDS = (
    "strain", "dosage", "age_at_initiation", "treatment_duration", "avg_lifespan_change_percent",
    "avg_lifespan_significance", "max_lifespan_change_percent", "gender",
)  # fmt: skip
_MONTHS = 30.4375
_DAYS = {"day": 1.0, "d": 1.0, "week": 7.0, "month": _MONTHS, "year": 365.25}
_SPELL = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s?(?:-|–|or|to)\s?(\d+(?:\.\d+)?))?\s*(day|d\b|week|month|year)", re.IGNORECASE
)
_DOSE = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:-(\d[\d,]*(?:\.\d+)?))?\s*(ppm|%|mg|[µμu]g|[µμu]M|mM|nM)", re.IGNORECASE)
_MEDIA = ("food", "water", "bodyweight", "injection")
_WHOLE_LIFE = re.compile(r"\bunt?il? death\b|\blife ?long\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which the two sides differ, whose it is and why one thinks so."""

    field: str
    ours: str
    theirs: str
    owner: Owner
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row of ours with DrugAge's; ``resolved`` says whether the paper is surely the same."""

    ours: Mapping[str, Any]
    theirs: Mapping[str, str]
    resolved: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Crosscheck:
    """The comparison.

    Attributes:
        only_ours: rows without a counterpart, each with the reason.
        only_theirs: DrugAge's rows of the compounds and papers that we have, without a counterpart.
    """

    matches: tuple[Match, ...]
    only_ours: tuple[tuple[Mapping[str, Any], str], ...]
    only_theirs: tuple[Mapping[str, str], ...]


def read_drugage(path: Path) -> list[dict[str, str]]:
    """Return the rows of a DrugAge file, in order.

    Raises:
        SettingsError: the file cannot be read or has not build 5's columns.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in DRUGAGE_COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise SettingsError(f"{path} has no columns {', '.join(missing[:4])}: give a DrugAge file of build 5")
            return [{name: " ".join((row[name] or "").split()) for name in DRUGAGE_COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path} cannot be read as CSV: {error}") from error


def compare_drugage(
    ours: Iterable[Mapping[str, Any]], theirs: Sequence[Mapping[str, str]], *, evidence: Mapping[str, str]
) -> Crosscheck:
    """Return how our rows compare with DrugAge's.

    Args:
        ours: rows as ``drugage_rows`` gives them.
        evidence: the evidence's text by claim id, to see what our source prints.
    """
    rows = list(ours)
    papers = {row["pubmed_id"] for row in theirs}
    matches: list[Match] = []
    left: list[tuple[int, Mapping[str, Any], str]] = []
    taken: set[int] = set()
    pairs = sorted(
        (
            (-likeness, place, other)
            for place, row in enumerate(rows)
            for other, candidate in enumerate(theirs)
            if (likeness := _likeness(row, candidate)) is not None
        ),
    )
    paired: dict[int, int] = {}
    for _, place, other in pairs:
        if place not in paired and other not in taken:
            paired[place] = other
            taken.add(other)
    for place, row in enumerate(rows):
        if place in paired:
            found = theirs[paired[place]]
            text = " ".join(evidence.get(claim_id, "") for claim_id in (row["claim_ids"] or "").split())
            matches.append(Match(row, found, row["pubmed_id"] is not None, tuple(_differences(row, found, text))))
        elif row["pubmed_id"] is None:
            left.append(
                (place, row, "paper unresolved, and DrugAge has no row of its compound, strain, sex, dose, age")
            )
        elif row["pubmed_id"] in papers:
            left.append((place, row, "DrugAge has the paper, not this arm"))
        else:
            left.append((place, row, "DrugAge has not the paper"))
    own_papers = {row["pubmed_id"] for row in rows if row["pubmed_id"]}
    compounds = {_fold(row["compound_name"]) for row in rows}
    return Crosscheck(
        tuple(matches),
        tuple((row, why) for _, row, why in left),
        tuple(
            row for place, row in enumerate(theirs)
            if place not in taken and row["pubmed_id"] in own_papers and _compound(row) in compounds
        ),
    )  # fmt: skip


def _likeness(ours: Mapping[str, Any], theirs: Mapping[str, str]) -> float | None:
    """Return how like two rows are, ``None`` where they cannot be the same arm."""
    if _fold(ours["compound_name"]) != _compound(theirs) or ours["species"] != theirs["species"]:
        return None
    resolved = ours["pubmed_id"] is not None
    if resolved and ours["pubmed_id"] != theirs["pubmed_id"]:
        return None
    agree = {
        "gender": _same_gender(ours["gender"], theirs["gender"]),
        "strain": _same_strain(ours["strain"], theirs["strain"]),
        "dosage": _same_dose(ours["dosage"], theirs["dosage"]),
        "age": _same_spell(ours["age_at_initiation"], theirs["age_at_initiation"]),
    }
    if not resolved:
        return None if not all(agree.values()) else 4.0 + _closeness(ours, theirs)
    if ours["gender"] != "Unknown" and theirs["gender"] != "Unknown" and not agree["gender"]:
        return None
    if not (agree["dosage"] or agree["age"]):
        return None
    whole = bool(_WHOLE_LIFE.search(theirs["treatment_duration"])) == (ours["treatment_duration"] is None)
    rhythm = ("every" in (ours["dosage"] or "")) == ("every" in theirs["dosage"])
    return sum(agree.values()) + 0.5 * whole + 0.5 * rhythm + _closeness(ours, theirs)


def _closeness(ours: Mapping[str, Any], theirs: Mapping[str, str]) -> float:
    one, other = _number(ours["avg_lifespan_change_percent"]), _number(theirs["avg_lifespan_change_percent"])
    return 0.0 if one is None or other is None else 1.0 / (1.0 + abs(one - other))


def _differences(ours: Mapping[str, Any], theirs: Mapping[str, str], text: str) -> Iterable[Difference]:
    for name in FIELDS:
        one, other = "" if ours[name] is None else str(ours[name]), theirs[name]
        if name.endswith("percent"):
            one = one.removesuffix(".0")
        found = _judge(name, one, other, ours, text)
        if found is not None:
            yield Difference(name, one, other, *found)


def _judge(name: str, ours: str, theirs: str, row: Mapping[str, Any], text: str) -> tuple[Owner, str] | None:
    """Return whose a difference is and why; ``None`` where the sides agree."""
    same = {
        "strain": _same_strain, "dosage": _same_dose, "age_at_initiation": _same_spell,
        "treatment_duration": _same_duration, "gender": _same_gender,
    }.get(name)  # fmt: skip
    if ours == theirs or (same is not None and same(ours or None, theirs)):
        return None
    if name.startswith("max_") and not ours:
        return None if not theirs else ("definition", "our source gives no maximum lifespan")
    if name == "treatment_duration" and not ours:
        return "definition", "our source states no duration"
    if name.endswith("significance"):
        return _judge_significance(ours, theirs, row)
    if name.endswith("percent"):
        one, other = _number(ours), _number(theirs)
        if one is not None and other is not None:
            if abs(one - other) <= 1.0:
                return "definition", "rounding"
            if row["relation"] in ("~", ">", "<"):
                return "definition", f"our source gives it as {row['change_as_written']!r}, marked {row['relation']}"
            if row["statistic"] == "mean":
                return "definition", "our source gives the mean here; DrugAge's average may be the median"
            if _stands(theirs, _without_dose(text)):
                return "ours", "our source's row prints DrugAge's number too"
            return "theirs", f"our source prints {row['change_as_written']!r} ({row['statistic'] or 'no statistic'})"
    if name == "strain" and _core(ours) and _core(ours)[:4] == _core(theirs)[:4]:
        return "definition", "another substrain or spelling"
    if name == "age_at_initiation" and _near(ours, theirs):
        return "definition", "rounded age"
    if name == "gender":
        return "definition", "sexes pooled or not told apart"
    if not ours:
        return ("ours", "it stands in our source's row") if _stands(theirs, text) else ("theirs", "our source has none")
    if not theirs:
        return "theirs", "DrugAge leaves it empty"
    return "theirs", "our source prints ours"


def _judge_significance(ours: str, theirs: str, row: Mapping[str, Any]) -> tuple[Owner, str]:
    if ours == "NA":
        return "definition", "our source states nothing; an unmarked value stays open with us"
    if theirs == "NA":
        return "definition", "DrugAge leaves it open"
    if row["p_value"] is not None:
        return "theirs", f"our source gives p = {row['p_value']}"
    return "theirs", "our source marks it so (another test or statistic of the same paper is possible)"


def _without_dose(text: str) -> str:
    return _SPELL.sub(" ", _DOSE.sub(" ", text))


def _stands(value: str, text: str) -> bool:
    return bool(value) and re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.]*\d)", text) is not None


def _fold(text: str | None) -> str:
    return re.sub(r"\s+", " ", (text or "").lower()).strip()


def _compound(row: Mapping[str, str]) -> str:
    return _fold(row["compound_name"])


def _core(strain: str) -> str:
    return re.sub(r"[^a-z0-9]", "", strain.lower())


def _same_strain(ours: str | None, theirs: str) -> bool:
    one, other = _core(ours or ""), _core(theirs)
    return one == other or (min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one)))


def _same_gender(ours: str | None, theirs: str) -> bool:
    return ours == theirs or {ours, theirs} == {"Pooled", "Unknown"}


def _doses(text: str | None) -> set[tuple[float, str]]:
    head = re.sub(r"\([^)]*\)", "", text or "")
    unit = {"μ": "µ", "u": "µ"}
    return {
        (float(match[1].replace(",", "")), unit.get(match[3][0], match[3][0]) + match[3][1:].lower())
        for match in _DOSE.finditer(head)
    }


def _same_dose(ours: str | None, theirs: str) -> bool:
    one, other = _doses(ours), _doses(theirs)
    if not one or {unit for _, unit in one} != {unit for _, unit in other} or len(one) != len(other):
        return False
    medium = {word for word in _MEDIA if word in (ours or "")} ^ {word for word in _MEDIA if word in theirs}
    close = all(abs(a - b) <= 0.005 * max(a, b) for (a, _), (b, _) in zip(sorted(one), sorted(other), strict=True))
    rhythm = ("every other month" in (ours or "")) == ("every other month" in theirs)
    return close and rhythm and not (medium & {"food", "water"} and medium & {"bodyweight", "injection"})


def _days(text: str | None) -> tuple[float, float] | None:
    match = _SPELL.search(text or "")
    if match is None:
        return None
    factor = _DAYS[match[3].lower().rstrip("s")]
    low = float(match[1]) * factor
    return low, low if match[2] is None else float(match[2]) * factor


def _same_spell(ours: str | None, theirs: str) -> bool:
    one, other = _days(ours), _days(theirs)
    if one is None or other is None:
        return _fold(ours) == _fold(theirs)
    return one[0] <= other[1] * 1.03 and other[0] <= one[1] * 1.03


def _near(ours: str, theirs: str) -> bool:
    one, other = _days(ours), _days(theirs)
    return one is not None and other is not None and abs(one[0] - other[0]) <= 0.1 * max(one[0], other[0])


def _same_duration(ours: str | None, theirs: str) -> bool:
    if not ours:
        return bool(_WHOLE_LIFE.search(theirs)) or not theirs
    return _same_spell(ours, theirs)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
