"""Sentences with every quantity of the named labels marked: what is not marked must not be found."""

from __future__ import annotations

import pytest

from .marked import find_marked, quote

DOSES = [
    "Mice received [1 mg per kg of body weight]{dose} or [10 mg kg−1]{dose} of the compound.",
    "Rats were given [5 mg·kg⁻¹]{dose} and later [0.15mg/kg]{dose}.",
    "The chow held [14ppm]{dose}, then [42 ppm in food]{dose}.",
    "A diet with [2.24 mg/kg diet]{dose} was fed.",
    "Doses of [0.5, 1 and 3 mg/kg]{dose} were compared with [1–10 mg/kg]{dose}.",
    "Patients took [2 × 500 mg]{dose} of metformin.",
    "The dose rose from [5 to 20 mg]{dose}, and later lay between [25 and 30 mg]{dose}.",
    "Titration to [20/30 mg]{dose} or [up to 250 mg/day]{dose} was allowed.",
    "Cells were incubated with [10 nM]{dose} rapamycin or [5 µM]{dose} of the analogue.",
    "In liver cells, [1 µM]{dose} carvedilol lowered oxygen use.",
    "Dexrazoxane at [50 µM]{dose} lowered growth.",
    "Carvedilol ([1 µM]{dose}) lowered growth.",
    "The IC50 of carvedilol was 5 µM, and it bound with a Ki of 3 nM.",
    "Plasma urate peaked at 50 µM, and serum iron (12 µM) fell.",
    "Cells were exposed to [5 μM]{dose} drug.",
    "A [sixfold lower dose]{dose} worked, as did a [low dose]{dose} and [high-dose]{dose} aspirin.",
    "Cisplatin [75 mg/m2]{dose} was infused.",
    "Volunteers got [400 IU]{dose} of vitamin D or [0.1 U/kg]{dose} of insulin.",
    "A [0.1%]{dose} tacrolimus ointment was applied.",
    "Blood levels stayed at 1.0 ng/mL, HbA1c was 7 % and glucose 126 mg/dl.",
    "The rats weighed 250 g and their tumours weighed 2.1 g.",
    "Serum creatinine reached 1.4 mg/dL and plasma glucose 7.2 mmol/L.",
    "We loaded 30 µg of protein per lane and spun at 12,000 g for 10 min.",
    "The tumours received 10 Gy.",
    "The dose-dependent loss of p53 in C57BL/6J mice and S6K1 or IL-6 was seen.",
    "The IC50 was 5 nM.",
    "The mice drank 4% sucrose and serum rapamycin was 3.2 ng/ml.",
    "At lower doses, and after multiple doses, it was as good as at a [standard dose]{dose}.",
    "Rats got [0.1 (group A), 0.2 (group B) or 0.5 mg/kg]{dose} (group C).",
    "Nitrates were given at a median of [31.0 (12-48) mg]{dose}, and [150 mu g]{dose} of terbutaline was inhaled.",
    "Of 24 (12 men) who came, all took [5 mg]{dose}.",
]
SCHEDULES = [
    "It was given [once daily]{schedule}, [b.i.d.]{schedule} or [every other day]{schedule}.",
    "Injections came [3×/week]{schedule} or [three times per week]{schedule}, and [q12h]{schedule} later.",
    "The regimen was [5 d on/9 d off]{schedule}, then [2 weeks per month]{schedule}.",
    "They took 5 mg [once weekly]{schedule} and 1 mg [every 8 hours]{schedule}.",
    "Mice got 2 mg/kg[/day]{schedule}.",
    "A [single dose]{schedule} was injected.",
    "He took the tablets [at bedtime]{schedule}.",
    "Activities of daily living and daily life improved.",
    "Heart failure causes a million admissions yearly, and monthly headache days fell.",
    "The antibody was injected [monthly]{schedule}.",
    "A [continuous]{schedule} infusion and [intermittent]{schedule} dosing were compared; flow was continuous.",
    "They took 20 mg/kg[/day]{schedule} [bd]{schedule}, and the daily urine output and daily sodium intake rose.",
    "Every 3 months, thyroid function tests were done, and every 6 months ultrasound examinations.",
    "Pain was assessed daily and visits took place every 3 months.",
]
DURATIONS = [
    "Treatment went on for [6 weeks]{duration}, in a [6-week]{duration} course.",
    "They were fed over [12 months]{duration} and took [16 weeks]{duration} of treatment.",
    "It lasted [90 d]{duration} and then an [8-week long]{duration} trial.",
    "Treatment from [from 9 to 30 months of age]{duration} was tried.".replace("from [from", "[from"),
    "The 5-year survival was high and the trial ended 2 years ago.",
    "Patients were followed for 5 years.",
    "At 20 months of age the mice, 20-month-old, were used.",
    "The duration of therapy was [5-6 days]{duration} for 70 of them, [12 days]{duration} for 30.",
    "They took it for [1 week]{duration} (group A) or [2 weeks]{duration} (group B), and 2 weeks later all were well.",
    "They had [40 weeks]{duration} of placebo, [10 weeks]{duration} of sertraline and then [30 weeks]{duration} of it.",
    "Therapy comprising omeprazole ([14 days]{duration}) and bismuth ([7 days]{duration}) worked early (7 days).",
    "Treatment was extended to [8 weeks]{duration}; the interval was extended to 8 weeks.",
    "He had been taking warfarin for the past [9 years]{duration} and been ill for the past 3 years.",
    "He had been on warfarin for the past [9 years]{duration}.",
    "They got 2 mg daily followed by 4 mg for [6 weeks]{duration} and were followed for 6 weeks.",
    "Pain was assessed monthly for the first 12 weeks, and outpatients were followed weekly for the first 3 months.",
    "During the 3-h postprandial period and the 3-week placebo run-in period nothing was given.",
    "We found 755 patients diagnosed during a 10-year period.",
    "Symptoms were seen in a 14 day period after therapy.",
]
AGES = [
    "Mice were treated at [20 months of age]{age}.",
    "We used [20-month-old]{age} mice and a [60-year-old]{age} man.",
    "People [aged ≥65 years]{age} or [aged 70–95 years]{age}, and those [between 40 and 50 years of age]{age}.",
    "The mean age was [54.3 years]{age}.",
    "Pups were injected at [P7]{age} and embryos at [E12.5]{age}.",
    "Mice of [8–10 weeks old]{age} got it, starting at [22 months of age]{age}.",
    "Volunteers [between 70 and 95 years]{age} enrolled.",
    "They had had the disease for 12 years.",
]
EFFECTS = [
    "It fell by [23%]{effect}, a [14 % increase]{effect} elsewhere.",
    "It was [3-fold]{effect} and [threefold]{effect}, [2.5 times higher]{effect} or [1.8-fold lower]{effect}.",
    "Expression [doubled]{effect} or was [halved]{effect}.",
    "HbA1c decreased from [8.1 to 6.9 %]{effect}.",
    "The [odds ratio 0.601 (90% CI 0.39–0.92)]{effect} spoke for it.",
    "Infection was rarer ([OR 1.07; 95 % CI, 0.80 to 1.42]{effect}).",
    "Lipids rose in [66 %]{effect} of patients.",
    "Glucose was [8.1 ± 0.4]{effect} vs [6.9 ± 0.3 mmol/L]{effect}.",
    "As in Fig. 2 and Table 1, done in 2019, with a chi2 of 3 and 4 df.",
    "They got a twofold lower dose, and arrhythmias were induced by 24-h ligation.",
]
PVALUES = [
    "It rose ([P = 0.03]{pvalue}), fell ([p<0.001]{pvalue}) or stayed ([P > 0.05]{pvalue}).",
    "With [P value, 0.025]{pvalue} and [p values <0.05]{pvalue} it counted, [P=.04]{pvalue} too.",
    "It was [not significant]{pvalue}, or [n.s.]{pvalue} in short.",
    "For A and B, [P = 0.07 and 0.12]{pvalue}, respectively.",
    "The protein p53 and P-glycoprotein, p38 and P450 2D6, remained.",
    "It rose ([<i>P=</i>0.032]{pvalue}) by dose ([P for trend = 0.12]{pvalue}; [P, trend = 0.05]{pvalue}).",
    "It fell ([p = <0.001]{pvalue}).",
    "The progression of 0.5 was noted, as was P glycoprotein, 0.5 mg of it.",
]
SAMPLES = [
    "Patients were randomized to receive placebo ([48]{sample_size}) or enalapril ([53]{sample_size}).",
    "Patients were assigned to two clinics (48) in the north.",
    "[1990]{sample_size} patients were randomly assigned metoprolol.",
    "In 1990 patients were treated with aspirin.",
    "Of [40]{sample_size} patients, [21]{sample_size} received enalapril and [19]{sample_size} received placebo.",
    "Two arms ([n = 652]{sample_size} and [N=25]{sample_size}) held [218]{sample_size} adults.",
    "A total of [66]{sample_size} marmosets and [24]{sample_size} mice per group lived.",
    "[Thirty-six]{sample_size} healthy participants and [13]{sample_size} patients came.",
    "Of [40]{sample_size} patients, [21]{sample_size} were treated.",
    "Stroke struck 6 patients (6.2%) and one patient died.",
    "In parallel groups [163]{sample_size} patients took it; 3 of [47]{sample_size} patients (6.4%) fell ill.",
    "The number of patients in both was [372]{sample_size}; [60]{sample_size} patients (42.2%) received it.",
    "Of [75]{sample_size} ([37]{sample_size} women) obese patients, [30]{sample_size} (40%) patients to the drug.",
    "We saw [611]{sample_size} cases, [1974]{sample_size} controls, [187]{sample_size} H. pylori-infected patients.",
    "We saw [20]{sample_size} black and [15]{sample_size} white patients; at 15 clinics, we saw [90]{sample_size} men.",
    "Of the [30]{sample_size} deemed eligible, [14]{sample_size} each to two drugs were sent.",
    "Nausea occurred in three patients and was seen in 3 (7%) of the [47]{sample_size} women in 5 studies.",
    "In 2019 patients were enrolled at 3 centres; type 2 diabetes and day 7 do not count.",
]
LABELS = {
    "DOSE": DOSES, "SCHEDULE": SCHEDULES, "DURATION": DURATIONS, "AGE": AGES, "EFFECT": EFFECTS, "PVALUE": PVALUES,
    "SAMPLE_SIZE": SAMPLES,
}  # fmt: skip


@pytest.mark.parametrize(
    ("label", "sentence"), [(label, sentence) for label, sentences in LABELS.items() for sentence in sentences]
)
def test_marked_quantities_and_no_others_are_found(label: str, sentence: str) -> None:
    text, marked = find_marked(sentence)
    found = {(label, words) for words in quote(text, label)}
    assert found == marked
