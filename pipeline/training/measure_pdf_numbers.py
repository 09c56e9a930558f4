"""Whether numbers keep their digits: a fixed sample of the numbers of articles, PDF against publisher XML.

Run as ``python -m pipeline.training.measure_pdf_numbers --corpora ../shared/corpora``. Both readings of an article are
aligned word by word (body and captions), numbers with their points and commas as one word; tables are compared table
by table. Of the XML's numbers a sample is drawn from a fixed seed. A number is the same where the alignment pairs it;
where it does not, both sides are printed with the words around them, for the eye: moved, cut out by one publisher's
file, or changed.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.model import Document, Table
from pipeline.training.measure_pdf import find_pairs, read_pair
from pipeline.training.measure_pdf_pairs import align_words
from pipeline.training.records import DEFAULT_CORPORA

SAMPLE: Final = 300
_TOKEN: Final = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+")
_KINDS: Final = frozenset({"paragraph", "list", "heading", "caption"})
_OUTSIDE: Final = frozenset({"references", "back", "title"})


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """A number of the XML, and what the PDF's reading has in its place."""

    article: str
    number: str
    outcome: str
    truth: str
    found: str


def split_tokens(text: str) -> list[str]:
    """Return words and numbers of a text, a number with its points and commas whole."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def read_tokens(document: Document) -> list[str]:
    """Return the tokens of the body in clean order, then those of the captions, sorted by their labels."""
    body: list[str] = []
    captions: list[list[str]] = []
    for block in document.blocks:
        tokens = split_tokens(document.clean.text[block.clean.start : block.clean.end])
        if block.kind == "caption":
            captions.append(tokens)
        elif block.kind in _KINDS and document.sections[block.section].kind not in _OUTSIDE:
            body.extend(tokens)
    return [*body, *(token for caption in sorted(captions) for token in caption)]


def check_numbers(article: str, truth: Sequence[str], found: Sequence[str]) -> Iterator[NumberCheck]:
    """Yield one check for each number of the truth, in its order.

    The outcome is "same", "moved" where the place is empty or holds no number, but the reading has the number more
    often than the alignment pairs it, "absent" where it does not, and "changed" where another number stands there.
    """
    pairs = dict(align_words(truth, found))
    spare = Counter(found)
    spare.subtract(found[place] for place in pairs.values())
    before = -1
    for index, token in enumerate(truth):
        if index in pairs:
            before = pairs[index]
        if not token[0].isdigit():
            continue
        if index in pairs:
            yield NumberCheck(article, token, "same", token, token)
            continue
        after = next((pairs[later] for later in range(index + 1, len(truth)) if later in pairs), len(found))
        others = [word for word in found[before + 1 : after][:40] if word[0].isdigit()]
        if spare[token] > 0:
            spare[token] -= 1
            outcome = "moved"
        else:
            outcome = "changed" if any(_resembles(token, other) for other in others) else "absent"
        context = " ".join(truth[max(index - 6, 0) : index + 5])
        yield NumberCheck(article, token, outcome, context, " ".join(found[max(before - 3, 0) : after + 3][:40]))


def check_tables(article: str, truth: Document, found: Document) -> Iterator[NumberCheck]:
    """Yield one check for each number of the truth's tables, against the reading's table of the same number."""
    ours = {table.number: Counter(_list_numbers(table)) for table in reversed(found.tables)}
    for table in truth.tables:
        held = ours.get(table.number, Counter())
        rest = Counter(held)
        rest.subtract(_list_numbers(table))
        gained = [number for number, count in rest.items() if count > 0]
        for number in _list_numbers(table):
            outcome = "same" if held[number] > 0 else "absent"
            held[number] -= 1
            if outcome == "absent" and any(_resembles(number, other) for other in gained):
                outcome = "changed"
            yield NumberCheck(article, number, outcome, f"table {table.number}", " ".join(sorted(gained))[:200])


def _list_numbers(table: Table) -> list[str]:
    texts = [cell.text for cell in table.cells] + [line.text for line in table.lines]
    return [token for text in texts for token in split_tokens(text) if token[0].isdigit()]


def _resembles(number: str, other: str) -> bool:
    """Whether one number's digits hold the other's, as when a digit was gained or lost."""
    first, second = re.sub(r"\D", "", number), re.sub(r"\D", "", other)
    return first != second and (first in second or second in first or abs(len(first) - len(second)) <= 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the sample, compare it and print what is not the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    checks: list[NumberCheck] = []
    for folder in find_pairs(options.corpora):
        truth, found = read_pair(folder)
        checks.extend(check_numbers(folder.name, read_tokens(truth), read_tokens(found)))
        checks.extend(check_tables(folder.name, truth, found))
    sample = random.Random(options.seed).sample(checks, min(options.sample, len(checks)))
    for label, chosen in (("all", checks), ("sample", sample)):
        counts = Counter(check.outcome for check in chosen)
        print(f"{label:7} {len(chosen)} numbers: " + ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))
    for check in sorted({*sample, *(check for check in checks if check.outcome != "same")}, key=str):
        if check.outcome != "same":
            print(f"{check.article} {check.outcome} {check.number}\n  xml: {check.truth}\n  pdf: {check.found}")


if __name__ == "__main__":
    main()
