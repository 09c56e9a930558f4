"""Scores of the PDF reader on articles that exist as PDF and as publisher XML.

Run as ``python -m pipeline.training.measure_pdf --corpora ../shared/corpora``; ``--show ARTICLE`` lists the
differences of one article, ``--cost`` adds time beside bare pdfminer and memory for 400 pages.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pipeline.ingest import read_document
from pipeline.model import Document
from pipeline.settings import Settings
from pipeline.training.measure_pdf_cost import draw_long, measure_memory, time_readers
from pipeline.training.measure_pdf_pairs import PairScore, compare_documents, list_differences
from pipeline.training.records import DEFAULT_CORPORA

_HEAD: Final = (
    f"{'article':28} {'recov.':>7} {'order':>7} {'foreign':>7} {'ends':>7} {'markP':>7} {'markR':>7} "
    f"{'headP':>7} {'headR':>7} {'headF1':>7} {'kinds':>7} {'front':>6}"
)


def find_pairs(corpora: Path) -> list[Path]:
    """Return the folders that hold ``fulltext.pdf`` and ``fulltext.xml``, in name order."""
    return sorted(path.parent for path in (corpora / "pdf_jats_pairs").glob("*/fulltext.pdf"))


def read_pair(folder: Path) -> tuple[Document, Document]:
    """Return the readings of an article's XML and PDF."""
    settings = Settings()
    truth = read_document(folder / "fulltext.xml", name=f"{folder.name}.xml", settings=settings)
    return truth, read_document(folder / "fulltext.pdf", name=f"{folder.name}.pdf", settings=settings)


def format_scores(scores: Mapping[str, PairScore]) -> Iterable[str]:
    """Yield a head, one line an article and one for all of them."""
    yield _HEAD
    for name, score in {**scores, "all": sum(scores.values(), PairScore())}.items():
        rates = (
            (score.recovered, score.words),
            (score.in_order, score.words),
            (score.foreign, score.found),
            (score.ends_right, score.ends),
            (score.marks_right, score.marks_found),
            (score.marks_right, score.marks),
            (score.headings_right, score.headings_found),
            (score.headings_right, score.headings),
            (2 * score.headings_right, score.headings_found + score.headings),
            (score.placed_right, score.placed),
        )
        shown = " ".join(f"{part / whole:7.4f}" if whole else "      -" for part, whole in rates)
        yield f"{name:28} {shown} {score.front_right:>3}/{score.front}"


def format_cost(folders: Sequence[Path]) -> Iterable[str]:
    """Yield the time of each PDF beside bare pdfminer's, and the memory of a long one."""
    times = time_readers([folder / "fulltext.pdf" for folder in folders])
    for folder, (ours, bare) in zip(folders, times, strict=True):
        yield f"{folder.name:28} {ours:6.2f} s, bare extract_pages {bare:6.2f} s, ratio {ours / bare:.2f}"
    ours, bare = (sum(column) for column in zip(*times, strict=True))
    yield f"{'all':28} {ours:6.2f} s, bare extract_pages {bare:6.2f} s, ratio {ours / bare:.2f}"
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "long.pdf")
        path.write_bytes(draw_long())
        cost = measure_memory(path)
    yield (
        f"{cost['pages']:.0f} pages, {cost['words']:.0f} words: {cost['seconds']:.1f} s, "
        f"peak {cost['mebibytes']:.0f} MiB"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Score every pair of the corpora and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--show", metavar="ARTICLE", help="list the differences of the article with this name")
    parser.add_argument("--cost", action="store_true", help="measure time and memory too")
    options = parser.parse_args(arguments)
    folders = find_pairs(options.corpora)
    if options.show:
        for folder in folders:
            if folder.name.startswith(options.show):
                for line in list_differences(*read_pair(folder)):
                    print(line)
        return
    for line in format_scores({folder.name: compare_documents(*read_pair(folder)) for folder in folders}):
        print(line)
    if options.cost:
        for line in format_cost(folders):
            print(line)


if __name__ == "__main__":
    main()
