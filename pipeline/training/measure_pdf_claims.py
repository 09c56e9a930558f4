"""Claims of articles read from their XML beside claims of the same articles drawn to PDF.

Run as ``python -m pipeline.training.measure_pdf_claims --corpora ../shared/corpora --limit 4``. Articles of the
archives with a table that fits a page are drawn whole (title, sections, marks, tables, references) in one column and in
two, by reportlab and by a Chromium browser where one is installed, and read again. Claims agree where intervention,
outcome, direction, dose and kind are the same; those of one side alone are printed.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pipeline.errors import DocumentError
from pipeline.ingest import read_bytes
from pipeline.model import Claim, Document, Table
from pipeline.run import extract
from pipeline.settings import Settings
from pipeline.training.measure_pdf_tables import (
    ARCHIVES,
    count_grid,
    drop_blanks,
    fits_page,
    read_archive,
    share_widths,
    write_cell,
)
from pipeline.training.records import DEFAULT_CORPORA

Key = tuple[str, str, str, str, str]
Drawer = Callable[[Sequence["Part"], bool], bytes]
_BODY: Final = frozenset({"paragraph", "list", "note", "other"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article for drawing: its kind, its text with simple tags, its table."""

    kind: str
    markup: str
    table: Table | None = None


@dataclass(slots=True)
class ClaimScore:
    """Claims of the XML, of the PDF, agreeing ones; keys of one side alone."""

    truth: int = 0
    found: int = 0
    agreeing: int = 0
    missed: list[tuple[str, Key]] = field(default_factory=list)
    added: list[tuple[str, Key]] = field(default_factory=list)

    def add(self, name: str, truth: Counter[Key], found: Counter[Key]) -> None:
        """Count one article."""
        self.truth += truth.total()
        self.found += found.total()
        self.agreeing += (truth & found).total()
        self.missed.extend((name, key) for key in sorted((truth - found).elements()))
        self.added.extend((name, key) for key in sorted((found - truth).elements()))

    def format(self) -> str:
        """Return one line of figures."""
        f1 = 2 * self.agreeing / max(self.truth + self.found, 1)
        return f"XML {self.truth:4} claims, PDF {self.found:4}, agreeing {self.agreeing:4}, F1 {f1:.4f}"


def list_parts(document: Document) -> list[Part]:
    """Return an article's parts in order, citation marks set back into the text, tables behind their first section."""
    tables = dict(enumerate(document.tables))
    parts: list[Part] = []
    for block in document.blocks:
        markup = _set_marks(document, block.clean.start, block.clean.end)
        kind = document.sections[block.section].kind
        if block.kind == "title" or (kind == "title" and not parts):
            parts.append(Part("title", markup))
        elif block.kind == "heading":
            parts.append(Part("heading", markup))
        elif block.kind in _BODY:
            parts.append(Part("paragraph", markup))
        elif block.kind == "caption" and not re.match(r"\W*table\b", document.clean.text[block.clean.start :], re.I):
            parts.append(Part("caption", markup))
    for number, table in tables.items():
        parts.append(Part("caption", f"<b>Table {number + 1}.</b> {html.escape(_strip_label(table.caption))}"))
        parts.append(Part("table", "", table))
        parts.extend(Part("note", html.escape(note.text)) for note in table.notes)
    parts.append(Part("heading", "References"))
    parts.extend(
        Part("reference", f"{number}. {html.escape(entry.text or entry.title or 'Unknown')}")
        for number, entry in enumerate(document.references, start=1)
    )
    return parts


def _strip_label(caption: str | None) -> str:
    return re.sub(r"^\W*table\s*\S+[.:]?\s*", "", " ".join((caption or "Values").split()), flags=re.IGNORECASE)


def _set_marks(document: Document, start: int, end: int) -> str:
    order = {reference.marker: number for number, reference in enumerate(document.references, start=1)}
    text, at = "", start
    for citation in sorted(document.citations, key=lambda item: item.clean):
        if start < citation.clean <= end:
            numbers = sorted({order[marker] for marker in citation.markers if marker in order})
            text += html.escape(document.clean.text[at : citation.clean])
            text += f"<sup>{','.join(map(str, numbers))}</sup>" if numbers else ""
            at = citation.clean
    return text + html.escape(document.clean.text[at:end])


