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
    strain = moved.claims[0].strain
    assert strain is not None and (strain.text, strain.start, strain.source) == ("UM-HET3", None, "inferred")
    assert [item.kind for item in lost] == ["strain"]


def test_part_in_which_a_lost_claim_must_stand_is_no_longer_labelled(tmp_path: Path) -> None:
    """What a run finds there could be the lost claim: it is neither right nor wrong."""
    results = "Miglitol at 0.3, 1 and 3 mg/kg"
    labels = [
        {"type": "scope", "doc": "paper.txt", "section": "All", "covers": ["claims"], "lines": [3, 11]},
        glucose_label(),
        glucose_label(
            evidence="It may also delay cataract5–6.",
            intervention={"text": "It", "name": "acarbose"},
            outcome={"text": "cataract", "name": "cataract"},
            **dict.fromkeys(("dose", "species", "strain", "sex", "effect", "significance")),
        ),
        glucose_label(
            evidence=f"{results} attenuated weight loss in rats.",
            intervention={"text": "Miglitol", "name": "miglitol"},
            outcome={"text": "weight loss", "name": "weight loss"},
            **dict.fromkeys(("dose", "species", "strain", "sex", "effect", "significance")),
        ),
    ]
    gold, unplaced = place_labels([write_labels(tmp_path, *labels)], texts=tmp_path)
    assert unplaced == []
    text = PAPER.replace("It may also delay cataract5–6.", "A delay of opacities is possible.")
    moved, lost = relocate_gold(gold, gold.documents[0].sha256, sha256=NEW, text=text, name="paper.txt")
    assert [claim.intervention.name for claim in moved.claims] == ["acarbose", "miglitol"]
    assert "claim" in [item.kind for item in lost]
    kept = [text[scope.start : scope.end] for scope in moved.scopes]
    assert len(kept) == 2 and not any("opacities" in piece for piece in kept)
    assert kept[0].startswith("Abstract") and results in kept[1]
