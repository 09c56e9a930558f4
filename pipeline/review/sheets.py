"""Claims as a sheet for reviewers, CSV out and CSV back: one row a claim, an empty cell beside each field.

Spreadsheets change what they touch: they guess numbers and dates, write semicolons for commas and other line ends, and
run what begins like a formula. Ids are therefore written with a word before them, cells are escaped, and the reader
takes what comes back in any of these forms.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.errors import SettingsError
from pipeline.export import stage_file
from pipeline.export.cells import escape_formula, format_cell
from pipeline.review.fields import REVIEWED, show_field
from pipeline.review.judgements import (
    CLEARED,
    Answers,
    BadAnswer,
    Change,
    Judgement,
    ReviewError,
    read_claim_id,
    read_time,
    read_verdict,
)
from pipeline.review.passages import SENTENCES, make_passage

NEW: Final = "new_"
"""What the columns for corrected values begin with: ``new_dose``, ``new_dose_low``."""
OTHER: Final = "new_other"
_ASKED: Final = ("decision", "who", "when", "why")
_MOST_BYTES: Final = 500_000_000
_ENCODINGS: Final = ("utf-8-sig", "cp1252")


def sheet_columns() -> tuple[str, ...]:
    """Return the sheet's columns, in order."""
    pairs = [name for field in REVIEWED for name in (field, NEW + field)]
    return ("claim", "decision", "evidence", "context", *pairs, OTHER, "why", "who", "when", "confidence", "decided",
            "section", "table", "row", "document", "title")  # fmt: skip


def write_sheet(path: Path, claims: Iterable[tuple[Mapping[str, Any], Mapping[str, Any], str]]) -> int:
    """Write claims with their documents to a CSV file and return how many they are.

    Args:
        claims: each with its document's record and source text; a decision over it is told in the column ``decided``.

    Raises:
        SourceError: the file cannot be written.
    """
    count = 0
    with stage_file(path) as staging, staging.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(sheet_columns())
        for claim, document, source in claims:
            count += 1
            row = _row(claim, document, source)
            writer.writerow([format_cell(row.get(name)) for name in sheet_columns()])
    return count


def read_sheet(path: Path) -> Answers:
    """Return what reviewers wrote into a sheet; a row that cannot be read is among ``bad``.

    Raises:
        SettingsError: the file is no such sheet.
    """
    rows = _read_rows(path)
    judgements: list[Judgement] = []
    bad: list[BadAnswer] = []
    unanswered = 0
    for number, row in rows:
        where = f"row {number}"
        try:
            judgement = _judge(row, where)
        except ReviewError as error:
            bad.append(BadAnswer(where, error))
            continue
        if judgement is None:
            unanswered += 1
        else:
            judgements.append(judgement)
    return Answers(tuple(judgements), tuple(bad), unanswered)


def read_assignments(text: str) -> list[Change]:
    """Return the changes that lines such as ``dose_low=10`` state; lines may also be parted by semicolons.

    Raises:
        ReviewError: a line is no such statement.
    """
    changes = []
    for part in text.replace("\r", "\n").replace(";", "\n").split("\n"):
        if not part.strip():
            continue
        name, sign, value = part.partition("=")
        if not sign or not name.strip():
            raise ReviewError(
                f"{part.strip()[:40]!r} is no correction",
                remedy="write field=value, as in dose_low=10; dose_unit=mg/kg",
            )
        changes.append(_change(name.strip(), value))
    return changes


def _row(claim: Mapping[str, Any], document: Mapping[str, Any], source: str) -> dict[str, Any]:
    decided = [claim.get("decision"), claim.get("decided_by"), claim.get("decided_at")]
    return {
        "claim": f"claim-{claim['claim_id']}",
        "evidence": claim["evidence"]["text"],
        "context": " ".join(make_passage(claim, source, most=SENTENCES).text.split()),
        **{name: show_field(claim, name) for name in REVIEWED},
        "confidence": claim.get("confidence"),
        "decided": ", ".join(filter(None, decided)),
        "section": claim.get("section"),
        "table": claim["evidence"].get("table"),
        "row": claim["evidence"].get("row"),
        "document": document.get("path"),
        "title": document.get("title"),
    }


def _judge(row: Mapping[str, str], where: str) -> Judgement | None:
    """Return a row's judgement, ``None`` for one that nobody filled in."""
    answer = {name: value for name, value in row.items() if name in _ASKED or name.startswith(NEW)}
    if not any(answer.get(name, "").strip() for name in answer if name not in ("who", "when")):
        return None
    changes: list[Change] = []
    for name, value in answer.items():
        if name == OTHER:
            changes += read_assignments(_unescape(value))
        elif name.startswith(NEW) and value.strip():
            changes.append(_change(name.removeprefix(NEW), _unescape(value)))
    verdict = read_verdict(answer.get("decision", ""), changed=bool(changes))
    if verdict is None:
        raise ReviewError("a reason is given, but no decision", remedy="write accepted, corrected or rejected")
    return Judgement(
        where=where,
        claim_id=read_claim_id(row.get("claim", "")),
        verdict=verdict,
        changes=tuple(changes),
        decided_by=_unescape(answer.get("who", "")).strip() or None,
        decided_at=read_time(_unescape(answer.get("when", ""))),
        why=_unescape(answer.get("why", "")).strip() or None,
    )


def _change(name: str, value: str) -> Change:
    words = value.strip()
    return Change(name, None if words.casefold() == CLEARED else words)


def _unescape(cell: str) -> str:
    """Return a cell without the apostrophe that kept a spreadsheet from running it."""
    return cell[1:] if cell.startswith("'") and escape_formula(cell[1:]) == cell else cell


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SettingsError(f"{path} is larger than {_MOST_BYTES // 1_000_000} MB: split it")
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror or error}") from error
    text = _decode(data, path)
    header, *_ = text.split("\n", 1)
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(_MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        names: Sequence[str] = [name.strip().casefold() for name in next(reader, [])]
        if "claim" not in names or "decision" not in names:
            raise SettingsError(f"{path} is no sheet of litclaims review export: it has no columns claim and decision")
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                rows.append((number, dict(zip(names, cells, strict=False))))
    except csv.Error as error:
        raise SettingsError(f"{path} is no CSV that can be read: {error}") from error
    return rows


def _decode(data: bytes, path: Path) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SettingsError(f"{path} is in no encoding that is known here: save it as CSV UTF-8")
