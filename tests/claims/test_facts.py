"""What a whole paper establishes for its sentences: species, regimen and substances given; what it never lends them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read

RATS = """Metformin and the ageing rat

Introduction

Old rats lose weight [1, 2], and they eat less than young ones [1]. They also sleep more [2, 3].

Methods

Rats were randomly assigned to metformin 100 mg/kg by gavage or to vehicle. All rats were weighed weekly.

Results

{finding} All of the work took place in the old building by the river.

References

1. Ada Example, Bo Example. Sugar in old rats. J Invent Med 2001;1:1-9.
2. Bo Example. More sugar in old rats. J Invent Med 2002;2:1-9.
3. Cy Example. Less sugar in old rats. J Invent Med 2003;3:1-9.
"""
REVIEW = """Metformin and ageing

This review discusses metformin. In one trial, rats received metformin 100 mg/kg by gavage.

{finding} All of the work took place in the old building by the river.
"""
CELLS = """Metformin and cells

This review discusses metformin.

{finding} All of the work took place in the old building by the river.
"""


@pytest.fixture
def read_claims(tmp_path: Path) -> Callable[[str, str], list[Claim]]:
    """A function that reads a finding as part of a paper and gives the finding's claims."""

    def read_finding(paper: str, finding: str) -> list[Claim]:
        path = tmp_path / "paper.txt"
        path.write_text(paper.format(finding=finding), encoding="utf-8")
        return [claim for claim in extract(read(path)).claims if finding.startswith(claim.evidence.text[:20])]

    return read_finding


def test_results_of_an_experiment_are_in_its_species(read_claims: Callable[[str, str], list[Claim]]) -> None:
    (claim,) = read_claims(RATS, "Metformin lowered fasting glucose.")
    assert claim.species is not None
    assert (claim.species.text.lower(), claim.species.id) == ("rats", "NCBITaxon:10116")
    assert claim.species.source in ("section", "document")
    assert claim.source_kind == "own"


def test_only_regimen_of_an_experiment_holds_for_its_results(
    read_claims: Callable[[str, str], list[Claim]],
) -> None:
    (claim,) = read_claims(RATS, "Metformin lowered fasting glucose.")
    assert claim.dose is not None
    assert (claim.dose.text, claim.dose.low, claim.dose.unit, claim.dose.per) == (
        "100 mg/kg",
        100,
        "mg/kg",
        ("body weight",),
    )
    assert claim.dose.source in ("section", "document")


def test_other_drug_has_no_part_in_that_regimen(read_claims: Callable[[str, str], list[Claim]]) -> None:
    (claim,) = read_claims(RATS, "Acarbose lowered fasting glucose.")
    assert claim.intervention.name == "acarbose"
    assert claim.dose is None


def test_cited_finding_has_neither_species_nor_dose_of_the_experiment(
    read_claims: Callable[[str, str], list[Claim]],
) -> None:
    (claim,) = read_claims(RATS, "Metformin lowered fasting glucose in others' hands [3].")
    assert (claim.species, claim.dose, claim.source_kind) == (None, None, "cited")


def test_general_statement_of_a_review_has_neither_species_nor_dose(
    read_claims: Callable[[str, str], list[Claim]],
) -> None:
    (claim,) = read_claims(REVIEW, "Metformin lowers fasting glucose.")
    assert (claim.species, claim.dose, claim.source_kind) == (None, None, None)


@pytest.mark.parametrize(
    ("finding", "setting"),
    [
        ("Metformin lowered fasting glucose in rats.", "in_vivo"),
        ("In vitro, metformin reduced lipid accumulation.", "in_vitro"),
        ("Metformin reduced lipid accumulation in cultured human hepatocytes.", "in_vitro"),
        ("Metformin reduced lipid accumulation ex vivo.", "ex_vivo"),
        ("Metformin reduces lipid accumulation.", None),
    ],
)
def test_setting_is_told_by_words_or_unknown(
    finding: str, setting: str | None, read_claims: Callable[[str, str], list[Claim]]
) -> None:
    (claim,) = read_claims(CELLS, finding)
    assert claim.setting == setting


