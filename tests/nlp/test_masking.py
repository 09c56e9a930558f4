"""Syntax is read with substances masked; words, places and lemmas stay those of the text."""

from __future__ import annotations

import pytest

from pipeline.nlp.language import load_model, parse_texts
from pipeline.nlp.masking import mask_substances


def mask(text: str) -> str:
    return str(mask_substances(load_model()(text)).text)


def test_name_of_a_substance_is_masked() -> None:
    assert mask("Mice on fisetin lived longer.") == "Mice on rapamycin lived longer."


def test_first_word_keeps_its_capital() -> None:
    assert mask("Fisetin lowered weight.") == "Rapamycin lowered weight."


def test_plural_keeps_its_number() -> None:
    assert mask("Statins lower cholesterol levels.").startswith("Statins lower")


def test_letter_behind_a_name_is_masked_with_it() -> None:
    assert mask("Mice on urolithin A lived longer.") == "Mice on rapamycin rapamycin lived longer."


def test_text_without_substances_stays() -> None:
    assert mask("Old mice ran further than young ones.") == "Old mice ran further than young ones."


@pytest.mark.parametrize("name", ["fisetin", "urolithin A", "spermidine", "canagliflozin"])
def test_tree_does_not_hang_on_the_name(name: str) -> None:
    (parsed,) = parse_texts([f"In old mice, {name} increased running endurance by 38%."])
    tree = {token.text: (token.dep, parsed.tokens[token.head].text) for token in parsed.tokens}
    assert tree["increased"] == ("ROOT", "increased")
    assert tree["endurance"] == ("dobj", "increased")
    assert tree[name.split()[-1]] == ("nsubj", "increased")


def test_parsed_words_and_lemmas_are_those_of_the_text() -> None:
    text = "Fisetin lowered weights."
    (parsed,) = parse_texts([text])
    assert [text[token.start : token.end] for token in parsed.tokens] == ["Fisetin", "lowered", "weights", "."]
    assert [token.lemma for token in parsed.tokens] == ["fisetin", "lower", "weight", "."]


def test_word_that_the_document_says_was_given_is_masked() -> None:
    masked = mask_substances(load_model()("Mice on zortol lived longer."), frozenset({"zortol"}))
    assert str(masked.text) == "Mice on rapamycin lived longer."
