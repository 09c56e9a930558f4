"""Adjectives for people: of animals before an animal's name, of people elsewhere; nouns for people stay theirs."""

from __future__ import annotations

import pytest

from pipeline.nlp.people import find_animal_attributes


def attributes(text: str, people: str, animal: str) -> list[str]:
    places = [(text.index(word), text.index(word) + len(word)) for word in (people, animal)]
    return [text[start:end] for start, end in find_animal_attributes(text, places[:1], places[1:])]


@pytest.mark.parametrize("text", ["elderly mice", "Elderly laboratory mice slept.", "young, old and elderly mice"])
def test_an_adjective_before_an_animal_is_the_animal_s(text: str) -> None:
    word = "Elderly" if "Elderly" in text else "elderly"
    assert attributes(text, word, "mice") == [word]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("in patients and mice", "patients"),
        ("Volunteers fed mice.", "Volunteers"),
        ("the elderly and mice", "elderly"),
        ("mice and the elderly", "elderly"),
        ("the elderly, unlike mice,", "elderly"),
    ],
)
def test_people_beside_animals_stay_people(text: str, people: str) -> None:
    assert attributes(text, people, "mice") == []
