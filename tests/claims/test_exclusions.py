"""Statements that share their words, and drugs named beside a statement that are no cause of it."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, parametrize, read_rules

RULES = {
    "steady controls": [
        "Adults took losartan or placebo. In the placebo group, pulse did not change.",
        "Adults took losartan or placebo. There was no change in pulse in controls.",
        "In the [losartan]{drug} group, [pulse]{outcome:no_change,not} did not change.",
    ],
    "exceptions are subjects or drugs": [
        "[Enalapril]{drug} lowered [pulse]{outcome:decrease} but not [weight]{outcome:no_change,not} in rats.",
        "Weight was reduced but not abolished by metformin.",
        "[Aspirin]{drug} lowered [[fever]{outcome:decrease 1}]{outcome:no_change,not 2} in males but not females.",
    ],
    "what the change came from": [
        "Lifespan extension by acarbose was abolished in mice lacking FGF21.",
        "The [reduction of pulse]{outcome:decrease} by losartan was blocked by [naloxone]{drug}.",
    ],
    "who may take part": [
        "Patients were required to have a fall in pulse after atenolol.",
        "Patients with a fall in [pulse]{outcome?:decrease} on [atenolol]{drug?} took part.",
    ],
    "phrases in parallel": [
        "[Heart rate]{outcome:decrease} fell with [atenolol]{drug} and slightly with [bisoprolol]{drug}.",
        "[[Vascular resistance]{outcome:no_change,not 1}]{outcome:decrease 2} was unchanged with [atenolol]{drug 1} "
        "but decreased with [nebivolol]{drug 2}, a significant difference.",
        "[[Vascular resistance]{outcome:no_change,not 1}]{outcome:increase 2} was not altered with "
        "[atenolol]{drug 1}, but an increase was seen with [nebivolol]{drug 2}.",
        "[Captopril]{drug} had no effects on [urine volume]{outcome:no_change,not}, [excretion of "
        "sodium]{outcome:no_change,not}, and [body weight]{outcome:no_change,not}.",
        "Our data showed that [nicorandil]{drug} delayed the [onset of fever]{outcome:decrease}, and increased the "
        "[survival time]{outcome:increase} of rats.",
        "Older age, but neither [fluoxetine]{drug} nor sex, was associated with more [nausea]{outcome:no_change,not}.",
    ],
    "quantities and denials of another clause": [
        "[Lithium]{drug} caused a reduction in [glomerular filtration]{outcome:decrease} without significant changes "
        "in [plasma flow]{outcome:no_change,not}.",
        "[Aspirin]{drug} increased the [latency]{outcome:increase} in the first models; the others were "
        "not significantly affected by any drug.",
        "[Trimipramine]{drug} does not inhibit the [reuptake of noradrenaline]{outcome:no_change,not}, nor does it "
        "induce [tremor]{outcome:no_change,not}.",
        "Heart rate fell after nothing, and what should be the dose of atenolol to lower blood pressure is unknown.",
    ],
    "what a drug is": [
        "[Fenoldopam]{drug} is a selective agonist that lowers [blood pressure]{outcome:decrease}.",
        "Long-term antihypertensive therapy with [celiprolol]{drug} improves [aortic function]{outcome:increase}.",
        "[Atenolol]{drug} was shown convincingly to reduce [tremor]{outcome:decrease}.",
    ],
    "change nouns and what they are of": [
        "Infusions of [ketamine]{drug} produced a depression of the [nodal activity]{outcome:decrease}.",
        "[Carbamazepine]{drug} was without effect on the [development of seizures]{outcome:no_change,not}.",
        "[Enalapril]{drug} blunted the [reduction in renal flow]{outcome:decrease}.",
        "[Cyclosporine]{drug} caused [changes of the tubules]{outcome:increase} similar to those seen in man.",
    ],
    "named beside the statement": [
        "High prolactin levels cause degeneration in the presence of steroids.",
        "Uptake of [3H]saxitoxin did not differ between the controls and the older rats.",
        "Atenolol was compared with placebo in patients with current attacks that were causing pain.",
        "Rigidity should be prevented when alfentanil is used.",
        "In captopril-treated rats, the nervous system contributes to hypertension.",
        "In fourteen patients not given colchicine recurrences decreased.",
        "Non-users of aspirin were at lower risk of stroke.",
        "In the group on clonazepam there was no difference between the subtypes of panic disorder in relapse.",
        "The kinetics of excretion on captopril were comparable with those reported previously.",
        "Bromide has anti-cocaine effects.",
        "The use of doxorubicin in sarcoma has been limited by its price.",
        "Target of rapamycin is a kinase that raises growth.",
        "The drop of fever was not due to aspirin.",
        "The analgesic effect of amitriptyline is not related to its uptake.",
        "The drugs that cause headache were stopped before metformin was given.",
        "Early bleomycin was inferior to the doxorubicin regimen.",
        "The differences between atenolol and bisoprolol were less when exercise was repeated.",
        "Addition of [vitamin C]{drug} to a regimen of amoxicillin raised the [cure rate]{outcome:increase}.",
        "[Area under the curve]{outcome:decrease} was lower with [amitriptyline]{drug} than 377 with citalopram.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("exclusions"))


@parametrize(RULES)
def test_marked_effects_and_no_others_are_claimed(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked
