"""The contract: the schemas, the typed definitions and the records of a run say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import jsonschema
import pytest

from pipeline.model import (
    Age,
    Box,
    CitedWork,
    Claim,
    CleanView,
    Comparator,
    Concept,
    Document,
    Dose,
    Duration,
    Effect,
    Evidence,
    Failure,
    Intervention,
    Measured,
    Mention,
    Metadata,
    Named,
    Outcome,
    Partner,
    Piece,
    Quantity,
    SampleSize,
    Schedule,
    Sex,
    Significance,
    Span,
)
from pipeline.model.claims import Grounded
from pipeline.model.documents import ReaderName, Status
from pipeline.model.mentions import Label
from pipeline.model.records import (
    RECORD_KINDS,
    claim_record,
    document_record,
    entity_record,
    failure_record,
    load_schema,
    validate_record,
)
from tests.extracted_papers import PROJECT, extract_paper, list_papers

SHARED = PROJECT.parent / "shared" / "contract"
ADDED = {"claim": {"why"}, "dose": {"unit_at"}, "duration": {"unit_at"}, "age": {"unit_at"}}
"""Fields of a claim and of its parts that stand in no schema: the contract allows fields to be added."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared contract is not on this machine")


def load_shared(kind: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads((SHARED / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return schema


def list_rules(schema: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every rule of a schema with its place; descriptions are no rules, and lists of names have no order."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key in ("required", "enum", "type") and isinstance(value, list):
                yield f"{place}/{key}", sorted(map(str, value))
            elif key not in ("description", "title", "$schema", "$id", "$comment") or place.endswith("/properties"):
                yield from list_rules(value, f"{place}/{key}")
    elif isinstance(schema, list):
        for number, item in enumerate(schema):
            yield from list_rules(item, f"{place}/{number}")
    else:
        yield place, schema


@needs_shared
@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_our_schema_has_the_rules_of_the_shared_one(kind: str) -> None:
    assert dict(list_rules(load_schema(kind))) == dict(list_rules(load_shared(kind)))


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_the_schemas_are_schemas(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(load_schema(kind))


def resolve(schema: Any) -> dict[str, Any]:
    """Return an object schema with its references followed and its alternatives and parts put together."""
    found: dict[str, Any] = {"properties": {}, "required": [], "enum": []}
    parts = [schema]
    while parts:
        part = parts.pop()
        if "$ref" in part:
            parts.append(load_schema("claim")["$defs"][part["$ref"].rsplit("/", 1)[1]])
        parts.extend([*part.get("allOf", ()), *part.get("anyOf", ())])
        if part.get("type") == "array" and isinstance(part.get("items"), dict):
            parts.append(part["items"])
        found["properties"] |= part.get("properties", {})
        found["required"] += part.get("required", [])
        found["enum"] += part.get("enum", [])
    return found


def unwrap(hint: Any) -> tuple[set[str], list[type]]:
    """Return the words of the literals in a type, and its dataclasses."""
    if get_origin(hint) is Literal:
        return set(get_args(hint)), []
    if is_dataclass(hint) and isinstance(hint, type):
        return set(), [hint]
    words: set[str] = set()
    kinds: list[type] = []
    for part in get_args(hint):
        found = unwrap(part)
        words |= found[0]
        kinds += found[1]
    return words, kinds


def compare_fields(kind: type, schema: Any, place: str = "claim") -> Iterator[str]:
    """Yield where a dataclass and its schema differ: names, enumerations, what must be given, what may be null."""
    wanted = resolve(schema)
    hints = get_type_hints(kind)
    added = ADDED.get(place.rsplit(".", 1)[-1], set())
    names = set(hints) - added
    expected = set(wanted["properties"]) - ({"schema_version"} if place == "claim" else set())
    if names != expected:
        yield f"{place}: fields differ: {sorted(names ^ expected)}"
    for item in fields(kind):
        given = item.default is not MISSING or item.default_factory is not MISSING
        if item.name in wanted["required"] and given and item.name != "confidence":
            yield f"{place}.{item.name}: required, but may be left out"
        if item.name not in wanted["properties"]:
            continue
        words, kinds = unwrap(hints[item.name])
        property_schema = wanted["properties"][item.name]
        enum = resolve(property_schema)["enum"]
        if words != {word for word in enum if word is not None}:
            yield f"{place}.{item.name}: words differ: {sorted(words ^ {word for word in enum if word})}"
        if "enum" in property_schema and (NoneType in get_args(hints[item.name])) != (None in enum):
            # A schema without null is stricter than a type with None only where the record could hold one.
            yield f"{place}.{item.name}: only one of the two allows null"
        for inner in kinds:
            if inner is not Span and inner is not Box:
                yield from compare_fields(inner, property_schema, f"{place}.{item.name}")


def test_the_typed_claim_is_the_schema_of_the_claim() -> None:
    assert list(compare_fields(Claim, load_schema("claim"))) == []


def test_a_field_that_differs_is_found_out() -> None:
    schema = json.loads(json.dumps(load_schema("claim")))
    schema["properties"]["direction"]["enum"].append("sideways")
    schema["properties"]["colour"] = {"type": "string"}
    found = "\n".join(compare_fields(Claim, schema))
    assert "sideways" in found
    assert "colour" in found


def test_the_words_of_documents_and_mentions_are_those_of_the_schemas() -> None:
    document = load_schema("document")["properties"]
    assert set(get_args(ReaderName)) == set(document["reader"]["enum"])
    assert set(get_args(Status)) == set(document["status"]["enum"])
    assert set(get_args(Label)) == set(load_schema("entity")["properties"]["label"]["enum"])


def full_claim() -> Claim:
    """Return an invented claim in which every field is given."""
    dose = Dose(text="8 mg/kg", start=14, end=21, low=8.0, high=8.0, values=(8.0,), unit="mg/kg",
                per=("body weight", "day"), relation="~")  # fmt: skip
    schedule = Schedule(text="daily", times=1.0, period_days=1.0, days_on=5.0, days_off=2.0)
    route = Named(text="oral", name="oral", id="NCIT:C38288")
    return Claim(
        claim_id="c" * 20,
        doc_id="d" * 20,
        kind="table",
        source_kind="cited",
        section="Results",
        arm_id="a" * 20,
        evidence=Evidence(
            text="Rapamycin at 8 mg/kg extended lifespan.",
            spans=(Span(0, 20), Span(22, 41)),
            boxes=(Box(page=1, x0=1.0, y0=2.0, x1=3.0, y1=4.0),),
            table="1",
            row=0,
        ),
        intervention=Intervention(text="Rapamycin", start=0, end=9, name="sirolimus", kind="drug", role="treatment",
                                  id="UNII:W36ZG6FT64"),
        outcome=Outcome(text="lifespan", name="lifespan", id="MP:0001661", statistic="median",
                        timepoint=Grounded(text="12 weeks")),
        direction="increase",
        certainty="hedged",
        negated=False,
        confidence=0.5,
        combined_with=(Partner(text="metformin", name="metformin", dose=dose, route=route, schedule=schedule),),
        comparator=Comparator(text="placebo", kind="placebo", name="placebo"),
        dose=dose,
        route=route,
        schedule=schedule,
        duration=Duration(text="6 weeks", low_days=42.0, high_days=42.0, until_age_days=100.0),
        species=Named(text="mice", name="Mus musculus", id="NCBITaxon:10090"),
        strain=Named(text="C57BL/6J", name="C57BL/6J"),
        population=Grounded(text="obese mice", source="section"),
        setting="in_vivo",
        sex=Sex(text="male", value="male"),
        age=Age(text="8-week-old", low_days=56.0, high_days=56.0),
        sample_size=SampleSize(text="n = 12", value=12, of="arm"),
        effect=Effect(text="14 %", value=14.0, low=10.0, high=18.0, unit="%", type="percent_change", relation="=",
                      change_percent=14.0, control=Measured(text="800", value=800.0, unit="d", n=12),
                      treated=Measured(text="912", value=912.0, start=1, end=4)),
        significance=Significance(text="p < 0.01", p=0.01, p_relation="<", significant=True, test="between"),
        citations=(CitedWork(marker="3", text="An invented paper.", doi="10.5555/x", pmid="1"),),
        why=("direction: “extended”",),
    )  # fmt: skip


def bare_claim() -> Claim:
    """Return an invented claim in which nothing is known that need not be."""
    return Claim(
        claim_id="c" * 20,
        doc_id="d" * 20,
        kind="prose",
        evidence=Evidence(text="Rapamycin extended lifespan.", spans=(Span(0, 28),)),
        intervention=Intervention(text="Rapamycin", name="rapamycin", kind="other"),
        outcome=Outcome(text="lifespan", name="lifespan"),
        direction="unknown",
        certainty="asserted",
        negated=False,
    )


def test_the_full_claim_leaves_nothing_out() -> None:
    unknown = [item.name for item in fields(Claim) if getattr(full_claim(), item.name) in (None, ())]
    assert unknown == []


@pytest.mark.parametrize("claim", [full_claim(), bare_claim()], ids=["full", "bare"])
def test_a_claim_keeps_the_contract(claim: Claim) -> None:
    check("claim", claim_record(claim))


def test_other_records_keep_the_contract() -> None:
    document = Document(
        "d" * 20, "p.md", "0" * 64, "markdown", "1", "Rapamycin", CleanView("Rapamycin", (Piece(0, 0, 9),))
    )
    known = Metadata("Title", ("A. Example",), 2020, "Journal", "10.5555/x", "1", "PMC1", "CC BY 4.0")
    for each in (document, replace(document, metadata=known, pages=3, status="partial")):
        check("document", document_record(each))
    mention = Mention("CHEMICAL", Span(0, 9), "Rapamycin")
    quantity = Quantity("dose", low=8.0, high=8.0, unit="mg/kg", per=("body weight",))
    for other in (mention, replace(mention, concept=Concept("UNII:W36ZG6FT64", "sirolimus", 1.0), role="drug"),
                  replace(mention, label="DOSE", quantity=quantity)):  # fmt: skip
        check("entity", entity_record(other, doc_id="d" * 20, section="Results", page=2))
        check("entity", entity_record(other, doc_id="d" * 20))
    check("failure", failure_record(Failure("p.md", "read", "the file is empty", "export it again", False)))
    check("failure", failure_record(Failure("p.pdf", "tables", "broken", "see", True, "d" * 20, 3, "1")))


@pytest.mark.parametrize(
    ("place", "value"),
    [("direction", "sideways"), ("kind", None), ("confidence", 1.5), ("schema_version", 2), ("negated", "no")],
)
def test_a_record_that_breaks_the_contract_is_named(place: str, value: Any) -> None:
    record = {**claim_record(bare_claim()), place: value}
    (violation,) = validate_record("claim", record)
    assert violation.startswith(place)


@pytest.mark.parametrize("name", list_papers(), ids=lambda name: name.rsplit("/", 1)[-1])
def test_every_record_of_a_run_keeps_the_contract(name: str) -> None:
    result = extract_paper(name).records()
    assert result.document is not None
    check("document", result.document)
    for kind, records in (("entity", result.entities), ("claim", result.claims), ("failure", result.failures)):
        for record in records:
            check(kind, record)


def check(kind: str, record: dict[str, Any]) -> None:
    """Hold a record, as it comes back from its line of JSON, against our schema and the shared one."""
    record = json.loads(json.dumps(record, allow_nan=False))
    assert validate_record(kind, record) == []
    if SHARED.is_dir():
        shared = shared_validator(kind)
        assert [error.message for error in shared.iter_errors(record)] == []


_VALIDATORS: dict[str, jsonschema.Draft202012Validator] = {}


def shared_validator(kind: str) -> jsonschema.Draft202012Validator:
    """Return the validator of a shared schema, made once."""
    if kind not in _VALIDATORS:
        _VALIDATORS[kind] = jsonschema.Draft202012Validator(load_shared(kind))
    return _VALIDATORS[kind]
