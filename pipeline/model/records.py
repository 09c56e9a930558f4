"""From typed things to the JSON records of the output contract, and the check that they keep it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import resources
from typing import Any

import jsonschema

from pipeline.model.claims import Claim
from pipeline.model.documents import Document
from pipeline.model.failures import Failure
from pipeline.model.ids import hash_text
from pipeline.model.mentions import Concept, Mention, Quantity
from pipeline.model.spans import Span

SCHEMA_VERSION = 1
RECORD_KINDS = ("claim", "document", "entity", "failure")
Record = dict[str, Any]


@cache
def load_schema(kind: str) -> Mapping[str, Any]:
    """Return the contract's JSON schema of a record kind (one of ``RECORD_KINDS``)."""
    text = resources.files("pipeline.contract").joinpath(f"{kind}.schema.json").read_text(encoding="utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def _validator(kind: str) -> Any:
    return jsonschema.Draft202012Validator(load_schema(kind))


def validate_record(kind: str, record: Mapping[str, Any]) -> list[str]:
    """Return the contract violations of a record, empty when it keeps the contract."""
    errors = sorted(_validator(kind).iter_errors(record), key=lambda error: list(map(str, error.path)))
    return [f"{'/'.join(map(str, error.path)) or 'record'}: {error.message}" for error in errors]


def claim_record(claim: Claim) -> Record:
    """Return a claim as a record of ``claims.jsonl``."""
    return {"schema_version": SCHEMA_VERSION, **_plain(claim)}


def document_record(document: Document) -> Record:
    """Return a document as a record of ``documents.jsonl``."""
    metadata = document.metadata
    return {
        "schema_version": SCHEMA_VERSION,
        "doc_id": document.doc_id,
        "path": document.path,
        "sha256": document.sha256,
        "reader": document.reader,
        "reader_version": document.reader_version,
        "text_sha256": hash_text(document.source),
        "characters": len(document.source),
        "pages": document.pages,
        "title": metadata.title,
        "authors": list(metadata.authors),
        "year": metadata.year,
        "journal": metadata.journal,
        "doi": metadata.doi,
        "pmid": metadata.pmid,
        "pmcid": metadata.pmcid,
        "license": metadata.license,
        "status": document.status,
    }


def entity_record(mention: Mention, *, doc_id: str, section: str | None = None, page: int | None = None) -> Record:
    """Return a mention as a record of ``entities.jsonl``."""
    concept = mention.concept
    return {
        "schema_version": SCHEMA_VERSION,
        "doc_id": doc_id,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "label": mention.label,
        "role": mention.role,
        "concept": None if concept is None else _link_record(concept),
        "candidates": [_link_record(candidate) for candidate in mention.candidates],
        "value": None if mention.quantity is None else quantity_value(mention.quantity),
        "section": section,
        "page": page,
    }


def _link_record(concept: Concept) -> Record:
    """Return a link with its score, 1 for a name as the vocabulary has it, and its reason."""
    score = 1.0 if concept.score is None else concept.score
    return {"id": concept.id, "name": concept.name, "score": score, "reason": concept.reason}


def failure_record(failure: Failure) -> Record:
    """Return a failure as a record of ``failures.jsonl``."""
    return {"schema_version": SCHEMA_VERSION, **_plain(failure)}


def quantity_value(quantity: Quantity) -> Record:
    """Return a quantity as a plain mapping without the fields that do not apply."""
    return {name: value for name, value in _plain(quantity).items() if value not in (None, [])}


def dump_record(record: Mapping[str, Any]) -> str:
    """Return the record as one line of JSON, keys in their order, without a line break."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
