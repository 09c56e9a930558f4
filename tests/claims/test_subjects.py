"""Who was given it: species, strain, population, sex, age and n of each claim."""

from __future__ import annotations

import pytest

from pipeline.model import Claim

from .marked import compare, not_yet, parametrize, read_rules

FIELDS = ("species", "strain", "population", "sex", "age", "sample_size")

RULES = {
    "species": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} in [mice]{species}.",
        "In [C. elegans]{species}, [metformin]{drug} extended [lifespan]{outcome:increase}.",
        "[Metformin]{drug} lowers [glucose]{outcome:decrease}.",
        "[Aspirin]{drug} lowered [mortality]{outcome:decrease} in [dogs]{species}, as the horse breeders had hoped.",
    ],
    "several species": [
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} in [mice]{species 1}, [rats]{species 2} and "
        "[dogs]{species 3}.",
        "[Acarbose]{drug} raised [lactate]{outcome:increase} in [rats]{species 1} and [marmosets]{species 2}.",
    ],
    "people beside animals": [
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} in "
        "[[patients]{population 1}]{species 1} and [mice]{species 2}.",
    ],
    "each clause has its own species": [
        "[Rapamycin]{drug 1} extended [lifespan]{outcome:increase 1} in [mice]{species 1}, and [metformin]{drug "
        "2} lowered [glucose]{outcome:decrease 2} in [rats]{species 2}.",
        "[Metformin]{drug} extended [lifespan]{outcome:increase 1} in [worms]{species 1} but reduced "
        "[fecundity]{outcome:decrease 2} in [flies]{species 2}.",
    ],
    "the controls are not the subjects": [
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} in [rats]{species} compared with untreated controls.",
        "[Blood pressure]{outcome:decrease} was lower in [rats]{species} given [losartan]{drug} than in untreated "
        "rats.",
    ],
    "a species word inside another name is no subject": [
        "[Ficus robusta extract]{drug} extended [lifespan]{outcome:increase} in [mice]{species}.",
        not_yet(
            "[Rapamycin]{drug} inhibits the [mammalian target of rapamycin]{outcome:decrease}.",
            "the drug's name inside its target's name hides the target",
        ),
        "[Ribavirin]{drug} reduced [mouse hepatitis virus replication]{outcome:decrease}.",
    ],
    "strain": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} of [UM-HET3]{strain} [mice]{species}.",
        "[Metformin]{drug} lowered [weight]{outcome:decrease} in [C57BL/6J]{strain} [mice]{species}.",
        "[Losartan]{drug} lowered [blood pressure]{outcome:decrease} in [Wistar]{strain} [rats]{species}.",
    ],
    "population": [
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} in [[patients]{species} with diabetes]{population}.",
        "[Aspirin]{drug} reduced [mortality]{outcome:decrease} in [healthy volunteers]{species+population}.",
        "[Everolimus]{drug} reduced [infections]{outcome:decrease} in [[elderly]{age} adults]{species+population}.",
        "[Metformin]{drug} lowered [body weight]{outcome:decrease} in [obese [mice]{species}]{population}.",
        not_yet(
            "[Metformin]{drug} lowered [body weight]{outcome:decrease} in "
            "[[mice]{species} on a high-fat diet]{population}.",
            "the parser hangs 'on a high-fat diet' on the verb",
        ),
        "[Metformin]{drug} lowered [body weight]{outcome:decrease} in [mice]{species}.",
        "In [[patients]{species} with psoriasis]{population}, [aspirin]{drug} reduced [pain]{outcome:decrease}.",
        not_yet(
            "In [[patients]{species} with psoriasis]{population}, [methotrexate]{drug} reduced "
            "[skin thickness]{outcome:decrease}.",
            "the parser takes the drug for the verb",
        ),
    ],
    "sex": [
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} in [male]{sex} [mice]{species}.",
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} in [female]{sex} [rats]{species}.",
        not_yet(
            "[Acarbose]{drug} extended [lifespan]{outcome:increase} in [mice]{species} of [both sexes]{sex}.",
            "the words of the sex take 'of' with them",
        ),
        "[Acarbose]{drug} extended [lifespan]{outcome:increase} in [male and female]{sex} [mice]{species}.",
        "[Alendronate]{drug} raised [bone density]{outcome:increase} in [women]{species+sex+population}.",
        not_yet(
            "[Acarbose]{drug} extended [[lifespan]{outcome:increase 1}]{outcome:no_change,not 2} in [male]{sex 1} "
            "but not in [female]{sex 2} [mice]{species}.",
            "'but not in' a subgroup makes one claim about both",
        ),
    ],
    "age": [
        "[Rapamycin]{drug} extended [lifespan]{outcome:increase} in [[20-month-old]{age} [mice]{species}]{population}.",
        "[Fisetin]{drug} given to [mice]{species} at [20 months of age]{age} extended [lifespan]{outcome:increase}.",
        not_yet(
            "[Metformin]{drug} lowered [glucose]{outcome:decrease} in "
            "[[adults]{species} aged [70–95 years]{age}]{population}.",
            "the parser hangs 'aged' on the verb",
        ),
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} in [[old]{age} [rats]{species}]{population}.",
        "[Metformin]{drug} lowered [glucose]{outcome:decrease} in [rats]{species} after 12 weeks.",
    ],
    "number of subjects": [
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} in [mice]{species} ([n = 12]{sample_size:arm} per "
        "group).",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} in [218]{sample_size} [[adults]{species}]{population}.",
        "[Acarbose]{drug} lowered [glucose]{outcome:decrease} in [mice]{species} at 3 sites.",
    ],
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    return read_rules(RULES, tmp_path_factory.mktemp("subjects"))


@parametrize(RULES)
def test_subjects_are_those_of_the_clause(sentence: str, claims: dict[str, list[Claim]]) -> None:
    found, marked = compare(sentence, claims[sentence], *FIELDS)
    assert found == marked
