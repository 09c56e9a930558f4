"""Negation, certainty and what is no statement at all: sentences with each claim's polarity and certainty marked."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, not_yet, parametrize, read_rules

RULES = {
    "not": [
        "[Metformin]{drug} did not extend [lifespan]{outcome:no_change,not} in rats.",
        "[Metformin]{drug} does not lower [blood pressure]{outcome:no_change,not}.",
        "[Lifespan]{outcome:no_change,not} was not extended by [metformin]{drug}.",
        "[Metformin]{drug} did not lower [weight]{outcome:no_change,not}, [fat mass]{outcome:no_change,not} or "
        "[food intake]{outcome:no_change,not}.",
        "[Acarbose]{drug} never raised [insulin]{outcome:no_change,not} in these trials.",
        "[Acarbose]{drug} cannot prevent [cataract]{outcome:no_change,not}.",
    ],
    "not only is no negation": [
        "[Metformin]{drug} did not only lower [glucose]{outcome:decrease} but also raised [lactate]{outcome:increase}.",
        "[Acarbose]{drug} not only reduced [weight]{outcome:decrease} but also extended [lifespan]{outcome:increase}.",
        "[Acarbose]{drug} lowered not only [glucose]{outcome:decrease} but also [insulin]{outcome:decrease}.",
    ],
    "failed to": [
        "[Metformin]{drug} failed to extend [lifespan]{outcome:no_change,not} in mice.",
        "[Resveratrol]{drug} was unable to lower [cholesterol]{outcome:no_change,not}.",
        "[Aspirin]{drug} did not fail to lower [fever]{outcome:decrease}.",
        "The trial failed to show that [metformin]{drug} lowers [mortality]{outcome:no_change,not}.",
        "Recruitment failed in the metformin trial.",
    ],
    "no before the noun": [
        "[Metformin]{drug} had no effect on [lifespan]{outcome:no_change,not}.",
        "[Metformin]{drug} caused no change in [body weight]{outcome:no_change,not}.",
        "No difference in [tumour size]{outcome:no_change,not} was found between mice given [rapamycin]{drug} and "
        "controls.",
        "[Rapamycin]{drug} produced no increase in [infections]{outcome:no_change,not}.",
        not_yet(
            "There was no evidence that [aspirin]{drug} reduced [dementia]{outcome:no_change,not}.",
            "'no evidence that' makes the whole clause no claim",
        ),
    ],
    "did not differ": [
        "[Survival]{outcome:no_change,not} did not differ between [aspirin]{drug} and placebo.",
        "[Body weight]{outcome:no_change,not} was not different between mice given [acarbose]{drug} and controls.",
        "[Grip strength]{outcome:no_change,not} did not change after [metformin]{drug} treatment.",
        "Survival differed between the cages.",
    ],
    "neither and nor": [
        "Neither [metformin]{drug} nor [acarbose]{drug} lowered [blood pressure]{outcome:no_change,not}.",
        "[Rapamycin]{drug} lowered neither [weight]{outcome:no_change,not} nor [appetite]{outcome:no_change,not}.",
        not_yet(
            "[Metformin]{drug} did not lower [weight]{outcome:no_change,not}, nor did it change "
            "[appetite]{outcome:no_change,not}.",
            "'nor did it' loses a clause",
        ),
    ],
    "but not": [
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} but not [insulin]{outcome:no_change,not}.",
        "[Acarbose]{drug 1} but not [metformin]{drug 2} lowered [[glucose]{outcome:decrease "
        "1}]{outcome:no_change,not 2}.",
        "[Losartan]{drug} reduced [proteinuria]{outcome:decrease} but did not reduce "
        "[blood pressure]{outcome:no_change,not}.",
    ],
    "without": [
        "[Losartan]{drug} prevented [fibrosis]{outcome:decrease} without affecting "
        "[blood pressure]{outcome:no_change,not}.",
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} without a reduction in "
        "[food intake]{outcome:no_change,not}.",
        "Metformin acts without AMPK.",
    ],
    "rather than": [
        "[Rapamycin]{drug} raised [glucose]{outcome:increase} rather than lowering it.",
        "[Rapamycin]{drug} slowed rather than stopped [tumour growth]{outcome:decrease}.",
    ],
    "similar is unchanged but not negated": [
        "[Food intake]{outcome:no_change} was similar in mice given [acarbose]{drug} and controls.",
        "[Survival]{outcome:no_change} was comparable between patients on [losartan]{drug} and placebo.",
        "[Heart rate]{outcome:no_change,not} was unaffected by [metformin]{drug}.",
    ],
    "whereas and ellipsis": [
        "[Acarbose]{drug 1} lowered [[glucose]{outcome:decrease 1}]{outcome:no_change,not 2}, but "
        "[metformin]{drug 2} did not.",
        "[Acarbose]{drug 1} extended [lifespan]{outcome:increase 1}, whereas [metformin]{drug 2} had no effect on "
        "[survival]{outcome:no_change,not 2}.",
    ],
    "modal verbs hedge": [
        "[Acarbose]{drug} may extend [lifespan]{outcome:increase,hedged}.",
        "[Acarbose]{drug} might delay [cataract]{outcome:decrease,hedged}.",
        "[Metformin]{drug} could slow [cognitive decline]{outcome:decrease,hedged}.",
        "[Metformin]{drug} should lower [mortality]{outcome:decrease,hedged}.",
        "[Mortality]{outcome:decrease,hedged} may be reduced by [metformin]{drug}.",
        "Metformin should be given with food.",
    ],
    "can asserts": [
        "[Acarbose]{drug} can delay [cataract]{outcome:decrease}.",
        "[Acarbose]{drug} is able to delay [cataract]{outcome:decrease}.",
        "[Acarbose]{drug} has the capacity to delay [cataract]{outcome:decrease}.",
        "[Metformin]{drug} will lower [glucose]{outcome:decrease}.",
    ],
    "verbs and adverbs of appearance hedge": [
        "[Acarbose]{drug} appears to extend [lifespan]{outcome:increase,hedged}.",
        "[Acarbose]{drug} seems to lower [insulin]{outcome:decrease,hedged}.",
        "[Acarbose]{drug} probably lowers [insulin]{outcome:decrease,hedged}.",
        "[Acarbose]{drug} possibly delays [cataract]{outcome:decrease,hedged}.",
        "[Acarbose]{drug} is thought to delay [cataract]{outcome:decrease,hedged}.",
        "[Acarbose]{drug} is likely to reduce [mortality]{outcome:decrease,hedged}.",
        "[Acarbose]{drug} has the potential to reduce [frailty]{outcome:decrease,hedged}.",
        not_yet(
            "[Acarbose]{drug} promises to reduce [frailty]{outcome:decrease,hedged}.",
            "'promises to' is read as a purpose",
        ),
        "[Acarbose]{drug} tended to raise [lifespan]{outcome:increase,hedged}.",
    ],
    "a hedge above the clause": [
        "These data suggest that [acarbose]{drug} lowers [insulin]{outcome:decrease,hedged}.",
        "It is possible that [acarbose]{drug} delays [cataract]{outcome:decrease,hedged}.",
        "Perhaps [acarbose]{drug} delays [cataract]{outcome:decrease,hedged}.",
        "The authors propose that [losartan]{drug} slows [kidney decline]{outcome:decrease,hedged}.",
        "These data show that [acarbose]{drug} lowers [insulin]{outcome:decrease}.",
        "There is evidence that [acarbose]{drug} lowers [insulin]{outcome:decrease}.",
        "It is known that [metformin]{drug} lowers [glucose]{outcome:decrease}.",
        "[Metformin]{drug} was shown to lower [glucose]{outcome:decrease}.",
        "[Metformin]{drug} has been reported to reduce [cancer incidence]{outcome:decrease}.",
    ],
    "a hedge of one part": [
        "[Metformin]{drug} lowers [glucose]{outcome:decrease} and may also delay [cataract]{outcome:decrease,hedged}.",
        "[Metformin]{drug 1} may raise [lactate]{outcome:increase,hedged 1}, whereas [acarbose]{drug 2} lowers "
        "[glucose]{outcome:decrease 2}.",
    ],
    "aims and questions are hypotheses at most": [
        "The authors aimed to test whether metformin slows ageing.",
        "Whether metformin slows cognitive decline is unknown.",
        "If metformin slows cognitive decline, it should delay frailty.",
        "Does metformin extend lifespan?",
        "It remains to be seen whether acarbose delays cataract.",
        "The trial was designed to determine if aspirin prevents dementia.",
        "It should be tested whether losartan reduces frailty.",
        "We hypothesized that rapamycin would improve cognition.",
        "Aspirin was given to reduce fever.",
    ],
    "a question is read as a hypothesis": [
        "We asked whether [metformin]{drug} extends [lifespan]{outcome:increase,hypothesis}.",
        "It is unclear whether [rapamycin]{drug} improves [cognition]{outcome:increase,hypothesis}.",
    ],
    "a refuted expectation is no claim": [
        "Metformin was expected to raise lactate. Unexpectedly, nothing of the kind was seen.",
        "Rapamycin was thought to impair memory. However, this was not confirmed.",
        "[Metformin]{drug} is expected to lower [mortality]{outcome:decrease,hedged}.",
    ],
    "a rejected notion is no claim": [
        "The belief that aspirin prevents dementia is not supported.",
        "The concern that metformin raises mortality was not confirmed.",
    ],
    "significance decides an insignificant change": [
        "[Body weight]{outcome:no_change,not} was not significantly lower in mice given [acarbose]{drug}.",
        "[Acarbose]{drug} significantly reduced [weight]{outcome:decrease}.",
        "[Acarbose]{drug} did not significantly reduce [weight]{outcome:no_change,not}.",
    ],
    "mixed": [
        "[Metformin]{drug} had mixed effects on [memory]{outcome:mixed}.",
        not_yet(
            "[Metformin]{drug} increased [memory]{outcome:mixed} in some studies and lowered it in others.",
            "'in some … in others' is not read as mixed",
        ),
    ],
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("qualifiers"))


@parametrize(RULES)
def test_polarity_and_certainty_are_those_marked(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence])
    assert found == marked