def test_hormone_is_an_intervention_only_where_given(read_claims: Callable[[str, str], list[Claim]]) -> None:
    assert read_claims(CELLS, "Melatonin levels reduce wakefulness.") == []
    (claim,) = read_claims(CELLS, "Administration of insulin lowered fasting glucose.")
    assert claim.intervention.text == "insulin"


def test_title_is_a_claim_and_a_heading_is_none(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    text = "# Metformin delays cataract in rats\n\n## Acarbose reduces frailty\n\nRats were weighed every week.\n"
    path.write_text(text, encoding="utf-8")
    assert [(c.intervention.name, c.outcome.name) for c in extract(read(path)).claims] == [("metformin", "cataract")]


def test_reported_finding_of_others_is_cited(read_claims: Callable[[str, str], list[Claim]]) -> None:
    (claim,) = read_claims(REVIEW, "Previous studies have shown that metformin lowers fasting glucose.")
    assert claim.source_kind == "cited"


EXERCISE = """{title}

Abstract. Patients taking methotrexate were randomised to classes or to usual care. All took methotrexate 10 mg weekly.

Methods

Forty patients on methotrexate were randomly assigned to classes or to usual care. Methotrexate was taken weekly.

Results

{finding} All of the work took place in the old building by the river.
"""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Classes by telephone for stiff joints: a randomised trial", []),
        ("Methotrexate for stiff joints", ["methotrexate"]),
    ],
)
def test_the_drug_of_a_study_is_not_guessed_where_its_title_has_none(
    title: str, expected: list[str], read_claims: Callable[[str, str], list[Claim]]
) -> None:
    found = read_claims(EXERCISE.replace("{title}", title), "Stiffness did not differ between the two groups.")
    assert [claim.intervention.name for claim in found] == expected


def test_a_drug_named_once_is_none_of_two_compared(read_claims: Callable[[str, str], list[Claim]]) -> None:
    named = "Calcium carbonate 5 mg/kg was given once. " + 8 * "Metformin was given daily. "
    paper = RATS.replace("Metformin and the ageing rat", "Ageing rats and sugar tablets").replace(
        "{finding}", named + "{finding}"
    )
    (claim,) = read_claims(paper, "Body weight did not differ between the two drugs.")
    assert (claim.intervention.name, claim.comparator) == ("metformin", None)


def test_a_change_in_every_arm_is_no_effect(read_claims: Callable[[str, str], list[Claim]]) -> None:
    assert read_claims(RATS, "Body weight fell in both groups over the year.") == []
    assert read_claims(RATS, "Body weight did not differ between the two groups.") != []


def test_a_substance_of_the_body_acts_only_where_the_paper_gives_it(
    read_claims: Callable[[str, str], list[Claim]],
) -> None:
    measured = "Plasma glucose was read twice. Glucose was read again. Glucose rose. Rats received glucose once. "
    assert (
        read_claims(RATS.replace("{finding}", measured + "{finding}"), "The diet lowered peak and mean glucose.") == []
    )


SINGLE = """Chlorambucil for indolent lymphoma: a phase II study

Abstract

Thirty patients with indolent lymphoma received chlorambucil 10 mg daily for six months. {finding}
"""


@pytest.mark.parametrize(
    ("finding", "outcomes"),
    [
        ("Complete remission was achieved in 12 patients (40 %).", ["complete remission"]),
        ("Eleven patients (37 %) had a partial response.", ["partial response"]),
        ("The relapse rate was 22 %.", ["relapse rate"]),
        ("Complete remission was not achieved in 12 patients (40 %).", []),
        ("At baseline, a response to steroids was recorded in 12 patients (40 %).", []),
        ("Twelve patients (40 %) had a beard.", []),
    ],
)
def test_share_that_reached_an_endpoint_is_told_of_the_drug_of_a_study_without_control(
    finding: str, outcomes: list[str], read_claims: Callable[[str, str], list[Claim]]
) -> None:
    found = read_claims(SINGLE, finding)
    assert [(c.intervention.name, c.outcome.name, c.direction) for c in found] == [
        ("chlorambucil", outcome, "unknown") for outcome in outcomes
    ]
    controlled = SINGLE.replace("received", "received placebo or")
    assert not [c for c in read_claims(controlled, finding) if c.direction == "unknown"]
