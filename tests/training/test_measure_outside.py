"""Our labels of public corpora's items are compared with the corpora's own, item by item."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline.evaluation.gold import OUTSIDE, load_gold
from pipeline.evaluation.scores import Counts
from pipeline.training.measure_outside import compare_labels, count_places, place_strings

SENTENCE = "Oral metformin at 500 mg and intravenous saline were given to a man."
COLUMNS = ("PromptID", "Valid Label", "Valid Reasoning", "Label")


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Two invented corpora in the formats of Evidence Inference and PHEE."""
    for name in ("evidence_inference", "phee"):
        (tmp_path / name).mkdir()
    rows = [
        ("1", "False", "True", "significantly increased"),
        ("1", "True", "True", "significantly decreased"),
        ("2", "True", "True", "no significant difference"),
        ("3", "True", "True", "significantly increase"),
    ]
    with (tmp_path / "evidence_inference" / "annotations.csv").open("w", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    treatment = {
        "Dosage": {"text": [["500 mg"]], "start": [[18]]},
        "Route": {"text": [["Oral metformin"]], "start": [[0]]},
    }
    row = {"id": "a", "context": SENTENCE, "annotations": [{"events": [{"Treatment": treatment}]}]}
    (tmp_path / "phee" / "dev.json").write_text(json.dumps(row) + "\n")
    return tmp_path


def test_first_valid_annotation_is_the_corpus_answer(corpora: Path) -> None:
    labels = [
        {"type": "direction", "id": "1", "direction": "decrease"},
        {"type": "direction", "id": "2", "direction": "no_change"},
        {"type": "direction", "id": "3", "direction": "decrease"},
    ]
    result = compare_labels(labels, corpora)
    assert result.lines()[0] == "directions: 2/3 the same, kappa 0.500"
    assert result.differing == ["3: decrease, the corpus says increase"]


def test_strict_wants_the_same_characters_and_relaxed_an_overlap(corpora: Path) -> None:
    label = {"type": "quantities", "id": "a", "dose": ["500 mg"], "route": ["Oral", "intravenous"]}
    result = compare_labels([label], corpora)
    assert result.strict == {"dose": Counts(tp=1), "route": Counts(fp=2, fn=1)}
    assert result.relaxed == {"dose": Counts(tp=1), "route": Counts(tp=1, fp=1)}


def test_one_wide_place_does_not_earn_twice() -> None:
    assert count_places([(0, 50)], [(0, 5), (10, 15)], strict=False) == Counts(tp=1, fn=1)


def test_string_that_does_not_stand_there_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        place_strings(SENTENCE, ["500 mg", "500 mg"])


def test_labels_of_outside_items_are_no_gold(tmp_path: Path) -> None:
    (tmp_path / OUTSIDE).write_text('{"type": "direction"}\n')
    (tmp_path / "gold.jsonl").write_text("")
    assert load_gold(tmp_path).documents == ()


def test_committed_labels_are_twenty_of_each_without_sentences() -> None:
    labels = [json.loads(line) for line in Path("corpus/gold", OUTSIDE).read_text(encoding="utf-8").splitlines()]
    assert [sum(label["type"] == kind for label in labels) for kind in ("direction", "quantities")] == [20, 20]
    assert all(len(text) < 30 for label in labels for name in ("dose", "route") for text in label.get(name, ()))
