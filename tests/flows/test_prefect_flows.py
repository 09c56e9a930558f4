"""The flows: with Prefect's own engine for one run of the line, and their functions alone for the rest."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.line import extract_into, identify, name_run, register
from pipeline.selection import select_documents
from pipeline.settings import Settings
from pipeline.store import Store

MAKE = "a" * 64


@pytest.fixture
def store(tmp_path):
    return Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")


def run(store, papers, make=MAKE):
    contents, failures = identify(select_documents([papers]))
    added = register(store, contents, failures)
    return added, extract_into(store, contents, make=make, settings=Settings())


def test_running_again_changes_nothing(store, papers):
    added, counts = run(store, papers)
    assert (added, counts.extracted, counts.known) == (3, 3, 0)
    before = [(result.record, result.claims) for result in store.results()]
    added, counts = run(store, papers)
    assert (added, counts.extracted, counts.known) == (0, 0, 3)
    assert [(result.record, result.claims) for result in store.results()] == before


def test_a_new_make_extracts_from_the_rendition_that_is_there(store, papers, monkeypatch):
    run(store, papers)
    first = [result.claims for result in store.results()]
    monkeypatch.setattr("pipeline.line.read", lambda *args, **options: pytest.fail("the file was read again"))
    _, counts = run(store, papers, make="b" * 64)
    assert counts.extracted == 3
    assert store.counts().renditions == 3
    assert [result.claims for result in store.results()] == first


def test_a_document_that_cannot_be_read_is_kept_as_a_failure(store, papers):
    (papers / "empty.txt").write_bytes(b"")
    _, counts = run(store, papers)
    assert (counts.extracted, counts.failed) == (3, 1)
    _, counts = run(store, papers)
    assert (counts.failed, counts.known) == (0, 4)


def test_a_file_that_cannot_be_opened_is_noted_until_it_can(store, papers, monkeypatch):
    from pipeline import line

    def refuse(path):
        if path.name == "paper1.md":
            raise PermissionError(13, "Permission denied")
        return hash_file(path)

    hash_file = line.hash_file
    monkeypatch.setattr(line, "hash_file", refuse)
    _, counts = run(store, papers)
    assert counts.extracted == 2
    (noted,) = store.path_failures()
    assert (noted["path"].endswith("paper1.md"), noted["survivable"]) == (True, False)
    assert "Permission denied" in noted["cause"]
    monkeypatch.undo()
    _, counts = run(store, papers)
    assert counts.extracted == 1
    assert store.path_failures() == []


def test_the_store_gives_what_the_pure_library_gives(store, papers, tmp_path):
    from pipeline.export import write_run
    from pipeline.line import write_files
    from pipeline.runs import extract_to_folder

    (papers / "empty.txt").write_bytes(b"")
    run(store, papers)
    contents, failures = identify(select_documents([papers]))
    with write_run(tmp_path / "from-store") as files:
        write_files(store, files, contents, failures, make=MAKE)
    extract_to_folder([papers], tmp_path / "pure")
    for path in sorted((tmp_path / "pure").rglob("*")):
        if path.is_file():
            assert (tmp_path / "from-store" / path.relative_to(tmp_path / "pure")).read_bytes() == path.read_bytes()


def test_a_run_is_named_after_its_papers_and_its_make(papers):
    contents, _ = identify(select_documents([papers]))
    assert name_run(contents, make=MAKE) == name_run(contents, make=MAKE)
    assert name_run(contents, make=MAKE) != name_run(contents, make="b" * 64)
    assert name_run(contents, make=MAKE) != name_run(contents[1:], make=MAKE)


def test_only_what_may_pass_is_tried_again():
    from flows.retrying import is_worth_retrying

    class State:
        def __init__(self, error):
            self.error = error

        def result(self):
            raise self.error

    assert is_worth_retrying(None, None, State(SourceError("busy")))
    assert not is_worth_retrying(None, None, State(ValueError("a bug")))


def test_prefect_is_told_to_be_quiet_before_it_is_imported(tmp_path):
    script = (
        "import os, flows, prefect.settings as s\n"
        "settings = s.get_current_settings()\n"
        "assert not settings.server.analytics_enabled\n"
        "assert os.environ['DO_NOT_TRACK'] == '1'\n"
        "assert str(settings.home).endswith('outputs/.prefect'), settings.home\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_report_says_what_failed():
    from pipeline.export import RunCounts
    from pipeline.reports import describe_run

    failure = {"path": "a|b.txt", "stage": "read", "cause": "no text", "remedy": "run OCR", "survivable": False}
    page = describe_run("first", RunCounts(documents=1), accuracy=["all f1 0.9"], claims=[], failures=[failure])
    assert "| a\\|b.txt | read | no text | run OCR |" in page
    assert "all f1 0.9" in page


def test_litclaims_run_does_the_whole_line(litclaims, litclaims_process, papers, tmp_path):
    (papers / "empty.txt").write_bytes(b"")
    done = litclaims_process("run", "papers", "--name", "first", "--json")
    assert done.returncode == 1, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["run"], summary["documents"], summary["failed"], summary["extracted"]) == ("first", 3, 1, 3)
    folder = tmp_path / "outputs" / "first"
    assert (folder / "claims.xlsx").exists()
    assert "empty.txt" in (folder / "summary.md").read_text(encoding="utf-8")
    assert json.loads((folder / "metrics.json").read_text(encoding="utf-8"))["counts"]["failures"] == 1
    assert all(
        (folder / page).read_text(encoding="utf-8").endswith("</html>") for page in ("report.html", "claims.html")
    )
    claim = json.loads((folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()[0])

    shown = litclaims("show", claim["claim_id"][:10], "--why")
    assert shown.returncode == 0, shown.stderr
    assert claim["intervention"]["text"] in shown.stdout

    status = json.loads(litclaims("status", "--json").stdout)
    assert (status["documents"], status["failed"]) == (4, 1)
    assert status["runs"][0]["finished"]

    exported = litclaims("export", "--out", "some.csv", "--where", "direction=increase")
    assert exported.returncode == 0
    assert (tmp_path / "some.csv").read_text(encoding="utf-8").count("\n") >= 2


def test_a_run_is_reconciled_into_files_and_once_into_the_store(tmp_path, monkeypatch):
    from flows.reconcile import reconcile_run
    from pipeline.runs import extract_to_folder
    from pipeline.store.evaluations import load_evaluations, load_reconciliation

    monkeypatch.setenv("LITCLAIMS_STORE", f"sqlite:///{tmp_path / 'store.sqlite'}")
    folder = tmp_path / "run"
    extract_to_folder(["corpus/samples/supplements-muscle.md"], folder)
    lines = [reconcile_run.fn(folder, Path("corpus/gold/samples.jsonl"), None) for _ in range(2)]
    assert lines[0] == lines[1] and any(line.startswith("all triple") for line in lines[0])
    assert (folder / "reconciliation.csv").is_file() and (folder / "reconciliation.parquet").is_file()
    store = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    (kept,) = load_evaluations(store)
    assert {row["document"] for row in load_reconciliation(store, kept["key"])} == {"supplements-muscle.md"}
