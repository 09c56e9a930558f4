"""Confidence on claims: every claim has one, the same each time, and weaker statements get less."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.reconciliation import evaluate
from pipeline.model import Claim
from pipeline.pages.metrics import calibration
from pipeline.run import extract, read
from tests.extracted_papers import INVENTED, PROJECT, SAMPLES, extract_again, extract_paper, list_papers

REASONS = 3
TWINS = {
    "may is less than did": (
        "Metformin lowered body weight in rats.",
        "Metformin may lower body weight in rats.",
    ),
    "might is less than does": (
        "Acarbose prevents cataract in mice.",
        "Acarbose might prevent cataract in mice.",
    ),
    "appearing to is less than doing": (
        "Rapamycin reduces tumour growth in mice.",
        "Rapamycin appears to reduce tumour growth in mice.",
    ),
    "a pronoun is less than a name": (
        "Metformin was given to rats. Metformin lowered fasting glucose.",
        "Metformin was given to rats. It lowered fasting glucose.",
    ),
    "a class word is less than a name": (
        "Acarbose was added to the food of mice. Acarbose extended lifespan.",
        "Acarbose was added to the food of mice. This drug extended lifespan.",
    ),
}


def read_claims(text: str, folder: Path) -> list[Claim]:
    path = folder / "paper.txt"
    path.write_text(f"This report is on medicines in later life.\n\n{text}\n", encoding="utf-8")
    return list(extract(read(path)).claims)


@pytest.mark.parametrize("name", list_papers(), ids=lambda name: name.rsplit("/", 1)[-1])
def test_every_claim_has_a_confidence_between_zero_and_one(name: str) -> None:
    claims = extract_paper(name).claims
    assert claims
    for claim in claims:
        assert claim.confidence is not None
        assert 0 <= claim.confidence <= 1


@pytest.mark.parametrize("name", sorted(INVENTED))
def test_confidence_and_its_reasons_are_the_same_on_two_runs(name: str) -> None:
    first, second = (
        [(claim.claim_id, claim.confidence, claim.why[-1]) for claim in extract_again(name).claims] for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("twins", TWINS.values(), ids=TWINS)
def test_weaker_statement_gets_less_than_its_plain_twin(twins: tuple[str, str], tmp_path: Path) -> None:
    plain, weaker = (read_claims(text, tmp_path) for text in twins)
    assert len(plain) == len(weaker) == 1
    assert plain[0].direction == weaker[0].direction
    assert plain[0].confidence is not None
    assert weaker[0].confidence is not None
    assert weaker[0].confidence < plain[0].confidence


def test_why_ends_with_at_most_three_reasons_for_the_confidence(tmp_path: Path) -> None:
    (claim,) = read_claims("Metformin may lower body weight in rats.", tmp_path)
    line = claim.why[-1]
    assert line.startswith(f"confidence: {claim.confidence:.3f}")
    named = line.count("; ") + line.count("for it: ") + line.count("against it: ")
    assert 1 <= named <= REASONS


def test_confidence_spreads_over_claims() -> None:
    found = {claim.confidence for name in INVENTED for claim in extract_paper(name).claims if claim.kind == "prose"}
    assert len(found) > len(INVENTED)


def test_confidence_of_a_labelled_paper_reaches_the_calibration_of_the_report() -> None:
    extraction = extract_paper((SAMPLES / "carvedilol-rats.txt").as_posix())
    records = extraction.records()
    gold = load_gold(PROJECT / "corpus" / "gold" / "samples.jsonl")
    matching = evaluate(list(records.claims), [], [records.document or {}], gold, split="dev").matching
    curve = calibration(matching)
    assert curve is not None
    assert (curve["without"], curve["claims"] > len(INVENTED)) == (0, True)
