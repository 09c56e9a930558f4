"""Measure flattened text: ``python -m pipeline.training.measure_reading_text [FOLDER] [--tool NAME] [--show N]``.

Each PDF of the folder that has its XML beside it is turned into text as users have it and read by the text reader:
by pdfminer.six and pdfium, and by poppler's ``pdftotext`` (plain, ``-raw``, ``-layout``) where that command is
installed (package ``poppler-utils``). Against the XML: words of abstract and body kept in their order; furniture
(words of the running text that the XML has nowhere); marks by the references they name, in order; headings by their
words, and with the kind of their section; title, year and DOI of references. Counts add over articles.
"""

from __future__ import annotations

import argparse
import difflib
import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from lxml import etree
from pdfminer.high_level import extract_text

from pipeline.ingest.jats import read_jats
from pipeline.ingest.text import read_text
from pipeline.model.documents import Document, Reference
from pipeline.settings import Settings

Counts = Counter[str]

_OUTSIDE = frozenset(
    {"table-wrap", "fig", "ref-list", "disp-formula", "inline-formula", "supplementary-material", "tex-math", "math",
     "fn-group", "object-id", "tbl", "tblgrp", "figgrp", "abbrgrp", "suppl", "table",
     "sub-article", "response"}
)  # fmt: skip
DEFAULT_FOLDER = Path("../shared/corpora/pdf_jats_pairs")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARK = "\x1a"
# A parenthesis of names around linked years: the whole of it is a mark.
_CITED = re.compile(
    rf"[(\[](?:[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]+|"
    rf"(?:see|also|reviewed|in|by|e\.g|i\.e|cf|et|al|and|for|de|van|von|der)\b|[\s.,;&{_MARK}]){{1,60}}[)\]]"
)
_ENDS_WORD = frozenset({"p", "title", "sec", "label", "caption", "list-item", "break", "st", "li"})
_POPPLER = {"pdftotext": (), "pdftotext -layout": ("-layout",), "pdftotext -raw": ("-raw",)}


@dataclass(slots=True)
class Article:
    """A PDF and what its XML says."""

    name: str
    pdf: Path
    xml: bytes
    words: list[str] = field(default_factory=list)
    document: Document | None = None


def flatten_with_pdfminer(path: Path) -> str:
    """Return the text that pdfminer.six's own command makes of a PDF."""
    return str(extract_text(io.BytesIO(path.read_bytes())))


def flatten_with_pdfium(path: Path) -> str:
    """Return the text that pdfium makes of a PDF, pages joined by form feeds."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "\f".join(page.get_textpage().get_text_bounded() for page in document)


def find_tools() -> dict[str, Callable[[Path], str]]:
    """Return the tools at hand by name."""
    tools: dict[str, Callable[[Path], str]] = {"pdfminer": flatten_with_pdfminer, "pdfium": flatten_with_pdfium}
    command = shutil.which("pdftotext")
    if command is not None:
        for name, options in _POPPLER.items():
            tools[name] = _make_tool(command, options)
    return tools


def _make_tool(command: str, options: tuple[str, ...]) -> Callable[[Path], str]:
    def flatten(path: Path) -> str:
        done = subprocess.run([command, *options, str(path), "-"], capture_output=True, check=True, timeout=60)
        return done.stdout.decode("utf-8", "replace")

    return flatten


def read_pairs(folder: Path) -> Iterator[Article]:
    """Yield each PDF that has an XML of the same stem beside it."""
    for pdf in sorted(folder.rglob("*.pdf")):
        stem = pdf.stem.split(".")[0]
        beside = (path for path in sorted(pdf.parent.iterdir()) if path.suffix in (".xml", ".nxml"))
        xml = next((path for path in beside if path.stem.split(".")[0] == stem), None)
        if xml is not None:
            data = xml.read_bytes()
            document = read_jats(data, name=xml.name, sha256="0", settings=Settings())
            yield Article(pdf.parent.name, pdf, data, read_body_words(data), document)


def read_body_words(data: bytes) -> list[str]:
    """Return the words of abstract and body of an article in JATS, citation marks, tables and formulae left out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(data, parser)
    words: list[str] = []
    for part in ("abstract", "abs", "body", "bdy", "ack"):
        for element in root.iter(part):
            if not any(outer.tag in _OUTSIDE for outer in element.iterancestors()):
                text = _CITED.sub(" ", "".join(_read_text(element))).replace(_MARK, " ")
                words.extend(_find_words(text))
    return words


