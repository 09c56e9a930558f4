"""The report's figures, its errors and its plots, on invented papers and labels."""

import json
import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest

from pipeline.evaluation.gold import GoldClaim, GoldDocument, GoldScope, collect_gold
from pipeline.evaluation.reconciliation import evaluate
from pipeline.pages import collect_metrics, find_costly_errors, render_report, summarise_scores
from pipeline.pages.charts import draw_trend
from pipeline.pages.fields import describe_days, describe_value, format_number
from pipeline.pages.forest import collect_effects, draw_forest, find_scale, is_lifespan
from pipeline.pages.metrics import calibration
from tests.pages.building import hostile_paper, tabled_paper


def label(claim, sha256, **changes):
    """A gold claim that says what a claim's record says, with changes."""
    names = ("kind", "intervention", "outcome", "direction", "certainty", "negated", "dose", "strain", "sex", "effect")
    kept = {name: claim[name] for name in names if claim.get(name) is not None}
    evidence = {key: claim["evidence"][key] for key in ("spans", "table", "row") if key in claim["evidence"]}
    return GoldClaim.model_validate({"document": sha256, "evidence": evidence, **kept, **changes})


def gold_of(*papers, split="dev"):
    """Labels of whole papers: each paper's record, document and gold claims."""
    records = []
    for record, document, claims in papers:
        sha256 = record["sha256"]
        size = len(document.source)
        records.append(
            GoldDocument(sha256=sha256, text_sha256=record["text_sha256"], name=record["path"], characters=size)
        )
        records.append(
            GoldScope(document=sha256, start=0, end=size, covers=("claims", "tables"), section="All", split=split)
        )
        records += claims
    return collect_gold(records)


@pytest.fixture
def judged():
    """An evaluation of two papers: a turned direction, a spurious claim, a missed one, and the rest right."""
    first, second = hostile_paper(), tabled_paper()
    gold = gold_of(
        (*first[:2], [label(claim, first[0]["sha256"]) for claim in first[2][:2]]),
        (*second[:2], [label(claim, second[0]["sha256"]) for claim in second[2]]),
    )
    predicted = [*first[2], *second[2][:-1]]
    predicted[3] = {**predicted[3], "direction": "decrease", "why": ["direction: decrease (a <guess>)"]}
    documents = [first[0], second[0]]
    evaluation = evaluate(predicted, [], documents, gold, split="dev")
    return evaluation, predicted, documents, {paper[0]["sha256"]: paper[1] for paper in (first, second)}


def metrics_of(judged, **changes):
    evaluation, claims, documents, _ = judged
    values = {
        "name": "x", "documents": documents, "claims": claims, "failures": [], "mentions": {},
        "evaluations": {"dev": evaluation},
    }  # fmt: skip
    return collect_metrics(**{**values, **changes})


def report_of(judged, metrics=None, **changes):
    evaluation, claims, _, sources = judged
    values = {
        "claims": claims, "papers": {claim["doc_id"]: "a <b>.txt" for claim in claims},
        "errors": find_costly_errors(evaluation, sources), "version": "1",
    }  # fmt: skip
    return render_report(metrics or metrics_of(judged), **{**values, **changes})


def test_scores_carry_their_counts_and_add_up_over_papers_and_sections(judged):
    part = metrics_of(judged)["splits"]["dev"]
    whole = part["claims"]["all"]["claims"]
    assert (whole["tp"], whole["fp"], whole["fn"]) == (8, 1, 1)
    triple = part["claims"]["all"]["triple"]
    assert (triple["tp"], triple["fp"], triple["fn"]) == (7, 2, 2)
    assert triple["interval"]["f1"][0] <= triple["f1"] <= triple["interval"]["f1"][1]
    for parts in (part["papers"], part["sections"]):
        assert sum(scores["triple"]["tp"] for scores in parts.values()) == 7


def test_directions_confused_are_counted_by_label(judged):
    assert metrics_of(judged)["splits"]["dev"]["confusion"] == {
        "decrease": {"decrease": 1},
        "increase": {"decrease": 1, "increase": 5},
        "no_change": {"no_change": 1},
    }


def test_without_confidence_there_is_no_calibration_and_the_page_says_so(judged):
    assert metrics_of(judged)["splits"]["dev"]["calibration"] is None
    assert "Claims carry no confidence yet" in report_of(judged)


