"""Which files a run reads."""

import os

import pytest

from pipeline.selection import select_documents


def names(selection):
    return [path.name for path in selection.files]


def test_folders_are_walked_in_path_order(tmp_path):
    for name in ("b.txt", "a/z.md", "a.pdf", ".hidden.txt", "README.md", "figure.png", "a/.git/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    selection = select_documents([tmp_path / "b.txt", tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in selection.files] == ["a.pdf", "a/z.md", "b.txt"]
    assert selection.failures == ()


def test_a_file_named_directly_is_taken_whatever_its_suffix(tmp_path):
    (tmp_path / "paper.dat").write_text("x")
    assert names(select_documents([tmp_path / "paper.dat"])) == ["paper.dat"]


def test_the_same_bytes_at_two_paths_are_read_once(tmp_path):
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text("the same" if name != "c.txt" else "not same")
    selection = select_documents([tmp_path])
    assert names(selection) == ["a.txt", "c.txt"]
    (failure,) = selection.failures
    assert failure.path.endswith("b.txt")
    assert "a.txt" in failure.cause
    assert failure.survivable


def test_a_path_that_is_not_there_is_a_failure(tmp_path):
    selection = select_documents([tmp_path / "none.txt"])
    assert selection.files == ()
    assert not selection.failures[0].survivable


def test_a_link_that_leads_back_is_recorded_and_the_rest_is_read(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text("x")
    (tmp_path / "papers" / "again").symlink_to(tmp_path / "papers")
    (tmp_path / "papers" / "self.txt").symlink_to(tmp_path / "papers" / "self.txt")
    selection = select_documents([tmp_path / "papers"])
    assert names(selection) == ["a.txt"]
    assert [failure.path.rsplit("/", 1)[-1] for failure in selection.failures] == ["again", "self.txt"]


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither" in select_documents([tmp_path / "pipe.txt"]).failures[0].cause


@pytest.fixture
def as_nobody():
    """No longer root, for the time of a test, so that permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_folder_that_cannot_be_read_is_recorded(tmp_path_factory, as_nobody):
    if os.getuid() == 0:
        os.seteuid(0)
    folder = tmp_path_factory.mktemp("papers")
    for part in (folder, *folder.parents[:3]):
        if str(part).count("/") > 1:
            part.chmod(0o755)
    (folder / "closed").mkdir(mode=0o000)
    (folder / "a.txt").write_text("x")
    if os.getuid() == 0:
        os.seteuid(65534)
    selection = select_documents([folder])
    assert names(selection) == ["a.txt"]
    assert "cannot be read" in selection.failures[0].cause
