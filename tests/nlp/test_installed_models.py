"""A recogniser that a user has installed, by a stub package with the labels of a scispaCy model."""

import sys
from pathlib import Path

import pytest
import spacy

from pipeline.cli.checks import run_checks
from pipeline.errors import SettingsError
from pipeline.ingest import read_bytes
from pipeline.nlp import installed_models
from pipeline.nlp.language import find_version, model_version, parse_document
from pipeline.run import extract
from pipeline.settings import Settings

STUB = "en_ner_stub_md"
TEXT = b"Zanamine lowered fever in rats.\n\nNobody knows why zanamine lowers fever.\n"


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a package whose pipeline marks "zanamine" as CHEMICAL and "why" as a label that is not ours."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "CHEMICAL", "pattern": [{"LOWER": "zanamine"}]}, {"label": "CELL", "pattern": "why"}]
    )
    folder = tmp_path / STUB
    folder.mkdir()
    nlp.to_disk(folder / f"{STUB}-1.0")
    (folder / "meta.json").write_text((folder / f"{STUB}-1.0" / "meta.json").read_text())
    (folder / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_path\n"
        f"def load(**options):\n    return load_model_from_path(Path(__file__).parent / '{STUB}-1.0', **options)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("spacy.util.is_package", lambda name: name == STUB)
    for function in (installed_models.load_installed, installed_models.installed_version):
        function.cache_clear()
    yield STUB
    sys.modules.pop(STUB, None)
    for function in (installed_models.load_installed, installed_models.installed_version):
        function.cache_clear()


def test_labels_of_an_installed_model_replace_ours(stub: str) -> None:
    document = read_bytes(TEXT, name="text.txt", settings=Settings())
    own = parse_document(document, max_characters=1000)
    other = parse_document(document, max_characters=1000, model=stub)
    chemicals = [match for match in other.matches if match.label == "CHEMICAL"]
    assert [document.clean.text[match.start : match.end].lower() for match in chemicals] == ["zanamine"] * 2
    assert other.sentences == own.sentences
    kept = [match for match in own.matches if match.label in ("SPECIES", "OUTCOME")]
    assert kept == [match for match in other.matches if match.label in ("SPECIES", "OUTCOME")]


def test_settings_name_the_model_and_its_version_counts(stub: str) -> None:
    document = read_bytes(TEXT, name="text.txt", settings=Settings())
    found = extract(document, settings=Settings(model=stub))
    assert any(mention.text.lower() == "zanamine" and mention.label == "CHEMICAL" for mention in found.mentions)
    assert find_version(stub) != model_version()
    assert find_version("en_litclaims") == model_version()


def test_doctor_shows_the_model(stub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCLAIMS_MODEL", stub)
    (finding,) = (finding for finding in run_checks() if finding.subject == "model")
    assert finding.state == "good"
    assert stub in finding.found


def test_missing_model_is_named_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITCLAIMS_MODEL", "en_ner_nowhere_md")
    with pytest.raises(SettingsError, match=r"en_ner_nowhere_md.*not installed"):
        find_version("en_ner_nowhere_md")
    (finding,) = (finding for finding in run_checks() if finding.subject == "model")
    assert finding.state == "missing"