def draw_reportlab(parts: Sequence[Part], two: bool) -> bytes:
    """Return a PDF in one or two columns; with two, the tables stand on pages of their own behind the text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph
    from reportlab.platypus import Table as Flowing

    for name, family in (("Text", "DejaVu Serif"), ("TextBold", "DejaVu Serif:bold")):
        found = subprocess.run(["fc-match", "-f", "%{file}", family], capture_output=True, text=True, check=True)
        pdfmetrics.registerFont(TTFont(name, found.stdout))
    pdfmetrics.registerFontFamily("Text", normal="Text", bold="TextBold", italic="Text", boldItalic="TextBold")
    body = ParagraphStyle("body", fontName="Text", fontSize=8.5, leading=10.5, firstLineIndent=10, alignment=4)
    styles = {
        "title": ParagraphStyle("title", fontName="TextBold", fontSize=15, leading=18, spaceAfter=10),
        "heading": ParagraphStyle("heading", fontName="TextBold", fontSize=10, leading=13, spaceBefore=8, spaceAfter=3),
        "paragraph": body,
        "caption": ParagraphStyle("caption", fontName="Text", fontSize=7.5, leading=9, spaceBefore=8, spaceAfter=4),
        "note": ParagraphStyle("note", fontName="Text", fontSize=7, leading=8.5),
        "reference": ParagraphStyle(
            "reference", fontName="Text", fontSize=7.5, leading=9, leftIndent=12, firstLineIndent=-12
        ),
    }
    small = ParagraphStyle("small", fontName="Text", fontSize=7, leading=8.5)
    width, height = A4
    half = (width - 100 - 16) / 2
    columns = [Frame(45, 45, half, height - 90, id="left"), Frame(61 + half, 45, half, height - 90, id="right")]
    wide = Frame(45, 45, width - 90, height - 90, id="wide")
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pagesize=A4, invariant=1)
    pages = [PageTemplate("wide", [wide]), PageTemplate("columns", columns)]
    template.addPageTemplates(pages[::-1] if two else pages)
    text, tables = _part_tables(parts) if two else (list(parts), [])
    flow: list[Any] = []
    for part in [*text, *tables]:
        if tables and part is tables[0]:
            flow += [NextPageTemplate("wide"), PageBreak()]
        if part.table is None:
            flow.append(Paragraph(part.markup.replace("sup>", "super>"), styles[part.kind]))
            continue
        rows, count = count_grid(part.table)
        grid: list[list[Any]] = [[""] * count for _ in range(rows)]
        style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        header = max((cell.row + cell.rowspan for cell in part.table.cells if cell.header), default=1)
        for rule in () if two else ((0, "LINEABOVE"), (header - 1, "LINEBELOW"), (-1, "LINEBELOW")):
            style.append((rule[1], (0, rule[0]), (-1, rule[0]), 0.6, "black"))
        for cell in part.table.cells:
            marks = f"<super>{html.escape(','.join(cell.marks))}</super>" if cell.marks else ""
            grid[cell.row][cell.column] = Paragraph(html.escape(cell.text) + marks, small)
            last = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
            style.append(("SPAN", (cell.column, cell.row), last))
        flow.append(Flowing(grid, colWidths=share_widths(part.table, width - 100), style=style))
    template.build(flow)
    return buffer.getvalue()


def _part_tables(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Return what is text, and the tables with the captions before and the notes behind them."""
    first = next((number - 1 for number, part in enumerate(parts) if part.table is not None), len(parts))
    end = next((number for number in range(first, len(parts)) if parts[number].kind == "heading"), len(parts))
    return [*parts[:first], *parts[end:]], list(parts[first:end])


