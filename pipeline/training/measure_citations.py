"""Measure citation marks in flattened text: ``python -m pipeline.training.measure_citations ARCHIVE_OR_FOLDER``.

The body of each JATS article is written out as text with its markup dropped, so that superscript marks are glued to
the words, and wrapped into lines; the marks that the text reader lifts are compared with the article's bibliographic
``xref`` elements. A mark counts when it overlaps a linked one; a linked one counts when it is covered.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.ingest.text import read_text
from pipeline.settings import Settings

_SKIPPED = {
    "table-wrap", "fig", "ref-list", "disp-formula", "inline-formula", "supplementary-material", "fn", "object-id"
}  # fmt: skip


@dataclass(slots=True)
class Flattened:
    """An article as text, with the ranges of its linked citation marks and how it sets them."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[int, int]] = field(default_factory=list)
    raised: int = 0

    def add(self, text: str | None) -> None:
        """Append text with its white space evened out."""
        text = re.sub(r"\s+", " ", text or "")
        self.parts.append(text)
        self.length += len(text)


def flatten_article(data: bytes) -> Flattened:
    """Return the body of a JATS article as paragraphs of text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(data, parser)
    flat = Flattened()
    for body in root.iter("body"):
        for element in body.iter("title", "p"):
            inside = {ancestor.tag for ancestor in element.iterancestors()}
            if inside & (_SKIPPED | {"p"}):
                continue
            _write(element, flat, raised=False)
            flat.add("\n\n")
            flat.parts[-1] = "\n\n"
            flat.length += 1
    return flat


def _write(element: etree._Element, flat: Flattened, *, raised: bool) -> None:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    raised = raised or element.tag == "sup"
    start = flat.length
    flat.add(element.text)
    for child in element:
        _write(child, flat, raised=raised)
        flat.add(child.tail)
    if element.tag == "xref" and element.get("ref-type") == "bibr" and flat.length > start:
        flat.marks.append((start, flat.length))
        flat.raised += raised or element.find(".//sup") is not None


def glue_marks(text: str, marks: list[tuple[int, int]], *, after_point: bool) -> tuple[str, list[tuple[int, int]]]:
    """Return text and marks with bracketed numbers turned into digits glued to the word, or to the point after it."""
    parts: list[str] = []
    glued: list[tuple[int, int]] = []
    at = length = 0
    for match in re.finditer(r"\s?\[(\d[\d,–\s-]*)\]([.,;:]?)", text):
        if not any(match.start() < high and low < match.end() for low, high in marks):
            continue
        numbers = match[1].replace(" ", "")
        head = text[at : match.start()] + (match[2] if after_point else "")
        parts += [head, numbers, "" if after_point else match[2]]
        glued.append((length + len(head), length + len(head) + len(numbers)))
        length += sum(map(len, parts[-3:]))
        at = match.end()
    parts.append(text[at:])
    return "".join(parts), glued


def wrap_lines(text: str, width: int) -> str:
    """Return the text with spaces turned into line breaks, so that no offset moves."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        characters = list(paragraph)
        start, space = 0, -1
        for index, character in enumerate(characters):
            if character == " ":
                space = index
            if index - start >= width and space > start:
                characters[space] = "\n"
                start = space + 1
        lines.append("".join(characters))
    return "\n".join(lines)


def read_articles(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each XML file of a folder or tar archive, in name order."""
    if path.is_dir():
        for file in sorted([*path.glob("*.nxml"), *path.glob("*.xml")]):
            yield file.name, file.read_bytes()
        return
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            stream = archive.extractfile(member) if member.name.endswith(("nxml", "xml")) else None
            if stream is not None:
                yield member.name, stream.read()


def main() -> None:
    """Print counts, precision and recall for each style of citing."""
    parser = argparse.ArgumentParser(description="citation marks in flattened JATS articles")
    parser.add_argument("path", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--width", type=int, default=78)
    parser.add_argument("--glue", choices=("before", "after"), help="make superscripts of brackets, around points")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    totals: dict[str, list[int]] = {}
    shown = articles = 0
    for name, data in read_articles(arguments.path):
        flat = flatten_article(data)
        if len(flat.marks) < 5:
            continue
        articles += 1
        if articles > arguments.limit:
            break
        text = "".join(flat.parts)
        if arguments.glue:
            text, flat.marks = glue_marks(text, flat.marks, after_point=arguments.glue == "after")
            if len(flat.marks) < 5:
                continue
        text = wrap_lines(text, arguments.width)
        document = read_text(text.encode(), name=name, sha256="0", settings=Settings())
        found = [(citation.span.start, citation.span.end) for citation in document.citations]
        digits = sum(re.fullmatch(r"[\d\s,;–()\[\]-]+", text[low:high]) is not None for low, high in flat.marks)
        numeric = digits > len(flat.marks) / 2
        style = "superscript" if flat.raised > len(flat.marks) / 2 else "number" if numeric else "author-year"
        good = [pair for pair in found if any(pair[0] < high and low < pair[1] for low, high in flat.marks)]
        covered = [mark for mark in flat.marks if any(low < mark[1] and mark[0] < high for low, high in found)]
        counts = totals.setdefault(style, [0, 0, 0, 0, 0])
        for index, value in enumerate((1, len(good), len(found), len(covered), len(flat.marks))):
            counts[index] += value
        wrong = [("wrong", pair) for pair in found if pair not in good]
        missed = [("missed", mark) for mark in flat.marks if mark not in covered]
        for kind, (low, high) in [*wrong[:3], *missed[:3]]:
            if shown < arguments.show:
                shown += 1
                excerpt = text[max(0, low - 40) : low] + "⟦" + text[low:high] + "⟧" + text[high : high + 25]
                print(style, name[-24:], kind, re.sub(r"\s+", " ", excerpt))
    for style, (number, good_count, found_count, covered_count, linked) in sorted(totals.items()):
        precision = good_count / found_count if found_count else None
        print(f"{style}: {number} articles, precision {good_count}/{found_count} = {precision}, "
              f"recall {covered_count}/{linked} = {covered_count / linked:.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
