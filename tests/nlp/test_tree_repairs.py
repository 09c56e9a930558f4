"""Trees before and after repair. A tree is `word/TAG/label>head` for each token; a changed token is told after `=>`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Token
from pipeline.nlp.tree_draft import Draft
from pipeline.nlp.tree_repairs import repair_tree

MENDED = {
    "past verb of a noun with a subject": """
        Rapamycin/NN/nsubj>1=>nsubj>1 protected/VBD/amod>2=>ROOT>1 mice/NNS/ROOT>2=>dobj>1 from/IN/prep>2=>prep>1
        decline/NN/pobj>3
    """,
    "past verb behind an apposition": """
        Dorzol/NN/dep>6=>nsubj>5 ,/,/punct>0 an/DT/det>3 inhibitor/NN/appos>0 ,/,/punct>6=>punct>5
        improved/VBN/amod>6=>ROOT>5 control/NN/ROOT>6=>dobj>5
    """,
    "past verb of a group": """
        Patients/NNS/ROOT>0=>nsubj>3 receiving/VBG/acl>0 placebo/NN/npadvmod>3=>dobj>1 developed/VBD/amod>4=>ROOT>3
        anaemia/NN/dobj>1=>dobj>3
    """,
    "subject behind an opening phrase": """
        Compared/VBN/prep>5 with/IN/prep>0 losartan/NN/pobj>1 ,/,/punct>5 aliskiren/NN/conj>2=>nsubj>5
        raised/VBD/ROOT>5 renin/NN/dobj>5
    """,
    "leaving something as it is": """
        acarbose/NN/dep>3=>nsubj>1 left/VBN/amod>2=>ROOT>1 weight/NN/nsubj>3 unchanged/JJ/ROOT>3=>ccomp>1
    """,
    "verb of a relative clause": """
        adults/NNS/nsubj>5 who/WP/dep>2=>nsubj>2 took/VBD/amod>3=>relcl>0 aspirin/NN/dobj>5=>dobj>2 daily/RB/advmod>5
        had/VBD/ROOT>5
    """,
    "gerund that says what an effect is": """
        It/PRP/nsubj>1 had/VBD/ROOT>1 no/DT/det>3 effect/NN/dobj>1 in/IN/prep>3 easing/VBG/amod>6=>pcomp>4
        cough/NN/pobj>4=>dobj>5
    """,
    "gerund before an article": """
        It/PRP/nsubj>1 works/VBZ/ROOT>1 by/IN/prep>1 blocking/VBG/amod>5=>pcomp>2 the/DT/det>5
        channel/NN/pobj>2=>dobj>3
    """,
    "gerund without something": """
        It/PRP/nsubj>1 cured/VBD/ROOT>1 ulcers/NNS/dobj>1 without/IN/prep>2=>prep>1 raising/VBG/amod>5=>pcomp>3
        pressure/NN/pobj>3=>dobj>4
    """,
    "main verb behind an opening gerund": """
        By/IN/ROOT>0=>prep>4 lowering/VBG/pcomp>0 lipids/NNS/dobj>1 statins/NNS/nsubj>4
        delay/VBP/dobj>1=>ROOT>4 stroke/NN/dobj>4
    """,
    "what is left of a verb": """
        It/PRP/nsubj>1 slept/VBD/ROOT>1 but/CC/cc>1 we/PRP/nsubj>4 did/VBD/aux>5=>conj>1 not/RB/conj>1=>neg>4
    """,
    "negation of an auxiliary": """
        Death/NN/nsubjpass>3 was/VBD/auxpass>3 not/RB/neg>1=>neg>3 delayed/VBN/ROOT>3
    """,
    "past tense behind a clause in between": """
        Urate/NN/nsubj>1 peaked/VBD/ROOT>1 when/WRB/advmod>5 most/JJS/nsubj>5 were/VBD/aux>5 fasting/VBG/advcl>1
        and/CC/cc>5=>cc>1 fell/VBD/conj>5=>conj>1
    """,
    "verbs in a row": """
        Drug/NN/nsubj>1 slows/VBZ/ccomp>4=>ROOT>1 decay/NN/dobj>1 ,/,/punct>4=>punct>1 prevents/VBZ/ROOT>4=>conj>1
        loss/NN/dobj>4
    """,
    "list that ends in a verb": """
        It/PRP/nsubj>1 caused/VBD/ROOT>1 sleep/NN/dobj>1 ,/,/punct>2 lowered/VBN/amod>5=>conj>1
        pressure/NN/conj>2=>dobj>4 and/CC/cc>1 had/VBD/conj>1 effects/NNS/dobj>7
    """,
    "noun behind a verb": "to/TO/aux>1 lower/VB/ROOT>1 fever/NN/advmod>1=>dobj>1",
    "noun before a verb without a subject": """
        rapalogs/NNS/dep>3=>nsubjpass>3 have/VBP/aux>3 been/VBN/auxpass>3 studied/VBN/ROOT>3
    """,
    "adjective whose noun is a second object": """
        caused/VBD/ROOT>0 falls/NNS/dobj>0 in/IN/prep>1 vascular/JJ/pobj>2=>amod>5 overall/JJ/amod>5
        mortality/NN/dobj>0=>pobj>2
    """,
    "noun that stands twice": """
        raised/VBD/ROOT>0 LDL/NN/compound>2 cholesterol/NN/nmod>5=>dobj>0 and/CC/cc>2
        HDL/NN/conj>2=>compound>5 cholesterol/NN/dobj>0=>conj>2
    """,
    "nouns with the same preposition": """
        loss/NN/ROOT>0 of/IN/prep>0 muscle/NN/pobj>1 and/CC/cc>2=>cc>0 gain/NN/conj>2=>conj>0 of/IN/prep>4
        fat/NN/pobj>5
    """,
    "nouns with places of their own": """
        eased/VBD/ROOT>0 cough/NN/dobj>0 in/IN/prep>0=>prep>1 men/NNS/pobj>2 and/CC/cc>3=>cc>1
        gout/NN/conj>3=>conj>1 in/IN/prep>0=>prep>5 women/NNS/pobj>6
    """,
    "changes with the same preposition": """
        increase/NN/ROOT>0 of/IN/prep>0 ferritin/NN/pobj>1 and/CC/cc>2=>cc>0 reduction/NN/conj>2=>conj>0
        of/IN/prep>2=>prep>4 iron/NN/pobj>5
    """,
    "noun beside its own part": """
        prevents/VBZ/ROOT>0 stroke/NN/dobj>0 and/CC/cc>1 kidney/NN/conj>1=>compound>4 failure/NN/conj>1
    """,
    "a change of two things": """
        caused/VBD/ROOT>0 a/DT/det>2 reduction/NN/dobj>0 of/IN/prep>2 pulse/NN/pobj>3 and/CC/cc>2=>cc>4
        pressure/NN/conj>2=>conj>4
    """,
    "like prepositions": """
        fell/VBD/ROOT>0 by/IN/prep>0 half/NN/pobj>1 in/IN/prep>0 men/NNS/pobj>3 and/CC/cc>3=>cc>1
        by/IN/conj>3=>conj>1 third/NN/pobj>6 in/IN/prep>6=>prep>0 women/NNS/pobj>8
    """,
}
LEFT = {
    "participle of a noun without a subject": "treated/VBN/amod>1 mice/NNS/ROOT>1",
    "participle beside a finite verb": """
        Mice/NNS/nsubj>1 received/VBD/ROOT>1 treated/VBN/amod>3 water/NN/dobj>1
    """,
    "gerund that tells of cells": "division/NN/ROOT>0 of/IN/prep>0 cycling/VBG/amod>3 cells/NNS/pobj>1",
    "gerund that tells of doses": "given/VBN/ROOT>0 in/IN/prep>0 increasing/VBG/amod>3 doses/NNS/pobj>1",
    "two members of an opening phrase": """
        With/IN/prep>5 A/NN/pobj>0 ,/,/punct>1 and/CC/cc>1 B/NN/conj>1 rose/VBD/ROOT>5
    """,
    "nouns that share what follows": """
        loss/NN/ROOT>0 of/IN/prep>0 expression/NN/pobj>1 and/CC/cc>2 function/NN/conj>2 of/IN/prep>2 p53/NN/pobj>5
    """,
    "members of a list": "prevents/VBZ/ROOT>0 stroke/NN/dobj>0 ,/,/punct>1 asthma/NN/conj>1 and/CC/cc>1 gout/NN/conj>1",
    "list of nouns with a participle": """
        It/PRP/nsubj>1 caused/VBD/ROOT>1 sleep/NN/dobj>1 ,/,/punct>2 raised/VBN/amod>5 pressure/NN/conj>2
        and/CC/cc>2 thirst/NN/conj>2
    """,
    "whose": "genes/NNS/ROOT>0 whose/WP$/poss>2 loss/NN/dep>4 was/VBD/aux>4 lethal/JJ/relcl>0",
}


def read_tree(written: str) -> tuple[list[Token], list[tuple[str, int]]]:
    """Return the tokens, and the label and head that each is to have."""
    tokens, wanted = [], []
    for item in written.split():
        before, _, after = item.partition("=>")
        word, tag, hung = before.rsplit("/", 2)
        dep, head = hung.split(">")
        new_dep, new_head = (after or hung).split(">")
        place = len(tokens)
        tokens.append(Token(word, word.lower(), tag, dep, int(head), place * 20, place * 20 + len(word)))
        wanted.append((new_dep, int(new_head)))
    return tokens, wanted


@pytest.mark.parametrize("written", MENDED.values(), ids=MENDED.keys())
def test_impossible_trees_are_mended(written: str) -> None:
    tokens, wanted = read_tree(written)
    assert wanted != [(token.dep, token.head) for token in tokens]
    assert [(token.dep, token.head) for token in repair_tree(tokens)] == wanted


@pytest.mark.parametrize("written", LEFT.values(), ids=LEFT.keys())
def test_possible_trees_are_left(written: str) -> None:
    tokens, _ = read_tree(written)
    assert repair_tree(tokens) == tuple(tokens)


@st.composite
def trees(draw: st.DrawFn) -> list[Token]:
    """Draw a tree of any shape with labels and tags that the rules look at."""
    size = draw(st.integers(1, 12))
    root = draw(st.integers(0, size - 1))
    order = [root, *(node for node in range(size) if node != root)]
    tags = st.sampled_from("NN NNS VBD VBN VBG VBZ JJ IN RB CC DT ,".split())
    deps = st.sampled_from("nsubj dobj pobj prep conj cc amod compound nmod dep advcl ccomp aux neg appos".split())
    words = st.sampled_from("of in by without left who not lower reduction , and effect drugs".split())
    heads = {root: root} | {node: order[draw(st.integers(0, place))] for place, node in enumerate(order[1:])}
    return [
        Token(word, word, draw(tags), "ROOT" if node == root else draw(deps), heads[node], node * 10, node * 10 + 5)
        for node, word in enumerate(draw(st.lists(words, min_size=size, max_size=size)))
    ]


@given(trees())
def test_repaired_tree_is_a_tree_of_the_same_words(tokens: list[Token]) -> None:
    repaired = repair_tree(tokens)
    assert Draft(repaired).is_tree()
    assert [(t.text, t.start) for t in repaired] == [(t.text, t.start) for t in tokens]


def test_cycles_are_no_trees() -> None:
    tokens, _ = read_tree("a/NN/dep>1 b/NN/dep>0 c/NN/ROOT>2")
    assert not Draft(tokens).is_tree()


def test_empty_sentence_stays_empty() -> None:
    assert repair_tree(()) == ()
