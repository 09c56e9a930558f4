"""Numbers of PDF readings for checking by hand: our words, the publisher's words and the place on the page.

Run as ``python -m pipeline.training.measure_pdf_hand --corpora ../shared/corpora --sample 300``. Numbers are drawn from
the PDFs' clean texts from a fixed seed, half of them among those that touch a letter, a sign or a lifted citation mark.
Each is printed with its page and box, the text around it, and the text of the XML where the words around it stand;
``--json`` writes the same, for cutting the places out of drawn pages.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.ingest.page_drawing import BoxFinder
from pipeline.model import Document
from pipeline.training.measure_pdf import find_pairs, read_pair
from pipeline.training.measure_pdf_pairs import align_words
from pipeline.training.records import DEFAULT_CORPORA

SAMPLE: Final = 300
_NUMBER: Final = r"[\d⁰¹²³⁴-⁹₀-₉]+(?:[.,·]\d+)*"
_TOKEN: Final = re.compile(rf"{_NUMBER}|[^\W\d_]+")
_AROUND: Final = 45
_KINDS: Final = frozenset({"paragraph", "list", "heading", "caption"})
_OUTSIDE: Final = frozenset({"references", "back", "title"})


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number of a PDF's clean text: where it stands, what is around it and what the XML has there.

    ``same`` says that the XML has the number between the same words; ``None`` of ``truth`` that these were not found.
    """

    article: str
    page: int
    box: tuple[float, float, float, float]
    number: str
    touching: bool
    found: str
    truth: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def list_tokens(document: Document) -> list[_Token]:
    """Return the words and numbers of body and captions, captions last, with their places in the clean text."""
    groups: list[list[_Token]] = [[], []]
    for block in document.blocks:
        if block.kind in _KINDS and (block.kind == "caption" or document.sections[block.section].kind not in _OUTSIDE):
            groups[block.kind == "caption"].extend(
                _Token(unicodedata.normalize("NFKC", match[0]).casefold(), match.start(), match.end())
                for match in _TOKEN.finditer(document.clean.text, block.clean.start, block.clean.end)
            )
    return [*groups[0], *groups[1]]


def list_numbers(article: str, truth: Document, found: Document) -> list[PrintedNumber]:
    """Return every number of the reading's body and captions beside what the XML has at its place."""
    expected, tokens = list_tokens(truth), list_tokens(found)
    pairs = {
        ours: theirs
        for theirs, ours in align_words([token.text for token in expected], [token.text for token in tokens])
    }
    known = sorted(pairs)
    finder = BoxFinder(found.boxes)
    marks = sorted(citation.clean for citation in found.citations)
    numbers = []
    for index, token in enumerate(tokens):
        if not token.text[0].isdigit():
            continue
        spans = found.clean.to_source(token.start, token.end)
        boxes = [box for span in spans for box in finder.find(span)]
        if not boxes:
            continue
        at = bisect_left(known, index)
        near = [place for place in known[max(at - 1, 0) : at + 1] if abs(place - index) < 12]
        theirs = expected[pairs[near[-1]]] if near else None
        numbers.append(
            PrintedNumber(
                article,
                boxes[0].page,
                (boxes[0].x0, boxes[0].y0, boxes[-1].x1, boxes[-1].y1),
                token.text,
                _touches(found.clean.text, token, marks),
                _quote(found.clean.text, token.start, token.end, marked=True),
                None if theirs is None else _quote(truth.clean.text, theirs.start, theirs.end, marked=index in pairs),
                index in pairs,
            )
        )
    return numbers


def draw_sample(numbers: Sequence[PrintedNumber], *, count: int, seed: int) -> list[PrintedNumber]:
    """Return numbers from a seed, half of them among those that touch a letter, a sign or a mark."""
    chance = random.Random(seed)
    touching = [number for number in numbers if number.touching]
    chosen = chance.sample(touching, min(count // 2, len(touching)))
    rest = [number for number in numbers if not number.touching]
    chosen += chance.sample(rest, min(count - len(chosen), len(rest)))
    return sorted(chosen, key=lambda number: (number.article, number.page, -number.box[1], number.box[0]))


def _touches(text: str, token: _Token, marks: Sequence[int]) -> bool:
    beside = text[max(token.start - 1, 0) : token.start] + text[token.end : token.end + 1]
    at = bisect_left(marks, token.start - 1)
    marked = at < len(marks) and marks[at] <= token.end + 2
    return marked or any(not sign.isspace() and sign not in "()[].,;:%" for sign in beside)


def _quote(text: str, start: int, end: int, *, marked: bool) -> str:
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    middle = f"«{text[start:end]}»" if marked else text[start:end]
    return " ".join(f"{before}{middle}{after}".split())


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the sample and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the sample to this file too")
    options = parser.parse_args(arguments)
    numbers: list[PrintedNumber] = []
    for folder in find_pairs(options.corpora):
        numbers.extend(list_numbers(folder.name, *read_pair(folder)))
    sample = draw_sample(numbers, count=options.sample, seed=options.seed)
    for place, number in enumerate(sample, start=1):
        x0, y0, x1, y1 = number.box
        sign = "touching" if number.touching else ""
        print(f"{place:3} {number.article} p. {number.page} [{x0:.0f} {y0:.0f} {x1:.0f} {y1:.0f}] {sign}")
        print(f"    pdf {number.found}\n    xml {number.truth or '-'}")
    same = sum(number.same for number in sample)
    touching = sum(number.touching for number in sample)
    print(f"{len(sample)} of {len(numbers)} numbers, {touching} touching; {same} between the same words of the XML")
    if options.json:
        options.json.write_text(json.dumps([dataclasses.asdict(number) for number in sample], indent=1) + "\n")


if __name__ == "__main__":
    main()
