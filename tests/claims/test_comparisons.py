"""Groups compared: shares, values, differences denied, one drug against another; what is not marked is no claim."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, parametrize, read_rules

RULES = {
    "share of a group": [
        "A higher proportion of patients treated with [sertraline]{drug} achieved [remission]{outcome:increase}.",
        "Fewer patients receiving [metformin]{drug} developed [neuropathy]{outcome:decrease} than of those on placebo.",
        "More patients in the [carvedilol]{drug} group reached the [target pressure]{outcome:increase}.",
        "More patients were enrolled in the carvedilol group.",
        "A higher proportion of patients treated with sertraline were women.",
        "A high proportion of smokers developed neuropathy.",
    ],
    "likelihood of a group": [
        "Patients on [lithium]{drug} were less likely to [relapse]{outcome:decrease} than those on placebo.",
        "Patients on [lithium]{drug} were more likely to reach [remission]{outcome:increase}.",
        "Patients on lithium are likely to be seen in clinics.",
    ],
    "control arm first": [
        "Placebo-treated patients had a higher [rate of relapse]{outcome:decrease} than patients on [lithium]{drug}.",
        "[Body weight]{outcome:increase} was lower in controls than in rats on [insulin glargine]{drug}.",
        "Women had a higher rate of relapse than patients on lithium.",
    ],
    "how often": [
        "[Relapse]{outcome:decrease} occurred less frequently with [lithium]{drug} than with placebo.",
        "[Nausea]{outcome:increase} occurred more often with [lithium]{drug} than with placebo.",
        "Visits took place less often than was planned with lithium.",
    ],
    "less of a change": [
        "Rats on [insulin glargine]{drug} showed less [weight gain]{outcome:decrease} than controls.",
        "Rats on [insulin glargine]{drug} showed a greater reduction in [pain]{outcome:decrease} than controls.",
    ],
    "no difference in": [
        "[Metformin]{drug} and placebo did not differ with respect to [body weight]{outcome:no_change, not}.",
        "[Losartan]{drug} and placebo did not differ in terms of [urinary protein]{outcome:no_change, not}.",
        "[Body weight]{outcome:no_change, not} did not differ between [metformin]{drug} and placebo.",
        "Metformin and placebo differed in colour.",
        "The two clinics did not differ with respect to body weight.",
    ],
    "two active drugs": [
        "[Stroke rates]{outcome:no_change, not} did not differ between [apixaban]{drug} and warfarin.",
        "Effects of [metformin]{drug} and aspirin on [body weight]{outcome:no_change} were similar.",
        "[Metformin]{drug} and [aspirin]{drug} reduced [body weight]{outcome:decrease}.",
        "[Rosuvastatin]{drug} was better than atorvastatin in reducing [cholesterol]{outcome:decrease}.",
        "[Aspirin]{drug} was no better than placebo in relieving [back pain]{outcome:no_change, not}.",
        "Children had [ketamine]{drug} or midazolam, and no differences were found between the two regarding "
        "[behaviour]{outcome:no_change, not}.",
        "The trial compared rosuvastatin and atorvastatin in two clinics.",
    ],
    "change noun compared": [
        "[Cholesterol]{outcome:decrease} reductions were greater with [rosuvastatin]{drug} than with placebo.",
        "[Reductions in pain]{outcome:decrease} were smaller with [aspirin]{drug} than with placebo.",
        "Reductions in pain were common.",
    ],
    "values of two arms": [
        "[Mean weight]{outcome:decrease} was 31 g with [acarbose]{drug} and 36 g with placebo.",
        "[Strokes]{outcome:decrease} occurred in 9 patients (5%) on [aspirin]{drug} and 8 patients (11%) on placebo.",
        "[Strokes]{outcome:unknown} occurred in 9 patients on [aspirin]{drug} and 8 patients on placebo.",
        "Mean dose was 31 mg of acarbose and 36 mg of aspirin.",
        "At week 12, 33% on [etanercept]{drug} and 21% on placebo achieved [remission]{outcome:increase}.",
        "For the [metformin]{drug} and placebo groups, [heart rate]{outcome:decrease} was 52 and 71 bpm, respectively.",
        "[Survival]{outcome:no_change} was 78% with [aspirin]{drug} and 77% with placebo (p = 0.65).",
    ],
    "effects in doing": [
        "[Atorvastatin]{drug} had clear effects in decreasing [triglycerides]{outcome:decrease}.",
        "[Atorvastatin]{drug} had effects in decreasing [triglycerides]{outcome:decrease 1} and in increasing "
        "[insulin]{outcome:increase 2}.",
        "[Sertraline]{drug} is an effective treatment for [insomnia]{outcome:decrease}.",
        "[Sertraline]{drug} is not an effective treatment for [insomnia]{outcome:no_change, not}.",
        "Sertraline is a common treatment for men.",
    ],
    "completed outcome": [
        "[Metformin]{drug} prolonged the [time to relapse]{outcome:increase}.",
        "[Metformin]{drug} delayed the [time to first hospitalisation]{outcome:increase}.",
        "The [need for oxygen]{outcome:decrease} was lower with [dexamethasone]{drug}.",
        "[Dexamethasone]{drug} lowered [all-cause mortality]{outcome:decrease}.",
        "The need was lower with dexamethasone.",
        "Dexamethasone reduced the time.",
    ],
    "baseline": [
        "Baseline weight was similar with metformin and with placebo.",
        "Body weight at randomisation did not differ between metformin and placebo.",
        "[Body weight]{outcome:no_change, not} at week 12 did not differ between [metformin]{drug} and placebo.",
        "[Body weight]{outcome:decrease} fell from baseline with [metformin]{drug}.",
    ],
    "seen in what was measured": [
        "After [amiloride]{drug}, a reduction was observed in the [lithium content]{outcome:decrease}.",
        "A reduction was observed in mice given amiloride.",
        "[Aspirin]{drug} showed 30% inhibition of [thrombosis]{outcome:decrease}.",
        "Aspirin showed 30% inhibition.",
    ],
    "whose effect": [
        "The effect of carteolol was comparable to that of propranolol, but was weaker than that of biperiden.",
        "Effects of [carteolol]{drug} on [catalepsy]{outcome:no_change} were comparable to those of propranolol.",
        "Treatment with the new extract lowered blood pressure in rats; propranolol was bought.",
        "Blood pressure fell in propranolol-anesthetized rats with time.",
        "[Cocaine]{drug} causes [cataract]{outcome:increase} in rats: involvement of stress, and prevention.",
        "Growth fell through inhibition of insulin in old rats.",
    ],
    "two names of one drug": [
        "[Acarbose]{drug} (nordrastat), the active part of a common powder, lowered [glucose]{outcome:decrease}.",
        "[Metformin]{drug} (phenformin) lowered [glucose]{outcome:decrease} in rats.",
        "[Metformin]{drug} and [phenformin]{drug} lowered [glucose]{outcome:decrease} in rats.",
    ],
    "what the outcome comes from": [
        "Seizures due to picrotoxin were decreased after two days.",
        "[Naloxone]{drug} reversed the [antihypertensive effect of clonidine]{outcome:decrease}.",
        "[Metrifonate]{drug 1} improved [memory]{outcome:increase 1}, whereas donepezil was weighed.",
        "Patients sustaining a stroke while on clopidogrel were seen.",
    ],
    "nothing done by the words": [
        "Rapamycin allows messengers to be translated.",
        "The complex acts only with RHEB–GTP, which activates the kinase.",
        "[Rapamycin]{drug} reduced especially the [body weight]{outcome:decrease}.",
        "Velarone for pain: a randomised, double-blind, placebo-controlled comparison of aspirin and placebo.",
        "Toxicity was limited to mild nausea in patients given bleomycin.",
        "The rise in creatinine with enalapril was correlated to blood pressure.",
        "Urate peaked at six months, when half were receiving furosemide, and decreased thereafter.",
    ],
    "what stands behind the effect": [
        "Neither [neostigmine]{drug} nor [atropine]{drug} had an effect on the [hyperactivity]{outcome:no_change, not} "
        "produced by morphine.",
        "[Doxorubicin]{drug} led to [cardiac fibrosis]{outcome:increase} in old rats in the absence of weight loss.",
        "[Calcitonin]{drug} caused a potentiation of [catalepsy]{outcome:increase 1} and a prevention of "
        "[hyperactivity]{outcome:decrease 2}.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("comparisons"))


@parametrize(RULES)
def test_marked_effects_and_no_others_are_claimed(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked
