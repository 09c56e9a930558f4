"""Mentions are scored as in SemEval-2013 task 9.1, one to one and whatever their order."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.entities import Place, pair_places, score_pairs
from pipeline.evaluation.scores import Counts

from .cases import entity, gold_of, run, scope

ALL = scope(0, 9, "Abstract", covers=("entities",))


def place(start: int, end: int, label: str = "CHEMICAL") -> Place:
    return Place("doc", start, end, label)


def predicted(start: int, end: int, label: str) -> dict[str, Any]:
    return {"doc_id": "doc", "start": start, "end": end, "label": label, "text": "x"}


def test_worked_example_of_the_four_manners() -> None:
    """In order: all the same; other label; other bounds; other bounds and label; then one missed and one spurious."""
    gold = [place(0, 5), place(10, 15), place(20, 25), place(30, 35), place(40, 45)]
    found = [place(0, 5), place(10, 15, "GENE"), place(20, 23), place(31, 35, "GENE"), place(60, 65)]
    assert score_pairs(found, gold) == {
        "strict": Counts(1, 4, 4),
        "exact": Counts(2, 3, 3),
        "partial": Counts(3, 2, 2),
        "type": Counts(2, 3, 3),
    }


def test_worked_example_by_the_categories_of_the_task() -> None:
    """The task's categories (correct, incorrect, partial, missed, spurious) over six gold and six found mentions.

    A missed one; a spurious one; right label, one word too long, twice; right bounds, other label; right, twice.

    ========  =======  =========  =======  ======  ========
    manner    correct  incorrect  partial  missed  spurious
    ========  =======  =========  =======  ======  ========
    strict    2        3          0        1       1
    exact     3        2          0        1       1
    partial   3        0          2        1       1
    type      4        1          0        1       1
    ========  =======  =========  =======  ======  ========

    Precision is (correct + partial / 2) / found, recall the same over gold.
    """
    gold = [place(0, 7), place(20, 28), place(40, 51), place(60, 69), place(80, 92), place(100, 114, "GENE")]
    found = [place(10, 17), place(17, 28), place(40, 51, "GENE"), place(60, 69), place(80, 92), place(95, 114, "GENE")]
    right = {"strict": 2, "exact": 3, "partial": 3 + 2 / 2, "type": 4}
    scores = score_pairs(found, gold)
    assert scores == {name: Counts(correct, 6 - correct, 6 - correct) for name, correct in right.items()}
    assert {name: score.precision for name, score in scores.items()} == {
        "strict": 2 / 6,
        "exact": 3 / 6,
        "partial": 4 / 6,
        "type": 4 / 6,
    }


def test_mention_in_pieces_earns_once() -> None:
    """Two found mentions inside one gold mention: one is partly right, the other is spurious."""
    scores = score_pairs([place(0, 4), place(5, 9)], [place(0, 9)])
    assert (scores["partial"], scores["strict"]) == (Counts(0.5, 1.5, 0.5), Counts(0, 2, 1))


def test_mention_at_offset_zero_counts() -> None:
    assert score_pairs([place(0, 3)], [place(0, 3)])["strict"] == Counts(1, 0, 0)


def test_one_long_prediction_earns_one_of_two_labels() -> None:
    assert score_pairs([place(0, 20)], [place(0, 8), place(10, 20)])["type"] == Counts(1, 0, 1)


def test_right_label_wins_over_right_bounds_of_another() -> None:
    """A disease that is an outcome carries both labels; each prediction goes to its own."""
    gold = [place(0, 8, "DISEASE"), place(0, 8, "OUTCOME")]
    assert score_pairs([place(0, 8, "OUTCOME"), place(0, 8, "DISEASE")], gold)["strict"] == Counts(2, 0, 0)


def test_touching_mentions_do_not_overlap() -> None:
    assert pair_places([place(0, 5)], [place(5, 9)]) == []


PLACES = st.lists(
    st.builds(
        lambda start, size, label: place(start, start + size, label),
        st.integers(0, 12), st.integers(1, 4), st.sampled_from(["CHEMICAL", "GENE"]),
    ),
    max_size=8, unique=True,
)  # fmt: skip


@given(PLACES, PLACES, st.randoms(use_true_random=False))
def test_order_and_sides_do_not_matter(left: list[Place], right: list[Place], shuffled: random.Random) -> None:
    once = score_pairs(left, right)
    shuffled.shuffle(left)
    shuffled.shuffle(right)
    assert score_pairs(left, right) == once
    assert {name: Counts(item.tp, item.fn, item.fp) for name, item in score_pairs(right, left).items()} == once


@given(PLACES)
def test_perfect_prediction_is_right_in_every_manner(gold: list[Place]) -> None:
    assert all(item == Counts(len(gold), 0, 0) for item in score_pairs(list(gold), gold).values())


def test_only_labelled_stretches_and_labels_are_judged() -> None:
    drugs = scope(20, 29, "Methods", covers=("entities",), labels=["CHEMICAL"])
    gold = gold_of(entity(10, 15, "CHEMICAL"), entity(2010, 2015, "CHEMICAL"), scopes=[ALL, drugs])
    found = [predicted(10, 15, "CHEMICAL"), predicted(2010, 2015, "CHEMICAL"), predicted(2050, 2055, "GENE")]
    scores = run([], gold, entities=[*found, predicted(5000, 5005, "GENE")]).entities
    assert scores.manners["strict"].total("all") == Counts(2, 0, 0)
    assert (scores.judged, scores.unjudged) == (2, 2)


def test_label_that_was_never_predicted_counts_in_recall() -> None:
    gold = gold_of(entity(10, 15, "CHEMICAL"), entity(20, 25, "STRAIN"), scopes=[ALL])
    strict = run([], gold, entities=[predicted(10, 15, "CHEMICAL")]).as_dict()["entities"]["strict"]
    assert (strict["STRAIN"]["recall"], strict["STRAIN"]["precision"]) == (0, None)
    assert strict["all"]["recall"] == 0.5
