"""The flat table's columns."""

from pipeline.export import flat_columns, flatten_claim
from pipeline.export.columns import ListType


def test_a_leaf_is_one_column_named_by_its_path():
    names = [column.name for column in flat_columns()]
    assert len(names) == len(set(names))
    for name in ("claim_id", "intervention_name", "dose_low", "outcome_timepoint_text", "effect_control_value"):
        assert name in names


def test_types_come_from_the_contract():
    types = {column.name: column.type for column in flat_columns()}
    assert types["dose_low"] == "number"
    assert types["sample_size_value"] == "integer"
    assert types["negated"] == "boolean"
    assert types["dose_values"] == ListType("number")
    assert types["evidence_spans"] == ListType(ListType("integer"))
    assert types["direction"] == "string"


def test_a_missing_object_leaves_all_its_columns_unknown(claim_record, document_record):
    row = flatten_claim(claim_record(dose=None), document_record())
    assert row["dose_text"] is None
    assert row["dose_values"] is None
    assert row["intervention_name"] == "acarbose"
    assert row["document_path"] == "papers/acarbose.md"


def test_nested_objects_are_flat(claim_record, document_record):
    claim = claim_record(effect={"text": "11 %", "value": 11.0, "control": {"text": "900", "value": 900.0, "n": 30}})
    row = flatten_claim(claim, document_record())
    assert (row["effect_value"], row["effect_control_value"], row["effect_control_n"]) == (11.0, 900.0, 30)
