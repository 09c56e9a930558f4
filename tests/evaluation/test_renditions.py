"""Labels follow their paper into another file or another reading of it, and into no other paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import Gold
from pipeline.evaluation.placing import place_labels
from pipeline.evaluation.reconciliation import evaluate
from pipeline.evaluation.renditions import fit_gold
from pipeline.model.ids import hash_text

from .papers import PAPER, glucose_label, write_labels

NEW = "c" * 64
OTHER = PAPER.replace("glu-\ncose", "glucose").replace("(p < 0.01)7.", "(p < 0.01)[7].").replace("\nIt may", " It may")
OTHER_PAPER = "Sleep in rabbits\n\nAbstract\nCaffeine shortened sleep in rabbits by a third, which was expected.\n" * 3


def labelled(folder: Path) -> Gold:
    bare = dict.fromkeys(("dose", "species", "strain", "sex", "effect", "significance"))
    miglitol = {"text": "Miglitol", "name": "miglitol"}
    labels: list[dict[str, Any]] = [
        {"type": "scope", "doc": "paper.txt", "section": "All", "covers": ["claims"], "lines": [3, 11], "split": "dev"},
        glucose_label(),
        glucose_label(sex={"text": "female", "value": "female"}, direction="no_change", negated=True, effect=None),
        *(
            glucose_label(
                evidence=f"Miglitol at 0.3, 1 and 3 mg/kg {rest}.",
                intervention=miglitol,
                outcome={"text": outcome, "name": outcome},
                **bare,
            )
            for rest, outcome in [("attenuated weight loss in rats", "weight loss"), ("did not change sleep", "sleep")]
        ),
    ]
    gold, unplaced = place_labels([write_labels(folder, *labels)], texts=folder)
    assert unplaced == []
    return gold


def document(text: str, sha256: str = NEW, path: str = "papers/copy.xml") -> dict[str, Any]:
    return {"doc_id": "d1", "sha256": sha256, "text_sha256": hash_text(text), "path": path, "status": "done"}


def test_paper_in_another_format_is_scored_on_its_moved_labels(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    start = OTHER.index("Miglitol at")
    end = OTHER.index("in rats.") + 8
    claim = {
        "claim_id": "x", "doc_id": "d1", "kind": "prose", "evidence": {"spans": [[start, end]]},
        "intervention": {"text": "Miglitol", "name": "miglitol", "kind": "drug"},
        "outcome": {"text": "weight loss", "name": "weight loss"}, "direction": "decrease",
    }  # fmt: skip
    evaluation = evaluate([claim], [], [document(OTHER)], gold, read_text=lambda record: OTHER)
    total = evaluation.groups["all"].detection.total("triple")
    assert (total.tp, total.fp, total.fn) == (1, 0, 3)
    (moved,) = evaluation.moved
    assert str(moved) == "paper.txt is scored on copy.xml: 4 of 4 claims placed"
    assert evaluation.absent == ()
    assert str(moved) in evaluation.summary_lines()


def test_what_found_no_place_is_told_by_kind(tmp_path: Path) -> None:
    text = OTHER.replace("Miglitol at 0.3, 1 and 3 mg/kg did not change sleep.", "Nothing else was seen.")
    gold, (moved,) = fit_gold(labelled(tmp_path), [document(text)], lambda record: text)
    assert (moved.claims, moved.of, len(gold.claims)) == (3, 4, 3)
    assert "without a place: 1 claim" in str(moved)
    assert "claim" in {item["kind"] for item in moved.as_dict()["lost"]}


def test_same_file_read_anew_takes_its_labels_along(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    record = document(OTHER, sha256=gold.documents[0].sha256)
    moved_gold, (moved,) = fit_gold(gold, [record], lambda item: OTHER)
    assert moved.claims == 4
    assert [item.text_sha256 for item in moved_gold.documents] == [hash_text(OTHER)]


def test_another_paper_takes_no_labels(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    assert fit_gold(gold, [document(OTHER_PAPER)], lambda record: OTHER_PAPER) == (gold, ())


def test_labelled_text_itself_goes_before_another_rendition(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    both = [document(PAPER, sha256=gold.documents[0].sha256, path="paper.txt"), document(OTHER)]
    assert fit_gold(gold, both, lambda record: OTHER)[1] == ()


def test_text_that_cannot_be_had_or_is_another_moves_nothing(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    for text in (None, OTHER + "!"):
        moved = fit_gold(gold, [document(OTHER)], lambda record, text=text: text)[1]  # type: ignore[misc]
        assert moved == ()
