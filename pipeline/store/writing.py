"""What is written to the store, each function inside a transaction that its caller opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.model import Document, hash_text
from pipeline.model.records import Record, dump_record
from pipeline.store.renditions import pack_document, pack_text
from pipeline.store.tables import claims, documents, entities, extractions, failures, files, renditions
from pipeline.store.works import assign_work


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes found at a path; ``size`` in bytes."""

    path: str
    doc_id: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExtraction:
    """What one make found in a registered document.

    Attributes:
        fingerprint: the make: code, model, vocabulary and settings.
        reading: the part of the make that reads files, which a rendition depends on.
        rendition: the document as it was read; ``None`` where it could not be, or where it is kept already.
        facts: what is known of the paper from elsewhere (a manifest), for telling which work it is.
    """

    doc_id: str
    path: str
    fingerprint: str
    reading: str
    rendition: Document | None
    record: Record | None
    entities: Sequence[Record] = ()
    claims: Sequence[Record] = ()
    failures: Sequence[Record] = ()
    run: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def register(connection: Connection, content: Content) -> bool:
    """Note a content and where it was found; true where it is new."""
    values = {"doc_id": content.doc_id, "sha256": content.sha256, "size": content.size}
    is_new = insert_missing(connection, documents, values)
    document = _document_number(connection, content.doc_id)
    path = storable(content.path)
    connection.execute(
        update(files).where(files.c.path == path, files.c.document_id != document).values(is_current=False)
    )
    if not insert_missing(connection, files, {"path": path, "document_id": document, "is_current": True}):
        here = and_(files.c.path == path, files.c.document_id == document)
        connection.execute(update(files).where(here).values(is_current=True))
    _settle(connection, path)
    return is_new


def note_failures(connection: Connection, records: Sequence[Record]) -> None:
    """Note failures of paths without content. Those of an earlier look at the same paths are no longer current."""
    for path in sorted({record["path"] for record in records}):
        wanted = [_failure_row(record, None, 0) for record in records if record["path"] == path]
        texts = [row["record"] for row in wanted]
        here = and_(failures.c.path == storable(path), failures.c.extraction_id.is_(None))
        known = set(connection.execute(select(failures.c.record).where(here)).scalars())
        connection.execute(update(failures).where(here).values(is_current=failures.c.record.in_(texts)))
        new = [row for row in wanted if row["record"] not in known]
        if new:
            connection.execute(insert(failures), new)


def make_current(connection: Connection, doc_id: str, fingerprint: str) -> bool:
    """Make an extraction the current one of its document; false where there is none."""
    document = _document_number(connection, doc_id)
    of_document = extractions.c.document_id == document
    chosen = connection.execute(
        select(extractions.c.id, extractions.c.is_current).where(of_document, extractions.c.fingerprint == fingerprint)
    ).one_or_none()
    if chosen is None:
        return False
    if not chosen.is_current:
        connection.execute(update(extractions).where(of_document).values(is_current=False))
        connection.execute(update(extractions).where(extractions.c.id == chosen.id).values(is_current=True))
    return True


def save(connection: Connection, new: NewExtraction) -> bool:
    """Keep an extraction with its rendition and records, and make it current; false where it had been kept before."""
    if make_current(connection, new.doc_id, new.fingerprint):
        return False
    document = _document_number(connection, new.doc_id)
    rendition = _keep_rendition(connection, document, new)
    connection.execute(update(extractions).where(extractions.c.document_id == document).values(is_current=False))
    values = {
        "document_id": document,
        "rendition_id": rendition,
        "run_id": new.run,
        "fingerprint": new.fingerprint,
        "is_current": True,
        "path": storable(new.path),
        "status": "failed" if new.record is None else new.record["status"],
        "record": None if new.record is None else _dump(new.record),
    }
    extraction = connection.execute(insert(extractions).values(**values)).inserted_primary_key[0]  # type: ignore[index]
    for table, rows in (
        (entities, [_entity_row(record, extraction, place) for place, record in enumerate(new.entities)]),
        (claims, [_claim_row(record, extraction, place) for place, record in enumerate(new.claims)]),
        (failures, [_failure_row(record, extraction, place) for place, record in enumerate(new.failures)]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    facts = {**new.facts, **{name: value for name, value in (new.record or {}).items() if value is not None}}
    if facts:
        assign_work(connection, document, facts)
    return True


def storable(text: str) -> str:
    """Return a text that any database takes: without NUL, and with lone surrogates written as escapes."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "backslashreplace").decode("utf-8")


def _keep_rendition(connection: Connection, document: int, new: NewExtraction) -> int | None:
    here = and_(renditions.c.document_id == document, renditions.c.reading == new.reading)
    if new.rendition is not None:
        read = new.rendition
        values = {
            "document_id": document,
            "reading": new.reading,
            "reader": read.reader,
            "reader_version": read.reader_version,
            "text_sha256": hash_text(read.source),
            "text": pack_text(read.source),
            "layout": pack_document(read),
        }
        insert_missing(connection, renditions, values)
    if new.record is None:
        return None
    number: int | None = connection.execute(select(renditions.c.id).where(here)).scalar()
    return number


def insert_missing(connection: Connection, table: Any, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same unique columns is there; true where it was inserted."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    # The row count of an insertion is not reliable with every driver; what it returns is.
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(statement).first() is not None


def _document_number(connection: Connection, doc_id: str) -> int:
    number: int = connection.execute(select(documents.c.id).where(documents.c.doc_id == doc_id)).scalar_one()
    return number


def _settle(connection: Connection, path: str) -> None:
    """A path that gives a content now has no current failure of its own."""
    here = and_(failures.c.path == path, failures.c.extraction_id.is_(None))
    connection.execute(update(failures).where(here).values(is_current=False))


def _entity_row(record: Record, extraction: int, position: int) -> dict[str, Any]:
    return {
        "extraction_id": extraction,
        "position": position,
        "label": record["label"],
        "start": record["start"],
        "end": record["end"],
        "concept_id": (record.get("concept") or {}).get("id"),
        "record": _dump(record),
    }


def _claim_row(record: Record, extraction: int, position: int) -> dict[str, Any]:
    species = record.get("species") or {}
    return {
        "extraction_id": extraction,
        "position": position,
        "claim_id": record["claim_id"],
        "kind": record["kind"],
        "intervention": storable(record["intervention"]["name"]),
        "intervention_id": record["intervention"].get("id"),
        "outcome": storable(record["outcome"]["name"]),
        "outcome_id": record["outcome"].get("id"),
        "direction": record["direction"],
        "certainty": record["certainty"],
        "species": storable(species.get("name") or species.get("text") or "") or None,
        "confidence": record["confidence"],
        "record": _dump(record),
    }


def _failure_row(record: Record, extraction: int | None, position: int) -> dict[str, Any]:
    return {
        "extraction_id": extraction,
        "position": position,
        "path": storable(record["path"]),
        "stage": record["stage"],
        "survivable": record["survivable"],
        "is_current": True,
        "record": _dump(record),
    }


def _dump(record: Record) -> str:
    # A lone surrogate becomes its JSON escape, which reads back as the same character.
    return dump_record(record).encode("utf-8", "backslashreplace").decode("utf-8")
