"""The checks of ``litclaims doctor``, each with what was found and what helps."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from pipeline import __version__
from pipeline.errors import LitclaimsError

_LIBRARIES = ("spacy", "scispacy", "numpy", "pdfminer.six", "lxml", "pyarrow", "sqlalchemy", "prefect")
_REINSTALL = "install again: make install"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. ``missing`` is what must be mended, ``note`` what may be so on purpose."""

    subject: str
    state: Literal["good", "note", "missing"]
    found: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the finding as a record."""
        return {"subject": self.subject, "state": self.state, "found": self.found, "remedy": self.remedy}


def run_checks() -> list[Finding]:
    """Run every check; one that fails by accident is a finding too."""
    findings: list[Finding] = []
    for name, check in _CHECKS.items():
        try:
            findings.extend(check())
        except LitclaimsError as error:
            findings.append(Finding(name, "missing", str(error), ""))
        except (ImportError, OSError, ValueError) as error:
            findings.append(Finding(name, "missing", f"{type(error).__name__}: {error}", _REINSTALL))
    return findings


def _check_versions() -> Iterator[Finding]:
    python = platform.python_version()
    supported = (3, 11) <= sys.version_info[:2] < (3, 13)
    remedy = "" if supported else "use Python 3.11 or 3.12"
    yield Finding("litclaims", "good", __version__)
    yield Finding("Python", "good" if supported else "missing", python, remedy)
    found = []
    for library in _LIBRARIES:
        try:
            found.append(f"{library} {metadata.version(library)}")
        except metadata.PackageNotFoundError:
            yield Finding(library, "missing", "is not installed", _REINSTALL)
    yield Finding("libraries", "good", ", ".join(found))


def _check_model() -> Iterator[Finding]:
    from pipeline.nlp.language import find_version
    from pipeline.settings import Settings

    name = Settings().model
    yield Finding("model", "good", f"{name} {find_version(name)}")


def _check_vocabulary() -> Iterator[Finding]:
    from pipeline.nlp.vocabulary import Vocabulary

    yield Finding("vocabulary", "good", str(Vocabulary.load().version))


def _check_store() -> Iterator[Finding]:
    from pipeline.errors import SettingsError
    from pipeline.settings import Places
    from pipeline.store import Store, describe_url

    url = Places().store
    try:
        store = Store.open(url, create=False)
    except SettingsError as error:
        yield Finding("store", "note", str(error))
        return
    counts = store.counts()
    store.close()
    yield Finding("store", "good", f"{describe_url(url)}: {counts.documents:,} documents, {counts.claims:,} claims")


def _check_corpus() -> Iterator[Finding]:
    from pipeline.corpus import DOCUMENTS, SAMPLES, find_papers, read_manifest
    from pipeline.selection import select_documents
    from pipeline.settings import Places

    for folder, remedy in ((DOCUMENTS, "put papers there"), (SAMPLES, "start litclaims in the project's folder")):
        number = len(select_documents([folder]).files) if folder.is_dir() else 0
        yield Finding(folder.as_posix(), "good" if number else "note", f"{number} documents", "" if number else remedy)
    manifest, corpus = read_manifest(), Places().corpus
    folders = [folder for folder in (DOCUMENTS, corpus) if folder is not None]
    found = find_papers(manifest, folders)
    remedy = "put them into corpus/documents, or name their folder by LITCLAIMS_CORPUS; the manifest says where to get"
    complete = len(found) == len(manifest.paper)
    yield Finding(
        "manifest",
        "good" if complete else "note",
        f"{len(found)} of {len(manifest.paper)} papers are here",
        "" if complete else f"{remedy} them",
    )


def _check_gold() -> Iterator[Finding]:
    from pipeline.accuracy import GOLD, has_gold

    if has_gold():
        yield Finding("gold", "good", GOLD.as_posix())
    else:
        yield Finding("gold", "note", f"none in {GOLD.as_posix()}", "runs are made without accuracy")


def _check_outputs() -> Iterator[Finding]:
    from pipeline.settings import Places

    outputs = Places().outputs
    place = next(folder for folder in (outputs, *outputs.absolute().parents) if folder.exists())
    if os.access(place, os.W_OK):
        yield Finding("outputs", "good", Path(outputs).as_posix())
    else:
        yield Finding("outputs", "missing", f"{outputs} cannot be written", "set LITCLAIMS_OUTPUTS to another folder")


_CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "versions": _check_versions,
    "model": _check_model,
    "vocabulary": _check_vocabulary,
    "store": _check_store,
    "corpus": _check_corpus,
    "gold": _check_gold,
    "outputs": _check_outputs,
}