def _read_text(element: etree._Element) -> list[str]:
    if not isinstance(element.tag, str) or element.tag in _OUTSIDE:
        return [" "]
    if element.tag == "xref" and element.get("ref-type") == "bibr":
        return [_MARK]
    parts = [element.text or ""]
    for child in element:
        parts += [*_read_text(child), child.tail or ""]
    if element.tag in _ENDS_WORD:
        parts.append(" ")
    return parts


def _find_words(text: str) -> list[str]:
    """Return the words of a text in small letters, ligatures as the letters that they stand for."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def measure_article(article: Article, text: str, *, show: int = 0) -> Counts:
    """Return the counts of one article's text: words, marks, headings, kinds, reference fields."""
    document = read_text(text.encode("utf-8", "replace"), name=article.name, sha256="0", settings=Settings())
    gold = article.document
    assert gold is not None
    counts: Counts = Counter()
    every = [b for b in document.blocks if document.sections[b.section].kind not in ("title", "caption")]
    read = _find_words(" ".join(document.clean.text[b.clean.start : b.clean.end] for b in every))
    running = [b for b in document.blocks if document.sections[b.section].kind not in ("back", "title", "caption")]
    clean = _find_words(" ".join(document.clean.text[b.clean.start : b.clean.end] for b in running))
    matcher = difflib.SequenceMatcher(None, article.words, read, autojunk=False)
    counts["kept"] = sum(block.size for block in matcher.get_matching_blocks())
    counts["body"] = len(article.words)
    known = set(_find_words(gold.source))
    body = set(article.words)
    counts["furniture"] = sum(word not in body and word not in known for word in clean)
    counts["foreign"] = sum(word not in body for word in clean)
    counts["clean"] = len(clean)
    _count_marks(document, gold, counts)
    counts.update(count_headings(document, gold))
    counts.update(count_reference_fields(gold.references, document.references, text))
    for tag, low, high, first, last in matcher.get_opcodes():
        if show and tag != "equal" and max(high - low, last - first) >= 6:
            show -= 1
            print("   lost:", " ".join(article.words[low:high])[:200], "| got:", " ".join(read[first:last])[:200])
    return counts


def _count_marks(document: Document, gold: Document, counts: Counts) -> None:
    """Marks in order, by the references that they name: a mark right in part counts for the part."""
    listed = {reference.marker for reference in gold.references}
    wanted = [marker for citation in gold.citations for marker in citation.markers if marker in listed]
    found = [marker for citation in document.citations for marker in citation.markers]
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    counts["marks_tp"] = sum(block.size for block in matcher.get_matching_blocks())
    counts["marks_fn"] = len(wanted) - counts["marks_tp"]
    counts["marks_fp"] = len(found) - counts["marks_tp"]


def count_headings(document: Document, gold: Document) -> Counts:
    """Return tp, fp and fn of headings of the running text by their words, and of those with their kinds."""
    counts: Counts = Counter()
    for name, kinds in (("headings", False), ("kinds", True)):
        wanted = _read_headings(gold, kinds=kinds)
        found = _read_headings(document, kinds=kinds)
        tp = sum((wanted & found).values())
        counts[f"{name}_tp"], counts[f"{name}_fn"] = tp, wanted.total() - tp
        counts[f"{name}_fp"] = found.total() - tp
    return counts


def _read_headings(document: Document, *, kinds: bool) -> Counter[tuple[str, str]]:
    headings: Counter[tuple[str, str]] = Counter()
    for section in document.sections:
        if section.title is None or section.kind in ("title", "caption", "table", "back", "references"):
            continue
        words = re.sub(r"^[\d.\s]+", "", section.title)
        letters = "".join(_find_words(words))
        # The word "Abstract" is printed over abstracts that have no title of their own in the XML.
        if letters not in ("abstract", ""):
            headings[letters, section.kind if kinds else ""] += 1
    return headings


