"""The last accepted run, to tell new errors from known ones: keys of its errors, without any word of a paper.

``corpus/gold/accepted.json`` holds, for each document by file name, the sorted error keys (see ``gates``), and the
rates of the measures that are gated. Documents that were not in the accepted run have no new errors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.evaluation.gates import GateFailure, error_keys, find_new_errors
from pipeline.evaluation.reconciliation import Evaluation

Row = Mapping[str, Any]
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted: error keys by document, and rates by the names that failures of the gate have."""

    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewErrors:
    """Errors that the accepted run did not make, worst first.

    Attributes:
        shown: rows of the development part, each with its new keys.
        hidden: how many rows of the test part have new errors; they are counted and never shown.
        fixed: how many of the accepted errors are gone; ``None`` where one split alone was scored.
        unknown: documents of this run that the accepted one did not hold.
    """

    shown: tuple[tuple[tuple[str, ...], Row], ...]
    hidden: int
    fixed: int | None
    unknown: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as plain values: the keys of what is shown, and the other numbers."""
        return {
            "shown": [list(keys) for keys, _ in self.shown],
            "hidden": self.hidden,
            "fixed": self.fixed,
            "unknown": list(self.unknown),
        }

    def lines(self, *, limit: int = SHOWN) -> list[str]:
        """Return the comparison in words, the worst ``limit`` errors with both values."""
        count = len(self.shown) + self.hidden
        gone = "" if self.fixed is None else f", errors gone {self.fixed}"
        lines = [f"against the accepted run: claims with new errors {count}{gone}"]
        lines += [f"  {describe_error(keys, row)}" for keys, row in self.shown[:limit]]
        if len(self.shown) > limit:
            lines.append(f"  and {len(self.shown) - limit} more of the development part")
        if self.hidden:
            lines.append(f"  {self.hidden} of the test part, not shown")
        if self.unknown:
            lines.append(f"documents that were not in the accepted run, not compared: {len(self.unknown)}")
        return lines


def load_accepted(path: Path) -> Accepted | None:
    """Return the last accepted run, ``None`` where none was accepted yet.

    Raises:
        SettingsError: the file is there and is none of ours.
    """
    if not path.is_file():
        return None
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        documents = {str(name): tuple(map(str, keys)) for name, keys in value["documents"].items()}
        return Accepted(documents, {str(name): float(rate) for name, rate in value["rates"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(f"{path} is no accepted run ({error}): write it anew with --accept") from error


def accept_run(evaluation: Evaluation, rates: Mapping[str, float], *, before: Accepted | None) -> Accepted:
    """Return the run as accepted; documents that it does not hold stay as they were accepted before.

    Raises:
        SettingsError: only one split was evaluated, so that errors of the other would be forgotten.
    """
    if evaluation.split is not None:
        raise SettingsError("only a run over the whole gold can be accepted: leave out --split")
    documents = dict(before.documents) if before is not None else {}
    documents.update(_keys_by_document(evaluation, evaluation.reconciliation_rows()))
    return Accepted(documents, rates)


def save_accepted(accepted: Accepted, path: Path) -> None:
    """Write an accepted run; the same one gives the same bytes."""
    documents = {name: list(keys) for name, keys in sorted(accepted.documents.items())}
    value = {"documents": documents, "rates": dict(sorted(accepted.rates.items()))}
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def compare_errors(evaluation: Evaluation, accepted: Accepted) -> NewErrors:
    """Return the errors of a run that the accepted one did not make, and how many of its errors are gone."""
    rows = [row for row in evaluation.reconciliation_rows() if row["document"] in accepted.documents]
    found: list[tuple[tuple[str, ...], Row]] = []
    for name in sorted({str(row["document"]) for row in rows}):
        own = [row for row in rows if row["document"] == name]
        found += [(tuple(keys), row) for keys, row in find_new_errors(own, accepted.documents[name])]
    ordered = [(tuple(keys), row) for keys, row in find_new_errors((row for _, row in found), ())]
    fresh = {id(row): keys for keys, row in found}
    now = {name: frozenset(keys) for name, keys in _keys_by_document(evaluation, rows).items()}
    judged = evaluation.split is None
    return NewErrors(
        shown=tuple((fresh[id(row)], row) for _, row in ordered if row["split"] != "test"),
        hidden=sum(row["split"] == "test" for _, row in ordered),
        fixed=sum(len(frozenset(accepted.documents.get(name, ())) - keys) for name, keys in now.items())
        if judged
        else None,
        unknown=tuple(sorted(frozenset(evaluation.by_document) - accepted.documents.keys())),
    )


def _keys_by_document(evaluation: Evaluation, rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    listed = list(rows)
    names = {*evaluation.by_document}
    return {name: tuple(error_keys(row for row in listed if row["document"] == name)) for name in sorted(names)}


def describe_error(keys: Iterable[str], row: Row) -> str:
    """Return an error in one line: what, where, and both values of each field that is newly wrong."""
    fields = [key.split(" ")[-1] for key in keys if key.startswith("differing ")]
    side = "predicted" if row["status"] == "spurious" else "gold"
    told = f"{row[f'intervention_{side}']} → {row[f'outcome_{side}']} ({row[f'direction_{side}']})"
    place = f"{row['document']}@{row['evidence_start']}"
    if row["status"] == "differing":
        wrong = "; ".join(f"{name} {row[f'{name}_predicted']!r}, gold {row[f'{name}_gold']!r}" for name in fields)
        return f"wrong {place} {told}: {wrong}"
    reason = f": {row['reason']}" if row["reason"] else ""
    return f"{row['status']} {place} {told}{reason}"


def note_rates(failures: Iterable[GateFailure], accepted: Accepted | None) -> list[str]:
    """Return failures of the gate in words, each with the accepted run's rate where that is known."""
    lines = []
    for failure in failures:
        before = None if accepted is None else accepted.rates.get(f"{failure.measure} {failure.rate}")
        lines.append(str(failure) if before is None else f"{failure}; accepted run {before:.3f}")
    return lines
