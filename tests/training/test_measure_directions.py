"""Drug prompts are told from others by what our own reading finds in their words, and counted apart."""

from __future__ import annotations

from collections import Counter

from pipeline.ingest.text import read_text
from pipeline.model import Claim, hash_bytes
from pipeline.run import extract
from pipeline.settings import Settings
from pipeline.training.measure_directions import Prompt, choose_claim, count_prompt, name_drugs, tell_counts

TEXT = "Metformin lowered glucose in 30 adults (P < 0.01). Metformin did not change weight."


def read_claims() -> tuple[Claim, ...]:
    data = TEXT.encode()
    return extract(read_text(data, name="note.txt", sha256=hash_bytes(data), settings=Settings())).claims


def prompt(outcome: str, direction: str, quote: str) -> Prompt:
    start = TEXT.index(quote)
    return Prompt("PMC1", outcome, "metformin", "placebo", direction, start, start + len(quote), quote)


def test_a_phrase_names_a_drug_where_a_substance_is_given_or_opens_it() -> None:
    drugs = ["sitagliptin  100 mg/day", "group B: 2 mg/kg ketamine", "zinc 20 mg/day", "usual care plus warfarin"]
    others = ["placebo", "usual care", "monitoring of blood glucose at home", "a lecture by telephone", "Group A", " "]
    assert name_drugs([*others, *drugs, *drugs]) == frozenset(drugs)


def test_coverage_and_direction_are_counted_apart() -> None:
    counts: Counter[str] = Counter()
    claims = read_claims()
    for one in (
        prompt("fasting glucose", "decrease", "lowered glucose"),
        prompt("body weight", "decrease", "did not change weight"),
        prompt("insulin", "no_change", "did not change weight"),
    ):
        count_prompt(one, choose_claim(one, claims), counts)
    assert counts == {"prompts": 3, "covered": 2, "right": 1}
    line = tell_counts("drug prompts", counts)
    assert line == "drug prompts: covered 2 of 3 (0.667), direction right 1 of 2 (0.500), end to end 0.333"


def test_rates_of_nothing_are_not_given() -> None:
    line = tell_counts("drug prompts", Counter())
    assert line == "drug prompts: covered 0 of 0 (-), direction right 0 of 0 (-), end to end -"
