"""How far denials, tests and arms reach: rules that long sentences of trials need, with cases for and against."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, parametrize, read_rules

RULES = {
    "denied abilities": [
        "[Zafirlukast]{drug} had no effect in reducing [wheeze]{outcome:no_change,not}.",
        "It was clear that [zafirlukast]{drug} was not having any effect in reducing [wheeze]{outcome:no_change,not}.",
        "[Zafirlukast]{drug} was no more effective than placebo in eliminating [middle ear fluid]"
        "{outcome:no_change,not}.",
        "[Zafirlukast]{drug} was more effective than placebo in reducing [wheeze]{outcome:decrease}.",
        "The vaccine with [sargramostim]{drug} generated neither improved [antibody avidity]{outcome:no_change,not} "
        "nor improved [protection]{outcome:no_change,not}.",
        "Neither [carboplatin]{drug} nor [darbepoetin]{drug} treatment altered [tumor growth]{outcome:no_change,not}.",
    ],
    "tests told in a clause of their own": [
        "[Calcitriol]{drug} lowered [pain]{outcome:no_change}, but the effect did not reach significance.",
        "[Calcitriol]{drug} lowered [pain]{outcome:no_change}, but this failed to reach statistical significance.",
        "[Calcitriol]{drug} lowered [pain]{outcome:decrease}, and this difference was statistically significant.",
    ],
    "who was given it": [
        "Fever was common with ibuprofen, and there was no increase in the [rate of bleeding]{outcome:no_change,not} "
        "in the [naproxen]{drug} group.",
        "Before infusion of nitroprusside, high airway pressures lowered cardiac output.",
        "During infusion of nitroprusside, high airway pressures lowered cardiac output.",
        "Injection of [lidocaine]{drug} previous to systemic injections of haloperidol reduced the "
        "[catalepsy]{outcome:decrease}.",
        "Rats given [metformin]{drug} and challenged with isoproterenol had a lower [heart weight]{outcome:decrease}.",
        "VIP(-/-) mice had altered bladder function.",
        "[Serum prostate specific antigen]{outcome:decrease} and [body weight]{outcome:decrease} were lower "
        "with [leuprolide]{drug}.",
    ],
    "what the arms differ in": [
        "Compared with clopidogrel alone, clopidogrel plus [nifedipine]{drug} raised [mortality]{outcome:increase}.",
        "[Budesonide]{drug}/formoterol raised [lung function]{outcome:increase}.",
        "Co-administration of [lidocaine]{drug 1} or [tricaine]{drug 2} with desipramine reduced the "
        "[[convulsions]{outcome:decrease 1}]{outcome:decrease 2}.",
    ],
    "excepted drugs": [
        "[Aspirin]{drug 1}, but not [ibuprofen]{drug 2} or [naproxen]{drug 3}, increased "
        "[[[bleeding]{outcome:increase 1}]{outcome:no_change,not 2}]{outcome:no_change,not 3}.",
    ],
    "harms": [
        "[Captopril]{drug} use was not associated with the [risk of pneumonitis]{outcome:no_change,not}.",
        "The [death rate]{outcome:no_change,not} was not related to the use of [salbutamol]{drug}.",
        "[Teneligliptin]{drug} was shown to ameliorate [endothelial function]{outcome:increase} and [glucose "
        "intolerance]{outcome:decrease}.",
        "Interventions related to preterm birth were as frequent with progesterone.",
        "[Captopril]{drug} had a protective effect from [pneumonitis]{outcome:decrease}.",
        "[Ciclosporin]{drug} was responsible for more [infections]{outcome:increase}.",
        "The improvements in [LDL cholesterol]{outcome:decrease} and [HDL cholesterol]{outcome:increase} were better "
        "in the [simvastatin]{drug} group.",
    ],
    "what is measured": [
        "Twenty-four hours after surgery, all evaluated parameters were similar with morphine and placebo.",
        "The baseline cholesterol level was lower in patients with atorvastatin pretreatment.",
        "The room was maintained at 27 °C while oxytocin was given.",
        "Microinjection of muscimol was abolished by saline.",
        "[Simvastatin]{drug} reduced [LDL cholesterol]{outcome:decrease} by 39 % (p < 0.001), [total cholesterol]"
        "{outcome:decrease} by 34 % (p < 0.005) and [triglycerides]{outcome:decrease} by 28 % (p < 0.001).",
        "[Lamotrigine]{drug} abolished [pilocarpine-evoked increases in glutamate]{outcome:decrease}.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("scope"))


@parametrize(RULES)
def test_marked_effects_and_no_others_are_claimed(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked
