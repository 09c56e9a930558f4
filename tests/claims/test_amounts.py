"""By how much, against what, how surely and by whom: amounts, comparators, p-values and citations of each claim."""

from __future__ import annotations

import pytest

from pipeline.model import Claim, Effect

from .marked import compare, not_yet, parametrize, read_rules

FIELDS = ("effect", "significance", "comparator", "citation")

RULES = {
    "amount": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} by [14 %]{effect:percent_change}.",
        "[Serum lactate]{outcome:increase} rose [3-fold]{effect:fold} after [acarbose]{drug} treatment.",
        not_yet(
            "[Acarbose]{drug} raised [serum lactate]{outcome:increase} [3-fold]{effect:fold}.",
            "a bare 3-fold behind the object is parsed as its head",
        ),
        "[Acarbose]{drug} caused a [14 % increase]{effect:percent_change} in [lifespan]{outcome:increase}.",
        "[Plasma lactate]{outcome:increase} [doubled]{effect:fold} after treatment with [metformin]{drug}.",
        "In rats, [metformin]{drug} [doubled]{effect:fold} [plasma lactate]{outcome:increase}.",
        "[Nausea]{outcome:unknown} occurred in [12 %]{effect:proportion} of patients treated with [metformin]{drug}.",
        "[Metformin]{drug} lowered [HbA1c]{outcome:decrease} from [8.1 to 6.9 %]{effect:value}.",
    ],
    "each amount stands with its own outcome": [
        "[Acarbose]{drug} raised [lifespan]{outcome:increase 1} by [14 %]{effect:percent_change 1} and lowered "
        "[weight]{outcome:decrease 2} by [9 %]{effect:percent_change 2}.",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease 1} by [20 %]{effect:percent_change 1}, whereas "
        "[weight]{outcome:no_change,not 2} was unaffected.",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} and [insulin]{outcome:decrease} by "
        "[20 %]{effect:percent_change}.",
    ],
    "odds ratio": [
        "[Metformin]{drug} was associated with lower [mortality]{outcome:decrease} "
        "([OR 0.61; 95 % CI, 0.39 to 0.92]{effect:odds_ratio}).",
        "[Metformin]{drug} was associated with lower [mortality]{outcome:decrease} "
        "([hazard ratio 0.70, 95% CI 0.55–0.89]{effect:hazard_ratio}).",
        not_yet(
            "[Aspirin]{drug} reduced [stroke]{outcome:decrease 1} ([OR 0.70; 95 % CI, 0.50 to "
            "0.90]{effect:odds_ratio 1}) and [bleeding]{outcome:decrease 2} ([OR 0.80; 95 % CI, 0.65 to "
            "0.95]{effect:odds_ratio 2}).",
            "the ratio of the first of two coordinated outcomes goes to the second",
        ),
        "[Aspirin]{drug} reduced [stroke]{outcome:decrease} and [dementia]{outcome:decrease} "
        "([OR 0.70; 95 % CI, 0.50 to 0.90]{effect:odds_ratio}).",
    ],
    "two arms set against each other": [
        "[Pain scores]{outcome:decrease} were lower on [ibuprofen]{drug} than on [placebo]{comparator:placebo} "
        "([4.1 vs 5.2]{effect:value}).",
    ],
    "p-value": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} ([p < 0.01]{significance}).",
        "[Acarbose]{drug} [significantly]{significance} reduced [weight]{outcome:decrease}.",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease 1} ([P = 0.03]{significance 1}) and "
        "[insulin]{outcome:decrease 2} ([P = 0.04]{significance 2}).",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} in all mice.",
    ],
    "comparator": [
        "[Blood pressure]{outcome:decrease} was lower on [losartan]{drug} than on [placebo]{comparator:placebo}.",
        "[Rapamycin]{drug} reduced [tumour size]{outcome:decrease} compared with [vehicle]{comparator:vehicle}.",
        "[Rapamycin]{drug} extended [lifespan]{outcome:increase} compared with [untreated]{comparator:untreated} mice.",
        "[Metformin]{drug} lowered [weight]{outcome:decrease} compared with [controls]{comparator:untreated}.",
        "[Metformin]{drug} lowered [HbA1c]{outcome:decrease} from [baseline]{comparator:baseline}.",
        "[Weight]{outcome:decrease} was lower on [semaglutide]{drug} than on [liraglutide]{comparator:active}.",
        "[Survival]{outcome:no_change,not} did not differ between [aspirin]{drug} and [placebo]{comparator:placebo}.",
        "[Metformin]{drug} lowered [weight]{outcome:decrease} with time.",
    ],
    "switch of drugs": [
        not_yet(
            "Switching from [cyclosporine]{comparator:active} to [sirolimus]{drug} lowered [blood "
            "pressure]{outcome:decrease}.",
            "a clause as the subject is passed over for the drug right before the verb",
        ),
        not_yet(
            "Conversion from [tacrolimus]{comparator:active} to [everolimus]{drug} reduced [skin "
            "cancer]{outcome:decrease}.",
            "a clause as the subject is passed over for the drug right before the verb",
        ),
    ],
    "citation": [
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} in patients [[3]]{citation}.",
        "[Metformin]{drug 1} lowered [glucose]{outcome:decrease 1} in rats [[4]]{citation 1}, whereas "
        "[acarbose]{drug 2} raised [lactate]{outcome:increase 2} [[5, 6]]{citation 2}.",
        "In rats, [metformin]{drug 1} lowered [glucose]{outcome:decrease 1} [[4]]{citation 1}, and "
        "[acarbose]{drug 2} raised [ketones]{outcome:increase 2} [[5, 6]]{citation 2}.",
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} and raised [lactate]{outcome:increase} [[7]]{citation}.",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease}.",
    ],
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("amounts"))


