"""Marked-up sentences: `[Acarbose]{drug} extended [lifespan]{outcome:increase} in [mice]{species}` and the claims
they say.

A mark is `[words]{label+label:value,value ids}`; marks may nest, and brackets without braces are text. Each marked
drug claims each marked outcome, with all the fields marked. Numbers behind a label tell claims of a sentence apart: a
mark with `1` belongs to claim 1, one without a number to all. `drug?` and `outcome?` mark what may be found or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read

REVIEW = "This review discusses what is known of medicines in later life."
_BRACES = re.compile(r"\{(?P<labels>[a-z_+?]+)(?::(?P<values>[\w, ]*?))?(?: (?P<ids>[\d,]+))?\}")

Rules = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words with one label, its values, and the claims they belong to; none means all."""

    words: str
    label: str
    values: tuple[str, ...]
    ids: frozenset[str]
    optional: bool


def read_marks(marked: str) -> tuple[str, list[Mark]]:
    """Return the plain text and its marks."""
    plain = ""
    opened: list[int] = []
    marks: list[Mark] = []
    position = 0
    while position < len(marked):
        character = marked[position]
        position += 1
        if character == "[":
            opened.append(len(plain))
        braces = _BRACES.match(marked, position) if character == "]" else None
        if braces is None:
            plain += character
            continue
        start = opened.pop()
        plain = plain[:start] + plain[start + 1 :]
        values = tuple(value.strip() for value in (braces["values"] or "").split(",") if value.strip())
        ids = frozenset((braces["ids"] or "").split(",")) - {""}
        for label in braces["labels"].split("+"):
            marks.append(Mark(plain[start:], label.rstrip("?"), values, ids, label.endswith("?")))
        position = braces.end()
    return plain, marks


def claims_marked(marks: Iterable[Mark], fields: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return a line for each claim that must be found and for each that may be."""
    marks = list(marks)
    required: list[str] = []
    optional: list[str] = []
    for name in sorted(set().union(*(mark.ids for mark in marks))) or [""]:
        here = [mark for mark in marks if not mark.ids or name in mark.ids]
        told = tuple(f"{field}: {_told(mark)}" for field in fields for mark in here if mark.label == field)
        for drug in (mark for mark in here if mark.label == "drug"):
            for outcome in (mark for mark in here if mark.label == "outcome"):
                line = " | ".join((drug.words.lower(), outcome.words.lower(), *outcome.values, *told))
                (optional if drug.optional or outcome.optional else required).append(line)
    return required, optional


def _told(mark: Mark) -> str:
    words = mark.words.strip("[]").lower()
    return f"{words} ({mark.values[0]})" if mark.values else words


def describe(claim: Claim, fields: Sequence[str]) -> str:
    """Return a claim as a line of what marks can say."""
    polarity = (
        *(("not",) if claim.negated else ()),
        *((claim.certainty,) if claim.certainty != "asserted" else ()),
    )
    head = (claim.intervention.text.lower(), claim.outcome.text.lower(), claim.direction, *polarity)
    return " | ".join((*head, *(f"{field}: {value}" for field in fields for value in _values(claim, field))))


def _values(claim: Claim, field: str) -> Iterator[str]:
    match field:
        case "partner":
            yield from (partner.text.lower() for partner in claim.combined_with)
        case "citation":
            if claim.citations:
                yield ", ".join(cited.marker for cited in claim.citations)
        case _:
            place = getattr(claim, field)
            kind = {"comparator": "kind", "effect": "type", "sample_size": "of"}.get(field)
            if place is not None:
                words = " ".join(place.text.lower().split())
                told = getattr(place, kind) if kind else None
                yield f"{words} ({told})" if told else words


def read_rules(rules: Rules, folder: Path, *, opening: str = REVIEW) -> dict[str, list[Claim]]:
    """Read all cases of a module as one document, one paragraph each; return the claims by marked-up paragraph."""
    cases = [sentence for _, sentence in each_case(rules)]
    path = folder / "paper.txt"
    text = opening
    places: dict[str, tuple[int, int]] = {}
    for case in cases:
        plain, _ = read_marks(case)
        places[case] = (len(text) + 2, len(text) + 2 + len(plain))
        text += "\n\n" + plain
    path.write_text(text + "\n", encoding="utf-8")
    found = extract(read(path)).claims
    return {
        case: [claim for claim in found if start <= claim.evidence.spans[0].start < end]
        for case, (start, end) in places.items()
    }


def each_case(rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield each rule's name with each of its marked-up paragraphs."""
    for rule, cases in rules.items():
        for case in cases:
            yield rule, case if isinstance(case, str) else case.values[0]


def parametrize(rules: Rules) -> pytest.MarkDecorator:
    """Return the parametrization of a test over all cases; each is named by its rule and number."""
    params = []
    for rule, cases in rules.items():
        for number, case in enumerate(cases, 1):
            marks = () if isinstance(case, str) else case.marks
            name = f"{rule.replace(' ', '-')}-{number}"
            params.append(pytest.param(case if isinstance(case, str) else case.values[0], marks=marks, id=name))
    return pytest.mark.parametrize("sentence", params)


def not_yet(sentence: str, reason: str) -> Any:
    """Return a case that the guidelines demand and the code does not manage yet."""
    return pytest.param(sentence, marks=pytest.mark.xfail(reason=reason, strict=False))


def compare(sentence: str, claims: Sequence[Claim], *fields: str) -> tuple[list[str], list[str]]:
    """Return the claims found and those marked, as sorted lines; hypotheses count only where one is marked."""
    _, marks = read_marks(sentence)
    required, optional = claims_marked(marks, fields)
    wants_hypotheses = any("hypothesis" in line for line in required)
    told = [claim for claim in claims if wants_hypotheses or claim.certainty != "hypothesis"]
    found = [line for line in (describe(claim, fields) for claim in told) if line not in optional]
    return sorted(found), sorted(required)
