from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Claim, Document, Table
from pipeline.model.records import claim_record, validate_record
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings
from pipeline.tables import TableExtraction, extract_table


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture
def extract(vocabulary: Vocabulary) -> Callable[[tuple[Document, Table]], TableExtraction]:
    """Extract a table, checking on the way that every claim keeps the contract and quotes its source."""

    def run(built: tuple[Document, Table]) -> TableExtraction:
        document, table = built
        found = extract_table(document, table, vocabulary=vocabulary, settings=Settings())
        for claim in found.claims:
            _check_claim(document, claim)
        for mention in found.mentions:
            assert document.quote(mention.span) == mention.text
        return found

    return run


def _check_claim(document: Document, claim: Claim) -> None:
    record = claim_record(claim)
    assert validate_record("claim", record) == []
    _check_places(document, record)
    readings = (" ".join(document.quote(span).split()) for span in claim.evidence.spans)
    assert " ".join(readings) == claim.evidence.text


def _check_places(document: Document, value: object) -> None:
    if isinstance(value, dict):
        if value.get("start") is not None and "text" in value:
            assert document.source[value["start"] : value["end"]] == value["text"]
        for item in value.values():
            _check_places(document, item)
    elif isinstance(value, list):
        for item in value:
            _check_places(document, item)