def draw_browser(parts: Sequence[Part], two: bool, *, browser: str) -> bytes:
    """Return the printed page of a Chromium browser, the tables behind the text, across both columns."""
    tags = {
        "title": "h1",
        "heading": "h2",
        "paragraph": "p",
        "caption": "p class=c",
        "note": "p class=n",
        "reference": "p class=r",
    }
    rules = "" if two else "table{border-top:1px solid;border-bottom:1px solid} thead{border-bottom:1px solid}"
    shown = [
        "<html><head><meta charset=utf-8><style>@page{size:A4;margin:16mm} body{font:9pt 'DejaVu Serif';"
        f"text-align:justify;hyphens:auto}} div{{columns:{2 if two else 'auto'};column-gap:7mm}} h1{{font-size:15pt}}"
        "h2{font-size:11pt;margin:8pt 0 3pt} p{margin:0;text-indent:1em} .c,.n,.r{font-size:7.5pt;text-indent:0}"
        "table,.c{margin-top:6pt} table{font-size:7.5pt;border-collapse:collapse;width:100%}"
        f"td,th{{text-align:left;vertical-align:top;padding:1pt 4pt;hyphens:none}} {rules}</style></head>"
        "<body lang=en><div>"
    ]
    text, tables = _part_tables(parts)
    for part in [*text, *tables]:
        if tables and part is tables[0]:
            shown.append("</div>")
        if part.table is None:
            tag = tags[part.kind]
            shown.append(f"<{tag}>{part.markup}</{tag.split()[0]}>")
            continue
        header = max((cell.row + cell.rowspan for cell in part.table.cells if cell.header), default=1)
        rows = [
            "<tr>" + "".join(write_cell(cell, header) for cell in part.table.cells if cell.row == row) + "</tr>"
            for row in range(count_grid(part.table)[0])
        ]
        head, rest = "".join(rows[:header]), "".join(rows[header:])
        shown.append(f"<table><thead>{head}</thead><tbody>{rest}</tbody></table>")
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text("".join(shown), encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return printed.read_bytes()


def choose_articles(corpora: Path, *, limit: int, skip: int) -> list[tuple[str, Document]]:
    """Return ``limit`` articles an archive behind the first ``skip``, with those of their tables that fit a page."""
    chosen: list[tuple[str, Document]] = []
    for archive in ARCHIVES:
        found: list[tuple[str, Document]] = []
        for name, data in read_archive(corpora / archive):
            try:
                document = read_bytes(data, name=name, settings=Settings())
            except DocumentError:
                continue
            tables = tuple(replace(drop_blanks(table), section=table.section) for table in document.tables)
            fitting = tuple(table for table in tables if fits_page(table))
            if fitting and len(document.clean.text) < 60_000:
                found.append((Path(name).stem, replace(document, tables=fitting)))
            if len(found) >= skip + limit:
                break
        chosen.extend(found[skip:])
    return chosen


def count_keys(claims: Iterable[Claim], *, tables: bool) -> Counter[Key]:
    """Count claims by intervention, outcome, direction, dose and kind."""
    return Counter(
        (
            claim.intervention.id or claim.intervention.name.casefold(),
            " ".join(claim.outcome.text.casefold().split()),
            str(claim.direction),
            "" if claim.dose is None else f"{claim.dose.low}-{claim.dose.high} {claim.dose.unit}",
            str(claim.kind),
        )
        for claim in claims
        if (claim.kind == "table") == tables
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, read, extract and compare; print figures and what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--limit", type=int, default=4, help="articles an archive")
    parser.add_argument("--skip", type=int, default=0, help="articles of each archive to pass over")
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--keep", type=Path, help="keep the drawn files in this folder")
    options = parser.parse_args(arguments)
    settings = Settings()
    articles = choose_articles(options.corpora, limit=options.limit, skip=options.skip)
    truths = [extract(document, settings=settings).claims for _, document in articles]
    drawers: dict[str, Drawer] = {
        "reportlab": draw_reportlab,
        "browser": lambda parts, two: draw_browser(parts, two, browser=options.browser),
    }
    for producer, draw in drawers.items():
        for two in (False, True):
            scores = {"prose": ClaimScore(), "table": ClaimScore()}
            for (name, document), truth in zip(articles, truths, strict=True):
                data = draw(list_parts(document), two)
                layout = "two" if two else "one"
                if options.keep:
                    (options.keep / f"{name}-{producer}-{layout}.pdf").write_bytes(data)
                found = extract(read_bytes(data, name=f"{name}.pdf", settings=settings), settings=settings).claims
                for label, score in scores.items():
                    tables = label == "table"
                    score.add(name, count_keys(truth, tables=tables), count_keys(found, tables=tables))
            for label, score in scores.items():
                print(f"{producer:9} {'two' if two else 'one'} columns, {label}: {score.format()}", flush=True)
                for sign, differing in (("-", score.missed), ("+", score.added)):
                    for name, key in differing:
                        print(f"    {sign} {name}: {' | '.join(key)}")


if __name__ == "__main__":
    main()
