"""Lemmas from a word and its Penn tag: a table of exceptions, and endings for every other word."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import numpy
from spacy.language import Language
from spacy.tokens import Doc

_PLURAL_TAGS: Final = frozenset({"NNS", "NNPS", "VBZ"})
_FULL_ES: Final = re.compile(r"(?:ss|sh|ch|x|zz)es$")
# Stems that end in these letters lost an "e" before -ed and -ing (reduc-, improv-, attenuat-, analys-, measur-).
_LOST_E: Final = re.compile(
    r"(?:[aiou]t|[^aeiou][iou]n|[cvzu]|[^aeiou]l|[^n]g|[dr]g|ng(?<=[ae]ng)|[aeiouy]s|[aiu]r|[iuao]d|[^aeiou]ak|[^aeiou]am)$"
)
_PLAIN_STEM: Final = re.compile(
    r"(?:[aeou][iou]t|[^qa]ui?t|rit|mit|bit|fit|ait|oat|ear|oar|air|ea[st]|lain|tain|eed|oad|iou[ns])$"
)
_DOUBLED: Final = re.compile(r"([bdgkmnprt])\1$")


def strip_ending(word: str, tag: str) -> str:
    """Return the lemma that the endings of English suggest for a lower-case word with a Penn tag."""
    if tag in _PLURAL_TAGS and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        return word[:-2] if _FULL_ES.search(word) else word[:-1]
    if tag in {"VBD", "VBN"} and word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    ending = {"VBD": "ed", "VBN": "ed", "VBG": "ing"}.get(tag)
    if ending and word.endswith(ending) and len(word) > len(ending) + 2:
        return _restore_stem(word[: -len(ending)])
    return word


def _restore_stem(stem: str) -> str:
    if _DOUBLED.search(stem):
        return stem[:-1]
    if _PLAIN_STEM.search(stem) or not _LOST_E.search(stem):
        return stem
    return stem + "e"


class Lemmatizer:
    """Writes lower-case lemmas: the table's where word and tag stand in it, else by ending.

    `exceptions` maps "tag word" (lower-case word) to a lemma.
    """

    def __init__(self, exceptions: dict[str, str] | None = None) -> None:
        self.exceptions = exceptions or {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token; the tagger must have run."""
        strings = doc.vocab.strings
        words = doc.to_array(["LOWER", "TAG"]).reshape(len(doc), 2).tolist()
        lemmas = [strings.add(self.find_lemma(strings[word], strings[tag])) for word, tag in words]
        return doc.from_array(["LEMMA"], numpy.asarray(lemmas, dtype="uint64").reshape(len(doc), 1))

    def find_lemma(self, word: str, tag: str) -> str:
        """Return the lemma of a lower-case word."""
        return self.exceptions.get(f"{tag} {word}") or strip_ending(word, tag)

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """Write the table to the folder `path`."""
        path.mkdir(exist_ok=True)
        content = json.dumps(self.exceptions, ensure_ascii=False, indent=0, sort_keys=True)
        (path / "exceptions.json").write_text(content + "\n", encoding="utf-8")

    def from_disk(self, path: Path, *, exclude: Any = ()) -> Lemmatizer:
        """Read the table from the folder `path`."""
        self.exceptions = json.loads((Path(path) / "exceptions.json").read_text(encoding="utf-8"))
        return self


@Language.factory("litclaims_lemmatizer")  # type: ignore[untyped-decorator]
def create_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Return a lemmatizer without exceptions, to be read from disk or given a table."""
    return Lemmatizer()
