"""What tests of several packages share: records of invented claims, small invented papers, the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
def litclaims(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs the command line in a folder of its own, as a user would."""

    def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "NO_COLOR": "1", "COLUMNS": "120"}
        environment.pop("LITCLAIMS_STORE", None)
        environment.update(options.pop("environment", {}))
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=options.pop("cwd", tmp_path),
            env=environment,
            timeout=300,
            **options,
        )

    return run
