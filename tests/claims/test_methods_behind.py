"""Methods that stand behind the results reach them, each result what was given in its own experiment."""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Claim
from pipeline.run import extract, read

PAPER = (
    "Losartan in ageing mice\n\nResults\n\n{results}\n\nMaterials and methods\n\nAnimals\n\n{animals}\n\n"
    "Treatment\n\n{treatment}\n"
)
ANIMALS = "Young (3-month-old) and old (22-month-old) C57BL/6J mice were housed in groups."
GIVEN = "Mice received losartan (10 mg/kg/day) in drinking water for 6 weeks, as described [14]."


def _claims(folder: Path, results: str, *, animals: str = ANIMALS, treatment: str = GIVEN) -> list[Claim]:
    path = folder / "paper.txt"
    path.write_text(PAPER.format(results=results, animals=animals, treatment=treatment), encoding="utf-8")
    return list(extract(read(path)).claims)


def _named(claims: list[Claim], outcome: str) -> Claim:
    (claim,) = [claim for claim in claims if claim.outcome.name == outcome]
    return claim


def test_regimen_and_stock_of_the_methods_reach_results_before_them(tmp_path: Path) -> None:
    claim = _named(_claims(tmp_path, "Losartan reduced cardiac fibrosis in old mice."), "cardiac fibrosis")
    assert claim.dose is not None and claim.dose.text == "10 mg/kg/day" and claim.dose.source == "document"
    assert claim.route is not None and claim.route.name == "drinking water"
    assert claim.duration is not None and claim.duration.low_days == 42
    assert claim.strain is not None and claim.strain.text == "C57BL/6J"


def test_word_for_an_age_is_what_the_methods_explain_it_as(tmp_path: Path) -> None:
    claim = _named(_claims(tmp_path, "Losartan reduced cardiac fibrosis in old mice."), "cardiac fibrosis")
    assert claim.age is not None and claim.age.text == "22-month-old"


def test_cited_result_takes_nothing_from_the_methods(tmp_path: Path) -> None:
    background = "Fibrosis is common [11], [12]. Angiotensin raises it [13]."
    claims = _claims(tmp_path, f"{background} Losartan reduced cardiac fibrosis in mice [15].")
    claim = _named(claims, "cardiac fibrosis")
    assert claim.dose is None and claim.route is None and claim.strain is None


def test_result_that_names_its_route_takes_the_dose_given_so(tmp_path: Path) -> None:
    treatment = (
        "For injections, mice were given losartan i.p. at 3 mg/kg daily. For feeding, chow was mixed with losartan at "
        "40 ppm."
    )
    results = "Losartan injection reduced cardiac fibrosis in mice. Losartan reduced albuminuria in mice."
    claims = _claims(tmp_path, results, treatment=treatment)
    injected = _named(claims, "cardiac fibrosis")
    assert injected.dose is not None and injected.dose.text == "3 mg/kg"
    assert _named(claims, "albuminuria").dose is None


def test_what_the_methods_report_of_others_is_not_given_here(tmp_path: Path) -> None:
    animals = "Male C57BL/6J mice were used, which have been shown to live longer than DBA/2J mice [13]."
    claim = _named(_claims(tmp_path, "Losartan reduced albuminuria.", animals=animals), "albuminuria")
    assert claim.strain is not None and claim.strain.text == "C57BL/6J"
    assert claim.sex is not None and claim.sex.value == "male"


def test_both_sexes_are_not_inherited_where_results_tell_them_apart(tmp_path: Path) -> None:
    animals = "Male and female C57BL/6J mice were used."
    results = "Losartan reduced albuminuria in female mice. Losartan reduced cardiac fibrosis."
    claims = _claims(tmp_path, results, animals=animals)
    assert _named(claims, "cardiac fibrosis").sex is None
    sex = _named(claims, "albuminuria").sex
    assert sex is not None and sex.value == "female"


def test_both_sexes_are_inherited_where_results_name_none(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "Losartan reduced albuminuria.", animals="Male and female C57BL/6J mice were used.")
    sex = _named(claims, "albuminuria").sex
    assert sex is not None and sex.value == "both"


def test_cells_of_a_line_are_in_vitro_and_take_no_regimen(tmp_path: Path) -> None:
    claim = _named(_claims(tmp_path, "Losartan increased glucose uptake in PC12 cells."), "glucose uptake")
    assert claim.setting == "in_vitro" and claim.dose is None


def test_cells_told_by_a_marker_are_not_in_vitro(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "Losartan increased the number of CD8 cells.")
    assert all(claim.setting != "in_vitro" for claim in claims)


def test_what_was_only_prepared_or_is_a_ceiling_is_no_dose(tmp_path: Path) -> None:
    treatment = (
        "The solution was made by dissolving 5 mg losartan in 2 ml saline. "
        "Mice were injected i.p. with vehicle or losartan (3 mg/kg, maximum 20 mg)."
    )
    dose = _named(_claims(tmp_path, "Losartan reduced albuminuria.", treatment=treatment), "albuminuria").dose
    assert dose is not None and dose.text == "3 mg/kg"


def test_dose_told_over_and_over_stands_against_one_told_once(tmp_path: Path) -> None:
    treatment = "Mice received losartan 10 mg/kg. " * 4 + "Tablets held losartan 2 mg."
    dose = _named(_claims(tmp_path, "Losartan reduced albuminuria.", treatment=treatment), "albuminuria").dose
    assert dose is not None and dose.text == "10 mg/kg"


def test_two_doses_told_alike_leave_it_open(tmp_path: Path) -> None:
    treatment = "In one study mice received losartan 10 mg/kg. In another study mice received losartan 30 mg/kg."
    claim = _named(_claims(tmp_path, "Losartan reduced albuminuria.", treatment=treatment), "albuminuria")
    assert claim.dose is None


def test_food_of_worms_is_not_their_strain(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(
        "Metformin in worms\n\nResults\n\nMetformin extended the lifespan of worms.\n\nMaterials and methods\n\n"
        "Culture\n\nWorms were fed OP50. Metformin was added into molten agar at 50 mM.\n",
        encoding="utf-8",
    )
    (claim,) = [claim for claim in extract(read(path)).claims if claim.outcome.name == "lifespan"]
    assert claim.strain is None
    assert claim.route is not None and claim.route.text == "into molten agar"


def test_who_might_take_part_says_nothing_of_who_did(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(
        "Losartan in patients with migraine\n\nMethods\n\nForty patients were randomised to losartan 50 mg "
        "or placebo. Exclusion criteria were long-term treatment with losartan. A pregnancy test was done in women.\n\n"
        "Results\n\nLosartan reduced headache days compared with placebo.\n",
        encoding="utf-8",
    )
    (claim,) = [claim for claim in extract(read(path)).claims if claim.outcome.name == "headache days"]
    assert claim.duration is None and claim.sex is None
    assert claim.dose is not None and claim.dose.text == "50 mg"
