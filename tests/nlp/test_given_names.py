"""Unknown words that the text says were given are substances; common words, devices and procedures are not."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from pipeline.nlp.given_names import COMMON_WORDS, find_given_names, load_common_words
from pipeline.training.common_words import count_texts, pack_words


def names(text: str, *, taken: frozenset[int] = frozenset(), short: dict[str, str] | None = None) -> list[str]:
    return [text[start:end] for start, end in find_given_names(text, taken, abbreviations=short or {})]


@pytest.mark.parametrize(
    "text",
    [
        "Rats received zortol (2 mg/kg/day) for a week. Zortol lowered weight.",
        "Mice were given 20 mg/kg of zortol, and zortol raised survival.",
        "Zortol, 5 mg daily, was well tolerated; nobody stopped zortol.",
        "Children were given zortol or placebo. Zortol did not help.",
        "After zortol injection pressure fell in zortol-treated rats.",
        "Patients on zortol therapy improved; zortol treatment was stopped late.",
        "Zortol is a new selective inhibitor; the effects of zortol are unknown.",
        "Zortol infusion was safe, and the use of zortol is growing.",
        "Patients were treated with Zortol® 5 mg, and Zortol was stopped.",
    ],
)
def test_a_word_that_was_given_is_found_everywhere(text: str) -> None:
    assert [name.lower() for name in names(text)] == ["zortol", "zortol"]


@pytest.mark.parametrize(
    "text",
    [
        "Zortol lowered weight, and zortol was liked.",
        "The zortol group grew, the zortol users slept, and the use of zortol was common in the zortol arm.",
        "Patients treated with massage or placebo slept after massage therapy.",
        "Rats treated with zortol training and zortol exercises slept; zortol sessions were long.",
        "Patients received zortoplasty or sham; zortoplasty treatment took an hour.",
        "Women received CBT (12 sessions), and CBT therapy helped.",
        "Of the patients given placebo, 91% Zortolian and 3% Moravish, all received saline.",
        "About 0.4 μg RNA was used, and RNA treatment followed.",
        "Peritumoral 5 mg doses and topical peritumoral zinc were given.",
        "Two doses of CBT were given, and CBT therapy was refused.",
        "Patients received Bobath therapy or EMDR therapy; Bobath treatment helped, EMDR treatment too.",
        "Mice received zortol sensors and zortol therapy; zortol treatment was short.",
        "PATIENTS RECEIVED PLACEBO AFTER TREATMENT; AFTER TREATMENT THEY SLEPT.",
    ],
)
def test_what_is_no_substance_is_left(text: str) -> None:
    assert names(text) == []


def test_other_names_and_short_forms_are_left() -> None:
    text = "Rats received zortol (2 mg/kg)."
    assert names(text, taken=frozenset(range(14, 20))) == []
    assert names("Rats received ZTL (2 mg/kg).", short={"ZTL": "zone of total light"}) == []


def test_short_form_without_explanation_needs_to_be_given() -> None:
    assert names("Rats were injected with QZP (2 mg/kg); QZP raised pressure.") == ["QZP", "QZP"]
    assert names("QZP rose in rats, and the QZP group slept.") == []


def test_words_around_end_with_the_line() -> None:
    assert names("Patients received\nzortol slept in the zortol\ntreated group.") == []


def test_common_words_are_those_of_two_texts() -> None:
    data = pack_words(count_texts(["The rats slept long.", "Some rats slept.", "Zortol slept."]))
    assert lzma.decompress(data).decode().split() == ["rats", "slept"]


def test_list_of_common_words_is_small_and_holds_them() -> None:
    assert Path(COMMON_WORDS).stat().st_size < 100_000
    assert {"treatment", "surgery", "massage", "exercise"} <= load_common_words()
