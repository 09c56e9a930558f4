"""Claims are counted as kept under a drug's new name only with their direction and outcome."""

from __future__ import annotations

from pipeline.ingest.text import read_text
from pipeline.model import Claim, hash_bytes
from pipeline.run import extract
from pipeline.settings import Settings
from pipeline.training.measure_new_names import choose_drug, count_kept, rename_drug

TEXT = "Metformin lowered body weight in mice. Metformin raised survival. Mice received metformin (5 mg/kg).\n"


def read_claims(text: str) -> tuple[Claim, ...]:
    data = text.encode()
    return extract(read_text(data, name="a.txt", sha256=hash_bytes(data), settings=Settings())).claims


def test_drug_is_renamed_whatever_its_case() -> None:
    assert rename_drug(TEXT, "metformin", "zortol").lower().count("zortol") == 3


def test_claims_of_a_new_name_are_kept() -> None:
    before = read_claims(TEXT)
    assert choose_drug(before) == "metformin"
    after = read_claims(rename_drug(TEXT, "metformin", "zortol"))
    assert count_kept(before, after, "metformin", "zortol") == (2, 2)


def test_claims_turned_or_lost_are_not_kept() -> None:
    before = read_claims(TEXT)
    after = read_claims(TEXT.replace("lowered", "raised").replace("Metformin raised survival. ", ""))
    assert count_kept(before, after, "metformin", "metformin") == (0, 2)


def test_drug_with_one_claim_is_not_chosen() -> None:
    assert choose_drug(read_claims("Metformin lowered body weight in mice.\n")) is None
