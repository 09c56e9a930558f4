"""Chooses, label by label, how sure the recogniser must be: the threshold with the best F1 on the development parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.nlp.decoding import OUTSIDE, decode_scores
from pipeline.nlp.recognizer import trim_spaces

# From "many more mentions" to "only sure ones", in logits of "outside".
CANDIDATES: Final = tuple(step / 4 for step in range(-8, 5))


def choose_thresholds(nlp: Language, dev: Path, *, component: str = "recognizer") -> dict[str, float]:
    """Return each label's threshold; of equal F1 the one nearest 0 wins.

    Args:
        dev: a training file of documents with a span group for each label that their corpus marks.
    """
    recognizer: Any = nlp.get_pipe(component)
    gold = list(DocBin().from_disk(dev).get_docs(nlp.vocab))
    docs = [nlp.make_doc(doc.text) for doc in gold]
    scores: list[Any] = []
    for start in range(0, len(docs), 256):
        scores.extend(recognizer.predict(docs[start : start + 256]))
    chosen = {}
    for index, label in enumerate(recognizer.labels):
        known = [place for place, doc in enumerate(gold) if label in doc.spans]
        ranked = [
            (
                -_score(label, index, threshold, [(gold[i], docs[i], scores[i]) for i in known]),
                abs(threshold),
                threshold,
            )
            for threshold in CANDIDATES
        ]
        chosen[label] = min(ranked)[2]
    return chosen


def _score(label: str, index: int, threshold: float, items: Sequence[tuple[Doc, Doc, Any]]) -> float:
    """Return the strict F1 of a label under a threshold."""
    right = total = 0
    for gold, doc, logits in items:
        shifted = logits[:, index].copy()
        shifted[:, OUTSIDE] += threshold
        said = set(trim_spaces(doc, decode_scores(shifted)))
        marked = {(span.start, span.end) for span in gold.spans[label]}
        right += 2 * len(said & marked)
        total += len(said) + len(marked)
    return right / total if total else 0.0
