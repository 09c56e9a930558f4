"""The flat claim table: its columns, derived from the contract's schemas, never from the data.

One column a leaf of the claim, names joined by ``_`` (``intervention_name``, ``dose_low``), in the schema's order;
then a few columns that say which document the claim is from, and what somebody decided of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pipeline.model.records import Record, dump_record, load_schema

ScalarType = Literal["string", "integer", "number", "boolean"]
_DOCUMENT_FIELDS = ("path", "title", "year", "journal", "doi", "pmid")


@dataclass(frozen=True, slots=True)
class ListType:
    """A list whose members are all of type ``item``."""

    item: ValueType


@dataclass(frozen=True, slots=True)
class StructType:
    """A record with named members, in order."""

    members: tuple[tuple[str, ValueType], ...]


ValueType = ScalarType | ListType | StructType


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the flat table.

    Attributes:
        name: ``"dose_low"``.
        path: the keys that lead to the value, ``("dose", "low")``.
        type: a scalar's JSON type, or a list with its members' type.
        of: what ``path`` leads into: the claim's record, its document's, or what a decision added to the claim's.
    """

    name: str
    path: tuple[str, ...]
    type: ValueType
    of: Literal["claim", "document", "decision"] = "claim"


_DECISION_TYPES: dict[str, ValueType] = {
    "decision": "string",
    "decided_by": "string",
    "decided_at": "string",
    "decision_why": "string",
    "decision_outdated": ListType("string"),
    "extracted": "string",
}
"""What ``pipeline.model.decisions`` adds to a claim's record."""


@cache
def flat_columns() -> tuple[Column, ...]:
    """Return the columns of the flat claim table, in order."""
    schema = load_schema("claim")
    claims = tuple(_leaves(schema, schema, ()))
    document = load_schema("document")["properties"]
    documents = tuple(
        Column(f"document_{field}", (field,), _type(document[field], document), of="document")
        for field in _DOCUMENT_FIELDS
    )
    decisions = tuple(Column(name, (name,), kind, of="decision") for name, kind in _DECISION_TYPES.items())
    return claims + documents + decisions


def flatten_claim(claim: Mapping[str, Any], document: Mapping[str, Any]) -> Record:
    """Return a claim's record and what the table says of its document as one flat row, keyed by column name.

    Unknown values are ``None``; lists stay lists; ``extracted`` is JSON text.
    """
    row = {
        column.name: _follow(document if column.of == "document" else claim, column.path) for column in flat_columns()
    }
    if row["extracted"] is not None:
        row["extracted"] = dump_record(row["extracted"])
    return row


def _follow(record: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = record
    for key in path:
        if value is None:
            return None
        value = value.get(key)
    return value


def _leaves(schema: Mapping[str, Any], root: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Column]:
    for name, member in _properties(schema, root).items():
        resolved = _resolve(member, root)
        if _is_object(resolved):
            yield from _leaves(resolved, root, (*path, name))
        else:
            yield Column("_".join((*path, name)), (*path, name), _type(resolved, root))


def _type(schema: Mapping[str, Any], root: Mapping[str, Any]) -> ValueType:
    schema = _resolve(schema, root)
    if _is_object(schema):
        members = _properties(schema, root)
        if members:
            return StructType(tuple((name, _type(member, root)) for name, member in members.items()))
        # The contract leaves a box's members untyped: a page number and four coordinates.
        required: list[str] = schema["required"]
        return StructType(tuple((name, "integer" if name == "page" else "number") for name in required))
    if "enum" in schema or "const" in schema:
        values = schema.get("enum", [schema.get("const")])
        return "string" if any(isinstance(value, str) for value in values) else "integer"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    kind: Any = next(kind for kind in kinds if kind != "null")
    if kind == "array":
        items = schema["prefixItems"][0] if "prefixItems" in schema else schema["items"]
        return ListType(_type(items, root))
    scalar: ScalarType = kind
    return scalar


def _is_object(schema: Mapping[str, Any]) -> bool:
    kind = schema.get("type")
    return kind == "object" or (isinstance(kind, list) and "object" in kind)


def _resolve(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references and drop the alternative "null"."""
    while True:
        if "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in schema:
            schema = next(option for option in schema["anyOf"] if option.get("type") != "null")
        else:
            return schema


def _properties(schema: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for part in schema.get("allOf", ()):
        members.update(_properties(_resolve(part, root), root))
    members.update(schema.get("properties", {}))
    return members
