"""How far denials, tests and arms reach: rules that long sentences of trials need, with cases for and against."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, parametrize, read_rules

RULES = {
    "denied abilities": [
        "[Zafirlukast]{drug} had no effect in reducing [wheeze]{outcome:no_change,not}.",
        "It was clear that [zafirlukast]{drug} was not having any effect in reducing [wheeze]{outcome:no_change,not}.",
        "[Zafirlukast]{drug} was no more effective than placebo in preventing [night waking]"
        "{outcome:no_change,not}.",
        "[Zafirlukast]{drug} was more effective than placebo in reducing [wheeze]{outcome:decrease}.",
        "Long courses of [zafirlukast]{drug} produced neither improved [lung function]{outcome:no_change,not} "
        "nor improved [sleep]{outcome:no_change,not}.",
        "Neither [atenolol]{drug} nor [losartan]{drug} treatment altered [bone density]{outcome:no_change,not}.",
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
        "GLP-1(-/-) pups showed reduced weight gain.",
        "[Serum prostate specific antigen]{outcome:decrease} and [body weight]{outcome:decrease} were lower "
        "with [leuprolide]{drug}.",
    ],
    "what the arms differ in": [
        "Compared with clopidogrel alone, clopidogrel plus [nifedipine]{drug} raised [mortality]{outcome:increase}.",
        "[Budesonide]{drug}/formoterol raised [lung function]{outcome:increase}.",
        "Co-administration of [lidocaine]{drug 1} or [tricaine]{drug 2} with desipramine reduced the "
        "[[convulsions]{outcome:decrease 1}]{outcome:decrease 2}.",
    ],
    "what is added": [
        "[Survival]{outcome:increase} was longer in patients who received 50 mg [pomalidomide]{drug} daily in addition "
        "to standard doses of cisplatin and prednisolone.",
        "More [thrombosis]{outcome:increase} was observed in patients randomized to cisplatin, prednisolone, and "
        "[pomalidomide]{drug} than in those randomized to cisplatin and prednisolone alone.",
        "[Metformin]{drug 1} and [acarbose]{drug 2} lowered [[weight]{outcome:decrease 1}]{outcome:decrease 2} more "
        "than placebo.",
    ],
    "who took part": [
        "Walking improved endothelial function in men treated with aspirin.",
        "[Aspirin]{drug} improved [endothelial function]{outcome:increase} in men treated with statins.",
    ],
    "excepted drugs": [
        "[Aspirin]{drug 1}, but not [ibuprofen]{drug 2} or [naproxen]{drug 3}, increased "
        "[[[bleeding]{outcome:increase 1}]{outcome:no_change,not 2}]{outcome:no_change,not 3}.",
    ],
    "harms": [
        "[Losartan]{drug} use was not associated with the [risk of fracture]{outcome:no_change,not}.",
        "The [stroke rate]{outcome:no_change,not} was not related to the use of [omeprazole]{drug}.",
        "[Sitagliptin]{drug} was shown to ameliorate [spatial memory]{outcome:increase} and "
        "[arterial stiffness]{outcome:decrease}.",
        "Visits related to asthma were as frequent with budesonide.",
        "[Captopril]{drug} had a protective effect from [nephropathy]{outcome:decrease}.",
        "[Ciclosporin]{drug} was responsible for more [infections]{outcome:increase}.",
        "The improvements in [LDL cholesterol]{outcome:decrease} and [HDL cholesterol]{outcome:increase} were better "
        "in the [simvastatin]{drug} group.",
    ],
    "what is measured": [
        "Thirty-six hours later, all tested variables were comparable with ketamine and saline.",
        "The baseline uric acid level was higher in men with earlier allopurinol.",
        "The bath was kept at 37 °C while carbachol was given.",
        "Microinjection of muscimol was abolished by saline.",
        "[Simvastatin]{drug} reduced [weight]{outcome:decrease} by 12 % (p < 0.01), [waist girth]"
        "{outcome:decrease} by 9 % (p < 0.02) and [blood glucose]{outcome:decrease} by 21 % (p < 0.01).",
        "[Nicorandil]{drug} abolished [ouabain-evoked increases in calcium]{outcome:decrease}.",
        "This resulted in an additional 0.6 g protein after nicorandil.",
        "Nicorandil AUC was similar in the first and second cycle.",
        "The AUC of nicorandil was similar in the first and second cycle.",
        "[Probenecid]{drug} raised the [AUC]{outcome:increase} of nicorandil.",
        "Anaesthesia was induced with ketamine and maintained with isoflurane.",
        "The walnut diet led to 30 % greater intake of thiamine, carnitine and creatine than the control diet.",
        "Raised heparin-binding protein was associated with improved survival.",
        "Marching was associated with a rise in oxidative stress (plasma protein carbonyls).",
        "There was no difference between the lidocaine and placebo groups in age, weight and duration of pain.",
        "The differences in weight and height between the nicorandil and placebo groups were not significant in the "
        "baseline analysis.",
    ],
    "lists of verbs taken for participles": [
        "[Nicorandil]{drug} prevented [anuria]{outcome:decrease}, increased [renal blood flow]"
        "{outcome:increase}, and reduced [renal renin release]{outcome:decrease} and [albumin loss]{outcome:decrease}.",
        "[Nicorandil]{drug} prevented [weight loss]{outcome:decrease}, [reduced urine flow]{outcome:decrease} and "
        "[cramps]{outcome:decrease}.",
    ],
    "the same of another": [
        "[Heart rate]{outcome:decrease} fell on [atenolol]{drug}, as did [cardiac output]{outcome:decrease}.",
        "[Liver weight]{outcome:increase} was increased in the [bezafibrate]{drug} group, and so was "
        "[spleen weight]{outcome:increase}.",
        "[Simvastatin]{drug 1} lowered [[cholesterol]{outcome:decrease 1}]{outcome:decrease 2}, as did treatment with "
        "[ezetimibe]{drug 2}.",
    ],
    "from where a change is counted": [
        "Mean decreases from baseline in [body weight]{outcome:decrease} were noted in all [orlistat]{drug} groups.",
        "[Orlistat]{drug} produced a greater reduction from baseline in [waist girth]{outcome:decrease} than placebo.",
        "[Orlistat]{drug} was associated with improvements in [vertigo VAS]{outcome:decrease}.",
    ],
    "what is not found but wanted, listed or told of a clause": [
        "Treatments that reduce weight among those receiving orlistat are needed.",
        "AE, adverse event; mPP, modified per-protocol; VEH, vehicle; ORL, orlistat.",
        "Weight persists despite orlistat and this raises cardiovascular risk.",
        "Serum estradiol was associated with raised body weight.",
        "It lowered HDL-cholesterol (4 %) and raised triglyceride levels by 7 %.",
        "Exclusion criteria included stroke associated with orlistat.",
        "Participants were withdrawn if orlistat raised their serum creatinine.",
        "Samples of 90 (orlistat) and 45 (placebo) resulted in powers of 80 %.",
    ],
    "ways": [
        "[Quercetin]{drug} reduced [swelling]{outcome:decrease} through pathways such as those of naproxen.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("scope"))


@parametrize(RULES)
def test_marked_effects_and_no_others_are_claimed(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked
