"""Entities have the bounds of the contract; what a claim needs besides stays in the mention."""

from __future__ import annotations

import pytest

from pipeline.model import Label, Mention, Span
from pipeline.quantities.conventions import as_entity


def _mention(label: Label, text: str) -> Mention:
    return Mention(label=label, span=Span(40, 40 + len(text)), text=text, clean=Span(10, 10 + len(text)))


@pytest.mark.parametrize(
    ("label", "text", "tight"),
    [
        ("EFFECT", "40% increase", "40%"),
        ("EFFECT", "2.5-fold higher", "2.5-fold"),
        ("EFFECT", "threefold lower", "threefold"),
        ("EFFECT", "8.1 ± 0.4 mmol/L", "8.1 ± 0.4 mmol/L"),
        ("ROUTE", "topically applied", "topically"),
        ("ROUTE", "in the diet", "diet"),
        ("ROUTE", "oral administration", "oral"),
        ("ROUTE", "tail vein injection", "tail vein injection"),
        ("SEX", "of both sexes", "both sexes"),
        ("SCHEDULE", "per day", "per day"),
        ("AGE", "elderly", "elderly"),
        ("AGE", "adult", "adult"),
        ("EFFECT", "hazard ratio of 0.37 (95% CI 0.2–0.7)", "hazard ratio of 0.37 (95% CI 0.2–0.7)"),
        ("EFFECT", "about 30–40% reduction", "about 30–40%"),
        ("EFFECT", "95% CI, 2.7 to 8.5", None),
        ("AGE", "children", None),
        ("SCHEDULE", "/day", None),
        ("PVALUE", "NS", "NS"),
        ("PVALUE", "p = 0.3, not significant", "p = 0.3, not significant"),
        ("PVALUE", "did not differ significantly", None),
    ],
)
def test_entity_has_the_bounds_of_the_contract(label: Label, text: str, tight: str | None) -> None:
    entity = as_entity(_mention(label, text))
    if tight is None:
        assert entity is None
        return
    assert entity is not None
    assert entity.text == tight
    assert entity.span.end - entity.span.start == len(tight)
    assert text[entity.span.start - 40 : entity.span.end - 40] == tight
    assert entity.clean is not None
    assert text[entity.clean.start - 10 : entity.clean.end - 10] == tight
