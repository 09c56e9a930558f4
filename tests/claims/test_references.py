"""References to a drug named elsewhere: pronouns, treatments, labelled groups, the drug of a trial."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.model import Claim
from pipeline.run import extract, read

from .marked import compare, parametrize, read_rules

RULES = {
    "pronoun": [
        "[Acarbose]{drug} was given to old rats. It lowered [fasting glucose]{outcome:decrease}.",
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} in rats, and it raised [lactate]{outcome:increase}.",
        "Old rats were housed alone. It lowered their fasting glucose.",
        "Acarbose and miglitol were given to separate groups of rats. It lowered fasting glucose.",
    ],
    "this treatment": [
        "Rats received [losartan]{drug} in drinking water. This treatment reduced [blood pressure]{outcome:decrease}.",
        "[Rapamycin]{drug} was given to old mice. The drug improved [memory]{outcome:increase}.",
        "Rats were fed less. Gene therapy reduced blood pressure.",
        "Rats received losartan or enalapril. This treatment reduced blood pressure.",
    ],
    "treated subjects": [
        "Old mice received [rapamycin]{drug}. Treated mice had lower [body weight]{outcome:decrease} than controls.",
        "Some patients took [aspirin]{drug}. [Mortality]{outcome:decrease} was lower in the treated group.",
        "Old mice were weighed. Treated mice had lower body weight than controls.",
    ],
    "class word": [
        "[Statins]{drug} are old drugs. They reduce [cholesterol]{outcome:decrease}.",
    ],
    "two drugs before are no antecedent": [
        "Rats got metformin and mice got acarbose. Fasting glucose fell after treatment.",
    ],
    "a paragraph does not reach into the next": [
        "Rats were weighed in the morning. They were lighter.",
        "It lowered fasting glucose.",
        "This treatment reduced blood pressure.",
    ],
}
TRIAL = """Everolimus and the elderly: a randomized trial

Methods

Patients were randomly assigned to everolimus or placebo. The trial lasted six weeks.

Results

{finding} All of the work took place in the old building by the river.
"""
GROUPS = """Two sugars blockers in rats

Methods

Rats were randomly divided. Group A received acarbose and group B received miglitol for the whole time.

Results

{finding} All of the work took place in the old building by the river.
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("references"))


@parametrize(RULES)
def test_references_mean_the_drug_marked_or_none(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked


def read_finding(paper: str, finding: str, folder: Path) -> list[tuple[str, str, str, str]]:
    path = folder / "paper.txt"
    path.write_text(paper.format(finding=finding), encoding="utf-8")
    claims = [claim for claim in extract(read(path)).claims if finding.startswith(claim.evidence.text[:20])]
    return [(c.intervention.name, c.intervention.source, c.outcome.text.lower(), c.direction) for c in claims]


@pytest.mark.parametrize(
    ("finding", "outcome", "direction"),
    [
        ("Infection rates did not differ between the two groups.", "infection rates", "no_change"),
        ("Infection rates were lower in the treatment group than in the placebo group.", "infection rates", "decrease"),
        ("This treatment improved vaccine response.", "vaccine response", "increase"),
        pytest.param(
            "The study drug improved vaccine response.",
            "vaccine response",
            "increase",
            marks=pytest.mark.xfail(reason="'the study drug' counts as another agent's name", strict=False),
        ),
        ("Treated patients had higher antibody titres.", "antibody titres", "increase"),
    ],
)
def test_groups_of_a_trial_mean_its_drug(finding: str, outcome: str, direction: str, tmp_path: Path) -> None:
    assert read_finding(TRIAL, finding, tmp_path) == [("everolimus", "document", outcome, direction)]


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param(
            "Infection rates did not differ between men and women.",
            marks=pytest.mark.xfail(reason="a comparison of the sexes is taken for one of the arms", strict=False),
        ),
        "Placebo patients had fewer visits.",
        "The placebo group had lower antibody titres.",
    ],
)
def test_other_groups_do_not_mean_its_drug(finding: str, tmp_path: Path) -> None:
    assert read_finding(TRIAL, finding, tmp_path) == []


@pytest.mark.parametrize(("label", "drug"), [("A", "acarbose"), ("B", "miglitol")])
def test_labelled_group_means_what_it_received(label: str, drug: str, tmp_path: Path) -> None:
    finding = f"Group {label} had lower body weight."
    assert read_finding(GROUPS, finding, tmp_path) == [(drug, "sentence", "body weight", "decrease")]


def test_unknown_label_means_nothing(tmp_path: Path) -> None:
    assert read_finding(GROUPS, "Group C had lower body weight.", tmp_path) == []


def test_reference_names_where_the_drug_stands(claims: dict[str, list[Claim]]) -> None:
    (claim,) = claims[RULES["pronoun"][0]]
    assert (claim.intervention.text, claim.intervention.source) == ("Acarbose", "paragraph")
    assert claim.evidence.text == "It lowered fasting glucose."


def test_a_group_given_an_unknown_substance_is_not_the_drug_named_before(tmp_path: Path) -> None:
    paper = tmp_path / "note.txt"
    paper.write_text(
        "Acarbose extended lifespan in mice. Mice treated with the remedy of the house had lower body weight.\n",
        encoding="utf-8",
    )
    claims = pipeline.extract(pipeline.read(paper)).claims
    assert [(claim.intervention.text, claim.outcome.text) for claim in claims] == [("Acarbose", "lifespan")]
