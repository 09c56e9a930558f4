"""The files of one run."""

import csv
import hashlib
import json

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipeline.errors import SettingsError
from pipeline.export import flat_columns, write_run, write_table
from pipeline.export.parquet import parquet_schema


def digest(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(target, claims, document, **options):
    with write_run(target, **options) as files:
        files.add(document=document, source="Acarbose extended\r\nlifespan.", entities=[], claims=claims, failures=[])
    return files.counts


def test_the_same_records_give_the_same_bytes(tmp_path, claim_record, document_record):
    claims = [
        claim_record(),
        claim_record(claim_id="e" * 20, kind="table", dose={"text": "1 or 3", "values": [1.0, 3.0]}),
    ]
    for name in ("first", "second"):
        counts = write(tmp_path / name, claims, document_record(), spreadsheet=True)
    assert digest(tmp_path / "first") == digest(tmp_path / "second")
    assert (counts.claims, counts.table_claims, counts.documents, counts.failed) == (2, 1, 1, 0)


def test_every_column_exists_with_its_type_even_when_nothing_is_in_it(tmp_path):
    with write_run(tmp_path / "run"):
        pass
    assert pq.read_schema(tmp_path / "run" / "claims.parquet").equals(parquet_schema())
    header = (tmp_path / "run" / "claims.csv").read_text(encoding="utf-8")
    assert header.strip().split(",") == [column.name for column in flat_columns()]


def test_lists_are_json_in_csv_and_lists_in_parquet(tmp_path, claim_record, document_record):
    partner = {"text": "metformin", "name": "metformin", "dose": {"text": "5 mg", "low": 5.0, "per": ["day"]}}
    claim = claim_record(dose={"text": "1 or 3", "values": [1.0, 3.0], "per": []}, combined_with=[partner])
    write(tmp_path / "run", [claim], document_record())
    with (tmp_path / "run" / "claims.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert json.loads(row["dose_values"]) == [1.0, 3.0]
    assert json.loads(row["combined_with"])[0]["dose"]["low"] == 5.0
    table = pq.read_table(tmp_path / "run" / "claims.parquet").to_pylist()[0]
    assert table["dose_values"] == [1.0, 3.0]
    assert table["combined_with"][0]["dose"]["per"] == ["day"]
    assert table["evidence_spans"] == [[0, 27]]


def test_a_formula_in_a_name_reaches_no_spreadsheet(tmp_path, claim_record, document_record):
    evil = claim_record(outcome={"text": "=HYPERLINK(1)", "name": "=HYPERLINK(1)"})
    write(tmp_path / "run", [evil], document_record(), spreadsheet=True)
    with (tmp_path / "run" / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["outcome_name"] == "'=HYPERLINK(1)"
    sheet = openpyxl.load_workbook(tmp_path / "run" / "claims.xlsx").active
    names = [cell.value for cell in sheet[1]]
    cell = sheet[2][names.index("outcome_name")]
    assert (cell.value, cell.data_type) == ("'=HYPERLINK(1)", "s")
    line = json.loads((tmp_path / "run" / "claims.jsonl").read_text(encoding="utf-8"))
    assert line["outcome"]["name"] == "=HYPERLINK(1)"


def test_a_text_keeps_its_newlines(tmp_path, document_record):
    write(tmp_path / "run", [], document_record())
    assert (tmp_path / "run" / "texts" / f"{'d' * 20}.txt").read_bytes() == b"Acarbose extended\r\nlifespan."


def test_hypotheses_are_left_out_unless_asked_for(tmp_path, claim_record, document_record):
    claims = [claim_record(), claim_record(claim_id="f" * 20, certainty="hypothesis")]
    assert write(tmp_path / "without", claims, document_record()).claims == 1
    assert write(tmp_path / "with", claims, document_record(), include_hypotheses=True).claims == 2


def test_a_failed_run_leaves_what_was_there(tmp_path, claim_record, document_record):
    write(tmp_path / "run", [claim_record()], document_record())
    before = digest(tmp_path)
    with pytest.raises(RuntimeError), write_run(tmp_path / "run") as files:
        files.add(document=document_record(), source="x", claims=[claim_record()])
        raise RuntimeError
    assert digest(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_with_other_files_is_not_replaced(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(SettingsError, match=r"thesis\.docx"), write_run(tmp_path):
        pass
    assert (tmp_path / "thesis.docx").exists()


@pytest.mark.parametrize("format", ["csv", "parquet", "jsonl", "xlsx"])
def test_a_table_is_written_in_each_format(tmp_path, format, claim_record, document_record):
    pairs = [(claim_record(), document_record()), (claim_record(direction="decrease"), document_record())]
    first, second = tmp_path / f"a.{format}", tmp_path / f"b.{format}"
    assert write_table(first, pairs, format=format) == write_table(second, pairs, format=format) == 2
    assert first.read_bytes() == second.read_bytes()
