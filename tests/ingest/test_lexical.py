"""Hyphens, short forms, section titles, reference entries."""

# ruff: noqa: E501

import pytest

from pipeline.ingest.abbreviations import find_abbreviations
from pipeline.ingest.hyphenation import count_words, keeps_hyphen
from pipeline.ingest.references import parse_reference
from pipeline.ingest.sections import recognise_section
from pipeline.model.spans import Span


@pytest.mark.parametrize(
    ("left", "right", "kept"),
    [
        ("suppres", "sion", False), ("age", "related", True), ("mTORC1", "specific", True), ("self", "renewal", True),
        ("well", "being", True), ("inter", "mittent", False), ("IL", "6", True), ("co", "operate", False),
    ],
)  # fmt: skip
def test_hyphen_at_a_line_end(left: str, right: str, kept: bool) -> None:
    stock = count_words("We cooperate for the well-being and renewal of others; being kind is intermittent.")
    assert keeps_hyphen(left, right, stock) is kept


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Rats with acute kidney injury (AKI) died.", "AKI", "acute kidney injury"),
        ("We measured heat shock factor 1 (HSF1).", "HSF1", "heat shock factor 1"),
        ("The MEF (mouse embryonic fibroblast) grew.", "MEF", "mouse embryonic fibroblast"),
        ("Mice died early (see Table 2).", None, None),
        ("Both 5 mg of one and many more given (5 mg/kg) helped.", None, None),
    ],
)
def test_definitions_of_short_forms(text: str, short: str | None, long: str | None) -> None:
    found = [(item.short, item.long) for item in find_abbreviations(text, [Span(0, len(text))])]
    assert found == ([] if short is None else [(short, long)])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MATERIALS AND METHODS", "methods"), ("2.1 Statistical analysis", "methods"), ("Results and Discussion", "results"),
        ("Conflict of Interest", "back"), ("Background", "introduction"), ("Literature cited", "references"),
        ("Concluding remarks", "conclusion"), ("Sirolimus and the skin", None),
    ],
)  # fmt: skip
def test_title_names_the_kind_of_section(title: str, kind: str | None) -> None:
    assert recognise_section(title) == kind


def test_reference_with_initials_first_and_year_in_parentheses() -> None:
    text = "[12] A. B. Stone and C. Dunn (2004) Rest and the ageing hamster. J. Hamst. 3, 12-19. doi:10.9999/JH.4."
    reference = parse_reference(text, span=None, position=1)
    assert (reference.marker, reference.year, reference.doi) == ("12", 2004, "10.9999/jh.4")
    assert reference.authors == ("Stone AB", "Dunn C")
    assert reference.title == "Rest and the ageing hamster"


def test_unnumbered_reference_is_keyed_by_author_and_year() -> None:
    reference = parse_reference("Moss E, Frey A. 2009a. How voles eat. Voles 2: 1–9.", span=None, position=3)
    assert (reference.marker, reference.title) == ("Moss 2009a", "How voles eat")
