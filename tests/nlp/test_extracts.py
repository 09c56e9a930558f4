"""Extracts, oils and powders are told by how their names are built."""

from __future__ import annotations

import pytest

from pipeline.nlp.extracts import find_extracts


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in find_extracts(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fictus robusta extract lowered glucose.", "Fictus robusta extract"),
        ("Rats were given F. robusta root extract.", "F. robusta root extract"),
        ("The aqueous extract of Fictus robusta leaves was given.", "aqueous extract of Fictus robusta leaves"),
        (
            "Ethanolic extracts from the roots of Fictus robusta were fed.",
            "Ethanolic extracts from the roots of Fictus robusta",
        ),
        ("Mice drank zorbel seed oil daily.", "zorbel seed oil"),
        ("A crude zorbel polysaccharide helped.", "crude zorbel polysaccharide"),
        ("Zorbel leaf ethanol extract helped.", "Zorbel leaf ethanol extract"),
    ],
)
def test_stuff_of_an_organism_is_found(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The tissue extract was kept.",
        "Aqueous leaf extract was kept.",
        "Whole cell extracts from liver were run.",
        "Protein extracts of the samples were run.",
        "Data extract from charts.",
        "Statistical power was high.",
        "Fictus robusta\nextract",
    ],
)
def test_other_extracts_are_left(text: str) -> None:
    assert names(text) == []
