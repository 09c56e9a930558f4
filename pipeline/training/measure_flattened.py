"""Measure the reading of flattened PDFs: ``python -m pipeline.training.measure_flattened FOLDER``.

Each PDF of the folder is turned into text by two tools, as users have it, and read; the words of the clean text are
aligned with the words of the body in the article's XML of the same name (abstract, paragraphs, headings, captions,
without citation marks). "kept" is the share of the body's words found in the right order; "foreign" the share of the
clean words that stand nowhere in the XML's running text.
"""

from __future__ import annotations

import argparse
import difflib
import io
import re
from pathlib import Path

import pypdfium2
from lxml import etree
from pdfminer.high_level import extract_text

from pipeline.ingest.text import read_text
from pipeline.settings import Settings

_OUTSIDE = {
    "table-wrap",
    "fig",
    "ref-list",
    "disp-formula",
    "inline-formula",
    "supplementary-material",
    "tex-math",
    "math",
}
_WORD = re.compile(r"[^\W\d_]{2,}")


def flatten_with_pdfminer(data: bytes) -> str:
    """Return the text that pdfminer.six's own command makes of a PDF."""
    return str(extract_text(io.BytesIO(data)))


def flatten_with_pdfium(data: bytes) -> str:
    """Return the text that pdfium makes of a PDF, pages joined by form feeds."""
    document = pypdfium2.PdfDocument(data)
    return "\f".join(page.get_textpage().get_text_bounded() for page in document)


def read_body_words(data: bytes) -> list[str]:
    """Return the words of abstract and body of an article in JATS, citation marks, tables and formulae left out."""
    root = etree.fromstring(
        data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    )
    words: list[str] = []
    for part in ("abstract", "body"):
        for element in root.iter(part):
            words.extend(_WORD.findall("".join(_read_text(element)).lower()))
    return words


def _read_text(element: etree._Element) -> list[str]:
    if not isinstance(element.tag, str) or element.tag in _OUTSIDE:
        return [" "]
    if element.tag == "xref" and element.get("ref-type") == "bibr":
        return [" "]
    parts = [element.text or ""]
    for child in element:
        parts += [*_read_text(child), child.tail or ""]
    if element.tag in ("p", "title", "sec", "label", "caption"):
        parts.append(" ")
    return parts


def main() -> None:
    """Print kept and foreign words for each PDF and tool, and over all."""
    parser = argparse.ArgumentParser(description="words of flattened PDFs against their XML")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many runs of lost and foreign words a file")
    arguments = parser.parse_args()
    for tool, flatten in (("pdfminer", flatten_with_pdfminer), ("pdfium", flatten_with_pdfium)):
        totals = [0, 0, 0, 0]
        for pdf in sorted(arguments.folder.rglob("*.pdf")):
            stem = pdf.stem.split(".")[0]
            beside = (path for path in sorted(pdf.parent.iterdir()) if path.suffix in (".xml", ".nxml"))
            xml = next((path for path in beside if path.stem.split(".")[0] == stem), None)
            if xml is None:
                continue
            text = flatten(pdf.read_bytes())
            document = read_text(text.encode("utf-8", "replace"), name=pdf.name, sha256="0", settings=Settings())
            running = [
                b for b in document.blocks if document.sections[b.section].kind not in ("back", "title", "caption")
            ]
            clean = _WORD.findall(" ".join(document.clean.text[b.clean.start : b.clean.end] for b in running).lower())
            body = read_body_words(xml.read_bytes())
            matcher = difflib.SequenceMatcher(None, body, clean, autojunk=False)
            same = sum(block.size for block in matcher.get_matching_blocks())
            known = set(body)
            foreign = sum(word not in known for word in clean)
            counts = (same, len(body), foreign, len(clean))
            if not body or not clean:
                continue
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
            print(f"{tool} {pdf.name}: kept {same}/{len(body)} = {same / len(body):.3f}, "
                  f"foreign {foreign}/{len(clean)} = {foreign / len(clean):.4f}, tables {len(document.tables)}, "
                  f"citations {len(document.citations)}, references {len(document.references)}")  # fmt: skip
            shown = 0
            for tag, low, high, first, last in matcher.get_opcodes():
                if tag != "equal" and max(high - low, last - first) >= 6 and shown < arguments.show:
                    shown += 1
                    print("   lost:", " ".join(body[low:high])[:160], "| got:", " ".join(clean[first:last])[:160])
        print(f"{tool}: kept {totals[0] / max(totals[1], 1):.4f}, foreign {totals[2] / max(totals[3], 1):.4f}")


if __name__ == "__main__":
    main()
