"""The kinds of a table's columns with what the vocabulary adds: whose values a column holds."""

from __future__ import annotations

from pipeline.model import Document
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.tables.typed import ColumnKind, TypedTable


def read_column_kinds(document: Document, typed: TypedTable, vocabulary: Vocabulary) -> tuple[ColumnKind, ...]:
    """Return the kind of each column."""
    return tuple(column.kind for column in typed.columns)
