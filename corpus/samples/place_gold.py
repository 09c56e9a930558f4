"""Place the labels of the samples into the gold: offsets point into what the readers make of each sample today.

Run as ``python corpus/samples/place_gold.py`` after a reader has changed. Ends with 1, and writes nothing, if a label
found no place.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import pipeline
from pipeline.evaluation.gold import Gold, collect_gold, save_gold
from pipeline.evaluation.placing import Unplaced, place_labels
from pipeline.model.ids import hash_bytes

SAMPLES = Path(__file__).parent
LABELS = SAMPLES / "labels.jsonl"
GOLD = SAMPLES.parent / "gold" / "samples.jsonl"
NAMES = ("acarbose-mice.pdf", "carvedilol-rats.txt", "colchicine-trial.xml", "supplements-muscle.md")


def place_samples() -> tuple[Gold, list[Unplaced]]:
    """Return the gold of the samples, and the labels that found no place.

    Placing hashes the texts that it is given; a sample that is no text is known by the hash of its own bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        hashes = {}
        for name in NAMES:
            text = pipeline.read(SAMPLES / name).source.encode("utf-8")
            Path(folder, name).write_bytes(text)
            hashes[hash_bytes(text)] = hash_bytes((SAMPLES / name).read_bytes())
        gold, unplaced = place_labels([LABELS], texts=Path(folder))
    records: list[Any] = [item.model_copy(update={"sha256": hashes[item.sha256]}) for item in gold.documents]
    records += [
        item.model_copy(update={"document": hashes[item.document]})
        for item in (*gold.scopes, *gold.claims, *gold.entities)
    ]
    return collect_gold(records), unplaced


if __name__ == "__main__":
    placed, left = place_samples()
    for item in left:
        print(f"{item.file}:{item.line}: {item.reason}", file=sys.stderr)
    if left:
        raise SystemExit(1)
    save_gold(placed, GOLD)
