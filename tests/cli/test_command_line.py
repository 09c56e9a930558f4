"""The command line, as a user meets it."""

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def digest(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("command", ["extract", "run", "evaluate", "export", "show", "status", "doctor"])
def test_every_command_explains_itself_with_an_example(litclaims, command):
    done = litclaims(command, "--help")
    assert done.returncode == 0
    assert f"litclaims {command}" in done.stdout


def test_help_loads_nothing_heavy():
    script = (
        "import sys; sys.argv = ['litclaims', '--help']\n"
        "from pipeline.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'prefect', 'sqlalchemy', 'pandas', 'pyarrow', 'numpy', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr


def test_extraction_needs_neither_store_nor_orchestrator():
    script = (
        "import sys, pipeline.runs, pipeline.cli.summary\n"
        "sys.exit(', '.join(sorted({'prefect', 'sqlalchemy', 'alembic'} & set(sys.modules))) or 0)"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode == 0, done.stderr


def test_extract_writes_the_files_of_the_contract(litclaims, papers, tmp_path):
    done = litclaims("extract", "papers", "--out", "results")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "results"
    names = [
        "claims.csv",
        "claims.jsonl",
        "claims.parquet",
        "documents.jsonl",
        "entities.jsonl",
        "failures.jsonl",
        "texts",
    ]
    assert sorted(path.name for path in out.iterdir()) == names
    documents = lines(out / "documents.jsonl")
    assert [document["path"] for document in documents] == [f"papers/paper{number}.md" for number in range(3)]
    for document in documents:
        text = (out / "texts" / f"{document['doc_id']}.txt").read_bytes()
        assert text == (tmp_path / document["path"]).read_bytes()
    claims = lines(out / "claims.jsonl")
    assert {"acarbose"} <= {claim["intervention"]["name"] for claim in claims}
    with (out / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert [row["claim_id"] for row in csv.DictReader(file)] == [claim["claim_id"] for claim in claims]


def test_every_record_keeps_the_contract(litclaims, papers, tmp_path):
    from pipeline.model.records import validate_record

    litclaims("extract", "papers", "nothing.txt", "--out", "results")
    for kind, name in (
        ("claim", "claims"),
        ("document", "documents"),
        ("entity", "entities"),
        ("failure", "failures"),
    ):
        records = lines(tmp_path / "results" / f"{name}.jsonl")
        assert records
        assert [validate_record(kind, record) for record in records] == [[]] * len(records)


def test_the_result_does_not_depend_on_repetition_or_processes(litclaims, litclaims_process, papers, tmp_path):
    for name in ("one", "two", "two"):
        assert litclaims("extract", "papers", "--out", name).returncode == 0
    assert litclaims_process("extract", "papers", "--out", "three", "--jobs", 2).returncode == 0
    assert digest(tmp_path / "one") == digest(tmp_path / "two") == digest(tmp_path / "three")


def test_a_bad_document_is_recorded_and_the_rest_is_done(litclaims, papers, tmp_path):
    (papers / "empty.txt").write_bytes(b"")
    (papers / "twice.md").write_bytes((papers / "paper0.md").read_bytes())
    (papers / "loop").symlink_to(papers)
    done = litclaims("extract", "papers", "--out", "results", "--json")
    assert done.returncode == 1
    summary = json.loads(done.stdout)
    assert (summary["documents"], summary["failed"]) == (3, 1)
    failures = {failure["path"]: failure for failure in lines(tmp_path / "results" / "failures.jsonl")}
    assert not failures["papers/empty.txt"]["survivable"]
    assert failures["papers/twice.md"]["survivable"]
    assert "papers/paper0.md" in failures["papers/twice.md"]["cause"]
    assert failures["papers/loop"]["survivable"]
    assert list(failures) == sorted(failures)


def test_nothing_that_can_be_read_is_nothing_done(litclaims, tmp_path):
    done = litclaims("extract", "none.txt", "--out", "results")
    assert done.returncode == 3
    assert "none.txt" in done.stderr
    assert len(lines(tmp_path / "results" / "failures.jsonl")) == 1


def test_an_output_folder_with_other_files_is_wrong_use(litclaims, papers, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    done = litclaims("extract", "papers", "--out", "mine")
    assert done.returncode == 2
    assert "thesis.txt" in done.stderr


def test_missing_options_are_wrong_use(litclaims):
    assert litclaims("extract", "papers").returncode == 2


@pytest.fixture
def read_only(tmp_path):
    place = tmp_path / "fixed"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_an_output_folder_that_cannot_be_written_is_nothing_done(litclaims, papers, read_only):
    began = time.monotonic()
    done = litclaims("extract", "papers", "--out", read_only / "results")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - began < 60


def test_commands_on_a_store_that_is_not_there_say_what_to_do(litclaims):
    for arguments in (("status",), ("show", "abc"), ("export", "--out", "claims.csv")):
        done = litclaims(*arguments)
        assert done.returncode == 2
        assert "litclaims run" in done.stderr


def test_doctor_says_what_is_there(litclaims):
    done = litclaims("doctor", "--json")
    findings = {finding["subject"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 0, done.stdout
    assert findings["model"]["state"] == findings["vocabulary"]["state"] == "good"
    assert findings["store"]["state"] == "note"


def test_evaluate_without_gold_says_so(litclaims, papers, tmp_path):
    litclaims("extract", "papers", "--out", "results")
    done = litclaims("evaluate", "results", "--gold", tmp_path / "gold.jsonl")
    assert done.returncode == 2
    assert "gold" in done.stderr


def test_a_score_below_its_threshold_fails_the_gate(litclaims, papers, tmp_path):
    litclaims("extract", "papers", "--out", "results")
    source = (papers / "paper0.md").read_text(encoding="utf-8")
    document = lines(tmp_path / "results" / "documents.jsonl")[0]
    sentence = source.index("Metformin did")
    drug = {"text": "Metformin", "start": sentence, "end": sentence + 9, "name": "metformin", "kind": "drug"}
    place = source.index("body weight")
    gold = [
        {
            "type": "document",
            "name": "paper0.md",
            **{key: document[key] for key in ("sha256", "text_sha256", "characters")},
        },
        {
            "type": "scope",
            "document": document["sha256"],
            "start": 0,
            "end": len(source),
            "covers": ["claims"],
            "section": "Results",
        },
        {
            "type": "claim",
            "document": document["sha256"],
            "kind": "prose",
            "evidence": {"spans": [[sentence, len(source) - 1]]},
            "intervention": drug,
            "outcome": {"text": "body weight", "start": place, "end": place + 11, "name": "body weight"},
            "direction": "decrease",
        },
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)), encoding="utf-8")
    (tmp_path / "least.toml").write_text("[all.triple]\nprecision = 1.0\n")
    arguments = ("evaluate", "results", "--gold", "gold.jsonl", "--out", "reconciliation.csv")
    done = litclaims(*arguments, "--gate", "--thresholds", "least.toml")
    assert done.returncode == 4, done.stderr
    assert "all.triple" in done.stderr
    with (tmp_path / "reconciliation.csv").open(encoding="utf-8", newline="") as file:
        assert {row["document"] for row in csv.DictReader(file)} >= {"paper0.md"}
    assert (tmp_path / "reconciliation.parquet").is_file()
    assert litclaims(*arguments).returncode == 0
    (tmp_path / "least.toml").write_text("[all.triple]\nprecision = 0.0\n")
    gated = (*arguments, "--gate", "--thresholds", "least.toml", "--accepted", "accepted.json")
    accepted = litclaims(*gated, "--accept")
    assert accepted.returncode == 0, accepted.stderr
    assert "claims with new errors 0, errors gone 0" in litclaims(*gated).stderr
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, gold[:2])), encoding="utf-8")
    worse = litclaims(*gated)
    assert "claims with new errors 1, errors gone" in worse.stderr
    assert "spurious paper0.md@" in worse.stderr and "no claim was labelled here" in worse.stderr
    refused = litclaims(*arguments, "--accept", "--split", "dev")
    assert refused.returncode == 2 and "--split" in refused.stderr
