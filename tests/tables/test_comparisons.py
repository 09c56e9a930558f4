"""Arms beside each other that no placebo tells apart: forms, regimens, doses, and changes from baseline."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Abbreviation, Document, Span, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]


def _defining(built: tuple[Document, Table], **meanings: str) -> tuple[Document, Table]:
    from dataclasses import replace

    document, table = built
    known = tuple(Abbreviation(short.replace("_", "-"), long, Span(0, 0)) for short, long in meanings.items())
    return replace(document, abbreviations=known), table


def test_forms_of_a_hormone_are_compared_where_the_paper_defines_them(extract: Extract) -> None:
    rows = [
        ["", "Overall", "u-FSH", "rFSH", "P"],
        ["Duration of stimulation (days)", "12.0", "12.4", "11.6", "ns"],
        ["Cancelled cycles (%)", "7.6", "9.7", "4.5", "0.02"],
    ]
    meanings = {"u_FSH": "purified urinary FSH", "rFSH": "recombinant FSH", "FSH": "follicle-stimulating hormone"}
    claims = extract(_defining(cell_table(rows, caption="Outcome of stimulation"), **meanings)).claims
    assert [(claim.intervention.text, claim.direction) for claim in claims] == [
        ("u-FSH", "no_change"), ("u-FSH", "increase"),
    ]  # fmt: skip
    assert {claim.comparator.text for claim in claims if claim.comparator} == {"rFSH"}


def test_regimens_are_compared_by_the_part_that_differs(extract: Extract) -> None:
    rows = [
        ["Symptom", "DCF (n = 30)", "ECF (n = 31)", "P value"],
        ["Fatigue score", "44.9", "32.1", "0.01"],
    ]
    meanings = {"DCF": "docetaxel, cisplatin and fluorouracil", "ECF": "epirubicin, cisplatin and fluorouracil"}
    (claim,) = extract(_defining(cell_table(rows, caption="Symptoms after treatment"), **meanings)).claims
    assert (claim.intervention.name, claim.direction) == ("docetaxel", "increase")
    assert [partner.name for partner in claim.combined_with] == ["cisplatin", "fluorouracil"]
    assert claim.comparator is not None
    assert claim.comparator.kind == "active"


def test_doses_of_one_drug_are_compared_the_higher_with_the_lower(extract: Extract) -> None:
    rows = [
        ["Outcome", "Acarbose 50 mg (n = 20)", "Acarbose 100 mg (n = 20)", "P value"],
        ["Fasting glucose (mM)", "8.1", "7.0", "0.01"],
    ]
    (claim,) = extract(cell_table(rows, caption="Outcomes at week 12")).claims
    assert claim.dose is not None
    assert (claim.dose.low, claim.direction) == (100.0, "decrease")


def test_named_dose_levels_take_their_drug_from_the_caption(extract: Extract) -> None:
    rows = [
        ["Days alive and free of support", "Low dose (n = 64)", "High dose (n = 22)", "p value"],
        ["Renal", "14.3 ± 2.9", "16.0 ± 4.5", "0.55"],
    ]
    (claim,) = extract(cell_table(rows, caption="Low versus high dose salbutamol and organ support")).claims
    assert claim.intervention.text == "salbutamol"
    assert claim.direction == "no_change"
    assert claim.comparator is not None
    assert (claim.comparator.text, claim.comparator.kind) == ("Low dose (n = 64)", "other_dose")


def test_changes_within_each_arm_are_claims_beside_its_baseline(extract: Extract) -> None:
    rows = [
        ["Score", "Metformin group", "P value", "Acarbose group", "P value"],
        ["Physical functioning", "4.1 (13.6)", "0.08", "8.0 (15.4)", "0.004"],
        ["Pain", "−6.3 (14.2)", "0.01", "0.5 (9.1)", "0.81"],
    ]
    claims = extract(cell_table(rows, caption="Mean score changes from baseline for each arm")).claims
    assert [(claim.intervention.name, claim.outcome.text, claim.direction) for claim in claims] == [
        ("metformin", "Physical functioning", "no_change"),
        ("acarbose", "Physical functioning", "increase"),
        ("metformin", "Pain", "decrease"),
        ("acarbose", "Pain", "no_change"),
    ]
    for claim in claims:
        assert claim.comparator is not None
        assert (claim.comparator.kind, claim.comparator.source) == ("baseline", "caption")
        assert claim.significance is not None
        assert claim.significance.test == "within"


def test_what_the_caption_says_was_administered_is_an_arm(extract: Extract) -> None:
    rows = [
        ["", "Royal jelly", "Saline", "P value"],
        ["Ovulation rate (%)", "93", "10", "<0.01"],
    ]
    (claim,) = extract(cell_table(rows, caption="Effect of administration of royal jelly on ovulation in mice")).claims
    assert (claim.intervention.text, claim.direction) == ("Royal jelly", "increase")


def test_surgery_and_devices_are_no_drugs(extract: Extract) -> None:
    rows = [
        ["", "Laser-assisted", "Conventional", "P value"],
        ["Fertilisation rate (%)", "73", "60", "<0.01"],
    ]
    assert extract(cell_table(rows, caption="Effect of treatment with laser on fertilisation")).claims == ()
