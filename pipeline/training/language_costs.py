"""What the language stage costs: words a second beside a bare pipeline of the usual size, memory, time to load."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from pipeline.ingest import read_bytes
from pipeline.model import Document
from pipeline.nlp.language import load_model, parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings

_TAGS: Final = 50
_ENTITIES: Final = 18
# The architecture of spaCy's small English pipeline: one layer for tags and trees, one for entities.
_TOK2VEC: Final = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 96,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": None,
}
_LOADING: Final = """
import pathlib, time
started, worked = time.perf_counter(), time.process_time()
from pipeline.nlp.language import load_model
from pipeline.nlp.vocabulary import Vocabulary
load_model(); Vocabulary.load()
seconds, processor = time.perf_counter() - started, time.process_time() - worked
from pipeline.settings import Settings
from pipeline.training.language_costs import read_text
read_text("Oral aspirin lowered fever in rats. " * 300, Settings())
resident = int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
print(seconds, processor, resident)
"""


def read_text(text: str, settings: Settings) -> tuple[Document, int]:
    """Read, parse and link a text as the product does; return the document and the number of its mentions."""
    document = read_bytes(text.encode(), name="text.txt", settings=settings)
    parse = parse_document(document, max_characters=settings.max_sentence_characters)
    return document, len(find_mentions(document, parse, vocabulary=Vocabulary.load()))


def build_bare_pipeline(labels: Sequence[str]) -> Language:
    """Return an untrained pipeline of the size of spaCy's small English one: tagger, parser and entities."""
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _TOK2VEC})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    tagger: Any = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    parser: Any = nlp.add_pipe("parser", config={"model": {"tok2vec": listener}})
    entities: Any = nlp.add_pipe("ner", config={"model": {"tok2vec": _TOK2VEC}})
    for number in range(_TAGS):
        tagger.add_label(f"T{number}")
    for label in labels:
        parser.add_label(label)
    for number in range(_ENTITIES):
        entities.add_label(f"E{number}")
    doc = nlp.make_doc("Aspirin lowers fever")
    gold = {"tags": ["T0", "T1", "T2"], "heads": [1, 1, 1], "deps": [labels[0], "ROOT", labels[0]], "entities": []}
    nlp.initialize(lambda: [Example.from_dict(doc, gold)])
    return nlp


def measure_speed(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield words a second of processor time: the whole stage (parse, mentions, links) and a bare pipeline.

    Both read the same sentences, in turns, so that other work on the machine touches both.
    """
    settings, model = Settings(), load_model()
    bare = build_bare_pipeline(sorted(label for label in model.get_pipe("parser").labels if label != "ROOT"))
    documents = [read_bytes(text.encode(), name="text.txt", settings=settings) for text in texts]
    vocabulary = Vocabulary.load()
    spent = {"whole": 0.0, "bare": 0.0}
    words = 0
    read_text("Oral aspirin lowered fever in rats.", settings)
    list(bare.pipe(["Oral aspirin lowered fever in rats."]))
    for document in documents:
        clean = document.clean.text
        sentences = [clean[sentence.clean.start : sentence.clean.end] for sentence in document.sentences]
        words += sum(len(sentence.split()) for sentence in sentences)
        started = time.process_time()
        parse = parse_document(document, max_characters=settings.max_sentence_characters)
        find_mentions(document, parse, vocabulary=vocabulary)
        spent["whole"] += time.process_time() - started
        started = time.process_time()
        list(bare.pipe(sentences, batch_size=64))
        spent["bare"] += time.process_time() - started
    for name, seconds in spent.items():
        yield name, words / seconds


def measure_loading(folder: Path) -> tuple[float, float, float]:
    """Return seconds and seconds of processor time to load model and vocabulary in a fresh process run in `folder`, and
    its resident MiB after some sentences.
    """
    done = subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True, cwd=folder)
    seconds, processor, resident = map(float, done.stdout.split())
    return seconds, processor, resident
