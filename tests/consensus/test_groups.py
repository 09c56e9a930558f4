"""Consensus counts papers, not sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pipeline.consensus import Group, group_claims, select_groups
from pipeline.consensus.keys import intervention_key, outcome_key

Record = dict[str, Any]
MOUSE = {"text": "mice", "name": "Mus musculus", "id": "NCBITaxon:10090"}


@pytest.fixture
def paper(document_record: Callable[..., Record]) -> Callable[..., Record]:
    """A function that gives a paper's record by its number."""

    def build(number: int, **changes: Any) -> Record:
        values = {"doi": f"10.5555/paper.{number}", "title": None, "year": 2000 + number}
        return document_record(doc_id=f"{number:020}", path=f"papers/{number}.md", **{**values, **changes})

    return build


@pytest.fixture
def says(claim_record: Callable[..., Record]) -> Callable[..., Record]:
    """A function that gives a claim of a paper on acarbose, lifespan and mice, with changes."""
    count = iter(range(1000))

    def build(
        number: int, direction: str, *, drug: str = "acarbose", outcome: str = "lifespan", **changes: Any
    ) -> Record:
        values = {
            "claim_id": f"{next(count):020x}",
            "doc_id": f"{number:020}",
            "direction": direction,
            "intervention": {"text": drug, "name": drug, "kind": "drug"},
            "outcome": {"text": outcome, "name": outcome},
            "species": MOUSE,
            "source_kind": "own",
        }
        return claim_record(**{**values, **changes})

    return build


def cites(*numbers: int) -> list[Record]:
    return [{"marker": str(number), "text": None, "doi": f"10.5555/paper.{number}"} for number in numbers]


def only(documents: Sequence[tuple[Record, list[Record]]]) -> Group:
    groups = group_claims(documents)
    assert len(groups) == 1
    return groups[0]


def test_a_paper_counts_once_however_often_it_says_it(paper: Any, says: Any) -> None:
    group = only(
        [
            (paper(1), [says(1, "increase") for _ in range(5)]),
            (paper(2), [says(2, "no_change")]),
        ]
    )
    assert group.counts == {"increase": 1, "decrease": 0, "no_change": 1, "mixed": 0, "unknown": 0}
    assert (group.direction, group.agreement, group.strength) == (None, 0.5, "conflicting")


def test_a_paper_that_says_both_directions_is_mixed(paper: Any, says: Any) -> None:
    group = only([(paper(1), [says(1, "increase"), says(1, "decrease")])])
    assert group.counts["mixed"] == 1
    assert group.voices[0].direction == "mixed"


def test_asserted_claims_of_a_paper_outrank_its_hedged_ones(paper: Any, says: Any) -> None:
    group = only([(paper(1), [says(1, "increase"), says(1, "no_change", certainty="hedged")])])
    assert (group.voices[0].direction, group.voices[0].certainty) == ("increase", "asserted")


def test_hypotheses_and_rejected_claims_do_not_count(paper: Any, says: Any) -> None:
    claims = [
        says(1, "increase"),
        says(1, "decrease", certainty="hypothesis"),
        says(1, "decrease", decision="rejected"),
    ]
    assert only([(paper(1), claims)]).voices[0].direction == "increase"


def test_a_corrected_claim_counts_with_its_values(paper: Any, says: Any) -> None:
    corrected = says(1, "no_change", decision="corrected", extracted={"direction": "increase"})
    assert only([(paper(1), [corrected])]).direction == "no_change"


@pytest.mark.parametrize(
    "citation",
    [
        {"marker": "1", "doi": "10.5555/PAPER.1"},
        {"marker": "1", "pmid": "123"},
        {"marker": "1", "text": "1. Example A. Acarbose and the lifespan of many mice. J Invent. 2001;1:1-9."},
    ],
)
def test_a_review_and_the_paper_it_cites_are_one_voice(paper: Any, says: Any, citation: Record) -> None:
    primary = paper(1, pmid="123", title="Acarbose and the lifespan of many mice")
    report = says(2, "increase", source_kind="cited", citations=[citation])
    group = only([(primary, [says(1, "increase")]), (paper(2), [report])])
    assert (len(group.voices), len(group.lines)) == (1, 1)
    voice = group.voices[0]
    assert (voice.basis, voice.paper.doc_ids) == ("own", (f"{1:020}",))
    assert [item.reporter.doc_ids for item in voice.reports] == [(f"{2:020}",)]


def test_the_year_of_a_title_must_not_differ(paper: Any, says: Any) -> None:
    primary = paper(1, doi=None, title="Acarbose and the lifespan of many mice")
    text = "Example A. Acarbose and the lifespan of many mice. J Invent. 1987;1:1-9."
    report = says(2, "increase", source_kind="cited", citations=[{"marker": "1", "text": text}])
    assert len(only([(primary, [says(1, "increase")]), (paper(2), [report])]).voices) == 2


