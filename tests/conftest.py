"""What tests of several packages share: records of invented claims, small invented papers, the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A run's verdict is the same for the same code: what hypothesis tries follows from the test, not from chance.
settings.register_profile("project", derandomize=True, database=None)
settings.load_profile("project")

PROJECT = Path(__file__).parent.parent
PAPER = """# Acarbose and the ageing mouse

## Results

Acarbose at 1,000 ppm in the diet extended the median lifespan of male UM-HET3 mice by {percent} % (p < 0.01).
Metformin did not change body weight in female mice.
"""


@pytest.fixture
def claim_record() -> Callable[..., dict[str, Any]]:
    """A function that gives a claim's record that keeps the contract, with changes."""

    def build(**changes: Any) -> dict[str, Any]:
        record: dict[str, Any] = {
            "schema_version": 1,
            "claim_id": "c" * 20,
            "doc_id": "d" * 20,
            "kind": "prose",
            "evidence": {"text": "Acarbose extended lifespan.", "spans": [[0, 27]], "boxes": []},
            "intervention": {"text": "Acarbose", "start": 0, "end": 8, "name": "acarbose", "kind": "drug"},
            "outcome": {"text": "lifespan", "start": 18, "end": 26, "name": "lifespan"},
            "direction": "increase",
            "certainty": "asserted",
            "negated": False,
            "confidence": None,
        }
        return {**record, **changes}

    return build


@pytest.fixture
def document_record() -> Callable[..., dict[str, Any]]:
    """A function that gives a document's record that keeps the contract, with changes."""

    def build(**changes: Any) -> dict[str, Any]:
        record: dict[str, Any] = {
            "schema_version": 1,
            "doc_id": "d" * 20,
            "path": "papers/acarbose.md",
            "sha256": "0" * 64,
            "reader": "markdown",
            "reader_version": "1",
            "text_sha256": "1" * 64,
            "characters": 27,
            "pages": None,
            "title": "Acarbose and the ageing mouse",
            "authors": ["Ada Example"],
            "year": 2021,
            "journal": None,
            "doi": "10.5555/example.1",
            "pmid": None,
            "pmcid": None,
            "license": None,
            "status": "done",
        }
        return {**record, **changes}

    return build


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder of three invented papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, percent in enumerate((11, 22, 33)):
        (folder / f"paper{number}.md").write_text(PAPER.format(percent=percent), encoding="utf-8")
    return folder


@pytest.fixture
def litclaims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs the command line in a folder of its own, here, so that the model stays loaded."""
    from typer.testing import CliRunner

    from pipeline.cli import app

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("LITCLAIMS_STORE", "LITCLAIMS_OUTPUTS", "LITCLAIMS_CORPUS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str | int | Path) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="litclaims")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def litclaims_process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs the command line in a folder of its own, in a process of its own, as a user would."""

    def run(*arguments: str | int | Path) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LITCLAIMS_")}
        environment |= {"PYTHONPATH": str(PROJECT), "NO_COLOR": "1", "COLUMNS": "120"}
        command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=300)

    return run
