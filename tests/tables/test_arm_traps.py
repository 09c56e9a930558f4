"""Arms whose comparator is easily mistaken: challenged codes, a drug without the model, ambiguous short forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction

from .test_arm_sets import LETTERS, _article, _told

Extract = Callable[[tuple[Document, Table]], TableExtraction]


def _read(extract: Extract, rows: Sequence[str], *notes: str, text: str = ".") -> list[tuple[str, str | None, str]]:
    claims: Sequence[Claim] = extract(_article(rows, caption="Growth", notes=(LETTERS, *notes), text=text)).claims
    return _told(claims)


def test_challenged_codes_are_compared_with_the_challenged_one(extract: Extract) -> None:
    rows = ["Item|T1|T2|T3", "Weight, g|800^a|600^c|700^b"]
    note = "T1, basal diet; T2, basal diet + Eimeria challenge; T3, basal diet + Eimeria challenge + thyme oil."
    assert _read(extract, rows, note) == [("thyme oil", "T2", "increase")]


def test_challenge_that_only_some_tell_gives_nothing(extract: Extract) -> None:
    rows = ["Item|T1|T2|T3", "Weight, g|800^a|600^c|700^b"]
    note = "T1, basal diet; T2, basal diet + Eimeria challenge; T3, basal diet + thyme oil."
    assert _read(extract, rows, note) == []


def test_drug_without_the_model_is_compared_with_the_control(extract: Extract) -> None:
    rows = ["Item|Control|HFD|Quercetin|HFD + quercetin", "Weight, g|25^a|40^c|24^a|32^b"]
    assert _read(extract, rows) == [("quercetin", "Control", "no_change"), ("quercetin", "HFD", "decrease")]


@pytest.mark.parametrize(("code", "note"), [("HD", "HD, high dose."), ("DM", "DM, dried mealworm."), ("WD", "")])
def test_short_forms_of_other_things_are_no_model(extract: Extract, code: str, note: str) -> None:
    rows = [f"Item|Control|Green tea extract|{code}", "TG, mg/dl|120^a|100^b|80^c"]
    found = [row for row in _read(extract, rows, note) if row[0] == "green tea extract"]
    assert found == [("green tea extract", "Control", "decrease")]


def test_legend_tells_of_a_code_before_its_usual_meaning(extract: Extract) -> None:
    rows = ["Item|NC|Curcumin|Indomethacin", "Paw volume, ml|1.1^a|1.6^b|1.5^b"]
    assert all(row[1] != "NC" for row in _read(extract, rows, "NC, nanocurcumin."))


@pytest.mark.parametrize(
    "text",
    [
        "Rats of groups T1, T2 and T3 received quercetin and were killed at 0, 7 and 14 days, respectively.",
        "In T1, T2 and T3 olive pomace replaced 0, 10 and 20% soybean meal, respectively.",
        "Groups T1, T2 and T3 were lambs that received zinc, 10, 11 and 12 lambs respectively.",
    ],
)
def test_numbers_of_other_things_are_no_doses_of_the_arms(extract: Extract, text: str) -> None:
    assert _read(extract, ["Item|T1|T2|T3", "Weight, g|800^a|600^c|700^b"], text=text) == []


@pytest.mark.parametrize("head", ["P (linear)", "P quadratic", "p for linearity"])
def test_p_of_a_trend_compares_no_arms(extract: Extract, head: str) -> None:
    rows = [f"Item|Placebo|Vitamin D 1000 IU|Vitamin D 4000 IU|{head}", "IL-6, pg/ml|2.1 ± 0.2|1.9 ± 0.2|1.5 ± 0.1|0.2"]
    claims = extract(_article(rows, caption="Cytokines")).claims
    assert all(claim.significance is None for claim in claims)


def test_extracts_keep_all_their_words(extract: Extract) -> None:
    rows = ["Item|Diabetic control|Diabetic + Bixa leaf extract|Diabetic + Bixa seed oil", "Glucose|300^a|200^b|220^b"]
    assert [row[0] for row in _read(extract, rows)] == ["Bixa leaf extract", "Bixa seed oil"]
