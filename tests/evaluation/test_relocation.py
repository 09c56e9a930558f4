"""Gold finds its place in another rendering by hashes and surface forms, and says what it does not find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.evaluation.gold import Gold
from pipeline.evaluation.lint import lint_gold
from pipeline.evaluation.placing import place_labels
from pipeline.evaluation.relocation import relocate_gold

from .papers import PAPER, glucose_label, write_labels

NEW = "c" * 64
OTHER_RENDERING = (
    PAPER.replace("glu-\ncose", "glucose")
    .replace("(p < 0.01)7.", "(p\u2009<\u20090.01)[7].")
    .replace("\nIt may", " It may")
)
"""Joined words, other citation marks, thin spaces and another line break."""


def labelled(folder: Path) -> Gold:
    where = {"type": "scope", "doc": "paper.txt", "section": "Abstract", "split": "dev"}
    labels: list[dict[str, Any]] = [
        {**where, "covers": ["claims", "entities"], "lines": [3, 7]},
        glucose_label(
            route={"text": "diet", "where": "Given in the diet", "source": "subheader"},
            alternatives=[{"outcome": {"text": "glucose"}}],
        ),
        {
            "type": "entities",
            "doc": "paper.txt",
            "lines": [3, 7],
            "label": "CHEMICAL",
            "text": ["Acarbose", "Miglitol"],
        },
    ]
    gold, unplaced = place_labels([write_labels(folder, *labels)], texts=folder)
    assert unplaced == []
    return gold


def test_labels_move_to_a_rendering_with_other_breaks_and_marks(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    moved, lost = relocate_gold(gold, gold.documents[0].sha256, sha256=NEW, text=OTHER_RENDERING, name="paper.xml")
    assert lost == []
    (claim,) = moved.claims
    start, end = claim.evidence.spans[0]
    assert OTHER_RENDERING[start:end].startswith("Acarbose (1,000 ppm) lowered fasting glucose by")
    assert OTHER_RENDERING[start:end].endswith("[7")
    assert claim.outcome.text == "fasting glucose"
    assert claim.route is not None and claim.route.start == OTHER_RENDERING.index("diet\n")
    assert claim.alternatives[0].outcome is not None and claim.alternatives[0].outcome.text == "glucose"
    assert [entity.text for entity in moved.entities] == ["Acarbose", "Miglitol"]
    assert OTHER_RENDERING[moved.scopes[0].start : moved.scopes[0].end].startswith("Abstract")
    errors = [finding for finding in lint_gold(moved, texts={NEW: OTHER_RENDERING}) if finding.severity == "error"]
    assert errors == []


def test_moving_to_the_same_text_changes_only_the_document(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    moved, lost = relocate_gold(gold, gold.documents[0].sha256, sha256=NEW, text=PAPER, name="paper.txt")
    assert lost == []
    assert moved.claims[0].outcome == gold.claims[0].outcome
    assert moved.claims[0].alternatives == gold.claims[0].alternatives
    assert moved.claims[0].evidence.sha256 == gold.claims[0].evidence.sha256


def test_missing_and_repeated_evidence_is_reported_not_guessed(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    sha256 = gold.documents[0].sha256
    for text in (
        PAPER.replace("lowered", "raised").replace("Acarbose (1,000", "It (9,000").replace("0.01", "0.5"),
        PAPER * 2,
    ):
        moved, lost = relocate_gold(gold, sha256, sha256=NEW, text=text, name="paper.txt")
        assert moved.claims == ()
        assert "claim" in [item.kind for item in lost]


def test_field_whose_words_are_gone_is_reported_and_the_claim_kept(tmp_path: Path) -> None:
    gold = labelled(tmp_path)
    text = PAPER.replace("UM-HET3", "outbred")
    moved, lost = relocate_gold(gold, gold.documents[0].sha256, sha256=NEW, text=text, name="paper.txt")
    assert moved.claims[0].strain is None
    assert [item.kind for item in lost] == ["strain"]
