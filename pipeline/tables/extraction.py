"""A table of any reader to claims, mentions and failures."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model import Claim, Document, Failure, Mention, Table
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings
from pipeline.tables.claims import build_row_claims
from pipeline.tables.context import TableContext
from pipeline.tables.endpoints import build_endpoint_claims
from pipeline.tables.flattened import read_flattened
from pipeline.tables.grid import read_grid
from pipeline.tables.mentions import find_cell_mentions
from pipeline.tables.notes import read_notes
from pipeline.tables.results import build_result_claims
from pipeline.tables.screening import screen_table
from pipeline.tables.typed import TypedTable


@dataclass(frozen=True, slots=True)
class TableExtraction:
    """What one table gave."""

    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    failures: tuple[Failure, ...] = ()


def read_table(document: Document, table: Table) -> TypedTable | None:
    """Return the typed table, from cells where the format gives them, else from lines; ``None`` if unreadable."""
    return read_grid(document, table) if table.cells else read_flattened(document, table) if table.lines else None


def read_context(document: Document, table: Table, *, vocabulary: Vocabulary) -> TableContext | None:
    """Return the table with all that its claims need beside its rows; ``None`` if unreadable."""
    typed = read_table(document, table)
    if typed is None:
        return None
    return TableContext(document, table, typed, read_notes(document.source, table.notes), vocabulary)


def extract_table(document: Document, table: Table, *, vocabulary: Vocabulary, settings: Settings) -> TableExtraction:
    """Return the claims and mentions of a table, and what could not be read as recorded failures.

    ``settings`` is part of the stage's signature; no setting changes how a table is read yet.
    """
    if not table.cells and not table.lines:
        return TableExtraction()
    context = read_context(document, table, vocabulary=vocabulary)
    if context is None:
        return TableExtraction(failures=(_fail(document, table, "its columns and rows could not be made out"),))
    typed = context.typed
    mentions = find_cell_mentions(context)
    make = screen_table(typed)
    claims: tuple[Claim, ...] = ()
    problems: tuple[str, ...] = ()
    if make == "endpoints":
        claims, problems = build_endpoint_claims(context)
    elif make == "arms":
        claims, problems = build_row_claims(context)
    elif make == "results":
        claims, problems = build_result_claims(context)
    failures = tuple(_fail(document, table, problem) for problem in (*typed.problems, *problems))
    return TableExtraction(claims, mentions, failures)


def _fail(document: Document, table: Table, cause: str) -> Failure:
    return Failure(
        path=document.path,
        stage="tables",
        cause=cause,
        remedy="read this table by eye; the rest of the document was kept",
        survivable=True,
        doc_id=document.doc_id,
        page=table.page,
        table=table.number,
    )
