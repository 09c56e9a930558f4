"""What is read from the store, each function inside a transaction that its caller opened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from pipeline.model import Document
from pipeline.model.records import Record
from pipeline.store.renditions import unpack_document, unpack_text
from pipeline.store.tables import claims, documents, entities, extractions, failures, files, renditions, works


@dataclass(frozen=True, slots=True)
class StoredResult:
    """The records of one document; ``record`` and ``source`` are ``None`` where it could not be read."""

    doc_id: str
    path: str
    record: Record | None
    source: str | None
    entities: tuple[Record, ...]
    claims: tuple[Record, ...]
    failures: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its document's record, and the document as it was read, for showing the claim in its place."""

    claim: Record
    document: Record
    rendition: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCounts:
    """How much a store holds; claims, mentions and failures of current extractions only.

    ``hypotheses`` are those of ``claims`` that exports leave out unless asked for.
    """

    works: int
    documents: int
    renditions: int
    extractions: int
    superseded: int
    failed: int
    claims: int
    hypotheses: int
    entities: int
    failures: int

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def rendition(connection: Connection, doc_id: str, reading: str) -> Document | None:
    """Return what a reading made of a document, ``None`` where it has not read it."""
    query = (
        select(renditions.c.text, renditions.c.layout)
        .join(documents, documents.c.id == renditions.c.document_id)
        .where(documents.c.doc_id == doc_id, renditions.c.reading == reading)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else unpack_document(row.layout, source=unpack_text(row.text))


def rendition_of(connection: Connection, doc_id: str, text_sha256: str) -> Document | None:
    """Return the latest rendition of a document whose text has this hash, whatever read it; ``None`` for none."""
    query = (
        select(renditions.c.text, renditions.c.layout)
        .join(documents, documents.c.id == renditions.c.document_id)
        .where(documents.c.doc_id == doc_id, renditions.c.text_sha256 == text_sha256)
        .order_by(renditions.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else unpack_document(row.layout, source=unpack_text(row.text))


def extracted(connection: Connection, fingerprint: str) -> frozenset[str]:
    """Return the ids of the documents that a make has extracted."""
    query = select(documents.c.doc_id).join(extractions).where(extractions.c.fingerprint == fingerprint)
    return frozenset(connection.execute(query).scalars())


def find_extraction(connection: Connection, doc_id: str, fingerprint: str) -> int | None:
    """Return the number of the extraction of a document by a make."""
    query = (
        select(extractions.c.id)
        .join(documents)
        .where(documents.c.doc_id == doc_id, extractions.c.fingerprint == fingerprint)
    )
    number: int | None = connection.execute(query).scalar()
    return number


def current_extractions(connection: Connection) -> list[int]:
    """Return the numbers of the current extractions of documents that a file still holds, in path order."""
    held = exists().where(files.c.document_id == documents.c.id, files.c.is_current)
    query = (
        select(documents.c.doc_id, extractions.c.id, extractions.c.path)
        .join(extractions)
        .where(extractions.c.is_current, held)
    )
    # Databases collate differently; document order is by code point.
    return [row.id for row in sorted(connection.execute(query), key=lambda row: (row.path, row.doc_id))]


def load_result(connection: Connection, extraction: int) -> StoredResult:
    """Return the records of one extraction."""
    query = (
        select(documents.c.doc_id, extractions.c.path, extractions.c.record, renditions.c.text)
        .select_from(extractions)
        .join(documents, documents.c.id == extractions.c.document_id)
        .outerjoin(renditions, renditions.c.id == extractions.c.rendition_id)
        .where(extractions.c.id == extraction)
    )
    row = connection.execute(query).one()
    return StoredResult(
        doc_id=row.doc_id,
        path=row.path,
        record=None if row.record is None else json.loads(row.record),
        source=None if row.text is None else unpack_text(row.text),
        entities=_records(connection, entities, extraction),
        claims=_records(connection, claims, extraction),
        failures=_records(connection, failures, extraction),
    )


def path_failures(connection: Connection) -> list[Record]:
    """Return the failures of paths that gave no content when they were last looked at."""
    query = select(failures.c.record).where(failures.c.extraction_id.is_(None), failures.c.is_current)
    found: list[Record] = [json.loads(text) for text in connection.execute(query).scalars()]
    return sorted(found, key=lambda record: (record["path"], record["cause"]))


def find_claims(connection: Connection, prefix: str) -> list[StoredClaim]:
    """Return the current claims whose id begins with ``prefix``, by id."""
    query = (
        select(claims.c.record, extractions.c.record.label("document"), renditions.c.text, renditions.c.layout)
        .select_from(claims)
        .join(extractions, extractions.c.id == claims.c.extraction_id)
        .join(renditions, renditions.c.id == extractions.c.rendition_id)
        .where(claims.c.claim_id.startswith(prefix, autoescape=True), extractions.c.is_current)
        .order_by(claims.c.claim_id)
        .limit(20)
    )
    return [
        StoredClaim(
            json.loads(row.record),
            json.loads(row.document),
            unpack_document(row.layout, source=unpack_text(row.text)),
        )
        for row in connection.execute(query)
    ]


def count(connection: Connection) -> StoreCounts:
    """Return how much the store holds."""
    current = select(extractions.c.id).where(extractions.c.is_current)
    loose = failures.c.extraction_id.is_(None) & failures.c.is_current

    def number(query: Select[Any]) -> int:
        found: int = connection.execute(query).scalar_one()
        return found

    def rows(table: Any, *conditions: Any) -> int:
        return number(select(func.count()).select_from(table).where(*conditions))

    return StoreCounts(
        works=rows(works, works.c.merged_into.is_(None)),
        documents=rows(documents),
        renditions=rows(renditions),
        extractions=rows(extractions),
        superseded=rows(extractions, extractions.c.is_current.is_(False)),
        failed=rows(extractions, extractions.c.is_current, extractions.c.status == "failed"),
        claims=rows(claims, claims.c.extraction_id.in_(current)),
        hypotheses=rows(claims, claims.c.extraction_id.in_(current), claims.c.certainty == "hypothesis"),
        entities=rows(entities, entities.c.extraction_id.in_(current)),
        failures=rows(failures, failures.c.extraction_id.in_(current) | loose),
    )


def _records(connection: Connection, table: Any, extraction: int) -> tuple[Record, ...]:
    query = select(table.c.record).where(table.c.extraction_id == extraction).order_by(table.c.position)
    return tuple(json.loads(text) for text in connection.execute(query).scalars())
