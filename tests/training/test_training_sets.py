"""Trees on our tokens, varied texts, passages and the claim grammar."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from pipeline.evaluation.scores import Counts, Tally
from pipeline.nlp.tokenizer import make_tokenizer
from pipeline.training.augmentation import capitalise_title, vary_texts
from pipeline.training.claim_grammar import ClaimGrammar
from pipeline.training.docbins import build_span_docs, build_tree_docs, cut_passages
from pipeline.training.evaluate import count_spots
from pipeline.training.phrases import collect_noun_phrases, join, read_phrase, word, write_sentence
from pipeline.training.records import AnnotatedText, LabelledSpan, ParsedSentence
from pipeline.training.trees import project_tree

SPLIT_WORD = ParsedSentence(
    key="s",
    text="We saw anti-mouse dye.",
    spans=((0, 2), (3, 6), (7, 17), (18, 21), (21, 22)),
    tags=("PRP", "VBD", "JJ", "NN", "."),
    lemmas=("we", "see", "anti-mouse", "dye", "."),
    heads=(1, 1, 3, 1, 1),
    deps=("nsubj", "ROOT", "amod", "dobj", "punct"),
)
JOINED_WORDS = ParsedSentence(
    key="j",
    text="Use Ca 2+ now",
    spans=((0, 3), (4, 6), (7, 8), (8, 9), (10, 13)),
    tags=("VB", "NN", "CD", "SYM", "RB"),
    lemmas=("use", "ca", "2", "+", "now"),
    heads=(0, 0, 1, 1, 0),
    deps=("ROOT", "dobj", "nummod", "punct", "advmod"),
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.tokenizer = make_tokenizer(pipeline)
    return pipeline


def test_parts_of_a_split_word_hang_on_its_last_part() -> None:
    projected = project_tree(SPLIT_WORD, [(0, 2), (3, 6), (7, 11), (11, 12), (12, 17), (18, 21), (21, 22)])
    assert projected.words == ("We", "saw", "anti", "-", "mouse", "dye", ".")
    assert projected.heads == (1, 1, 4, 4, 5, 1, 1)
    assert projected.deps == ("nsubj", "ROOT", "nmod", "punct", "amod", "dobj", "punct")
    assert projected.tags[3] == "HYPH"


def test_joined_words_take_the_head_outside_them() -> None:
    projected = project_tree(JOINED_WORDS, [(0, 3), (4, 9), (10, 13)])
    assert projected.heads == (0, 0, 0)
    assert projected.deps == ("ROOT", "dobj", "advmod")


def test_same_tokens_keep_the_tree() -> None:
    assert project_tree(SPLIT_WORD, SPLIT_WORD.spans) == SPLIT_WORD


def test_tree_docs_have_our_tokens_and_one_root(nlp: Language) -> None:
    (doc,) = build_tree_docs(nlp, [SPLIT_WORD])
    assert doc.text == SPLIT_WORD.text
    assert [token.text for token in doc if token.head == token] == ["saw"]


def test_mentions_off_boundaries_widen_and_other_labels_stay_out(nlp: Language) -> None:
    record = AnnotatedText("m", "Zinc in XY12 cells", (LabelledSpan(0, 4, "CHEMICAL"), LabelledSpan(8, 10, "GENE")))
    (doc,) = build_span_docs(nlp, [record], {"GENE"})
    assert [(span.text, span.label_) for span in doc.spans["GENE"]] == [("XY12", "GENE")]
    assert "CHEMICAL" not in doc.spans


def test_a_label_without_mentions_is_marked_as_known(nlp: Language) -> None:
    (doc,) = build_span_docs(nlp, [AnnotatedText("k", "Nothing was given.", ())], {"CHEMICAL"})
    assert "CHEMICAL" in doc.spans and not doc.spans["CHEMICAL"]


def test_of_overlapping_mentions_of_a_label_the_longest_is_kept(nlp: Language) -> None:
    spans = (LabelledSpan(0, 4, "CHEMICAL"), LabelledSpan(0, 12, "CHEMICAL"), LabelledSpan(5, 12, "CHEMICAL"))
    (doc,) = build_span_docs(nlp, [AnnotatedText("o", "zinc acetate fell", spans)], {"CHEMICAL"})
    assert [span.text for span in doc.spans["CHEMICAL"]] == ["zinc acetate"]


def test_passages_never_cut_a_mention_and_lose_none() -> None:
    text = "Zinc fell. The S. Typhi rose. Iron did not."
    record = AnnotatedText("p", text, (LabelledSpan(0, 4, "A"), LabelledSpan(15, 23, "B"), LabelledSpan(30, 34, "A")))
    passages = list(cut_passages([record], most=1, seed=1))
    assert [passage.text for passage in passages] == ["Zinc fell.", "The S. Typhi rose.", "Iron did not."]
    assert [p.text[s.start : s.end] for p in passages for s in p.spans] == ["Zinc", "S. Typhi", "Iron"]


def test_variation_is_seeded_and_keeps_offsets() -> None:
    records = [AnnotatedText(str(n), "Low-dose zinc.", (LabelledSpan(9, 13, "CHEMICAL"),)) for n in range(40)]
    varied = list(vary_texts(records, share=0.5, seed=3))
    assert varied == list(vary_texts(records, share=0.5, seed=3))
    assert len(varied) > 45
    assert {record.text[9:13].lower() for record in varied} == {"zinc"}


def test_titles_keep_small_words() -> None:
    assert capitalise_title("effects of zinc in mice") == "Effects of Zinc in Mice"


def test_grammar_sentences_are_projective_trees_with_one_root() -> None:
    for sentence in ClaimGrammar(seed=1).write_sentences(150):
        heads = sentence.heads
        assert [index for index, head in enumerate(heads) if head == index] == [sentence.deps.index("ROOT")]
        for index, head in enumerate(heads):
            for between in range(min(index, head) + 1, max(index, head)):
                assert min(index, head) <= heads[between] <= max(index, head)


def test_grammar_tokens_are_ours_and_seeded(nlp: Language) -> None:
    sentences = list(ClaimGrammar(seed=2).write_sentences(150))
    assert sentences == list(ClaimGrammar(seed=2).write_sentences(150))
    own = [tuple((token.idx, token.idx + len(token)) for token in nlp(sentence.text)) for sentence in sentences]
    assert own == [sentence.spans for sentence in sentences]


def test_coordination_chains_its_conjuncts() -> None:
    phrase = join([word("weight", "NN"), word("fat", "NN"), word("mass", "NN")], serial_comma=True)
    sentence = write_sentence(phrase, key="c")
    assert sentence.text == "Weight, fat, and mass"
    assert [(w, d, sentence.words[h]) for w, d, h in zip(sentence.words, sentence.deps, sentence.heads, strict=True)][
        4:
    ] == [
        ("and", "cc", "fat"),
        ("mass", "conj", "fat"),
    ]


def test_noun_phrases_are_lifted_with_their_spacing() -> None:
    (phrase,) = collect_noun_phrases([SPLIT_WORD], longest=4)
    assert phrase == read_phrase(SPLIT_WORD, 3)
    assert write_sentence(phrase, key="n").text == "Anti-mouse dye"


def test_spots_count_strictly_and_by_overlap() -> None:
    tally = Tally()
    count_spots(tally, "SPECIES", "paper", {(0, 4), (10, 14), (20, 24)}, {(0, 4), (10, 18), (30, 34)})
    assert tally.total("SPECIES strict") == Counts(1, 2, 2)
    assert tally.total("SPECIES relaxed") == Counts(2, 1, 1)
