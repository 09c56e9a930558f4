"""Lemmas by table and by ending, and the table built from tagged sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.nlp.lemmas import Lemmatizer, strip_ending
from pipeline.training.lemma_table import build_exceptions, spell_regular_forms
from pipeline.training.records import ParsedSentence


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("extended", "VBD", "extend"),
        ("reduced", "VBN", "reduce"),
        ("attenuates", "VBZ", "attenuate"),
        ("improving", "VBG", "improve"),
        ("studies", "NNS", "study"),
        ("losses", "NNS", "loss"),
        ("dropped", "VBD", "drop"),
        ("treated", "VBN", "treat"),
        ("diabetes", "NN", "diabetes"),
        ("his", "PRP$", "his"),
    ],
)
def test_endings_give_the_lemma(word: str, tag: str, lemma: str) -> None:
    assert strip_ending(word, tag) == lemma


def test_table_wins_and_survives_saving(tmp_path: Path) -> None:
    Lemmatizer({"VBD rose": "rise"}).to_disk(tmp_path / "lemmas")
    loaded = Lemmatizer().from_disk(tmp_path / "lemmas")
    assert loaded.find_lemma("rose", "VBD") == "rise"
    assert loaded.find_lemma("rose", "NN") == "rose"


def test_exceptions_hold_what_endings_miss() -> None:
    sentence = ParsedSentence(
        key="t",
        text="Mice fell Mice ate",
        spans=((0, 4), (5, 9), (10, 14), (15, 18)),
        tags=("NNS", "VBD", "NNS", "VBD"),
        lemmas=("mouse", "fall", "mouse", "eat"),
        heads=(1, 1, 3, 3),
        deps=("nsubj", "ROOT", "nsubj", "dep"),
    )
    table = build_exceptions([sentence])
    assert {"NNS mice": "mouse", "VBD fell": "fall", "VBD ate": "eat"}.items() <= table.items()


def test_regular_forms_of_verbs() -> None:
    assert spell_regular_forms("carry") == (("VBD", "carried"), ("VBN", "carried"), ("VBG", "carrying"))
    assert spell_regular_forms("reduce")[2] == ("VBG", "reducing")
