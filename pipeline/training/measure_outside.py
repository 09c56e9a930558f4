"""Measure our labellers against public corpora: ``python -m pipeline.training.measure_outside``.

``corpus/gold/outside.jsonl`` holds labels made by the guidelines without a look at the corpora's own: the direction of
twenty prompts of Evidence Inference (outcome under the intervention against the comparator), and the doses and routes
of twenty sentences of PHEE's development part. Each twenty were the first by the hash of their id. Prints accuracy and
Cohen's kappa of the directions, F1 of doses and routes (strict: same characters; relaxed: overlapping), and with
``--disagreements`` what differs.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import OUTSIDE
from pipeline.evaluation.scores import Counts, cohen_kappa
from pipeline.training.records import DEFAULT_CORPORA

DIRECTIONS = {
    "significantly increased": "increase",
    "significantly increase": "increase",
    "significantly decreased": "decrease",
    "no significant difference": "no_change",
}
QUANTITIES = {"dose": "Dosage", "route": "Route"}
Place = tuple[int, int]


@dataclass(slots=True)
class OutsideAgreement:
    """What came out: pairs of directions, counts of each quantity, and the differing items in words."""

    directions: list[tuple[str, str]] = field(default_factory=list)
    strict: dict[str, Counts] = field(default_factory=dict)
    relaxed: dict[str, Counts] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the figures with their counts, ready to print."""
        right = sum(ours == theirs for ours, theirs in self.directions)
        kappa = cohen_kappa([ours for ours, _ in self.directions], [theirs for _, theirs in self.directions])
        told = "-" if kappa is None else f"{kappa:.3f}"
        lines = [f"directions: {right}/{len(self.directions)} the same, kappa {told}"]
        for manner, table in (("strict", self.strict), ("relaxed", self.relaxed)):
            for name, counts in table.items():
                score = "-" if counts.f1 is None else f"{counts.f1:.3f}"
                lines.append(f"{name} {manner}: F1 {score} (tp {counts.tp:g}, fp {counts.fp:g}, fn {counts.fn:g})")
        return lines


def read_directions(folder: Path) -> dict[str, str]:
    """Return the direction of each prompt of Evidence Inference by the first annotation that was found valid."""
    directions: dict[str, str] = {}
    with (folder / "annotations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            valid = row["Valid Label"] == "True" and row["Valid Reasoning"] == "True"
            if valid and row["Label"] in DIRECTIONS:
                directions.setdefault(row["PromptID"], DIRECTIONS[row["Label"]])
    return directions


def read_quantities(path: Path) -> dict[str, tuple[str, dict[str, list[Place]]]]:
    """Return PHEE's sentences by id, each with the places of its doses and routes; an argument in pieces is one."""
    sentences = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places: dict[str, set[Place]] = {name: set() for name in QUANTITIES}
        treatments = [event.get("Treatment") for item in row["annotations"] for event in item["events"]]
        for treatment in filter(None, treatments):
            for name, role in QUANTITIES.items():
                places[name].update(_read_argument(treatment.get(role)))
        sentences[row["id"]] = row["context"], {name: sorted(found) for name, found in places.items()}
    return sentences


def _read_argument(argument: Mapping[str, Any] | None) -> Iterable[Place]:
    if argument is None:
        return
    for texts, starts in zip(argument["text"], argument["start"], strict=True):
        yield min(starts), max(start + len(text) for text, start in zip(texts, starts, strict=True))


def place_strings(context: str, strings: Sequence[str]) -> list[Place]:
    """Return where labelled strings stand, each after the one before.

    Raises:
        ValueError: a string does not stand there.
    """
    places, after = [], 0
    for string in strings:
        start = context.find(string, after)
        if start < 0:
            raise ValueError(f"{string!r} does not stand in the sentence from character {after} on")
        after = start + len(string)
        places.append((start, after))
    return places


def count_places(ours: Sequence[Place], theirs: Sequence[Place], *, strict: bool) -> Counts:
    """Return the counts of our places against theirs, one to one in reading order."""
    left = list(theirs)
    found = 0
    for place in ours:
        fits = [other for other in left if (place == other if strict else place[0] < other[1] and other[0] < place[1])]
        if fits:
            left.remove(fits[0])
            found += 1
    return Counts(tp=found, fp=len(ours) - found, fn=len(left))


def compare_labels(labels: Iterable[Mapping[str, Any]], corpora: Path) -> OutsideAgreement:
    """Compare our labels with the corpora's own."""
    directions = read_directions(corpora / "evidence_inference")
    sentences = read_quantities(corpora / "phee" / "dev.json")
    result = OutsideAgreement()
    for label in labels:
        if label["type"] == "direction":
            theirs = directions[label["id"]]
            result.directions.append((label["direction"], theirs))
            if theirs != label["direction"]:
                result.differing.append(f"{label['id']}: {label['direction']}, the corpus says {theirs}")
            continue
        context, places = sentences[label["id"]]
        for name in QUANTITIES:
            ours = place_strings(context, label[name])
            for strict, table in ((True, result.strict), (False, result.relaxed)):
                table[name] = table.get(name, Counts()) + count_places(ours, places[name], strict=strict)
            if ours != places[name]:
                written = [context[start:end] for start, end in places[name]]
                result.differing.append(f"{label['id']} {name}: {label[name]}, the corpus says {written}")
    return result


def main() -> None:
    """Print the agreement of our labels with the corpora's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--labels", type=Path, default=Path("corpus/gold") / OUTSIDE)
    parser.add_argument("--disagreements", action="store_true", help="print the items that differ")
    options = parser.parse_args()
    labels = [json.loads(line) for line in options.labels.read_text(encoding="utf-8").splitlines()]
    result = compare_labels(labels, options.corpora)
    print("\n".join(result.lines()))
    if options.disagreements:
        print("\n".join(result.differing))


if __name__ == "__main__":
    main()
