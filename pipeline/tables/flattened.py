"""Tables that reached us as lines of words: header, alignment, and rows with shared cells given to each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Document, Table
from pipeline.tables.alignment import Alignment, PathPiece, align_words
from pipeline.tables.grid import read_grid
from pipeline.tables.headers import Header, propose_headers
from pipeline.tables.lined import read_lined
from pipeline.tables.run_costs import RunCosts
from pipeline.tables.sharing import share_references
from pipeline.tables.stacked import read_stacked
from pipeline.tables.texts import EMPTY, CellText, join_words, read_span
from pipeline.tables.typed import Row, TypedTable
from pipeline.tables.words import Word, split_words

TRIAL_WORDS = 300
MAX_WORDS = 300_000
MAX_WORDS_OF_SECOND_PASS = 4_000
_HEADER_WEIGHT = 2.0
_ARM_KINDS = frozenset({"strain", "sex", "age", "drug", "dose", "regimen", "route", "reference", "endpoint", "met"})
_LEAST_ARM_KINDS = 3


def read_flattened(document: Document, table: Table) -> TypedTable | None:
    """Return the typed table of a flattened one; ``None`` where no header or no rows can be made out."""
    words = split_words(document.source, table.lines)
    typed = _read_words(document, table, words[:MAX_WORDS])
    if typed is None or len(words) <= MAX_WORDS:
        return typed
    cut = f"{len(words) - MAX_WORDS} words behind the first {MAX_WORDS} were left out"
    return replace(typed, problems=(*typed.problems, cut))


def _read_words(document: Document, table: Table, words: Sequence[Word]) -> TypedTable | None:
    stacked = read_stacked(words)
    if stacked is not None:
        cells, problems = stacked
        typed = read_grid(document, replace(table, cells=cells, lines=()))
        return None if typed is None else replace(typed, problems=(*typed.problems, *problems))
    headers = propose_headers(words)
    if not _names_arms(headers):
        lined = read_lined(words)
        if lined is not None:
            return read_grid(document, replace(table, cells=lined, lines=()))
    costs = RunCosts(words)
    header, alignment = _choose_reading(costs, headers)
    if header is None or alignment is None:
        return None
    body = words[header.words :]
    second: Alignment | None = None
    if len(body) <= MAX_WORDS_OF_SECOND_PASS:
        known = _repeated_texts(body, alignment)
        second = align_words(costs, header.columns, header=_name(words, header), first=header.words, known=known)
    rows = _collect_rows(body, header, (second or alignment).pieces)
    caption = EMPTY if table.caption_span is None else read_span(document.source, table.caption_span)
    return TypedTable(table.number, caption, header.columns, share_references(rows, header.columns))


def _names_arms(headers: Sequence[Header]) -> bool:
    """Whether a likely reading of the header names the columns of a table of arms or endpoints."""
    for header in headers:
        kinds = {column.kind for column in header.columns}
        if len(kinds & _ARM_KINDS) >= _LEAST_ARM_KINDS and header.cost <= headers[0].cost + 0.3:
            return True
    return False


def _choose_reading(costs: RunCosts, headers: Sequence[Header]) -> tuple[Header | None, Alignment | None]:
    chosen: tuple[Header | None, Alignment | None] = (None, None)
    lowest = float("inf")
    words = costs.words
    for header in headers:
        first, last = header.words, min(header.words + TRIAL_WORDS, len(words))
        if first == last:
            continue
        dearest = (lowest - _HEADER_WEIGHT * header.cost) * (last - first) / 10
        names = _name(words, header)
        trial = align_words(costs, header.columns, header=names, first=first, last=last, dearest=dearest)
        if trial is None:
            continue
        cost = trial.cost / (last - first) * 10 + _HEADER_WEIGHT * header.cost
        if cost < lowest:
            lowest = cost
            chosen = (header, trial)
    best, trial = chosen
    if best is not None and len(words) > best.words + TRIAL_WORDS:
        trial = align_words(costs, best.columns, header=_name(words, best), first=best.words)
    return best, trial


def _name(words: Sequence[Word], header: Header) -> list[str]:
    return [word.text for word in words[: header.words]]


def _repeated_texts(words: Sequence[Word], alignment: Alignment) -> dict[int, frozenset[str]]:
    counts: dict[int, Counter[str]] = {}
    for piece in alignment.pieces:
        if piece.kind == "cell":
            text = " ".join(word.text for word in words[piece.start : piece.end])
            counts.setdefault(piece.column, Counter())[text] += 1
    return {
        column: frozenset(text for text, times in counter.items() if times > 1) for column, counter in counts.items()
    }


def _join(words: Sequence[Word]) -> CellText:
    return join_words((word.text, word.start) for word in words)


def _collect_rows(
    words: Sequence[Word], header: Header, pieces: Sequence[PathPiece]
) -> tuple[list[Row], list[tuple[int, int, CellText]]]:
    """Return the rows, and the merged cells printed on lines of their own as (rows before it, column, text)."""
    rows: list[Row] = []
    shared: list[tuple[int, int, CellText]] = []
    heads: list[CellText] = []
    fresh = False
    cells: dict[int, CellText] = {}

    def finish() -> None:
        if cells:
            row = tuple(cells.get(column, EMPTY) for column in range(len(header.columns)))
            rows.append(Row(len(rows), row, tuple(heads)))
            cells.clear()

    for piece in pieces:
        if piece.kind == "cell":
            cells[piece.column] = _join(words[piece.start : piece.end])
            fresh = False
            continue
        finish()
        text = _join(words[piece.start : piece.end])
        if piece.kind == "subheader":
            if fresh:
                heads = [heads[-1], text]
            else:
                heads = [*heads[:-1], text] if len(heads) > 1 else [text]
            fresh = True
        elif piece.kind == "shared":
            shared.append((len(rows), piece.column, text))
    finish()
    return rows, shared