def count_reference_fields(gold: tuple[Reference, ...], found: tuple[Reference, ...], text: str) -> Counts:
    """Return tp, fp and fn of the entries' title, year and DOI, entries paired by marker, else by place.

    A DOI that the text does not print is not asked for.
    """
    printed = "".join(text.lower().split())
    counts: Counts = Counter()
    by_marker = {reference.marker: reference for reference in found}
    paired = sum(reference.marker in by_marker for reference in gold)
    for number, wanted in enumerate(gold):
        other = by_marker.get(wanted.marker) if paired >= len(gold) / 2 else _find_like(wanted, number, found)
        for name in ("title", "year", "doi"):
            left = _norm(getattr(wanted, name))
            if name == "doi" and (wanted.doi or "").lower() not in printed:
                continue
            right = _norm(getattr(other, name)) if other is not None else ""
            same = _is_same(left, right, exact=name != "title")
            counts[f"{name}_tp"] += same
            counts[f"{name}_fn"] += bool(left) and not same
            counts[f"{name}_fp"] += bool(right) and bool(left) and not same
    counts["entries"], counts["entries_found"] = len(gold), len(found)
    return counts


def _find_like(wanted: Reference, number: int, found: tuple[Reference, ...]) -> Reference | None:
    near = found[max(0, number - 3) : number + 4]
    surname = wanted.authors[0].split()[0].lower() if wanted.authors else ""
    for other in near:
        if other.text and surname and surname in other.text.lower()[:60] and str(wanted.year) in other.text:
            return other
    return None


def _norm(value: object) -> str:
    return "".join(re.findall(r"[^\W_]+", str(value).lower())) if value is not None else ""


def _is_same(left: str, right: str, *, exact: bool) -> bool:
    if not left or not right:
        return False
    return left == right or (not exact and difflib.SequenceMatcher(None, left, right, autojunk=False).ratio() >= 0.95)


def rate(counts: Mapping[str, int], name: str) -> str:
    """Return precision, recall and F1 of a measure as text, with the counts."""
    tp, fp, fn = (counts.get(f"{name}_{part}", 0) for part in ("tp", "fp", "fn"))
    if not tp:
        return f"{name}: tp 0 fp {fp} fn {fn}"
    return (
        f"{name}: P {tp / (tp + fp):.4f} R {tp / (tp + fn):.4f} F1 {2 * tp / (2 * tp + fp + fn):.4f}"
        f" (tp {tp} fp {fp} fn {fn})"
    )


def measure_pairs(folder: Path, *, show: int = 0, only: str | None = None) -> dict[str, Counts]:
    """Return the counts of each tool over all pairs of a folder, and print each article's where ``show`` is set."""
    totals: dict[str, Counts] = {}
    for article in read_pairs(folder):
        for name, flatten in find_tools().items():
            if only is not None and name != only:
                continue
            counts = measure_article(article, flatten(article.pdf), show=show)
            totals.setdefault(name, Counter()).update(counts)
            if show:
                print(
                    f"{name} {article.name}: kept {counts['kept'] / max(counts['body'], 1):.4f} "
                    f"foreign {counts['foreign']}/{counts['clean']}; "
                    + "; ".join(rate(counts, item) for item in ("marks", "headings", "kinds", "title"))
                    + f"; entries {counts['entries_found']}/{counts['entries']}"
                )
    return totals


def main() -> None:
    """Print the rates of each tool."""
    parser = argparse.ArgumentParser(description="flattened text against the publisher's XML")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--tool", choices=sorted(find_tools()))
    parser.add_argument("--show", type=int, default=0, help="print so many runs of lost and foreign words an article")
    arguments = parser.parse_args()
    for name, counts in measure_pairs(arguments.folder, show=arguments.show, only=arguments.tool).items():
        shares = [counts[part] / max(counts[whole], 1) for part, whole in (("kept", "body"), ("furniture", "clean"))]
        print(f"{name}: words kept in order {shares[0]:.4f} of {counts['body']}, furniture {shares[1]:.4f}")
        for item in ("marks", "headings", "kinds", "title", "year", "doi"):
            print(f"   {rate(counts, item)}")


if __name__ == "__main__":
    main()
