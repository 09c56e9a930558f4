"""Who did what to which outcome: sentences with every drug and outcome marked; what is not marked must not be
claimed.
"""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, not_yet, parametrize, read_rules

RULES = {
    "verb and object": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} in mice.",
        "[Metformin]{drug} lowered [fasting glucose]{outcome:decrease} in old rats.",
        "[Everolimus]{drug} inhibits [mTORC1]{outcome:decrease}.",
        "[Losartan]{drug} prevented [kidney fibrosis]{outcome:decrease}.",
        "[Enalapril]{drug} restored [endothelial function]{outcome:increase} in hypertensive rats.",
        "[Cisplatin]{drug} impaired [hearing]{outcome:decrease} in guinea pigs.",
        "[Prednisolone]{drug} worsened [osteoporosis]{outcome:increase} in women.",
        "[Metformin]{drug} raised [plasma digoxin]{outcome:increase}.",
        "[Metformin]{drug} activates [AMPK]{outcome:increase} and is itself no hormone.",
        "Metformin was given to mice in drinking water.",
        "Metformin, an inhibitor of complex I, was given in water.",
        "Colleagues studied metformin in rats for two years.",
    ],
    "verb of change": [
        "[Grip strength]{outcome:increase} increased after [resveratrol]{drug} treatment.",
        "[Body weight]{outcome:decrease} fell in mice given [canagliflozin]{drug}.",
        "[Insulin sensitivity]{outcome:increase} improved with [pioglitazone]{drug}.",
        "In rats treated with [telmisartan]{drug}, [blood pressure]{outcome:decrease} declined.",
        "Blood pressure declined with age in rats.",
        "Grip strength increased after training.",
    ],
    "passive verb": [
        "[Tumour growth]{outcome:decrease} was suppressed by [everolimus]{drug}.",
        "[Lifespan]{outcome:increase} was extended by [acarbose]{drug} in male mice.",
        "[Cataract]{outcome:decrease} was delayed by treatment with [aspirin]{drug}.",
        "[Synaptic plasticity]{outcome:increase} was restored in mice treated with [rapamycin]{drug}.",
        "Tumour growth was suppressed by deletion of the receptor.",
    ],
    "participle behind its noun": [
        "We observed [lipid accumulation]{outcome:increase} induced by [tacrolimus]{drug} in hepatocytes.",
        "Mice treated with acarbose were weighed weekly.",
        "Cells exposed to metformin were counted by microscopy.",
    ],
    "change noun": [
        "A reduction of [fasting glucose]{outcome:decrease} by [acarbose]{drug} was seen in all cohorts.",
        "Extension of [lifespan]{outcome:increase} was seen with [acarbose]{drug}.",
        "An increase in [bone density]{outcome:increase} was observed in women receiving [alendronate]{drug}.",
        "A decline in [cognitive function]{outcome:decrease} was found after [scopolamine]{drug}.",
        "A reduction of fasting glucose was seen in all cohorts.",
    ],
    "change noun of a light verb": [
        "[Acarbose]{drug} caused a reduction in [body weight]{outcome:decrease}.",
        "[Aspirin]{drug} led to a decrease in [platelet aggregation]{outcome:decrease}.",
        "[Simvastatin]{drug} produced an improvement in [endothelial function]{outcome:increase}.",
        "Mice given [metformin]{drug} showed an increase in [running speed]{outcome:increase}.",
        "[Rapamycin]{drug} resulted in an extension of [lifespan]{outcome:increase}.",
        "[Dapagliflozin]{drug} exerted no effect on [heart rate]{outcome:no_change,not}.",
        "Mice given metformin showed a normal gait.",
    ],
    "direction word before the outcome": [
        "Mice fed [rapamycin]{drug} showed reduced [kidney fibrosis]{outcome:decrease}.",
        "Rats treated with [losartan]{drug} had lower [blood pressure]{outcome:decrease} than controls.",
        "[Metformin]{drug} led to lower [fasting glucose]{outcome:decrease} in patients.",
        "Mice on [acarbose]{drug} displayed improved [glucose tolerance]{outcome:increase}.",
        "Mice with reduced kidney fibrosis were given rapamycin.",
    ],
    "associated with": [
        "Treatment with [acarbose]{drug} was associated with lower [fasting glucose]{outcome:decrease}.",
        "[Metformin]{drug} use was associated with a reduction in [cancer incidence]{outcome:decrease}.",
        "[Simvastatin]{drug} was associated with an increased [risk of cataract]{outcome:increase}.",
        "[Ibuprofen]{drug} was associated with [hypertension]{outcome:increase}.",
        "[Metformin]{drug} was not associated with an increased [risk of fracture]{outcome:no_change,not}.",
        "High insulin was associated with a reduction in lifespan.",
    ],
    "predicate": [
        "[Tumour incidence]{outcome:decrease} was lower in mice given [rapamycin]{drug} than in controls.",
        "[Muscle mass]{outcome:increase} was higher after [testosterone]{drug} treatment than after placebo.",
        "[Serum creatinine]{outcome:no_change,not} was unchanged by [enalapril]{drug}.",
        "[Nausea]{outcome:increase} was more frequent on [metformin]{drug} than on placebo.",
        "[Food intake]{outcome:no_change} was similar in mice given [acarbose]{drug} and in controls.",
        "Tumour incidence was lower in females than in males.",
    ],
    "lived longer": [
        "Mice on [metformin]{drug} [lived]{outcome:decrease} 14% shorter than controls.",
        "Mice treated with [rapamycin]{drug} [lived]{outcome:increase} longer than controls.",
        not_yet(
            "Worms given [metformin]{drug} [survived]{outcome:increase} longer.",
            "'survived longer' is parsed as a predicate, unlike 'lived longer'",
        ),
        "Females lived longer than males.",
    ],
    "verb of effect without direction": [
        "[Metformin]{drug} altered [gut microbiota composition]{outcome:unknown} in mice.",
        "[Lithium]{drug} modulates [circadian rhythm]{outcome:unknown}.",
        "[Rapamycin]{drug} affected [wound healing]{outcome:unknown} in rats.",
    ],
    "effective and active": [
        "[Metformin]{drug} is effective in [diabetes]{outcome:decrease}.",
        "[Doxycycline]{drug} was effective against [periodontitis]{outcome:decrease}.",
        "[Sirolimus]{drug} is active against [lymphoma]{outcome:decrease}.",
        "[Everolimus]{drug} was effective in reducing [tumour size]{outcome:decrease}.",
        "Exercise is effective in diabetes.",
        "Metformin was well tolerated.",
    ],
    "protection": [
        "[Rapamycin]{drug} protected mice from [cognitive decline]{outcome:decrease}.",
        "Mice were protected against [kidney injury]{outcome:decrease} by [losartan]{drug}.",
        "Fur protects mice from heat loss.",
    ],
    "improvement of a disturbance is its decrease": [
        "[Methotrexate]{drug} improved [arthritis]{outcome:decrease} in patients.",
        "[Metformin]{drug} ameliorated [hepatic steatosis]{outcome:decrease} in mice.",
        "[Metformin]{drug} improved [insulin sensitivity]{outcome:increase} in mice.",
    ],
    "adjective that states an effect": [
        "[Aspirin]{drug} has [antithrombotic]{outcome?:decrease} effects.",
        "[Curcumin]{drug} has [anticancer]{outcome:decrease} effects.",
        "[Tacrolimus]{drug} has [immunosuppressive]{outcome:decrease} properties.",
        "Antibiotic treatment was given to all mice with acarbose.",
    ],
    "verb misread by the parser": [
        "Treatment with [acarbose]{drug} at 5 mg reduced [pain]{outcome:decrease} and [swelling]{outcome:decrease}.",
        "[Aspirin]{drug} and [ibuprofen]{drug} reverse [obesity]{outcome:decrease}.",
        "Daily oral [nicotinamide riboside]{drug} treatment increased [muscle NAD+ levels]{outcome:increase}.",
    ],
    "coordinated drugs": [
        "[Acarbose]{drug} and [miglitol]{drug} lowered [glucose]{outcome:decrease} and raised "
        "[ketones]{outcome:increase}.",
        "[Acarbose]{drug} and [miglitol]{drug} lowered [glucose]{outcome:decrease} and raised "
        "[lactate]{outcome:increase}.",
        "[Metformin]{drug}, [acarbose]{drug} and [canagliflozin]{drug} reduced [body weight]{outcome:decrease}.",
        "Both [aspirin]{drug} and [ibuprofen]{drug} reduced [fever]{outcome:decrease} in children.",
        "[Fever]{outcome:decrease} was reduced by [aspirin]{drug} and by [ibuprofen]{drug}.",
        "[Metformin]{drug} and [acarbose]{drug} similarly lowered [glucose]{outcome:decrease}.",
    ],
    "coordinated outcomes": [
        "[Rapamycin]{drug} reduced [liver fibrosis]{outcome:decrease} and [kidney weight]{outcome:decrease}.",
        "[Losartan]{drug} reduced [blood pressure]{outcome:decrease}, [heart weight]{outcome:decrease} "
        "and [proteinuria]{outcome:decrease}.",
        "[Losartan]{drug} reduced [hepatic, renal and cardiac fibrosis]{outcome:decrease}.",
        not_yet(
            "[Losartan]{drug} reduced [fibrosis of the liver and the kidney]{outcome:decrease}.",
            "coordinated organs of one head are read as two outcomes",
        ),
    ],
    "members with names of their own": [
        "[Midodrine]{drug} reversed [hypotension]{outcome:decrease} and [QRS prolongation]{outcome:decrease}.",
        "[Rapalogs]{drug} prevented [cancer]{outcome:decrease} and [viral infections]{outcome:decrease} in recipients.",
        "[Losartan]{drug} improved the [liver and kidney function index]{outcome:increase}.",
    ],
    "one name with a short form of its own": [
        "[Metformin]{drug} lowered the [Psoriasis Area and Severity Index]{outcome:decrease} (PASI) of adults.",
        "[Metformin]{drug} lowered [pulse]{outcome:decrease} and [body mass index]{outcome:decrease} (BMI) of adults.",
    ],
    "what nobody looked at": [
        "Effects of losartan on collagen in adults have not been described.",
        "Effects of losartan on mortality were not reported.",
        "No effect of [losartan]{drug} on [pulse]{outcome:no_change,not} was observed.",
    ],
    "better rates and pressures": [
        "[Docetaxel]{drug} improved the [response rate of gastric cancer]{outcome:increase}.",
        "[Iloprost]{drug} improved [pulmonary artery pressure]{outcome:decrease}.",
        "[Midodrine]{drug} improved [mean arterial pressure]{outcome:increase}.",
    ],
    "values compared across the verb": [
        "In the [rapamycin]{drug} group, [tumour incidence]{outcome:decrease} was 12% compared with 30% in controls.",
        "[Mean pain]{outcome:decrease} in the [losartan]{drug} group was 23 mm versus 41 mm in the placebo group.",
        "Adults on [losartan]{drug} had a [mean change in pulse]{outcome:decrease} of -7 bpm, compared with -1 bpm in "
        "those on placebo.",
        "[Mean pulse]{outcome:decrease} was 61 bpm on [losartan]{drug} compared with 70 on placebo.",
        "Adults on losartan had 3 visits compared with 4 visits at baseline.",
        "In the losartan group, pulse was 60 at 4 weeks compared with 72 at baseline.",
    ],
    "endpoints that are named": [
        "The primary outcome, [walking speed]{outcome:decrease}, was lower with [metformin]{drug} than with placebo.",
        "The primary endpoint, [change in pain]{outcome:decrease}, was lower with [metformin]{drug} than with placebo.",
        "The primary outcome was walking speed.",
    ],
    "lower parts of the body": [
        "[Creatine]{drug} increased [lower limb strength]{outcome:increase}.",
        "[Creatine]{drug} led to lower [body weight]{outcome:decrease}.",
    ],
    "enzymes are no agents": [
        "Alanine aminotransferase and gamma-glutamyl transferase fell, and bilirubin was lower.",
        "On [silymarin]{drug}, [alanine aminotransferase]{outcome:decrease} fell.",
    ],
    "coordinated verbs": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} and reduced [body weight]{outcome:decrease}.",
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} but raised [lactate]{outcome:increase}.",
        "[Metformin]{drug 1} lowered [glucose]{outcome:decrease 1}, whereas [prednisolone]{drug 2} raised "
        "[insulin]{outcome:increase 2}.",
        "In rats, [metformin]{drug 1} lowered [glucose]{outcome:decrease 1} and [acarbose]{drug 2} raised "
        "[ketones]{outcome:increase 2}.",
        "[Metformin]{drug 1} lowered [glucose]{outcome:decrease 1} in rats, and [acarbose]{drug 2} raised "
        "[lactate]{outcome:increase 2} in mice.",
        "[Metformin]{drug 1} lowered [glucose]{outcome:decrease 1} and [acarbose]{drug 2} raised "
        "[lactate]{outcome:increase 2}.",
        "[Metformin]{drug} inhibits and may reverse [fibrosis]{outcome:decrease}.",
    ],
    "chain of effects": [
        "[Metformin]{drug} lowered [glucose]{outcome:decrease}, thereby delaying [cataract]{outcome:decrease}.",
        "By lowering [glucose]{outcome:decrease}, [metformin]{drug} delays [cataract]{outcome:decrease}.",
        "[Metformin]{drug} lowered [glucose]{outcome:decrease}, which delays cataract.",
    ],
    "side effects": [
        "Side effects of [metformin]{drug} include [nausea]{outcome:increase} and [diarrhoea]{outcome:increase}.",
        "[Metformin]{drug} caused [nausea]{outcome:increase} in 12 % of patients.",
        "[Nausea]{outcome:unknown} occurred in 12 % of patients treated with [metformin]{drug}.",
        "Benefits of metformin include its low price.",
        "The primary endpoint was nausea.",
    ],
    "approval and use are no claims": [
        "Rats had thiopental. No drug is yet available to reverse coma in such animals.",
        "Metformin is approved for diabetes.",
        "Metformin is used to treat diabetes.",
        "Sirolimus is indicated to prevent rejection of kidney transplants.",
        "Aspirin is prescribed for reducing fever.",
        "Methotrexate is licensed to treat arthritis in children.",
    ],
    "biology without a drug is no claim": [
        "mTORC1 drives senescence.",
        "Inhibition of mTORC1 extends life.",
        "AMPK suppresses mTORC1 and activates autophagy.",
        "Loss of the gene extended lifespan in worms.",
        "Insulin lowers blood glucose.",
        "Inhibition of [mTORC1]{outcome?:decrease} by [everolimus]{drug} extends [life]{outcome:increase}.",
    ],
    "bare modifier is no claim": [
        "Acarbose-induced weight loss was studied.",
        "Acarbose-induced weight loss was reversed by refeeding.",
        "Metformin-treated mice were weighed weekly.",
        "Rapamycin-resistant cells grew faster than others.",
        "[Metformin]{drug}-treated mice had lower [body weight]{outcome:decrease} than controls.",
    ],
    "level or fate of a drug is no effect of it": [
        "Plasma metformin peaked at 2 h.",
        "Rapamycin levels rose in blood.",
        "Absorption of metformin declined with age.",
    ],
    "class and member": [
        "[mTOR inhibitors]{drug} extend [life]{outcome:increase}.",
        "[Statins]{drug} reduced [cholesterol]{outcome:decrease}.",
        "[Metformin]{drug} and other [biguanides]{drug} reduced [glucose]{outcome:decrease}.",
        "[Biguanides]{drug} such as [metformin]{drug?} reduced [glucose]{outcome:decrease}.",
        "[Statins]{drug} lower [cholesterol]{outcome:decrease}.",
        "[Metformin]{drug} and other [biguanides]{drug} lower [glucose]{outcome:decrease}.",
        not_yet(
            "[Biguanides]{drug} such as [metformin]{drug?} lower [glucose]{outcome:decrease}.",
            "the parser takes the present tense 'lower' for an adjective",
        ),
        "Both biguanides, [metformin]{drug} and [phenformin]{drug}, lowered [glucose]{outcome:decrease}.",
    ],
    "apposition": [
        "[Sitagliptin]{drug} (MK-0431) lowered [glucose]{outcome:decrease} in patients.",
        "[Everolimus]{drug}, an mTOR inhibitor, reduced [tumour size]{outcome:decrease}.",
        "The biguanide [metformin]{drug} lowered [glucose]{outcome:decrease}.",
    ],
    "inducer": [
        "[Scopolamine]{drug} induced [amnesia]{outcome:increase} in mice.",
        "[Streptozotocin]{drug} caused [diabetes]{outcome:increase} in rats.",
        "[Donepezil]{drug} reversed [scopolamine-induced amnesia]{outcome:decrease} in mice.",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("frames"))


@parametrize(RULES)
def test_marked_effects_and_no_others_are_claimed(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        (RULES["inducer"][0], "inducer"),
        (RULES["inducer"][1], "inducer"),
        (RULES["inducer"][2], "treatment"),
        (RULES["verb and object"][0], "treatment"),
    ],
)
def test_what_makes_the_model_is_an_inducer(sentence: str, role: str, claims: dict[str, list[Claim]]) -> None:
    assert {claim.intervention.role for claim in claims[sentence]} == {role}
