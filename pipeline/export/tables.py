"""One claim table in one file, in the format a reader asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.export.columns import flatten_claim
from pipeline.export.delimited import CsvTable
from pipeline.export.drugage import write_drugage
from pipeline.export.filters import Condition, matches
from pipeline.export.folders import stage_file
from pipeline.export.parquet import ParquetTable
from pipeline.export.spreadsheet import write_spreadsheet
from pipeline.model.records import Record, dump_record

Pair = tuple[Record, Record]
"""A claim's record and its document's."""


def write_table(target: Path, pairs: Iterable[Pair], *, format: str, conditions: Iterable[Condition] = ()) -> int:
    """Write the claims that meet all conditions and return how many they are.

    Args:
        target: the file; it is replaced as a whole.
        pairs: claims with their documents, in document order.
        format: one of ``FORMATS``.

    Raises:
        SettingsError: the format is unknown.
        SourceError: the file cannot be written.
    """
    if format not in _WRITERS:
        raise SettingsError(f"there is no format {format!r}: choose one of {', '.join(FORMATS)}")
    wanted = tuple(conditions)
    count = 0

    def select() -> Iterable[tuple[Record, Record]]:
        nonlocal count
        for claim, document in pairs:
            row = flatten_claim(claim, document)
            if matches(row, wanted):
                count += 1
                yield claim, row

    with stage_file(target) as path:
        _WRITERS[format](path, select())
    return count


def _write_lines(path: Path, rows: Iterable[tuple[Record, Record]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as file:
        file.writelines(dump_record(claim) + "\n" for claim, _ in rows)


def _write_csv(path: Path, rows: Iterable[tuple[Record, Record]]) -> None:
    with CsvTable(path) as table:
        table.add(row for _, row in rows)


def _write_parquet(path: Path, rows: Iterable[tuple[Record, Record]]) -> None:
    with ParquetTable(path) as table:
        table.add(row for _, row in rows)


def _write_xlsx(path: Path, rows: Iterable[tuple[Record, Record]]) -> None:
    def flat() -> Iterable[Mapping[str, Any]]:
        for _, row in rows:
            yield row

    write_spreadsheet(path, flat())


_WRITERS: dict[str, Callable[[Path, Iterable[tuple[Record, Record]]], None]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "jsonl": _write_lines,
    "xlsx": _write_xlsx,
    "drugage": write_drugage,
}
FORMATS = tuple(_WRITERS)
