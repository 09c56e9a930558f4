"""What each corpus says of a claim: right, wrong, or nothing."""

from __future__ import annotations

import csv
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.model.claims import Direction
from pipeline.training.judge_corpora import (
    Answer,
    JudgedText,
    read_adverse_events,
    read_induced_diseases,
    read_trial_abstracts,
    read_trial_articles,
    shorten_article,
)
from tests.judge.building import make_claim

Judged = Callable[..., bool | None]


def judged(text: JudgedText) -> Judged:
    """Return a function that says whether (drug, outcome, direction) of a sentence is right by the text's labels."""
    source = text.data.decode()

    def judge(drug: str, outcome: str, direction: Direction, *, sentence: str | None = None) -> bool | None:
        start = 0 if sentence is None else source.index(sentence)
        end = len(source) if sentence is None else start + len(sentence)
        claim: Claim = make_claim(source, drug, outcome, direction, start=start, end=end)
        verdict = text.judge(claim)
        assert verdict is None or 0 < verdict.weight <= 1
        return None if verdict is None else verdict.right

    return judge


def test_induced_diseases_judge_increases_of_labelled_chemicals_and_diseases(tmp_path: Path) -> None:
    title, body = "Nausea after digoxin.", "Digoxin caused nausea but aspirin did not, and it raised glucose."
    text = f"{title} {body}"
    rows = [
        ("Nausea", "Disease", "D009325", 0),
        ("digoxin", "Chemical", "D004077", text.index("digoxin")),
        ("Digoxin", "Chemical", "D004077", text.index("Digoxin")),
        ("nausea", "Disease", "D009325", text.index("nausea")),
        ("aspirin", "Chemical", "D001241", text.index("aspirin")),
    ]
    lines = [f"7|t|{title}", f"7|a|{body}"]
    lines += [f"7\t{at}\t{at + len(name)}\t{name}\t{label}\t{concept}" for name, label, concept, at in rows]
    lines += ["7\tCID\tD004077\tD009325"]
    (tmp_path / "part.PubTator.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = read_induced_diseases(tmp_path)
    judge = judged(found)
    assert judge("Digoxin", "nausea", "increase") is True
    assert judge("aspirin", "nausea", "increase") is False
    assert judge("Digoxin", "nausea", "decrease") is None
    assert judge("Digoxin", "glucose", "increase") is None


def test_adverse_events_judge_by_drug_effect_and_negation(tmp_path: Path) -> None:
    first = "Rash developed after penicillin while the patient took aspirin."
    second = "No fever was seen after acarbose."

    def span(sentence: str, words: str) -> dict[str, object]:
        return {"text": [[words]], "start": [[sentence.index(words)]]}

    rows = [
        {"id": "9_1", "context": first, "annotations": [{"events": [{
            "event_type": "Adverse_event", "Effect": span(first, "Rash"),
            "Treatment": {"Drug": span(first, "penicillin")},
        }]}]},
        {"id": "9_2", "context": second, "annotations": [{"events": [{
            "event_type": "Adverse_event", "Effect": span(second, "fever"), "Negated": {},
            "Treatment": {"Drug": span(second, "acarbose")},
        }]}]},
    ]  # fmt: skip
    (tmp_path / "part.json").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    (found,) = read_adverse_events(tmp_path)
    judge = judged(found)
    assert judge("penicillin", "Rash", "increase") is True
    assert judge("aspirin", "Rash", "increase") is False
    assert judge("acarbose", "fever", "no_change") is True
    assert judge("acarbose", "fever", "increase") is False
    assert judge("penicillin", "fever", "mixed") is None


@pytest.mark.parametrize(
    ("p", "direction", "right"),
    [
        ("p < 0.01", "decrease", True),
        ("p < 0.01", "no_change", False),
        ("P = 0.31", "no_change", True),
        ("P = 0.31", "increase", False),
        ("95% CI", "increase", True),
    ],
)
def test_trial_abstracts_judge_by_endpoint_drug_and_the_sentences_p_value(
    tmp_path: Path, p: str, direction: Direction, right: bool
) -> None:
    text = f"Acarbose in adults\nAcarbose changed weight ({p}) and mood."
    spans = [
        {"tag": tag, "text": words, "start": text.rindex(words), "end": text.rindex(words) + len(words)}
        for tag, words in [
            ("Drug Intervention", "Acarbose"),
            ("Outcome (Study Endpoint)", "weight"),
            ("Statistical Significance", p),
        ]
    ]
    row = {"text": text, "spans": spans, "pmid": 1, "split": "train"}
    (tmp_path / "trialsieve_train_validation.json").write_text(json.dumps([row]), encoding="utf-8")
    (found,) = read_trial_abstracts(tmp_path)
    assert found.data.decode().startswith("Acarbose in adults\n\nAcarbose")
    judge = judged(found)
    assert judge("Acarbose", "weight", direction) is right
    assert judge("Acarbose", "mood", direction) is None
    assert judge("adults", "weight", direction) is None


def test_trial_articles_judge_by_the_answer_that_stands_on_the_claims_sentence(tmp_path: Path) -> None:
    sentence = "Metformin lowered fasting glucose more than acarbose."
    source = f"A trial\n\n{sentence} Metformin did not change weight.\n"
    questions = {"PromptID": "1", "Intervention": "metformin", "Comparator": "acarbose", "Outcome": "fasting glucose"}
    answers = {
        "PromptID": "1", "PMCID": "5", "Valid Label": "True", "Valid Reasoning": "True",
        "Label": "significantly decreased", "Evidence Start": str(source.index(sentence)),
        "Evidence End": str(source.index(sentence) + len(sentence)),
    }  # fmt: skip
    for name, row in (("prompts.csv", questions), ("annotations.csv", answers)):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(row))
            writer.writeheader()
            writer.writerow(row)
    with tarfile.open(tmp_path / "txt.tar.xz", "w:xz") as archive:
        entry = tarfile.TarInfo("txt/PMC5.txt")
        entry.size = len(source.encode())
        archive.addfile(entry, io.BytesIO(source.encode()))
    (found,) = read_trial_articles(tmp_path, articles=3)
    judge = judged(found)
    assert judge("Metformin", "fasting glucose", "decrease", sentence=sentence) is True
    assert judge("Metformin", "fasting glucose", "increase", sentence=sentence) is False
    assert judge("Metformin", "weight", "no_change", sentence="Metformin did not change weight.") is None
    assert judge("acarbose", "fasting glucose", "increase", sentence=sentence) is None


def test_shortened_article_keeps_title_headings_and_evidence_in_place() -> None:
    text = "TITLE: \nA trial\n\nBODY.METHODS:\nAdults took part.\n\n"
    text += "BODY.RESULTS:\nNothing here.\nGlucose fell. Weight rose.\n"
    places = [(text.index(words), text.index(words) + len(words)) for words in ("Glucose fell.", "here.\nGlucose")]
    answers = [Answer(start, end, {"Outcome": "glucose"}, "decrease") for start, end in places]
    short, (moved,) = shorten_article(text, answers)
    assert short[moved.start : moved.end] == "Glucose fell."
    assert short.split("\n\n") == ["TITLE: ", "A trial", "BODY.RESULTS:", "Glucose fell. Weight rose.", ""]
