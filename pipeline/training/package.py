"""Puts the trained components into one pipeline and writes it small."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.lookups import Lookups

import pipeline.nlp
import pipeline.nlp.tokenizer

WEIGHTS_FOLDER: Final = Path(pipeline.nlp.__file__).parent / "weights" / "en_litclaims"
VERSION: Final = "0.1.0"
_LARGEST_FILE: Final = 25_000_000
_LARGEST_PACKAGE: Final = 25_000_000


def assemble_pipeline(syntax: Path, exceptions: dict[str, str], recognizer: Path) -> Language:
    """Return one pipeline of trained parts.

    `syntax` holds tok2vec, tagger and parser, `exceptions` is the lemmatizer's table, `recognizer` holds the recogniser
    of mentions with a tok2vec of its own.
    """
    nlp = spacy.load(syntax)
    nlp.add_pipe("litclaims_sentence_keeper", first=True)
    lemmatizer: Any = nlp.add_pipe("litclaims_lemmatizer")
    lemmatizer.exceptions = exceptions
    nlp.add_pipe("recognizer", source=spacy.load(recognizer))
    return nlp


def write_package(nlp: Language, folder: Path) -> None:
    """Write the pipeline without anything a run does not need.

    Raises:
        ValueError: when a file or the whole is larger than a repository should hold.
    """
    nlp.vocab.lookups = Lookups()
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # where the training files lay says nothing of the weights
    nlp.config["initialize"]["components"] = {}
    nlp.meta.update(
        {
            "name": "litclaims",
            "lang": "en",
            "version": VERSION,
            "description": "Tags, trees, lemmas and mentions for biomedical prose; see MODEL_CARD.md.",
            "license": "CC BY 4.0",
            "author": "",
            "email": "",
            "url": "",
            "performance": {},
            "sources": [],
        }
    )
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    strip_strings(folder)
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    if max(sizes.values()) > _LARGEST_FILE or sum(sizes.values()) > _LARGEST_PACKAGE:
        raise ValueError(f"{folder}: {sum(sizes.values())} bytes, expected at most {_LARGEST_PACKAGE}")


def strip_strings(folder: Path) -> None:
    """Keep, of the vocabulary's strings, those that components name; words of the training texts are not needed."""
    nlp = spacy.load(folder)
    kept = {str(label) for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    content = json.dumps(sorted(kept), ensure_ascii=False, indent=0)
    (folder / "vocab" / "strings.json").write_text(content + "\n", encoding="utf-8")
