"""Parses kept between trainings of the judge, since the language model takes most of the time."""

from __future__ import annotations

import hashlib
import pickle
from functools import cache
from pathlib import Path

import pipeline.nlp.language
from pipeline.model import Document
from pipeline.nlp.language import Parse, model_version, parse_document
from pipeline.settings import Settings

_CODE = (
    "asides", "asides_lexicon", "components", "decoding", "embedding", "language", "lemmas", "recognizer", "tokenizer",
    "tokenizer_lexicon",
)  # fmt: skip
_NAMES = "data/vocabulary.xz"


def parse_cached(document: Document, folder: Path, *, settings: Settings) -> Parse:
    """Return a document's parse, from the folder where it was kept for this text, model and code."""
    digest = hashlib.sha256(f"{_make()} {settings.max_sentence_characters}\n".encode())
    digest.update(document.clean.text.encode("utf-8", "surrogatepass"))
    digest.update(repr([sentence.clean for sentence in document.sentences]).encode())
    path = folder / f"{digest.hexdigest()[:32]}.pickle"
    if path.is_file():
        found = pickle.loads(path.read_bytes())  # our own file, written below
        assert isinstance(found, Parse)
        return found
    parse = parse_document(document, max_characters=settings.max_sentence_characters)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(parse))
    return parse


@cache
def _make() -> str:
    """Return the identity of what makes a parse: weights, code about them, and the packed names the recogniser sees."""
    folder = Path(pipeline.nlp.language.__file__).parent
    digest = hashlib.sha256(model_version().encode())
    for name in (*(f"{stem}.py" for stem in _CODE), _NAMES):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
