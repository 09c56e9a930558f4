"""Latin names, names cut to an initial, and plants that are food."""

import pytest

from pipeline.model import Concept
from pipeline.nlp.organisms import find_short_names, is_latin_name, is_plant_matter
from pipeline.nlp.vocabulary import Vocabulary

ALGA = Concept("NCBITaxon:1", "Zygnema fictum")


@pytest.mark.parametrize("words", ["Zygnema fictum", "Z. fictum", "Zygnema fictum subsp. album", "Ae. aegypti"])
def test_genus_with_epithet_is_a_latin_name(words: str) -> None:
    assert is_latin_name(words)


@pytest.mark.parametrize("words", ["the mice", "Zygnema", "ATP synthase", "S. P. Miller", "zygnema fictum"])
def test_other_words_are_none(words: str) -> None:
    assert not is_latin_name(words)


def test_short_name_is_the_species_named_in_full() -> None:
    text = "Zygnema fictum grows slowly. Cells of Z. fictum and of Z.fictum divide; B. fictum does not."
    found = list(find_short_names(text, [("Zygnema fictum", ALGA)]))
    assert [(text[start:end], concept) for start, end, concept in found] == [("Z. fictum", ALGA), ("Z.fictum", ALGA)]


def test_short_name_of_two_species_is_nobodys() -> None:
    other = Concept("NCBITaxon:2", "Zanclea ficta")
    assert not list(find_short_names("Z. fictum", [("Zygnema fictum", ALGA), ("Zonaria fictum", other)]))


@pytest.mark.parametrize(
    ("sentence", "is_stuff"),
    [
        ("We grew wheat at two temperatures.", False),
        ("Cakes of wheat flour were baked.", True),
        ("Rats were fed wheat for a month.", True),
        ("Rust infects wheat leaves.", False),
    ],
)
def test_plant_eaten_or_milled_is_no_species(sentence: str, is_stuff: bool) -> None:
    start = sentence.index("wheat")
    assert is_plant_matter(sentence, start, start + 5, sentence=sentence) is is_stuff


def test_species_with_its_genus_cut_is_found_in_the_vocabulary() -> None:
    text = "We plated E. coli. Coli are bacteria. Vitamin B. subtilis is no name."
    tokens = [(0, 2), (3, 9), (10, 12), (13, 17), (17, 18)]
    names = [(text[m.start : m.end], m.concept.name if m.concept else "") for m in Vocabulary.load().find(text, tokens)]
    assert ("E. coli", "Escherichia coli") in names
