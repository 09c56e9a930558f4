"""The manifest of the corpus."""

from pathlib import Path

import pytest

from pipeline.corpus import default_paths, find_papers, read_manifest
from pipeline.errors import SettingsError
from pipeline.settings import Places

ENTRY = '[[paper]]\nfile = "{file}"\nsha256 = "{sha256}"\n'


def write(tmp_path, file="a.txt", more=""):
    path = tmp_path / "manifest.toml"
    path.write_text(ENTRY.format(file=file, sha256="0" * 64) + more)
    return path


def test_the_project_has_a_manifest_of_five_papers():
    manifest = read_manifest(Path(__file__).parent.parent / "corpus" / "manifest.toml")
    assert len(manifest.paper) == 5
    assert len({paper.sha256 for paper in manifest.paper}) == 5


@pytest.mark.parametrize("file", ["../secret.txt", "/etc/passwd", "a/../../b.txt", "..\\\\x.txt", "C:\\\\x.txt", ""])
def test_an_entry_cannot_point_outside_its_folder(tmp_path, file):
    with pytest.raises(SettingsError, match="outside the folder"):
        read_manifest(write(tmp_path, file))


def test_a_link_that_leads_outside_is_refused(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "papers" / "a.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(SettingsError, match="leads outside"):
        find_papers(read_manifest(write(tmp_path)), [tmp_path / "papers"])


@pytest.mark.parametrize("more", ["year = 12\n", "doi = 'x'\n", "colour = 'red'\n", "broken"])
def test_a_wrong_entry_is_named(tmp_path, more):
    with pytest.raises(SettingsError, match="manifest"):
        read_manifest(write(tmp_path, more=more))


def test_no_manifest_is_an_empty_one(tmp_path):
    assert read_manifest(tmp_path / "none.toml").paper == ()


def test_papers_are_found_in_own_documents_before_the_named_folder(tmp_path, monkeypatch):
    manifest = read_manifest(write(tmp_path))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert default_paths(Places(corpus=elsewhere), manifest=manifest) == (elsewhere / "a.txt",)
    (tmp_path / "corpus" / "documents").mkdir(parents=True)
    (tmp_path / "corpus" / "documents" / "a.txt").write_text("x")
    assert default_paths(Places(corpus=elsewhere), manifest=manifest) == (Path("corpus/documents"),)