@parametrize(RULES)
def test_amounts_and_comparators_stand_with_their_claim(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence], *FIELDS)
    assert found == marked


def _effect(claims: dict[str, list[Claim]], sentence: str) -> Effect:
    (effect,) = {claim.effect for claim in claims[sentence]}
    assert effect is not None
    return effect


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("[Acarbose]{drug} extended [lifespan]{outcome:increase} by [14 %]{effect:percent_change}.", 14),
        ("[Serum lactate]{outcome:increase} rose [3-fold]{effect:fold} after [acarbose]{drug} treatment.", 200),
        (RULES["two arms set against each other"][0], -21.2),
        ("[Metformin]{drug} lowered [HbA1c]{outcome:decrease} from [8.1 to 6.9 %]{effect:value}.", -14.8),
    ],
)
def test_change_is_signed_against_the_comparator(sentence: str, change: float, claims: dict[str, list[Claim]]) -> None:
    assert _effect(claims, sentence).change_percent == pytest.approx(change)


def test_decrease_in_percent_is_negative(claims: dict[str, list[Claim]]) -> None:
    weight = next(c for c in claims[RULES["each amount stands with its own outcome"][0]] if c.outcome.text == "weight")
    assert weight.effect is not None
    assert (weight.effect.value, weight.effect.unit, weight.effect.change_percent) == (9, "%", -9)


def test_odds_ratio_has_its_interval_and_no_change(claims: dict[str, list[Claim]]) -> None:
    effect = _effect(claims, RULES["odds ratio"][0])
    assert (effect.value, effect.low, effect.high, effect.change_percent) == (0.61, 0.39, 0.92, None)


def test_values_of_both_arms_are_kept(claims: dict[str, list[Claim]]) -> None:
    effect = _effect(claims, RULES["two arms set against each other"][0])
    assert effect.treated is not None and effect.control is not None
    assert (effect.treated.value, effect.control.value) == (4.1, 5.2)


@pytest.mark.parametrize(
    ("number", "p", "relation", "significant"),
    [(0, 0.01, "<", True), (1, None, None, True)],
)
def test_significance_is_read_from_p_or_the_word(
    number: int, p: float | None, relation: str | None, significant: bool, claims: dict[str, list[Claim]]
) -> None:
    (claim,) = claims[RULES["p-value"][number]]
    assert claim.significance is not None
    assert (claim.significance.p, claim.significance.p_relation, claim.significance.significant) == (
        p,
        relation,
        significant,
    )
