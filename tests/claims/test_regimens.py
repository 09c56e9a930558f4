"""How a drug was given: doses, routes, schedules and durations stand with their own drug, and nothing else does."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, not_yet, parametrize, read_rules

FIELDS = ("dose", "route", "schedule", "duration", "partner")

RULES = {
    "dose of the only drug": [
        "[Acarbose]{drug} at [1000 ppm]{dose} extended [lifespan]{outcome:increase} in mice.",
        "[Oral]{route} [metformin]{drug} ([500 mg]{dose} [twice daily]{schedule}) lowered [glucose]{outcome:decrease}.",
        "In mice fed a standard diet, [fisetin]{drug} at [5 mg/kg]{dose} lowered [weight]{outcome:decrease}.",
        "Mice given [14 ppm]{dose} [rapamycin]{drug} had lower [body weight]{outcome:decrease}.",
        "[Low-dose]{dose} [aspirin]{drug} reduced [platelet aggregation]{outcome:decrease}.",
        "[0.3, 1 and 3 mg/kg]{dose} of [fisetin]{drug} lowered [p16 expression]{outcome:decrease}.",
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} at doses of [up to 250 mg[/day]{schedule}]{dose}.",
    ],
    "a place in the body or a form of the drug is no route": [
        "[Nystatin]{drug} reduced [oral candidiasis]{outcome:decrease} in [500 mg]{dose} tablets.",
        "[Rosiglitazone]{drug} increased [subcutaneous fat]{outcome:increase} at [8 mg]{dose}.",
        "[Subcutaneous]{route} [enoxaparin]{drug} reduced [thrombosis]{outcome:decrease} at [40 mg]{dose}.",
    ],
    "a blood level is no dose": [
        "[Rapamycin]{drug} lowered [body weight]{outcome:decrease} at blood levels of 3 ng/ml.",
        "[Metformin]{drug} reduced [glucose]{outcome:decrease} in patients with serum creatinine below 1.4 mg/dL.",
    ],
    "each dose stands with its own drug": [
        "[Acarbose]{drug 1} at [1000 ppm]{dose 1} extended [lifespan]{outcome:increase 1}, whereas "
        "[metformin]{drug 2} at [5 mg/kg]{dose 2} lowered [body weight]{outcome:decrease 2}.",
        not_yet(
            "[Metformin]{drug} at [0.1 %]{dose} lowered [body weight]{outcome:decrease}.",
            "a percentage behind a drug's name is not known to be its dose",
        ),
        "[Losartan]{drug 1} [50 mg]{dose 1} and [enalapril]{drug 2} [10 mg]{dose 2} lowered "
        "[blood pressure]{outcome:decrease}.",
        "Rats fed sucrose and 5 mg/kg streptozotocin became diabetic, and [metformin]{drug} lowered "
        "[glucose]{outcome:decrease} in them.",
    ],
    "two arms of one drug": [
        "[Everolimus]{drug} at [0.5 mg]{dose 1} [daily]{schedule 1} or [5 mg]{dose 2} [weekly]{schedule 2} lowered "
        "[infection rates]{outcome:decrease}.",
        "[Everolimus]{drug} at [0.5 mg]{dose} [daily]{schedule} lowered [infection rates]{outcome:decrease}.",
    ],
    "route": [
        "[Intraperitoneal]{route} [rapamycin]{drug} reduced [seizures]{outcome:decrease} in rats.",
        "[Topical]{route} [tacrolimus]{drug} improved [skin barrier function]{outcome:increase}.",
        "[Metformin]{drug} [in the drinking water]{route} extended [lifespan]{outcome:increase} of mice.",
        "[Acarbose]{drug} [in the diet]{route} lowered [body weight]{outcome:decrease}.",
        "In mice on a high-fat diet, [metformin]{drug} lowered [body weight]{outcome:decrease}.",
    ],
    "schedule": [
        "[Once weekly]{schedule} [semaglutide]{drug} lowered [body weight]{outcome:decrease}.",
        "[Rapamycin]{drug} given [every other day]{schedule} reduced [kidney fibrosis]{outcome:decrease}.",
        "[Metformin]{drug} slowed the [loss of daily living skills]{outcome:decrease}.",
        "[Metformin]{drug} reduced [monthly headache days]{outcome:decrease}.",
    ],
    "duration": [
        "[Metformin]{drug} for [6 weeks]{duration} lowered [fasting glucose]{outcome:decrease}.",
        "After [12 months]{duration} of treatment with [losartan]{drug}, [proteinuria]{outcome:decrease} had fallen.",
        "[Metformin]{drug} raised [5-year survival]{outcome:increase} in women.",
    ],
    "combination": [
        "[Metformin]{drug} plus [acarbose]{partner} lowered [body weight]{outcome:decrease}.",
        "The combination of [rapamycin]{drug} and [acarbose]{partner} extended [lifespan]{outcome:increase}.",
        "[Metformin]{drug} combined with [sitagliptin]{partner} lowered [glucose]{outcome:decrease}.",
        "[Metformin]{drug} and [acarbose]{drug} lowered [body weight]{outcome:decrease}.",
        not_yet(
            "Adding [sitagliptin]{drug} to [metformin]{partner} lowered [glucose]{outcome:decrease}.",
            "of 'adding B to A' the document's main drug is taken as the one studied",
        ),
    ],
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("regimens"))


@parametrize(RULES)
def test_regimens_are_bound_to_their_drug(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence], *FIELDS)
    assert found == marked