def test_calibration_counts_what_is_right_by_confidence():
    first, second = hostile_paper(), tabled_paper()
    claims = [{**claim, "confidence": 0.95} for claim in second[2]]
    claims.append({**first[2][0], "confidence": 0.25})
    gold = gold_of((*first[:2], []), (*second[:2], [label(claim, second[0]["sha256"]) for claim in second[2]]))
    evaluation = evaluate(claims, [], [first[0], second[0]], gold, split="dev")
    curve = calibration(evaluation.matching, least=1)
    assert [(entry["high"], entry["claims"], entry["right"]) for entry in curve["bins"]] == [(0.25, 1, 0), (0.95, 7, 7)]
    low, high = curve["bins"][1]["interval"]
    assert 0.6 < low < 0.7 and high == 1
    assert [entry["claims"] for entry in calibration(evaluation.matching)["bins"]] == [8]
    assert curve["error"] == pytest.approx((0.25 + 7 * 0.05) / 8, abs=1e-4)
    judged = evaluation, claims, [first[0], second[0]], {}
    page = report_of(judged)
    assert "Calibration, dev" in page and "Claims carry no confidence yet" not in page


def test_a_turned_direction_costs_most_and_both_sides_are_shown(judged):
    evaluation, _, _, sources = judged
    errors = find_costly_errors(evaluation, sources)
    assert [error.kind for error in errors][:3] == ["direction", "spurious", "missed"]
    assert ("direction", "increase", "decrease", True) in errors[0].sides
    assert "a <guess>" in errors[0].cause
    assert errors[1].cause.startswith("nothing is labelled at this place")
    assert errors[2].cause == "nothing was claimed at this place"
    shown = "".join(text for text, _, proof in errors[0].passage if proof)
    assert "Potoroo-A" in shown
    page = report_of(judged)
    assert "a &lt;guess&gt;" in page and "<guess>" not in page


def test_the_report_holds_no_markup_of_papers_and_is_the_same_each_time(judged):
    page = report_of(judged)
    assert page == report_of(judged)
    assert "<script" not in page and "<img" not in page
    assert "&lt;img src=x" in page
    assert "a &lt;b&gt;.txt" in page


def test_single_errors_of_the_test_part_are_shown_by_nobody(judged):
    evaluation, *_ = judged
    metrics = metrics_of(judged, evaluations={"test": evaluation})
    page = report_of(judged, metrics, errors=())
    assert "No development labels" in page and 'class="error' not in page


def test_metrics_are_plain_json(judged):
    metrics = metrics_of(judged)
    assert json.loads(json.dumps(metrics, allow_nan=False)) == metrics


def test_the_trend_is_drawn_from_two_runs_on(judged):
    metrics = metrics_of(judged)
    assert "A trend needs two runs" in report_of(judged, metrics)
    point = {"name": "old <1>", "date": "2026-01-02", "version": "0", "make": "abc", "claims": 3}
    metrics = metrics_of(judged, history=[{**point, "scores": summarise_scores(metrics)}])
    page = report_of(judged, metrics)
    assert "F1 of claims over runs" in page and "old &lt;1&gt;" in page


def test_names_of_lines_that_end_together_stand_apart():
    score = {"f1": 0.8}
    points = [{"name": str(number), "scores": {"dev": score, "test": score}} for number in range(40)]
    for compact in (False, True):
        root = ElementTree.fromstring(draw_trend(points, compact=compact))
        first, second = (float(text.get("y")) for text in root.iter("text") if text.get("class", "").startswith("name"))
        assert abs(first - second) >= 12
        width = float(root.get("width"))
        assert all(float(text.get("x")) + 60 <= width for text in root.iter("text") if "name" in text.get("class"))


def test_a_run_without_labels_or_claims_has_a_report():
    record, *_ = hostile_paper()
    failure = {
        "path": "bad <p>.pdf", "stage": "read", "page": 3, "table": None, "cause": "torn", "remedy": "mend",
        "survivable": False, "doc_id": None,
    }  # fmt: skip
    metrics = collect_metrics(name="x", documents=[record], claims=[], failures=[failure], mentions={}, evaluations={})
    page = render_report(metrics, claims=[], papers={}, errors=(), version="1")
    assert "None of these papers has hand labels" in page
    assert "bad &lt;p&gt;.pdf" in page and "page 3" in page and "paper lost" in page


