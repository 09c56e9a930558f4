"""The tokenizer cuts where mentions begin and end, and nowhere inside names, numbers and abbreviations."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from pipeline.nlp.components import keep_sentences
from pipeline.nlp.tokenizer import find_misaligned, make_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.tokenizer = make_tokenizer(pipeline)
    return pipeline


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("14ppm", "14 ppm"),
        ("5mg/kg", "5 mg / kg"),
        ("(0.5-5mg)", "( 0.5 - 5 mg )"),
        ("2.5µg", "2.5 µg"),
        ("20/30mg", "20 / 30 mg"),
        ("12.5%±3.1", "12.5 % ± 3.1"),
        ("37°C.", "37 °C ."),
        ("1,051 mice", "1,051 mice"),
        ("6-month-old", "6 - month - old"),
        ("p<0.05;", "p < 0.05 ;"),
        ("(n=8)", "( n = 8 )"),
        ("1.2–3.4", "1.2 – 3.4"),
        ("−3.5", "− 3.5"),
        ("didn't cannot", "did n't can not"),
        ("Parkinson's", "Parkinson 's"),
        ("CGI-S.", "CGI - S ."),
    ],
)
def test_numbers_units_and_signs_part(nlp: Language, text: str, tokens: str) -> None:
    assert [token.text for token in nlp(text)] == tokens.split()


@pytest.mark.parametrize("name", ["p53", "4E", "17α", "S6K1", "mTORC1", "PI3K", "W303", "14C", "im", "C57BL", "6J"])
def test_names_of_letters_and_digits_stay_whole(nlp: Language, name: str) -> None:
    assert [token.text for token in nlp(f"({name})")] == ["(", name, ")"]


@pytest.mark.parametrize("text", ["i.p.", "s.c.", "i.v.", "p.o.", "b.i.d.", "e.g.", "vs.", "0.3", "1,051"])
@pytest.mark.parametrize("frame", ["{}", "{}, then", "({})", "{}-injected"])
def test_abbreviations_and_decimals_are_never_cut(nlp: Language, text: str, frame: str) -> None:
    assert text in [token.text for token in nlp(frame.format(text))]


def test_et_al_keeps_its_stop(nlp: Language) -> None:
    assert [token.text for token in nlp("Moor et al. (2014).")] == ["Moor", "et", "al.", "(", "2014", ")", "."]


def test_text_is_rebuilt_exactly(nlp: Language) -> None:
    text = "TGF-β1-/- mice  got 5mg/kg\n(i.p.); 12.5%±3.1 vs. “10%”."
    assert nlp(text).text == text


def test_misaligned_spans_are_found(nlp: Language) -> None:
    text = "Dex-induced IL-6 at p53."
    assert find_misaligned(nlp.tokenizer, text, [(0, 3), (12, 16), (21, 22)]) == [(21, 22)]


def test_tokenizer_survives_saving(nlp: Language, tmp_path: Path) -> None:
    config = spacy.blank("en").config
    config["nlp"]["tokenizer"] = {"@tokenizers": "litclaims.tokenizer.v1"}
    spacy.util.load_model_from_config(config, auto_fill=True).to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    text = "14ppm i.p.-injected, cannot."
    assert [token.text for token in loaded(text)] == [token.text for token in nlp(text)]


def test_sentence_keeper_adds_no_boundary(nlp: Language) -> None:
    doc = keep_sentences(nlp("Mice ate. Rats slept."))
    assert len(list(doc.sents)) == 1
    doc = nlp("Mice ate. Rats slept.")
    doc[3].is_sent_start = True
    assert [sentence.text for sentence in keep_sentences(doc).sents] == ["Mice ate.", "Rats slept."]
