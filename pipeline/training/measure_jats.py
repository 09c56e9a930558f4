"""Measure the reading of XML articles: ``python -m pipeline.training.measure_jats ARCHIVE_OR_FOLDER ...``.

Against the elements themselves: bibliographic ``xref`` elements that became marks of entries of the list; table cells
that are cells of a table and no part of the clean text; title, year and DOI of references; characters a second.
"""

from __future__ import annotations

import argparse
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest.jats import read_jats
from pipeline.model.documents import Document
from pipeline.settings import Settings
from pipeline.training.measure_citations import read_articles

_LETTERS = re.compile(r"[^\W_]+")
_CITATIONS = ("citation", "mixed-citation", "element-citation", "nlm-citation")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def count_article(data: bytes, document: Document) -> Counter[str]:
    """Return the counts of one article."""
    root = etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    )
    counts: Counter[str] = Counter()
    _count_links(root, document, counts)
    _count_cells(root, document, counts)
    _count_references(root, document, counts)
    return counts


def _count_links(root: etree._Element, document: Document, counts: Counter[str]) -> None:
    """Links in the text of abstract and body; each cited entry has to be named by a mark as often as it is linked."""
    known = {i for ref in root.iter("ref") for i in (ref.get("id"), *(c.get("id") for c in ref.iter())) if i}
    order: dict[str, int] = {}
    for number, ref in enumerate(root.iter("ref")):
        for inner in ref.iter():
            if inner.get("id"):
                order[inner.get("id", "")] = number
    wanted: Counter[int] = Counter()
    for part in root.iter("abstract", "body"):
        for xref in part.iter("xref"):
            if xref.get("ref-type") != "bibr" or any(
                outer.tag in ("table-wrap", "table", "sub-article", "response", "ref-list")
                for outer in xref.iterancestors()
            ):
                continue
            targets = [order[target] for target in xref.get("rid", "").split() if target in known]
            counts["links_dead"] += not targets
            wanted.update(set(targets))
    markers = {reference.marker: number for number, reference in enumerate(document.references)}
    named = Counter(markers[m] for citation in document.citations for m in set(citation.markers) if m in markers)
    counts["links"] += wanted.total()
    counts["links_resolved"] += sum(min(count, named[number]) for number, count in wanted.items())
    counts["markers"] += sum(len(citation.markers) for citation in document.citations)
    counts["markers_listed"] += sum(marker in markers for c in document.citations for marker in c.markers)


def _count_cells(root: etree._Element, document: Document, counts: Counter[str]) -> None:
    """Cells with text: whether a cell of the same letters is there, and whether any of it stands in the clean text."""
    read = Counter(_fold(cell.text) for table in document.tables for cell in table.cells)
    for cell in root.iter("td", "th", "entry"):
        if any(outer.tag in ("sub-article", "response") for outer in cell.iterancestors()):
            continue
        text = _fold("".join(cell.itertext()))
        if text:
            counts["cells"] += 1
            counts["cells_read"] += any(read[form] > 0 for form in (text, _fold("".join(_without_notes(cell)))))
    for table in document.tables:
        for cell in table.cells:
            counts["cells_in_prose"] += any(document.clean.to_clean(span) is not None for span in cell.spans)


def _without_notes(element: etree._Element) -> Iterator[str]:
    """Yield the text of a cell without its raised marks and links to notes."""
    yield element.text or ""
    for child in element:
        if child.tag != "xref" and not (child.tag == "sup" and "".join(child.itertext()).strip().isalpha()):
            yield from _without_notes(child)
        yield child.tail or ""


def _count_references(root: etree._Element, document: Document, counts: Counter[str]) -> None:
    entries = list(root.iter("ref"))
    counts["entries"] += len(entries)
    counts["entries_read"] += len(document.references)
    for entry, reference in zip(entries, document.references, strict=False):
        citation = next((item for item in entry.iter() if item.tag in _CITATIONS), entry)
        title = next((t for name in ("article-title", "chapter-title") if (t := _text_of(citation, name))), None)
        years = _YEAR.search(_text_of(citation, "year") or "")
        doi = next((_join(item) for item in citation.iter("pub-id") if item.get("pub-id-type") == "doi"), None)
        read = {"title": reference.title, "year": str(reference.year or ""), "doi": reference.doi}
        for name, value in (("title", title), ("year", years[0] if years else None), ("doi", doi)):
            if not value:
                continue
            left, right = _fold(value), _fold(read[name] or "")
            counts[f"{name}_tp"] += left == right
            counts[f"{name}_fn"] += left != right
            counts[f"{name}_fp"] += bool(right) and left != right


def _text_of(element: etree._Element, name: str) -> str | None:
    found = element.find(f".//{name}")
    return None if found is None else _join(found)


def _join(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _fold(text: str) -> str:
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text).lower()))


def measure_articles(paths: Sequence[Path], *, limit: int, show: int = 0) -> Counter[str]:
    """Return the counts of all articles; files that no reader of XML articles takes are counted as ``refused``."""
    totals: Counter[str] = Counter()
    for path in paths:
        for number, (name, data) in enumerate(read_articles(path)):
            if number >= limit:
                break
            begun = time.process_time()
            try:
                document = read_jats(data, name=name, sha256="0", settings=Settings())
            except DocumentError:
                totals["refused"] += 1
                continue
            totals["microseconds"] += int(1e6 * (time.process_time() - begun))
            totals["bytes"] += len(data)
            totals["articles"] += 1
            counts = count_article(data, document)
            totals.update(counts)
            missed = {
                key: counts[key] - counts[part]
                for key, part in (("links", "links_resolved"), ("cells", "cells_read"))
                if counts[key] != counts[part]
            }
            if show and (missed or counts["cells_in_prose"]):
                show -= 1
                print(name, missed, {key: value for key, value in counts.items() if key.endswith("_fn") and value})
    return totals


def main() -> None:
    """Print the rates with their counts."""
    parser = argparse.ArgumentParser(description="XML articles against their own elements")
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("../shared/corpora/jats/nxml.tar.xz")])
    parser.add_argument("--limit", type=int, default=200, help="so many articles of each archive or folder")
    parser.add_argument("--show", type=int, default=0, help="print so many articles with something missed")
    arguments = parser.parse_args()
    totals = measure_articles(arguments.paths, limit=arguments.limit, show=arguments.show)
    for part, whole in (("links_resolved", "links"), ("markers_listed", "markers"), ("cells_read", "cells")):
        print(f"{part}: {totals[part]} of {totals[whole]} = {totals[part] / max(totals[whole], 1):.4f}")
    print(f"cells in prose: {totals['cells_in_prose']}; links without a target in the file: {totals['links_dead']}")
    for name in ("title", "year", "doi"):
        tp, fp, fn = (totals[f"{name}_{part}"] for part in ("tp", "fp", "fn"))
        print(f"references' {name}: F1 {2 * tp / max(2 * tp + fp + fn, 1):.4f} (tp {tp} fp {fp} fn {fn})")
    rate = totals["bytes"] / max(totals["microseconds"], 1)
    print(f"{totals['articles']} articles, {totals['refused']} refused, {rate:.2f} MB/s")


if __name__ == "__main__":
    main()