def test_lifespan_is_how_long_animals_live():
    for words in ("median lifespan", "life span", "overall survival", "longevity"):
        assert is_lifespan({"name": words, "text": words}), words
    for words in ("progression-free survival", "cell survival", "graft survival", "body weight"):
        assert not is_lifespan({"name": words, "text": words}), words


def test_the_forest_plot_shows_each_change_with_its_value_and_a_description():
    record, _, claims = tabled_paper()
    effects = collect_effects(claims, {record["doc_id"]: "tables.md"})
    ((drug, rows),) = effects.groups
    assert [(row.strain, row.sex, row.change) for row in rows][:2] == [
        ("Potoroo-A", "female", -3.0),
        ("Potoroo-A", "male", 14.0),
    ]
    low, high = find_scale(effects)
    assert low <= -3 and high >= 21
    for compact in (False, True):
        drawing = draw_forest(drug, rows, name="f", low=low, high=high, compact=compact)
        root = ElementTree.fromstring(drawing)
        assert root.get("role") == "img" and root.find("title").text and "Potoroo-A" in root.find("desc").text
        written = " ".join(root.itertext())
        for value in ("+14 %", "−3 %", "+21 %"):
            assert value in written


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("ends", [(-90.0, 900.0), (-25.0, 900.0), (-10.0, 10.0), (-50.0, 25.0)])
def test_labels_of_the_scale_have_room_beside_each_other(compact, ends):
    record, _, claims = tabled_paper()
    ((drug, rows),) = collect_effects(claims, {record["doc_id"]: "tables.md"}).groups
    root = ElementTree.fromstring(draw_forest(drug, rows, name="f", low=ends[0], high=ends[1], compact=compact))
    texts = [text for text in root.iter("text") if text.get("class") == "soft" and (text.text or "").endswith("%")]
    places = sorted((float(text.get("x")), len(text.text)) for text in texts)
    assert len(places) >= 3
    for (left, first), (right, second) in pairwise(places):
        assert right - left > 6 * (first + second) / 2


def test_effects_without_a_percentage_are_counted_not_drawn():
    claims = hostile_paper()[2]
    claims[0] = {key: value for key, value in claims[0].items() if key != "effect"}
    effects = collect_effects(claims, {})
    assert effects.groups == () and effects.unstated == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("dose", {"text": "x", "low": 1.0, "high": 3.0, "unit": "mg/kg", "per": ["day"]}, "1 to 3 mg/kg per day"),
        ("dose", {"text": "x", "values": [0.5, 1.0], "unit": "mg"}, "0.5, 1 mg"),
        ("dose", {"text": "x", "high": 250.0, "unit": "mg"}, "up to 250 mg"),
        ("schedule", {"text": "x", "times": 1.0, "period_days": 7.0}, "once in 1 week"),
        ("age", {"text": "x", "low_days": 608.75, "high_days": 608.75}, "20 months"),
        ("effect", {"text": "x", "value": 90.0, "type": "percent_change", "change_percent": -90.0}, "−90 %"),
        (
            "effect",
            {"text": "x", "value": 0.62, "low": 0.4, "high": 0.9, "type": "hazard_ratio"},
            "HR 0.62 (0.4 to 0.9)",
        ),
        ("effect", {"text": "x", "value": 1.8, "type": "fold"}, "1.8-fold"),
        ("significance", {"text": "x", "p": 0.01, "p_relation": "<", "significant": True}, "p < 0.01 · significant"),
        (
            "species",
            {"text": "mice", "name": "Mus musculus", "id": "NCBITaxon:10090"},
            "Mus musculus · NCBITaxon:10090",
        ),
    ],
)
def test_values_are_put_into_words(name, value, words):
    assert describe_value(name, value) == words


def test_numbers_keep_their_size():
    assert [format_number(value) for value in (14.0, -3.5, 0.00012, 1234567.0, None)] == [
        "14", "−3.5", "0.00012", "1,234,567", "",
    ]  # fmt: skip
    assert [describe_days(days) for days in (42.0, 365.25, 10.0, 0.5)] == ["6 weeks", "1 year", "10 days", "0.5 days"]


def test_every_id_of_the_report_is_unique(judged):
    ids = re.findall(r'\bid="([^"]+)"', report_of(judged))
    assert len(ids) == len(set(ids))
