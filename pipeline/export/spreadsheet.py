"""The flat claim table as an Excel workbook whose bytes depend on its rows alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from pipeline.errors import SettingsError
from pipeline.export.cells import escape_formula, format_cell
from pipeline.export.columns import flat_columns

# Limits of the format: "Excel specifications and limits", Microsoft.
MAX_ROWS = 1_048_576
MAX_CELL_CHARACTERS = 32_767
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_WIDTHS = {
    "evidence_text": 70,
    "intervention_name": 24,
    "outcome_name": 34,
    "document_path": 34,
    "document_title": 50,
}


def write_spreadsheet(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write flat rows to an XLSX file: one sheet, header frozen, columns filterable.

    Raises:
        SettingsError: there are more rows than a sheet can hold.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("claims")
    columns = flat_columns()
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column.name, 16)
    header = []
    for column in columns:
        cell = WriteOnlyCell(sheet, value=column.name)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    count = 1
    for row in rows:
        count += 1
        if count > MAX_ROWS:
            raise SettingsError(
                f"an XLSX sheet holds {MAX_ROWS - 1:,} claims: narrow them with --where, or write csv or parquet"
            )
        sheet.append([_cell(row[column.name]) for column in columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    book.save(path)
    _remove_clock(path)


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else format_cell(value)
    text = escape_formula(_ILLEGAL.sub("\ufffd", text))
    if len(text) > MAX_CELL_CHARACTERS:
        return text[: MAX_CELL_CHARACTERS - 1] + "…"
    return text


def _remove_clock(path: Path) -> None:
    """Rewrite the archive without the times of writing, so that the same rows give the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(item.filename, archive.read(item)) for item in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            if name == "docProps/core.xml":
                data = _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", data)
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data)
