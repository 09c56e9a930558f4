"""The README's examples run as they stand there, in a folder that has the project's corpus."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.draw_claims import PAPER, draw_paper

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|sh|text)\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("#")[0].strip() for language, block in BLOCKS if language == "sh" for line in block.splitlines()]
QUICK = ("litclaims extract corpus/samples/", "litclaims doctor")
SEEDS = PROJECT.parent / "shared" / "corpus" / "seeds"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the corpus, where ``litclaims`` is on the path and results may be left."""
    (tmp_path / "corpus").symlink_to(PROJECT / "corpus", target_is_directory=True)
    command = tmp_path / "bin" / "litclaims"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


def run_in(desk: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the desk, as a user would; it must end with 0."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LITCLAIMS_")}
    environment |= {"PYTHONPATH": str(PROJECT), "NO_COLOR": "1", "COLUMNS": "80", "LITCLAIMS_CORPUS": str(SEEDS)}
    environment["PATH"] = os.pathsep.join([str(desk / "bin"), environment["PATH"]])
    done = subprocess.run(command, capture_output=True, text=True, cwd=desk, env=environment, timeout=300)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done


def test_python_example_prints_claims_with_their_places(desk: Path) -> None:
    (example,) = [block for language, block in BLOCKS if language == "python"]
    lines = run_in(desk, sys.executable, "-c", example).stdout.splitlines()
    assert len(lines) > 5
    assert all("Span(start=" in line for line in lines)


def test_quick_commands_run_and_write_the_listed_files(desk: Path) -> None:
    quick = [command for command in COMMANDS if command.startswith(QUICK)]
    assert len(quick) == 2
    for command in quick:
        run_in(desk, "sh", "-c", command)
    listed = re.search(r"## What is written\n(.*?)\n\n`", README, re.DOTALL)
    assert listed is not None
    names = re.findall(r"`([\w./]+)`", " ".join(row.split("|")[1] for row in listed[1].splitlines() if "`" in row))
    assert {"claims.csv", "texts/"} <= set(names)
    assert [name for name in names if not (desk / "results" / name).exists()] == []


@pytest.mark.slow
def test_every_command_runs_in_the_order_of_the_readme(desk: Path) -> None:
    outputs = []
    for language, block in BLOCKS:
        if language == "text":
            told = [line.strip() for line in block.splitlines() if line.strip() and line.strip() != "…"]
            assert [line for line in told if line not in outputs[-1]] == []
        for command in block.splitlines() if language == "sh" else ():
            if command.startswith("litclaims") and (SEEDS.exists() or not command.startswith("litclaims evaluate")):
                outputs.append(run_in(desk, "sh", "-c", command).stdout)
    assert (desk / "mice.csv").exists()


def test_make_commands_are_targets_of_the_makefile() -> None:
    targets = re.findall(r"^(\w+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = [command.split()[1] for command in COMMANDS if command.startswith("make ")]
    assert {"run", "test"} <= set(named) <= set(targets)


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "DECISIONS.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_and_named_modules_lead_somewhere(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    named = re.findall(r"`((?:pipeline|flows|tests|corpus|docs)/[\w./-]+)`", text)
    modules = [name.replace(".", "/") + ".py" for name in re.findall(r"python -m (pipeline(?:\.\w+)+)", text)]
    missing = [place for place in [*links, *named, *modules] if not (PROJECT / place).exists()]
    assert missing == []


def test_picture_colours_only_words_of_the_paper() -> None:
    source = " ".join(PAPER.read_text(encoding="utf-8").split())
    for picture in (draw_paper(PAPER), (PROJECT / "docs" / "claims.svg").read_text(encoding="utf-8")):
        texts = [element.text or "" for element in ElementTree.fromstring(picture).iter(f"{SVG}text")]
        titles, cells = texts[:1], [text for text in texts if " ".join(text.split()) in source]
        assert titles == ["a sentence and its claim"]
        assert len(cells) > 15
