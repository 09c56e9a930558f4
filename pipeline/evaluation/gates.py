"""Gates: the least scores that a run must reach, and the errors that an accepted run did not make.

The thresholds file is TOML whose tables spell a path into ``Evaluation.as_dict()``, such as ``[prose.triple]`` or
``[table.fields.dose]``, each with the least ``precision``, ``recall`` or ``f1``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.evaluation.reconciliation import Evaluation
from pipeline.model.ids import make_id

RATES = ("precision", "recall", "f1")
_ABSENT: Mapping[str, Any] = {"tp": 0, "fp": 0, "fn": 0, **dict.fromkeys(RATES)}


@dataclass(frozen=True, slots=True)
class GateFailure:
    """A measure that fell below its threshold; ``found`` is ``None`` where the rate is undefined."""

    measure: str
    rate: str
    least: float
    found: float | None
    tp: float
    fp: float
    fn: float

    def __str__(self) -> str:
        found = "undefined" if self.found is None else f"{self.found:.3f}"
        return (
            f"{self.measure} {self.rate} {found} is below {self.least:.3f} "
            f"(tp {self.tp:g}, fp {self.fp:g}, fn {self.fn:g})"
        )


def check_gate(evaluation: Evaluation, thresholds_path: Path) -> list[GateFailure]:
    """Return the thresholds that the evaluation does not reach, in file order.

    A measure of which neither side holds anything is passed over, so that one file serves runs over parts of the
    gold.

    Raises:
        SettingsError: if the file is missing, is no TOML, or names a rate or group that does not exist.
    """
    thresholds = read_thresholds(thresholds_path)
    scores = evaluation.as_dict()
    failures = []
    for path, rate, least in _walk(thresholds, ()):
        found = _look_up(scores, path)
        if not any(found[name] for name in ("tp", "fp", "fn")):
            continue
        if found[rate] is None or found[rate] < least:
            failures.append(
                GateFailure(".".join(path), rate, least, found[rate], found["tp"], found["fp"], found["fn"])
            )
    return failures


def gated_rates(evaluation: Evaluation, thresholds_path: Path) -> dict[str, float]:
    """Return what the evaluation reaches of each gated measure, by measure and rate; undefined ones are left out."""
    scores = evaluation.as_dict()
    walked = [(path, rate, _look_up(scores, path)) for path, rate, _ in _walk(read_thresholds(thresholds_path), ())]
    return {f"{'.'.join(path)} {rate}": found[rate] for path, rate, found in walked if found[rate] is not None}


def read_thresholds(path: Path) -> dict[str, Any]:
    """Return the tables of a thresholds file.

    Raises:
        SettingsError: if it is missing or no TOML.
    """
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"cannot read thresholds {path}: {error}") from error


def _walk(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, float]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _walk(value, (*path, key))
        elif key in RATES and isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            yield path, key, float(value)
        else:
            raise SettingsError(
                f"threshold {'.'.join((*path, key))} = {value!r}: expected precision, recall or f1 between 0 and 1"
            )


def _look_up(scores: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the scores at a path; a label or class that neither side has is absent, a wrong group is an error."""
    value: Any = scores
    for depth, key in enumerate(path):
        if not isinstance(value, Mapping) or key not in value:
            if _is_open(path[:depth]):
                return _ABSENT
            raise SettingsError(f"threshold {'.'.join(path)}: there is no {key!r} among the scores")
        value = value[key]
    if not isinstance(value, Mapping) or "tp" not in value:
        raise SettingsError(f"threshold {'.'.join(path)} names a group, not a measure")
    return value


def _is_open(path: tuple[str, ...]) -> bool:
    """Whether a part of the scores holds only what either side has: classes, entity labels, documents."""
    return path[-1:] == ("classes",) or (len(path) == 2 and path[0] == "entities") or path == ("documents",)


def error_keys(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return one key for each counted error of reconciliation rows, sorted; keys hold no words of a paper."""
    return sorted({key for row in rows for key in _keys(row)})


def _keys(row: Mapping[str, Any]) -> list[str]:
    if not row["counted"]:
        return []
    if row["status"] == "differing":
        return [f"differing {row['gold_id']} {name}" for name in str(row["differs"]).split(";")]
    if row["status"] == "missed":
        return [f"missed {row['gold_id']}"]
    if row["status"] != "spurious":
        return []
    # Not the claim's id, which its direction and arm are part of: the same wrong claim would come out as a new one.
    said = (str(row["intervention_predicted"]), str(row["outcome_predicted"]))
    return [f"spurious {make_id('spurious', row['document'], row['evidence_start'], row['evidence_end'], *said)}"]


def find_new_errors(
    rows: Iterable[Mapping[str, Any]], accepted: Iterable[str]
) -> list[tuple[list[str], Mapping[str, Any]]]:
    """Return the rows with errors that the accepted run did not make, worst first, each with its new error keys.

    Worst is a wrong direction, then a claim that is not there, then a missed one, then other wrong fields, most
    first.
    """
    known = frozenset(accepted)
    found = []
    for row in rows:
        new = [key for key in _keys(row) if key not in known]
        if new:
            found.append((new, row))
    return sorted(found, key=lambda entry: (_severity(*entry), -len(entry[0]), entry[0]))


def _severity(new: Sequence[str], row: Mapping[str, Any]) -> int:
    if any(key.endswith(" direction") for key in new):
        return 0
    return {"spurious": 1, "missed": 2}.get(str(row["status"]), 3)
