"""Sentence boundaries of biomedical prose."""

import pytest

from pipeline.ingest.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mice got 4 mg per kg i.p. every other day from week 12.",
        "Vehicle was given s.c. 3×/week to the controls.",
        "As Miller et al. (2014) found, females live longer.",
        "Several drugs, e.g. acarbose, were given with food.",
        "Survival curves differ (Fig. 2A and Suppl. Table 3).",
        "Treated vs. Untreated animals were compared.",
        "The dose was 0.15 mg/kg (ref. 49).",
        "Worms of C. elegans strain N2 were fed.",
        "The colony of D. W. Brown was used.",
        "The drug (approx. 3 mg; cat. no. 77) was dissolved.",
        "They fasted for ca. 6 h, i.e. from 9 a.m. to 3 p.m. each day.",
        "The strain no.12 Bred mice lived in cage no. 4.",
        "The dose was .5 Mice units, and the effect was as in vol.12 Nature had it.",
        "The colony of Prof. A. Moss was founded by J. Vale.",
        "The U.S. Navy bred them (cf. Moss and Vale).",
        "The trial (It was closed early. Enrolment had stalled.) gave no result.",
    ],
)
def test_period_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Median lifespan rose by 14%.", "Females gained more."),
        ("Samples were kept at 4 °C for 20 min.", "Serum was frozen."),
        ("We used rapamycin in 2009.", "mTORC1 activity fell."),
        ("They were injected i.p.", "The controls got saline."),
        ("The effect was small (P = 0.3).", "It faded."),
        ("Does it extend life?", "We do not know."),
        ("They ate less.", "(The food was weighed daily.)"),
        ("Bars show means.", "*P < 0.05."),
        ("Median lifespan rose by 14 % (n = 42).[3,4]", "Spermidine had no effect."),
        ("Curcumin was tried in children with CF.", "A masked, randomised design was used."),
        ("Fish oil raised 25-hydroxyvitamin D.", "Selenium lowered it."),
        ("It cleared hepatitis C.", "Ribavirin was added."),
        ("Grafts survived under cyclosporin A.", "The dose was halved."),
        ("Saline was given to group A.", "Taurine went to group B."),
        ("The mice were dosed SC.", "Tumours were measured weekly."),
        ("The drug was injected i.p.", "Serum was taken on day 9."),
        ("Grip strength rose two-fold.12,13", "Body weight fell."),
    ],
)
def test_two_sentences_are_parted(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]


def test_range_of_a_text_is_split_at_its_own_offsets() -> None:
    text = "Title. One ends. Two ends. Tail."
    assert [text[s.start : s.end] for s in split_sentences(text, start=7, end=26)] == ["One ends.", "Two ends."]


def test_long_text_without_a_period_takes_linear_time() -> None:
    assert len(split_sentences("word " * 200_000)) == 1
