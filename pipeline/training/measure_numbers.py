"""Check numbers of flattened text: ``python -m pipeline.training.measure_numbers [FOLDER] [--count 300] [--seed 7]``.

Numbers whose neighbouring words stand in the XML are drawn from the clean texts of flattened PDFs (made as in
``measure_reading_text``) and looked for there between these words. What the XML says otherwise is printed with both
contexts, to be judged by eye: a digit that belongs to a mark, or a mark that took a digit along, is a defect. Half of
the sample are numbers beside which a mark was lifted or that a letter touches, where such errors happen.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.text import read_text
from pipeline.model.documents import Document
from pipeline.settings import Settings
from pipeline.training.measure_reading_text import DEFAULT_FOLDER, Article, find_tools, read_pairs

_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number with what stands beside it in the clean text and in the XML's."""

    place: str
    context: str
    rendition: str | None
    same: bool


def read_numbers(document: Document) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the numbers of the running text, and whether a letter or a lifted mark touches each."""
    marks = {citation.clean for citation in document.citations}
    text = document.clean.text
    for block in document.blocks:
        if document.sections[block.section].kind in ("back", "title"):
            continue
        for match in _NUMBER.finditer(text, block.clean.start, block.clean.end):
            touched = match.start() > 0 and text[match.start() - 1].isalpha()
            touched = touched or text[match.end() : match.end() + 1].isalpha()
            near = any(place in marks for place in range(match.start() - 1, match.end() + 2))
            yield match, touched or near


def _find_rendition(
    text: str, match: re.Match[str], rendition: str, places: dict[str, list[int]]
) -> tuple[str | None, bool]:
    """Return the XML's text between the words beside a number, and whether the number is the same there."""
    low = max(0, match.start() - 120)
    # Letters that touch the number are one word with it in the XML.
    first = next((at for at in range(match.start(), low, -1) if not text[at - 1].isalnum()), low)
    last = next((at for at in range(match.end(), len(text)) if not text[at].isalnum()), len(text))
    before = [m.group().lower() for m in _TOKEN.finditer(text, low, first)][-3:]
    after = [m.group().lower() for m in _TOKEN.finditer(text, last, last + 120)][:3]
    found: str | None = None
    for word in (after[0] if after else "", before[-1] if before else ""):
        for place in places.get(word, ())[:400]:
            window = rendition[max(0, place - 140) : place + 140]
            folded = [m.group().lower() for m in _TOKEN.finditer(window)]
            if sum(token in folded for token in (*before, *after)) < len(before) + len(after) - 1:
                continue
            if re.search(rf"(?<![\d.,]){re.escape(match.group())}(?!\d|[.,]\d)", window):
                return window, True
            found = found or window
    return found, False


def draw_numbers(articles: list[tuple[Article, str, Document]], *, count: int, seed: int) -> list[Drawn]:
    """Return the sample; the same for the same files and seed."""
    chance = random.Random(seed)
    pools: dict[bool, list[tuple[int, re.Match[str]]]] = {True: [], False: []}
    for index, (_, _, document) in enumerate(articles):
        for match, close in read_numbers(document):
            pools[close].append((index, match))
    words: dict[int, dict[str, list[int]]] = {}
    drawn: list[Drawn] = []
    for close in (True, False):
        chance.shuffle(pools[close])
        wanted = len(drawn) + count // 2
        for index, match in pools[close]:
            if len(drawn) >= wanted:
                break
            article, tool, document = articles[index]
            gold = article.document
            assert gold is not None
            if index not in words:
                words[index] = _place_words(gold.source)
            text = document.clean.text
            rendition, same = _find_rendition(text, match, gold.source, words[index])
            if rendition is None:
                continue
            before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 40]
            context = " ".join(f"{before}⟦{match.group()}⟧{after}".split())
            drawn.append(Drawn(f"{article.name}, {tool}", context, rendition, same))
    return drawn


def _place_words(text: str) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for token in _TOKEN.finditer(text):
        table.setdefault(token.group().lower(), []).append(token.start())
    return table


def main() -> None:
    """Print how many numbers the XML confirms, and the others with both contexts."""
    parser = argparse.ArgumentParser(description="numbers of flattened text beside the XML's")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    articles = []
    for article in read_pairs(arguments.folder):
        for tool, flatten in find_tools().items():
            if "-layout" in tool:
                continue
            data = flatten(article.pdf).encode("utf-8", "replace")
            articles.append((article, tool, read_text(data, name=article.name, sha256="0", settings=Settings())))
    drawn = draw_numbers(articles, count=arguments.count, seed=arguments.seed)
    for item in drawn:
        if not item.same:
            print(f"{item.place}\n   text {item.context}\n   XML  {' '.join((item.rendition or 'not found').split())}")
    print(f"{sum(item.same for item in drawn)} of {len(drawn)} numbers are the XML's own; the others are printed")


if __name__ == "__main__":
    main()
