"""Quotes become offsets; what has no certain place is reported, never guessed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.placing import main, place_labels

from .papers import GLUCOSE, PAPER, glucose_label, write_labels


def place(folder: Path, *labels: dict[str, Any]):  # type: ignore[no-untyped-def]
    return place_labels([write_labels(folder, *labels)], texts=folder)


def test_quote_on_one_line_finds_the_sentence_over_its_broken_word(tmp_path: Path) -> None:
    gold, unplaced = place(tmp_path, glucose_label())
    assert unplaced == []
    (claim,) = gold.claims
    ((start, end),) = claim.evidence.spans
    assert PAPER[start:end] == GLUCOSE.replace("glucose", "glu-\ncose")
    assert claim.outcome.text == "fasting glu-\ncose"
    assert PAPER[claim.outcome.start : claim.outcome.end] == claim.outcome.text
    assert (claim.certainty, claim.negated, claim.intervention.kind) == ("asserted", False, "drug")


def test_short_word_is_not_found_inside_a_longer_one(tmp_path: Path) -> None:
    label = glucose_label(evidence={"from": "by 14 %", "to": "(p < 0.01)7."}, intervention={"text": "p", "name": "p"})
    label |= {"outcome": {"text": "14 %"}, "sex": {"text": "male", "nth": 1, "value": "male"}}
    label |= {"dose": None}
    gold, unplaced = place(tmp_path, label)
    assert unplaced == []
    assert PAPER[gold.claims[0].sex.start - 3 : gold.claims[0].sex.end] == "in male"
    second = label | {"sex": {"text": "male", "nth": 2, "value": "female"}}
    _, unplaced = place(tmp_path, second)
    assert ["'male' stands only 1 of 2" in item.reason for item in unplaced] == [True]


def test_citation_mark_and_note_mark_glued_to_a_value_do_not_hide_it(tmp_path: Path) -> None:
    row = {"type": "claim", "doc": "paper.txt", "table": "1", "row": 0, "evidence": {"lines": [16, 16]}}
    row |= {
        "intervention": {"text": "acarbose", "where": "effect of acarbose on", "source": "caption"},
        "outcome": {"text": "lifespan", "where": "Δ lifespan (%)", "source": "header", "statistic": "median"},
        "direction": "no_change",
        "effect": {"text": "-3.5", "value": -3.5, "control": {"text": "954", "value": 954, "unit": "d"}},
        "significance": {"text": "NS", "significant": False},
    }
    gold, unplaced = place(tmp_path, row)
    assert unplaced == []
    (claim,) = gold.claims
    assert (claim.kind, claim.evidence.table, claim.evidence.row) == ("table", "1", 0)
    assert claim.effect.text == "−3.5"
    assert PAPER[claim.outcome.start - 2 : claim.outcome.end + 4] == "Δ lifespan (%)"
    assert (claim.effect.source, claim.outcome.source) == ("row", "header")


def test_repeated_quote_without_line_is_reported_and_with_line_placed(tmp_path: Path) -> None:
    label = glucose_label(evidence={"from": "Miglitol at", "to": "."}, intervention={"text": "Miglitol"})
    label = {key: label[key] for key in ("type", "doc", "evidence", "intervention", "direction")}
    label["outcome"] = {"text": "sleep"}
    gold, unplaced = place(tmp_path, label)
    assert gold.claims == ()
    assert "ambiguous" in unplaced[0].reason and "lines 10, 11" in unplaced[0].reason
    label["evidence"] = {"from": "Miglitol at", "to": "sleep."}
    gold, unplaced = place(tmp_path, label | {"line": 12})
    assert unplaced == []
    assert PAPER[slice(*gold.claims[0].evidence.spans[0])].endswith("did not change sleep.")


def test_where_needs_a_source(tmp_path: Path) -> None:
    _, unplaced = place(tmp_path, glucose_label(route={"text": "in the diet", "where": "Given in the diet"}))
    assert ["no `source`" in item.reason for item in unplaced] == [True]


def test_missing_field_is_reported_and_the_claim_kept(tmp_path: Path) -> None:
    gold, unplaced = place(tmp_path, glucose_label(route={"text": "orally", "name": "oral"}))
    assert len(gold.claims) == 1
    assert gold.claims[0].route is None
    assert [(item.line, "'orally' stands nowhere" in item.reason) for item in unplaced] == [(1, True)]


def test_missing_quote_and_wrong_value_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    gold, unplaced = place(
        tmp_path,
        glucose_label(evidence="Nobody wrote this."),
        glucose_label(direction="up"),
        {"type": "claim", "doc": "paper.txt"},
        {"type": "claim", "doc": "elsewhere.txt"},
        glucose_label(),
    )
    assert len(gold.claims) == 1
    assert [item.line for item in unplaced] == [1, 2, 3, 4]
    assert "direction" in unplaced[1].reason
    assert "missing 'evidence'" in unplaced[2].reason


def test_alternative_with_text_replaces_and_without_text_changes_one_value(tmp_path: Path) -> None:
    label = {
        "type": "claim", "doc": "paper.txt", "line": 10, "evidence": {"from": "Miglitol at", "to": "rats."},
        "intervention": {"text": "Miglitol", "name": "miglitol"},
        "outcome": {"text": "weight loss", "name": "weight loss"}, "direction": "decrease",
        "alternatives": [
            {"outcome": {"text": "weight"}, "direction": "increase"}, {"intervention": {"role": "inducer"}},
        ],
    }  # fmt: skip
    gold, unplaced = place(tmp_path, label)
    assert unplaced == []
    first, second = gold.claims[0].alternatives
    assert (first.outcome.text, first.outcome.name, first.direction) == ("weight", None, "increase")
    assert (second.intervention.name, second.intervention.role) == ("miglitol", "inducer")
    assert second.model_fields_set == {"intervention"}


def test_alternative_that_is_no_field_or_has_no_place_is_reported(tmp_path: Path) -> None:
    gold, unplaced = place(tmp_path, glucose_label(alternatives=[{"role": "inducer"}, {"outcome": {"text": "mood"}}]))
    assert gold.claims[0].alternatives == ()
    assert [item.reason.split(":")[0] for item in unplaced] == [
        "alternative left out",
        "outcome",
        "alternative left out",
    ]


def test_bare_number_is_looked_for_outside_the_other_fields(tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("Acarbose, DBA/2 9 months 812 9 weight", encoding="utf-8")
    label = {"type": "claim", "doc": "paper.txt", "evidence": {"lines": [1, 1]}, "direction": "increase"}
    label |= {"intervention": {"text": "Acarbose"}, "outcome": {"text": "weight"}, "age": {"text": "9 months"}}
    label |= {"strain": {"text": "DBA/2"}, "effect": {"text": "9", "value": 9}}
    path = tmp_path / "labels.jsonl"
    for effect, start in [({"text": "9"}, 29), ({"text": "9", "nth": 1}, 16)]:
        path.write_text(json.dumps({**label, "effect": effect}), encoding="utf-8")
        gold, unplaced = place_labels([path], texts=tmp_path)
        assert unplaced == []
        assert gold.claims[0].effect.start == start


def test_defaults_apply_until_replaced_and_a_null_drops_one(tmp_path: Path) -> None:
    shared = {"doc": "paper.txt", "intervention": {"text": "Acarbose"}, "strain": {"text": "UM-HET3"}}
    bare = {"type": "claim", "evidence": GLUCOSE, "outcome": {"text": "glucose"}, "direction": "decrease"}
    gold, unplaced = place(
        tmp_path,
        {"type": "defaults", "set": shared},
        bare,
        bare | {"strain": None},
        {"type": "defaults", "set": {}},
        bare,
    )
    assert sorted(claim.strain is None for claim in gold.claims) == [False, True]
    assert [item.line for item in unplaced] == [5]


def test_same_evidence_and_several_fragments(tmp_path: Path) -> None:
    label = glucose_label(evidence=["It may also delay cataract5–6.", {"lines": [10, 10]}])
    label = {key: label[key] for key in ("type", "doc", "evidence", "direction")}
    label |= {"intervention": {"text": "Miglitol"}, "outcome": {"text": "cataract"}}
    gold, unplaced = place(tmp_path, label, label | {"evidence": "same", "outcome": {"text": "weight loss"}})
    assert unplaced == []
    assert gold.claims[0].evidence == gold.claims[1].evidence
    assert len(gold.claims[0].evidence.spans) == 2


def test_entities_mark_every_whole_word_and_leave_parts_to_the_longer_name(tmp_path: Path) -> None:
    many = {"type": "entities", "doc": "paper.txt", "lines": [1, 11], "label": "CHEMICAL", "role": "drug"}
    many |= {"text": ["Acarbose", "Miglitol"], "except": [4]}
    sexes = {"type": "entities", "doc": "paper.txt", "lines": [4, 6], "label": "SEX", "text": ["male", "female"]}
    one = {"type": "entity", "doc": "paper.txt", "line": 7, "label": "STRAIN", "text": "UM-HET3"}
    gold, unplaced = place(tmp_path, many, sexes, one)
    assert unplaced == []
    found = [(entity.label, entity.text) for entity in gold.entities]
    assert found.count(("CHEMICAL", "Acarbose")) == 2
    assert found.count(("CHEMICAL", "Miglitol")) == 2
    assert [text for label, text in found if label == "SEX"] == ["male", "female"]
    assert all(PAPER[entity.start : entity.end] == entity.text for entity in gold.entities)


def test_scope_by_lines_and_by_quotes(tmp_path: Path) -> None:
    lines = {"type": "scope", "doc": "paper.txt", "covers": ["claims"], "lines": [3, 7], "section": "Abstract"}
    quotes = {"type": "scope", "doc": "paper.txt", "covers": ["tables"], "section": "Table 1", "table": "1"}
    quotes |= {"from": "Table 1 |", "to": "not significant.", "split": "test"}
    gold, unplaced = place(tmp_path, lines, quotes)
    assert unplaced == []
    assert [PAPER[scope.start : scope.end][:8] for scope in gold.scopes] == ["Abstract", "Table 1 "]
    assert PAPER[gold.scopes[0].start : gold.scopes[0].end].endswith("follow.")
    assert gold.scopes[1].split == "test"


def test_gold_file_holds_no_sentence_and_reads_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = write_labels(tmp_path, glucose_label(note="sure"))
    out = tmp_path / "gold.jsonl"
    assert main([str(labels), "--texts", str(tmp_path), "--out", str(out)]) == 0
    assert "placed 1 claims" in capsys.readouterr().out
    written = out.read_text(encoding="utf-8")
    assert "lowered" not in written and "sure" not in written
    gold, _ = place_labels([labels], texts=tmp_path)
    assert load_gold(out) == gold
    assert main([str(labels), "--texts", str(tmp_path), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == written


def test_check_writes_nothing_and_fails_on_what_is_left(tmp_path: Path) -> None:
    labels = write_labels(tmp_path, glucose_label(evidence="Nobody wrote this."))
    assert main([str(labels), "--texts", str(tmp_path), "--check"]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["labels.jsonl", "paper.txt"]


def test_examples_of_the_format_page_keep_the_format(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "corpus" / "gold" / "FORMAT.md").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    examples = [decoder.raw_decode(page, match.start())[0] for match in re.finditer(r'\{"type": "(?!defaults)', page)]
    assert [example["type"] for example in examples] == ["scope", "scope", "claim", "claim", "entity", "entities"]
    lines = ["The effect of acarbose on the lifespan of mice", "Δ lifespan (%)", examples[2]["evidence"]]
    lines += ["The mice of UM-HET3 mice were fed. acarbose acarbose Acarbose acarbose"]
    lines += ["C57BL/6J Male 9 months 1,000 ppm Diet 954 −3.5NS"]
    source = "\n".join(lines)
    (tmp_path / "paper.txt").write_text(source, encoding="utf-8")
    examples = [example for example in examples if example["type"] != "scope"]
    examples[1] |= {"line": 5, "evidence": {"lines": [5, 5]}}
    examples[2] |= {"line": 4}
    examples[3] |= {"lines": [4, 4]}
    labels = tmp_path / "labels.jsonl"
    labels.write_text("\n".join(json.dumps(example) for example in examples), encoding="utf-8")
    gold, unplaced = place_labels([labels], texts=tmp_path)
    assert unplaced == []
    assert (len(gold.claims), len(gold.entities)) == (2, 4)
