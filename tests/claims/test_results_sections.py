"""Results as full papers on drugs in animals tell them: against a model, against vehicle, with asides."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read

from .marked import compare, parametrize, read_rules

RULES = {
    "changes of a model undone": [
        "The [grip ratio]{outcome:increase} decreased in old rats, and this was partially restored by "
        "[miglitol]{drug}.",
        "We detected an increase in [liver fat]{outcome:decrease} in old rats, and this increase was abolished by "
        "[miglitol]{drug}.",
        "Insulin was due to [proton leak]{outcome:decrease}, which increased in old rats and was normalized by "
        "[miglitol]{drug}.",
        "[Insulin]{outcome:decrease} rose after castration, an effect that was abolished by [miglitol]{drug}.",
        "[Bone density]{outcome:no_change,not} fell with age, but this was not prevented by [miglitol]{drug}.",
        "[Gliosis]{outcome:increase} increased with age, and this was exacerbated by [miglitol]{drug}.",
        "[Voglibose]{drug} raised [insulin]{outcome:increase}, and this was blocked by miglitol.",
        "[Miglitol]{drug} might preserve and improve [muscle strength]{outcome:increase,hedged}.",
    ],
    "normalised": [
        "The [age-related increase in heart weight]{outcome:decrease} was normalized in [miglitol]{drug}-treated rats.",
        "[Miglitol]{drug} normalized [heart rate]{outcome:unknown}.",
    ],
    "conclusions in the same breath": [
        "Microscopy revealed reduced [gliosis]{outcome:decrease} in rats treated with [miglitol]{drug}, indicating "
        "lower [microglial activation]{outcome:decrease}, as well as reduced [neuronal loss]{outcome:decrease}.",
        "[Miglitol]{drug} lowered [insulin]{outcome:decrease}, suggesting an improvement in [insulin sensitivity]"
        "{outcome:increase,hedged}.",
        "Old rats weighed more, indicating a higher intake of chow.",
    ],
    "measured and confirmed": [
        "The increased [level of insulin]{outcome:increase} was further confirmed in rats given [miglitol]{drug}.",
        "No obvious change was observed on the [liver weight]{outcome:no_change,not} in [miglitol]{drug}-treated rats.",
        "We measured a significant increase in [heart rate]{outcome:increase} in [miglitol]{drug}-treated rats.",
        "We measured heart rate in miglitol-treated rats.",
    ],
    "outcomes excepted": [
        "[Bone mass]{outcome:decrease 1} (BM), but not [bone width]{outcome:no_change,not 2} (BW), was slightly lower "
        "after [miglitol]{drug} treatment.",
        "[Fat mass]{outcome:decrease 1}, but not [lean mass]{outcome:no_change,not 2} was decreased with "
        "[miglitol]{drug} treatment.",
        "[Miglitol]{drug} increased [insulin]{outcome:increase 1} but not [glucose]{outcome:no_change,not 2} or "
        "[cholesterol]{outcome:no_change,not 3}.",
        "[Miglitol]{drug} was effective in controlling [weight]{outcome:decrease} but not in preventing "
        "[death]{outcome:no_change,not}.",
        "[Kidney weight]{outcome:decrease} but also [liver weight]{outcome:decrease} was lower with [miglitol]{drug}.",
    ],
    "organs of one head": [
        "[Miglitol]{drug} caused [kidney and liver failure]{outcome:increase}.",
        "[Heart and liver weights]{outcome:decrease} were reduced with [miglitol]{drug}.",
        "[Miglitol]{drug} lowered [insulin]{outcome:decrease} in kidney and liver.",
    ],
    "between levels": [
        "No difference was observed between [levels of insulin]{outcome:no_change,not} in untreated rats and rats "
        "treated with [miglitol]{drug}.",
    ],
    "trends": [
        "Mice that received [miglitol]{drug} had a trend towards increased [nerve density]{outcome:increase,hedged} "
        "compared to vehicle-treated mice.",
        "There was a trend for lower [weight]{outcome:decrease,hedged} with [miglitol]{drug}.",
        "We gave miglitol to mice. Old mice showed a trend to higher weight.",
    ],
    "that a drug acted on": [
        "There was a [rise in insulin]{outcome:decrease} that [miglitol]{drug} prevented.",
        "We used the doses that miglitol needed.",
    ],
    "when it was begun": [
        "Soon after [miglitol]{drug} treatment began, male mice displayed significant reductions in "
        "[weight]{outcome:decrease} and [fat mass]{outcome:decrease}.",
        "Gait fell by half at four weeks after miglitol treatment ceased.",
    ],
    "no longer": [
        "[Miglitol]{drug} was no longer able to extend [lifespan]{outcome:no_change,not}.",
        "[Miglitol]{drug} no longer extended [lifespan]{outcome:no_change,not}.",
        "[Miglitol]{drug} increased the [locomotory ability]{outcome:increase} of worms.",
        "Miglitol increased the ability of worms to swim.",
    ],
    "adverse events that are listed": [
        "High doses of [miglitol]{drug} are associated with [adverse events]{outcome:increase}, including "
        "impaired [wound "
        "healing]{outcome:decrease}, [oedema]{outcome:increase}, elevated [triglycerides]{outcome:increase}, "
        "and [mouth "
        "ulcers]{outcome:increase}.",
        "[Miglitol]{drug} led to reduced [body weight]{outcome:decrease} and [fat mass]{outcome:decrease}.",
    ],
    "killed and removed": [
        "[Dasatinib]{drug} selectively killed [senescent cells]{outcome:decrease}.",
        "Miglitol was removed from the diet. The mice were killed with ketamine.",
    ],
    "who has shown": [
        "[Miglitol]{drug}, which has demonstrated protective effects against several "
        "[diseases]{outcome:decrease}, will be "
        "tested in a trial.",
        "Miglitol was better in differing types of tissue.",
    ],
    "substances of the body": [
        "[Spermidine]{drug} extended [lifespan]{outcome:increase} in mice.",
        "Blood levels of spermidine extended lifespan.",
    ],
    "resulting from": [
        "This is larger than the gain resulting from treatment to death with miglitol.",
    ],
    "what controls did": [
        "[Miglitol]{drug} resulted in a decline in [body weight]{outcome:decrease} together with an increased "
        "food intake in "
        "vehicle-treated animals.",
        "[Miglitol]{drug} lowered [weight]{outcome:decrease}; however, we failed to detect an increase in "
        "[survival]{outcome:no_change,not} in females.",
    ],
    "made sure of": [
        "To confirm that miglitol improves insulin sensitivity, we assessed glucose.",
        "These studies determined that [miglitol]{drug} suppressed [gluconeogenesis]{outcome:decrease}.",
        "We assessed [collagen deposition]{outcome:decrease} by staining and found that [miglitol]{drug} "
        "reduced this in "
        "mice.",
        "Since [miglitol]{drug} had no effects on [gait]{outcome:no_change,not}, our results indicate that age "
        "limits growth.",
        "Miglitol is indicated to lower glucose.",
    ],
    "precursors": [
        "[Lifespan]{outcome:increase} was increased by treatment with the NAD+ precursor [nicotinamide "
        "riboside]{drug}.",
        "The rapamycin analogue [everolimus]{drug} increased [lifespan]{outcome:increase} in mice.",
        "[Rapamycin]{drug} increased [lifespan]{outcome:increase} in mice.",
    ],
    "these changes, described": [
        "Reductions in insulin were seen with age, and [miglitol]{drug} attenuated these [metabolic changes]"
        "{outcome:decrease}.",
    ],
    "verbs in a row": [
        "[Miglitol]{drug} normalizes [insulin]{outcome:unknown}, reduces [ROS production]{outcome:decrease} by "
        "cells, and "
        "lowers [weight]{outcome:decrease}.",
    ],
    "in whom a change was seen": [
        "We observed significant suppression of several [transcripts]{outcome:decrease} associated with liver "
        "fibrosis in "
        "male mice receiving [miglitol]{drug}.",
    ],
    "while others": [
        "While eudragit-fed mice showed a decline in both grip strength and gait, miglitol-fed mice scored better "
        "than control mice in both assays.",
        "While [miglitol]{drug} lowered [weight]{outcome:decrease}, the others were lean.",
    ],
    "with age": [
        "[Miglitol]{drug} lowered [weight]{outcome:decrease}. In addition, an increase in gliosis was observed with "
        "age.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("results"))


@parametrize(RULES)
def test_marked_effects_and_no_others_are_claimed(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked


def _told(path: Path, text: str) -> list[tuple[str, str, str]]:
    path.write_text(text)
    return [(claim.intervention.name, claim.outcome.text, claim.direction) for claim in extract(read(path)).claims]


def test_who_is_compared_with_vehicle_was_given_the_one_drug_of_the_paragraph(tmp_path: Path) -> None:
    text = (
        "Skin of mice\n\nWe gave miglitol to old mice daily. In both sexes, a decrease in skin thickness was observed "
        "as compared to vehicle-treated mice. Collagen was reduced by 35% compared to vehicle-treated controls.\n"
    )
    assert _told(tmp_path / "paper.txt", text) == [
        ("miglitol", "skin thickness", "decrease"),
        ("miglitol", "Collagen", "decrease"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We gave voglibose or miglitol to mice. Collagen was reduced by 35% compared to vehicle-treated controls.",
        "We gave miglitol to mice. Collagen was reduced in knockout mice compared to untreated wild-type mice.",
        "We gave miglitol to mice. Mice receiving GBXi had less collagen than vehicle-treated mice.",
        "We gave miglitol to mice. GBXi lowered collagen compared with vehicle.",
        "We gave miglitol to mice. Collagen fell with age compared with untreated mice.",
    ],
)
def test_nothing_is_taken_for_the_drug_where_another_agent_may_be_meant(tmp_path: Path, text: str) -> None:
    assert _told(tmp_path / "paper.txt", f"Skin of mice\n\n{text}\n") == []


def test_taxa_that_are_counted_are_not_those_treated(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("Old mice treated with miglitol had lower levels of Firmicutes than young mice.\n")
    assert [claim.species.text for claim in extract(read(path)).claims if claim.species] == ["mice"]


def test_animals_that_are_counted_are_those_treated(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("The number of mice with tumours fell with miglitol.\n")
    assert [claim.species.text for claim in extract(read(path)).claims if claim.species] == ["mice"]


def test_results_without_an_agent_are_those_of_the_one_drug_that_the_paragraph_acts_with(tmp_path: Path) -> None:
    text = (
        "Life of mice\n\nMiglitol lowered body weight in male mice. This was accompanied by a striking increase "
        "in median "
        "lifespan (p = 0.02). Grip strength was increased by 13% (p = 0.003). However, we did not detect "
        "changes in heart "
        "weight.\n"
    )
    assert _told(tmp_path / "paper.txt", text) == [
        ("miglitol", "body weight", "decrease"),
        ("miglitol", "median lifespan", "increase"),
        ("miglitol", "Grip strength", "increase"),
        ("miglitol", "heart weight", "no_change"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Insulin was significantly lower in knockout mice.",
        "Gliosis was significantly increased with age.",
        "Collagen was significantly increased after injury.",
        "Weight was increased in mice on a high-fat diet (p < 0.01).",
        "Heart weight was increased in old mice (p < 0.01).",
        "Heart weight was increased.",
        "We did not detect changes in insulin between strains.",
    ],
)
def test_results_that_name_another_contrast_are_not_those_of_the_drug(tmp_path: Path, text: str) -> None:
    opening = "Life of mice\n\nMiglitol lowered body weight in mice. "
    assert _told(tmp_path / "paper.txt", opening + text + "\n") == [("miglitol", "body weight", "decrease")]


def test_results_without_an_agent_have_none_where_two_drugs_were_given(tmp_path: Path) -> None:
    text = "Life of mice\n\nVoglibose and miglitol lowered fat mass. Heart weight was significantly decreased.\n"
    assert [drug for drug, outcome, _ in _told(tmp_path / "paper.txt", text) if outcome == "Heart weight"] == []


def test_a_code_that_is_given_twice_is_a_drug(tmp_path: Path) -> None:
    text = (
        "Bone in mice\n\nWe administered Brelo7 to mice for 2 weeks. Brelo7 did not alter body weight. Cortical "
        "thickness was increased in Brelo7-treated mice.\n"
    )
    assert _told(tmp_path / "paper.txt", text) == [
        ("Brelo7", "body weight", "no_change"),
        ("Brelo7", "Cortical thickness", "increase"),
    ]


@pytest.mark.parametrize("code", ["Fig2", "CD45", "Group2", "Saline"])
def test_other_letters_with_digits_are_no_drugs(tmp_path: Path, code: str) -> None:
    text = f"Bone in mice\n\nMice received {code} for a week. {code} lowered weight in {code}-treated mice.\n"
    assert _told(tmp_path / "paper.txt", text) == []


def test_a_title_about_a_receptor_gives_no_drug_to_the_study(tmp_path: Path) -> None:
    text = (
        "Inhibiting endothelin receptor B in glia of mice\n\nWe gave mice vehicle or nothing and compared the groups. "
        "Levels of the receptor did not differ between the groups.\n"
    )
    assert _told(tmp_path / "paper.txt", text) == []