def test_a_paper_without_a_claim_of_its_own_speaks_through_its_review(paper: Any, says: Any) -> None:
    report = says(2, "increase", source_kind="cited", citations=cites(1))
    group = only([(paper(1), []), (paper(2), [report])])
    assert [(voice.basis, voice.paper.doc_ids) for voice in group.voices] == [("reported", (f"{1:020}",))]


def test_a_review_that_reports_another_direction_is_told(paper: Any, says: Any) -> None:
    report = says(2, "increase", source_kind="cited", citations=cites(1))
    group = only([(paper(1), [says(1, "no_change")]), (paper(2), [report])])
    assert group.direction == "no_change"
    assert [other.doc_ids for other in group.voices[0].reported_otherwise] == [(f"{2:020}",)]


def test_two_reviews_of_one_unseen_paper_are_one_voice(paper: Any, says: Any) -> None:
    reports = [(paper(n), [says(n, "increase", source_kind="cited", citations=cites(9))]) for n in (1, 2)]
    group = only(reports)
    assert (len(group.voices), group.strength) == (1, "weak")


def test_works_cited_together_by_one_sentence_count_once(paper: Any, says: Any) -> None:
    together = says(1, "increase", source_kind="cited", citations=cites(7, 8, 9))
    group = only([(paper(1), [together])])
    assert (len(group.voices), len(group.lines), group.strength) == (3, 1, "weak")
    apart = [says(1, "increase", source_kind="cited", citations=cites(number)) for number in (7, 8)]
    group = only([(paper(1), apart)])
    assert (len(group.lines), group.strength) == (2, "moderate")


def test_strength_needs_papers_that_found_it(paper: Any, says: Any) -> None:
    found = [(paper(n), [says(n, "increase")]) for n in range(1, 4)]
    assert only(found).strength == "strong"
    assert only(found[:2]).strength == "moderate"
    assert only(found[:1]).strength == "weak"
    hedged = [(paper(n), [says(n, "increase", certainty="hedged")]) for n in range(1, 4)]
    assert only(hedged).strength == "weak"
    assert only([*found, (paper(4), [says(4, "decrease")])]).strength == "strong"
    assert only([*found, *((paper(n), [says(n, "decrease")]) for n in (4, 5))]).strength == "conflicting"


def test_two_files_of_one_paper_are_one_paper(paper: Any, says: Any) -> None:
    twin = paper(2, doi="10.5555/paper.1")
    group = only([(paper(1), [says(1, "increase")]), (twin, [says(2, "increase")])])
    assert (len(group.voices), group.voices[0].paper.doc_ids) == (1, (f"{1:020}", f"{2:020}"))


def test_brands_and_salts_meet_their_drug() -> None:
    for one, other in (
        ("sirolimus", "Rapamune"),
        ("metformin", "metformin hydrochloride"),
        ("lithium", "lithium chloride"),
        ("acarbose", "acarbose treatment"),
    ):
        assert intervention_key({"name": one}).key == intervention_key({"name": other}).key
    for one, other in (("sodium chloride", "sodium bicarbonate"), ("potassium chloride", "sodium chloride")):
        assert intervention_key({"name": one}).key != intervention_key({"name": other}).key


def test_outcomes_meet_by_concept_or_by_their_words() -> None:
    for one, other in (
        ("lifespan", "median lifespan"),
        ("lifespan", "life"),
        ("tumour growth", "growth of tumours"),
        ("fasting glucose", "fasting glucose levels"),
        ("IL-99", "serum IL-99 concentration"),
    ):
        assert outcome_key({"name": one}).key == outcome_key({"name": other}).key
    linked = outcome_key({"name": "ejection fraction", "id": "LITCLAIMS:outcome/ejection-fraction"})
    assert linked.key == outcome_key({"name": "ejection fraction"}).key
    assert outcome_key({"name": "tumour growth"}).key != outcome_key({"name": "hair growth"}).key
    assert outcome_key({"name": "body weight"}).key != outcome_key({"name": "liver weight"}).key


def test_groups_are_found_by_any_name(paper: Any, says: Any) -> None:
    documents = [
        (paper(1), [says(1, "increase", drug="sirolimus"), says(1, "increase")]),
        (paper(2), [says(2, "increase", drug="Rapamune", species=None)]),
    ]
    groups = group_claims(documents)
    assert len(groups) == 3
    assert len(select_groups(groups, drug="rapamycin")) == 2
    assert len(select_groups(groups, drug="rapamycin", species="mouse")) == 1
    assert select_groups(groups, papers=2) == []
    assert select_groups(groups, conflicting=True) == []


def test_the_order_of_documents_changes_nothing(paper: Any, says: Any) -> None:
    documents = [
        (paper(n), [says(n, direction)]) for n, direction in ((1, "increase"), (2, "decrease"), (3, "increase"))
    ]
    assert group_claims(documents) == group_claims(documents[::-1])
