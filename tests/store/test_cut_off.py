"""kill -9 at random points, then a clean run: the same store as an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.store import Store

PROJECT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("cut_off_run.py")
QUERIES = (
    "SELECT sha256, doc_id, size, doi FROM documents LEFT JOIN works ON works.id = work_id ORDER BY sha256",
    "SELECT path, sha256, is_current FROM files JOIN documents ON documents.id = document_id ORDER BY path, sha256",
    "SELECT sha256, reading, text_sha256, text, layout FROM renditions JOIN documents ON documents.id = document_id"
    " ORDER BY sha256, reading",
    "SELECT sha256, fingerprint, is_current, path, status, record FROM extractions"
    " JOIN documents ON documents.id = document_id ORDER BY sha256, fingerprint",
    "SELECT sha256, fingerprint, position, claim_id, claims.record FROM claims"
    " JOIN extractions ON extractions.id = extraction_id JOIN documents ON documents.id = document_id"
    " ORDER BY sha256, fingerprint, position",
    "SELECT sha256, fingerprint, position, entities.record FROM entities"
    " JOIN extractions ON extractions.id = extraction_id JOIN documents ON documents.id = document_id"
    " ORDER BY sha256, fingerprint, position",
    "SELECT path, is_current, record FROM failures ORDER BY path, record",
)


def content_of(url):
    """Everything that a store holds but its runs and the numbers of its rows."""
    engine = create_engine(url)
    with engine.connect() as connection:
        return [list(map(tuple, connection.execute(text(query)))) for query in QUERIES]


def start(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), **options.pop("environment", {})}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
        **options,
    )


def finish(process):
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0, output


def kill(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.fixture
def folder(tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(40):
        (papers / f"{number:02}.txt").write_text(f"Paper {number} about " + "acarbose " * number)
    return papers


def cut_off(url, folder, *, times, longest, seed):
    """Start and kill runs; return how many were killed in the middle of their work."""
    chance = random.Random(seed)
    killed = 0
    for _ in range(times):
        process = start(SCRIPT, url, folder)
        assert process.stdout.readline() == "begins\n"
        time.sleep(chance.uniform(0, longest))
        killed += process.poll() is None
        kill(process)
    return killed


@pytest.mark.parametrize(("times", "seed"), [(4, 1), pytest.param(20, 2, marks=pytest.mark.slow)])
def test_a_killed_run_goes_on_to_the_same_store(tmp_path, folder, times, seed):
    undisturbed, disturbed = (f"sqlite:///{tmp_path / name}.sqlite" for name in ("undisturbed", "disturbed"))
    finish(start(SCRIPT, undisturbed, folder))
    killed = cut_off(disturbed, folder, times=times, longest=1.6 / times + 0.3, seed=seed)
    finish(start(SCRIPT, disturbed, folder))
    assert killed > 0
    assert content_of(disturbed) == content_of(undisturbed)
    assert [result.path for result in Store.open(disturbed).results()] == sorted(
        path.as_posix() for path in folder.iterdir()
    )


@pytest.mark.slow
def test_litclaims_run_killed_twenty_times_gives_the_same_store(tmp_path, papers):
    environment = {"PREFECT_HOME": str(tmp_path / "prefect")}
    for name in ("undisturbed", "disturbed"):
        (tmp_path / name).mkdir()
    arguments = ("-m", "pipeline.cli", "run", papers)
    began = time.monotonic()
    finish(start(*arguments, cwd=tmp_path / "undisturbed", environment=environment))
    lasted = time.monotonic() - began
    chance = random.Random(3)
    for _ in range(20):
        process = start(*arguments, cwd=tmp_path / "disturbed", environment=environment)
        time.sleep(chance.uniform(0.2, lasted))
        kill(process)
    finish(start(*arguments, cwd=tmp_path / "disturbed", environment=environment))
    first, second = (
        f"sqlite:///{tmp_path / name / 'outputs' / 'litclaims.sqlite'}" for name in ("undisturbed", "disturbed")
    )
    assert content_of(second) == content_of(first)
    assert len(content_of(first)[0]) == 3
