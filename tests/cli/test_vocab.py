"""``litclaims vocab build``: from sources to the packed file, or a message that says what is missing."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.application import app


def test_missing_build_packages_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pipeline.training.vocabulary.build", None)
    done = CliRunner().invoke(app, ["vocab", "build"])
    assert done.exit_code == 2
    assert "pip install -r pipeline/training/vocabulary/requirements.txt" in done.output


def test_sources_are_fetched_then_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    class Build:
        @staticmethod
        def build_vocabulary(sources: Path, output: Path) -> dict[str, int]:
            asked.append(sources)
            output.write_bytes(b"packed")
            return {"CHEMICAL": 3, "concepts": 2}

    monkeypatch.setitem(sys.modules, "pipeline.training.vocabulary.build", Build)  # type: ignore[arg-type]
    monkeypatch.setattr("pipeline.training.vocabulary.sources.fetch_sources", asked.append)
    output = tmp_path / "new" / "vocabulary.xz"
    done = CliRunner().invoke(app, ["vocab", "build", "--sources", str(tmp_path), "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert asked == [tmp_path, tmp_path]
    assert output.read_bytes() == b"packed"
    assert "6 bytes" in done.output
