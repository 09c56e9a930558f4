"""Recognisers that a user has installed, such as scispaCy's, in place of our own for the labels they know.

Tags and trees stay ours: only the entities of the other pipeline are taken, renamed to our labels.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.errors import SettingsError

OWN_MODEL: Final = "en_litclaims"
_BATCH_SENTENCES: Final = 64
# Labels of scispaCy's pipelines (BC5CDR, JNLPBA, CRAFT and BioNLP13CG) and of ours; any other label is left out.
_OUR_LABELS: Final = {
    "CHEMICAL": "CHEMICAL",
    "CHEBI": "CHEMICAL",
    "SIMPLE_CHEMICAL": "CHEMICAL",
    "DISEASE": "DISEASE",
    "CANCER": "DISEASE",
    "ORGANISM": "SPECIES",
    "SPECIES": "SPECIES",
    "TAXON": "SPECIES",
    "OUTCOME": "OUTCOME",
}
_NOT_NEEDED: Final = ("tagger", "attribute_ruler", "lemmatizer", "parser", "senter")


def find_entities(name: str, texts: Iterable[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Yield, for each text, the start, end and label of the entities that an installed pipeline finds.

    Args:
        name: of the installed package, such as "en_ner_bc5cdr_md".

    Raises:
        SettingsError: when no such pipeline is installed, or it has none of our labels.
    """
    for doc in load_installed(name).pipe(texts, batch_size=_BATCH_SENTENCES):
        yield [
            (entity.start_char, entity.end_char, _OUR_LABELS[entity.label_])
            for entity in doc.ents
            if entity.label_ in _OUR_LABELS
        ]


def list_labels(name: str) -> frozenset[str]:
    """Return those of our labels that an installed pipeline has."""
    nlp = load_installed(name)
    given = {label for pipe in nlp.pipe_names for label in getattr(nlp.get_pipe(pipe), "labels", ())}
    return frozenset(_OUR_LABELS[label] for label in given if label in _OUR_LABELS)


@cache
def load_installed(name: str) -> Any:
    """Return the pipeline of an installed package, loaded once per process.

    Raises:
        SettingsError: when it is not installed or cannot be loaded.
    """
    import spacy

    _find_package(name)
    try:
        return spacy.load(name, exclude=list(_NOT_NEEDED))
    except (OSError, ValueError) as error:
        raise SettingsError(f"the model {name!r} cannot be loaded: {error}; set model to {OWN_MODEL!r}") from error


@cache
def installed_version(name: str) -> str:
    """Return a hash of an installed pipeline's files, 16 hex digits."""
    folder = _find_package(name)
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _find_package(name: str) -> Path:
    from spacy.util import get_package_path, is_package

    if not is_package(name):
        raise SettingsError(
            f"the model {name!r} is not installed: install its package into this environment, "
            f"or set model to {OWN_MODEL!r}"
        )
    return Path(get_package_path(name))
