"""The flat claim table as Parquet, with types fixed by the contract and bytes fixed by the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.columns import Column, ListType, StructType, ValueType, flat_columns

ROWS_A_GROUP = 20_000
_SCALARS = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


def parquet_schema(columns: Sequence[Column] | None = None) -> Any:
    """Return the Arrow schema of the flat claim table, or of other columns."""
    return pa.schema([pa.field(column.name, arrow_type(column.type)) for column in columns or flat_columns()])


def arrow_type(kind: ValueType) -> Any:
    """Return the Arrow type of a column's type."""
    if isinstance(kind, ListType):
        return pa.list_(arrow_type(kind.item))
    if isinstance(kind, StructType):
        return pa.struct([pa.field(name, arrow_type(member)) for name, member in kind.members])
    return _SCALARS[kind]


class ParquetTable:
    """Writes flat rows to a Parquet file, a row group every ``ROWS_A_GROUP`` rows; columns as for ``CsvTable``."""

    def __init__(self, path: Path, *, columns: Sequence[Column] | None = None) -> None:
        self._schema = parquet_schema(columns)
        self._rows: list[Mapping[str, Any]] = []
        # Opened here, as the writer leaves a file of its own open when its last write fails.
        self._file = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd", version="2.6")

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add flat rows."""
        for row in rows:
            self._rows.append(row)
            if len(self._rows) == ROWS_A_GROUP:
                self._flush()

    def _flush(self) -> None:
        arrays = [
            pa.array([_encodable(row[field.name]) for row in self._rows], type=field.type) for field in self._schema
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Write what is left and the file's end."""
        try:
            if self._rows:
                self._flush()
            self._writer.close()
        finally:
            self._file.close()

    def __enter__(self) -> ParquetTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._rows = []
            self.close()


def _encodable(value: Any) -> Any:
    """Return a value without lone surrogates (a file name that is no UTF-8), written as in the JSON and CSV files."""
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value
