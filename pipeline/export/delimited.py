"""The flat claim table as CSV: UTF-8, comma, line feeds, quotes only where they are needed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.export.cells import format_cell
from pipeline.export.columns import Column, flat_columns


class CsvTable:
    """Writes flat rows to a CSV file; their columns are those of the claim table unless others are given."""

    def __init__(self, path: Path, *, columns: Sequence[Column] | None = None) -> None:
        self._file = path.open("w", encoding="utf-8", newline="", errors="backslashreplace")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._names = [column.name for column in columns or flat_columns()]
        self._writer.writerow(self._names)

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add flat rows."""
        for row in rows:
            self._writer.writerow([format_cell(row[name]) for name in self._names])

    def close(self) -> None:
        """Write what is left."""
        self._file.close()

    def __enter__(self) -> CsvTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
