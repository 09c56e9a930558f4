"""Lint finds what the schema cannot see."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.evaluation.gold import Gold, GoldDocument, load_gold, save_gold
from pipeline.evaluation.lint import Finding, lint_gold, main
from pipeline.evaluation.placing import place_labels

from .cases import SHA, entity, gold_of, label, scope
from .papers import PAPER, glucose_label, write_labels

PLACED = {"text": "metformin", "start": 0, "end": 9, "name": "metformin", "kind": "drug"}
OUTCOME = {"text": "glucose", "start": 20, "end": 27, "name": "glucose"}
ENTITIES = scope(0, 9, "Results", covers=("claims", "entities"))


def clean(sentence: int = 0, **fields: Any) -> Any:
    return label(sentence, **{"intervention": PLACED, "outcome": OUTCOME, **fields})


def rules(gold: Gold, **options: Any) -> list[str]:
    return [finding.rule for finding in lint_gold(gold, **options)]


def test_sound_gold_has_no_findings() -> None:
    gold = gold_of(clean(), entity(0, 9, "CHEMICAL"), scopes=[ENTITIES])
    assert lint_gold(gold) == []


def test_field_without_place_must_be_inferred() -> None:
    assert rules(gold_of(clean(route={"text": "oral"}))) == ["offsets"]
    assert rules(gold_of(clean(route={"text": "oral", "source": "inferred"}))) == []


def test_offsets_beyond_the_text_and_words_that_stand_elsewhere() -> None:
    assert rules(gold_of(clean(route={"text": "oral", "start": 20_000, "end": 20_004, "source": "section"}))) == [
        "offsets"
    ]
    text = "metformin lowered   glucose" + " " * 9_973
    assert rules(gold_of(clean()), texts={SHA: text})[:1] == ["offsets"]
    moved = {**OUTCOME, "start": 21, "end": 28}
    found = lint_gold(gold_of(clean(outcome=moved)), texts={SHA: text})
    assert any("'glucose' stands not at [21, 28)" in finding.message for finding in found)


def test_claim_or_entity_outside_every_scope() -> None:
    far = {"text": "metformin", "start": 5000, "end": 5009}
    outcome = {**OUTCOME, "start": 5010, "end": 5017}
    assert rules(gold_of(label(50, intervention=far, outcome=outcome))) == ["scope"]
    assert rules(gold_of(entity(0, 9, "CHEMICAL"))) == ["scope"]


def test_split_leaks() -> None:
    one_section = [scope(0, 4, "Results"), scope(5, 9, "Results", split="test")]
    assert rules(gold_of(scopes=one_section)) == ["split"]
    overlapping = [scope(0, 5, "A"), scope(5, 9, "B", split="test")]
    assert rules(gold_of(scopes=overlapping)) == ["split"]
    assert rules(gold_of(scopes=[scope(0, 9, "A", split=None)])) == ["split"]


def test_same_sentence_in_both_splits_is_a_leak() -> None:
    twin = clean(10).model_copy(update={"evidence": clean().evidence.model_copy(update={"spans": ((1000, 1080),)})})
    fields = {"source": "section"}
    moved = {
        "intervention": twin.intervention.model_copy(update=fields),
        "outcome": twin.outcome.model_copy(update=fields),
    }
    assert rules(gold_of(clean(), twin.model_copy(update=moved))) == ["split"]


def test_claim_whose_drug_is_no_labelled_mention() -> None:
    gold = gold_of(clean(), entity(30, 39, "CHEMICAL"), scopes=[ENTITIES])
    assert rules(gold) == ["drug"]


def test_claim_labelled_twice_and_negated_change() -> None:
    assert rules(gold_of(clean(), clean())) == ["duplicate"]
    assert rules(gold_of(clean(negated=True))) == ["direction"]


def test_overlap_within_a_label_but_not_between_labels() -> None:
    inside = [
        entity(0, 9, "CHEMICAL", "metformin"),
        entity(0, 4, "GENE", "metf"),
        entity(5, 12, "CHEMICAL", "rmin lo"),
    ]
    assert rules(gold_of(*inside, scopes=[ENTITIES])) == ["overlap"]


def test_same_words_with_labels_that_do_not_go_together() -> None:
    both = [entity(0, 6, "STRAIN", "Sod1-1"), entity(20, 26, "GENE", "sod1-1")]
    (finding,) = lint_gold(gold_of(*both, scopes=[ENTITIES]))
    assert (finding.severity, finding.rule) == ("warning", "labels")
    measured = [entity(0, 6, "DISEASE", "asthma"), entity(0, 6, "OUTCOME", "asthma")]
    assert rules(gold_of(*measured, scopes=[ENTITIES])) == []


def test_number_that_does_not_stand_in_its_words() -> None:
    dose = {"text": "5 mg", "start": 30, "end": 34, "low": 50, "high": 50, "unit": "mg"}
    assert rules(gold_of(clean(dose=dose))) == ["number"]
    thousand = {"text": "1,000 ppm", "start": 30, "end": 39, "low": 1000, "high": 1000, "unit": "[ppm]"}
    assert rules(gold_of(clean(dose=thousand))) == []


def test_interval_beside_an_effect_must_stand_in_the_evidence() -> None:
    text = "metformin lowered   glucose, ratio 0.60 (0.39, 0.92)" + " " * 9_948
    effect = {"text": "0.60", "start": 35, "end": 39, "value": 0.6, "low": 0.39, "type": "odds_ratio"}
    for high, found in ((0.92, []), (0.95, ["effect 0.95 does not stand in the evidence"])):
        claim = clean(effect={**effect, "high": high})
        evidence = claim.evidence.model_copy(update={"sha256": ""})
        gold = gold_of(claim.model_copy(update={"evidence": evidence}))
        assert [item.message for item in lint_gold(gold, texts={SHA: text})] == found
        assert lint_gold(gold) == []


def test_range_that_is_the_effect_must_stand_in_its_words() -> None:
    effect = {"text": "10–14 %", "start": 30, "end": 37, "low": 10, "high": 41, "unit": "%"}
    assert rules(gold_of(clean(effect=effect))) == ["number"]


def test_field_said_to_stand_in_the_sentence_but_outside_it() -> None:
    assert rules(gold_of(clean(strain={"text": "DBA/2", "start": 500, "end": 505}))) == ["source"]


def test_labels_of_an_unknown_document_and_a_document_without_labels() -> None:
    stranger = GoldDocument(sha256="f" * 64, text_sha256="f" * 64, name="other.txt", characters=1)
    gold = gold_of(clean())
    assert rules(Gold((*gold.documents, stranger), gold.scopes, gold.claims)) == ["document"]
    assert "document" in rules(Gold((), gold.scopes, gold.claims))


def test_command_checks_placed_gold_against_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = {"type": "scope", "doc": "paper.txt", "covers": ["claims"], "lines": [3, 7], "section": "Abstract"}
    gold, _ = place_labels([write_labels(tmp_path, {**where, "split": "dev"}, glucose_label())], texts=tmp_path)
    path = tmp_path / "gold.jsonl"
    save_gold(gold, path)
    assert main([str(path), "--texts", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"
    claim = gold.claims[0].model_copy(
        update={"evidence": gold.claims[0].evidence.model_copy(update={"spans": ((0, 9),)})}
    )
    save_gold(Gold(gold.documents, gold.scopes, (claim,)), path)
    assert main([str(path), "--texts", str(tmp_path)]) == 1
    assert PAPER[0:9] not in path.read_text(encoding="utf-8").replace("Acarbose", "")


def test_line_that_breaks_the_schema_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"type": "entity", "document": "a", "label": "COLOUR", "start": 0, "end": 1, "text": "x"}\n')
    with pytest.raises(SettingsError, match="line 1"):
        load_gold(path)
    with pytest.raises(SettingsError, match="no gold"):
        load_gold(tmp_path / "nowhere")


def test_findings_read_as_one_line() -> None:
    assert str(Finding("error", "split", "paper.txt@3", "leak")) == "error [split] paper.txt@3: leak"
