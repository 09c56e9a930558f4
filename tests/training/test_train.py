"""The training command runs every stage, and twice the same corpora give the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.training import train
from pipeline.training.records import DEFAULT_CORPORA

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / DEFAULT_CORPORA


def train_quickly(work: Path) -> dict[str, bytes]:
    """Run the command in a process of its own; return the packaged files by their names."""
    weights = work / "weights"
    options = ["--quick", "--corpora", str(CORPORA), "--work", str(work), "--weights", str(weights)]
    environment = {**os.environ, "PYTHONHASHSEED": "random"}
    subprocess.run([sys.executable, "-m", "pipeline.training.train", *options], check=True, cwd=ROOT, env=environment)
    return {str(file.relative_to(weights)): file.read_bytes() for file in weights.rglob("*") if file.is_file()}


@pytest.mark.slow
@pytest.mark.skipif(not (CORPORA / "craft").is_dir(), reason="the corpora are not here")
def test_two_trainings_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = train_quickly(tmp_path / "first"), train_quickly(tmp_path / "second")
    assert {"config.cfg", "parser/model", "recognizer/model", "tagger/model", "tok2vec/model"} <= set(first)
    assert [name for name in first if first[name] != second[name]] == []
    assert set(first) == set(second)


def test_a_quick_training_never_overwrites_the_weights_in_use() -> None:
    with pytest.raises(SystemExit):
        train.main(["--quick"])
