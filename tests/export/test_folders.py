"""Whole results or none."""

import os
import subprocess

import pytest

from pipeline.errors import SettingsError, SourceError
from pipeline.export import stage_file, stage_folder


def fill(folder, size=10):
    (folder / "a.txt").write_bytes(b"x" * size)


def test_a_folder_cut_off_between_its_two_renames_comes_back(tmp_path):
    (tmp_path / ".run.previous").mkdir()
    fill(tmp_path / ".run.previous")
    with pytest.raises(RuntimeError), stage_folder(tmp_path / "run", owned=["a.txt"]):
        raise RuntimeError
    assert (tmp_path / "run" / "a.txt").exists()


def test_what_a_dead_process_left_is_removed(tmp_path):
    dead = subprocess.Popen(["true"])
    dead.wait()
    (tmp_path / f".run.staging-{dead.pid}").mkdir()
    with stage_folder(tmp_path / "run", owned=["a.txt"]) as folder:
        fill(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "run").write_text("")
    with pytest.raises(SettingsError, match="is a file"), stage_folder(tmp_path / "run", owned=[]):
        pass


def test_a_table_cannot_replace_a_folder(tmp_path):
    with pytest.raises(SettingsError, match="is a folder"), stage_file(tmp_path):
        pass


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_leaves_nothing_half_written(small_disk):
    target = small_disk / "run"
    with stage_folder(target, owned=["a.txt"]) as folder:
        fill(folder)
    with pytest.raises(SourceError, match="no space"), stage_folder(target, owned=["a.txt"]) as folder:
        fill(folder, size=200_000)
    assert (target / "a.txt").read_bytes() == b"x" * 10
    assert [path.name for path in small_disk.iterdir()] == ["run"]


def test_a_mount_point_can_be_the_folder(small_disk):
    for _ in range(2):
        with stage_folder(small_disk, owned=["a.txt"]) as folder:
            fill(folder)
    assert [path.name for path in small_disk.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_be_written_is_named(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(SourceError, match="cannot be written"), stage_folder(small_disk / "run", owned=[]):
        pass
