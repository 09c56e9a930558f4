"""The consensus as a table: one row a group, with the papers and the claims that it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.consensus.groups import Group, Voice
from pipeline.errors import SettingsError
from pipeline.export.columns import Column, ListType, StructType, ValueType
from pipeline.export.delimited import CsvTable
from pipeline.export.folders import stage_file
from pipeline.export.parquet import ParquetTable
from pipeline.model.records import Record

_PAPER: Final = StructType(
    (
        ("paper", "string"),
        ("path", "string"),
        ("doi", "string"),
        ("pmid", "string"),
        ("basis", "string"),
        ("direction", "string"),
        ("certainty", "string"),
        ("claim_ids", ListType("string")),
        ("reported_by", ListType("string")),
        ("reported_otherwise_by", ListType("string")),
    )
)
_TYPES: Final[dict[str, ValueType]] = {
    "intervention": "string",
    "intervention_id": "string",
    "outcome": "string",
    "outcome_id": "string",
    "species": "string",
    "species_id": "string",
    "direction": "string",
    "strength": "string",
    "agreement": "number",
    "papers": "integer",
    "own": "integer",
    "reported": "integer",
    "increase": "integer",
    "decrease": "integer",
    "no_change": "integer",
    "mixed": "integer",
    "unknown": "integer",
    "asserted": "integer",
    "hedged": "integer",
    "cited_works": "integer",
    "reported_otherwise": "integer",
    "claims": "integer",
    "voices": ListType(_PAPER),
}
COLUMNS: Final = tuple(Column(name, (name,), kind) for name, kind in _TYPES.items())
"""``papers`` counts each paper once, by ``own`` findings or ``reported`` by others only; works that are only cited
together count as one there, and each in ``cited_works``."""


def group_row(group: Group) -> Record:
    """Return a group as a row, keyed by column name."""
    own = sum(line.is_own for line in group.lines)
    asserted = sum(line.is_asserted for line in group.lines)
    return {
        "intervention": group.intervention.name,
        "intervention_id": group.intervention.id,
        "outcome": group.outcome.name,
        "outcome_id": group.outcome.id,
        "species": group.species.name,
        "species_id": group.species.id,
        "direction": group.direction,
        "strength": group.strength,
        "agreement": group.agreement,
        "papers": len(group.lines),
        "own": own,
        "reported": len(group.lines) - own,
        **group.counts,
        "asserted": asserted,
        "hedged": len(group.lines) - asserted,
        "cited_works": sum(voice.basis == "reported" for voice in group.voices),
        "reported_otherwise": sum(bool(voice.reported_otherwise) for voice in group.voices),
        "claims": len({claim_id for voice in group.voices for claim_id in voice.claim_ids}),
        "voices": [_voice_row(voice) for voice in group.voices],
    }


def write_consensus(target: Path, groups: Sequence[Group], *, format: str) -> None:
    """Write groups as one table.

    Args:
        format: one of ``FORMATS``.

    Raises:
        SettingsError: the format is unknown.
        SourceError: the file cannot be written.
    """
    if format not in _WRITERS:
        raise SettingsError(f"there is no format {format!r}: choose one of {', '.join(FORMATS)}")
    with stage_file(target) as path:
        _WRITERS[format](path, map(group_row, groups))


def _voice_row(voice: Voice) -> Record:
    reporters = dict.fromkeys(item.reporter.label for item in voice.reports if item.reporter != voice.paper)
    return {
        "paper": voice.paper.label,
        "path": voice.paper.path,
        "doi": voice.paper.doi,
        "pmid": voice.paper.pmid,
        "basis": voice.basis,
        "direction": voice.direction,
        "certainty": voice.certainty,
        "claim_ids": list(voice.claim_ids),
        "reported_by": list(reporters),
        "reported_otherwise_by": [paper.label for paper in voice.reported_otherwise],
    }


def _write_csv(path: Path, rows: Iterable[Record]) -> None:
    with CsvTable(path, columns=COLUMNS) as table:
        table.add(rows)


def _write_parquet(path: Path, rows: Iterable[Record]) -> None:
    with ParquetTable(path, columns=COLUMNS) as table:
        table.add(rows)


def _write_json(path: Path, rows: Iterable[Record]) -> None:
    text = json.dumps(list(rows), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n", errors="backslashreplace")


_WRITERS: Final[dict[str, Callable[[Path, Iterable[Any]], None]]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "json": _write_json,
}
FORMATS: Final = tuple(_WRITERS)
