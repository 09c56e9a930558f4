"""Substances by their form: codes that the text says were given, and words with a drug's stem."""

from __future__ import annotations

import pytest

from pipeline.nlp.substance_forms import find_code_names, find_stem_names


def names(text: str, taken: frozenset[int] = frozenset()) -> list[str]:
    return [text[start:end] for start, end in find_code_names(text, taken)]


@pytest.mark.parametrize(
    "text",
    [
        "PJ34 improved survival. Mice were treated with PJ34.",
        "Rats received MK-801. MK-801 lowered pressure.",
        "After treatment with SB 203580, SB 203580 was measured.",
        "SR141716A-treated mice ate less; SR141716A blocked hunger.",
    ],
)
def test_a_code_that_was_given_is_found_everywhere(text: str) -> None:
    found = names(text)
    assert len(found) == 2
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "PJ34 was bought from a supplier.",
        "Treated HT29 cells were counted.",
        "Mice were fed AIN93 diet.",
        "Rats treated with vitamin B12 grew.",
        "Mice were treated on E18 and exposed to CO2.",
        "Patients received CD34 antibodies.",
        "Patients were given ABC 500 mg of it.",
        "Mice were fed AIN-93G.",
        "Patients were given SF-36 forms.",
    ],
)
def test_other_codes_are_left(text: str) -> None:
    assert names(text) == []


def test_offsets_of_other_names_are_left() -> None:
    text = "Mice were treated with PJ34."
    assert names(text, frozenset(range(23, 27))) == []


@pytest.mark.parametrize("word", ["metroprolol", "Velaprazole", "nordisartan", "quixotinib"])
def test_a_word_with_a_drug_s_stem_is_a_drug(word: str) -> None:
    text = f"Patients on {word} slept."
    assert [text[start:end] for start, end in find_stem_names(text, frozenset())] == [word]


@pytest.mark.parametrize("word", ["alcohol", "somatostatin", "myostatin", "platinum", "school", "thiazolidine"])
def test_a_word_without_one_is_not(word: str) -> None:
    assert find_stem_names(f"Patients on {word} slept.", frozenset()) == []
