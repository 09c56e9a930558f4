"""Set the invented PDF sample: two columns, running heads, raised citation numbers, a wide table, a reference list.

Run as ``python corpus/samples/make_pdf.py``. The bytes depend on nothing but this file and reportlab's version.
"""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate, Paragraph, Table

SAMPLE = Path(__file__).parent / "acarbose-mice.pdf"
TITLE = "Acarbose, but not metformin, extends the lifespan of male mice"
AUTHORS = ("Ineke Velde", "Tomas Okruh", "Sunniva Aas")
JOURNAL = "Journal of Invented Gerontology"
WIDTH, HEIGHT = 510.0, 590.0
MARGIN = 42.0
GUTTER = 20.0
RAISED = '<super rise="3.4" size="6.2">'
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=9.5, leading=11.8, alignment=TA_JUSTIFY, spaceAfter=4)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=10.5, leading=13, spaceBefore=6, spaceAfter=2)
FRONT = ParagraphStyle("front", fontName="Helvetica", fontSize=9, leading=11.5, spaceAfter=4)
NOTICE = ParagraphStyle("notice", parent=FRONT, fontName="Helvetica-Oblique", fontSize=8.5)
LEAD = ParagraphStyle("lead", fontName="Helvetica-Bold", fontSize=15, leading=18, spaceAfter=6)
SMALL = ParagraphStyle("small", fontName="Times-Roman", fontSize=7.8, leading=9.4, spaceAfter=1.5)

INVENTED = (
    "This article is invented. Authors, journal, animals and findings do not exist; it was written to show a "
    "program at work and says nothing about any real drug."
)
ABSTRACT = (
    "Glucose peaks after meals grow with age. We gave acarbose (1,000 ppm), metformin (900 ppm) or canagliflozin "
    "(180 ppm) in the diet to UM-HET3 mice of both sexes from 8 months of age until death. Acarbose increased "
    "median lifespan by 18% in males (p &lt; 0.001) and by 5% in females (p = 0.02). Metformin had no effect on "
    "lifespan in either sex. Canagliflozin extended median lifespan by 13% in males but shortened it by 4% in "
    "females (p = 0.03). Acarbose and canagliflozin lowered fasting glucose at 20 months of age. These findings "
    "suggest that acarbose may delay age-related kidney disease in male mice."
)
SECTIONS = (
    ("Introduction", (
        "Starch reaches the blood as glucose within minutes, and the height of the peak after a meal grows in most "
        "old animals. Acarbose slows the digestion of starch in the small intestine<super>1</super>. In Wistar "
        "rats, acarbose at 40 mg/kg/day by gavage reduced body fat by 15% within 10 weeks<super>2,3</super>. "
        "Metformin at 0.1% of the diet extended the lifespan of male C57BL/6 mice, but metformin at 1% shortened it"
        "<super>4</super>. Whether canagliflozin acts alike in the two sexes has not been tested.",
    )),
    ("Methods", (
        "UM-HET3 mice were bred from four inbred grandparents and housed three males or four females to a cage at "
        "22 °C. Each diet group held 60 males and 56 females; the control groups were twice as large. The drugs "
        "were mixed into chow by the maker and the mixture was checked every 4 months. Fasting glucose was "
        "measured in tail blood after 6 h without food. Lifespan was compared by the log-rank test.",
    )),
    ("Results", (
        "Acarbose-treated males lived longer than controls (952 vs 807 days; Table 1). Canagliflozin also reduced "
        "fasting glucose in females by 11% (p = 0.004), whereas metformin left fasting glucose unchanged. Neither "
        "acarbose nor metformin altered grip strength at 22 months. Canagliflozin halved the incidence of liver "
        "tumours in males (p &lt; 0.01). Body weight was 9% lower on acarbose than on the control diet.",
        "To bypass the gut, we injected acarbose daily (10 mg/kg, i.p.) for 12 weeks into 20-month-old C57BL/6J "
        "males. Injected acarbose did not affect glucose tolerance.",
    )),
    ("Discussion", (
        "The two drugs that act on glucose without insulin lengthened life in males, and metformin did not. "
        "Canagliflozin started at 16 months still extended the lifespan of males by 9%, so that treatment in "
        "middle age may suffice. In patients with impaired glucose tolerance, acarbose (100 mg three times daily) "
        "lowered the risk of type 2 diabetes by 30%<super>5</super>. Metformin might still benefit animals on a "
        "fattening diet, as it did not worsen glucose tolerance in an earlier cohort<super>3–5</super>. It remains "
        "to be seen whether acarbose and canagliflozin add to each other.",
    )),
)  # fmt: skip
REFERENCES = (
    "Aldous P, Brekke S. Starch and its slow digestion. <i>Invent. Nutr.</i> <b>3</b>, 11–19 (2009).",
    "Cornwall T, Dorn U. Fat mass of rats under acarbose. <i>Imag. Physiol.</i> <b>8</b>, 201–209 (2012).",
    "Eastlake R, Finch O. Glucosidase inhibitors in rodents: a survey. <i>Imag. Physiol.</i> <b>11</b>, 5–31 (2015).",
    "Grunwald H, Ibsen J. Two doses of metformin and the life of mice. <i>J. Invent. Gerontol.</i> <b>1</b>, 40–47 "
    "(2017).",
    "Jansky L, Kerr M. A fictitious trial of acarbose in prediabetes. <i>Invent. Med.</i> <b>22</b>, 310–322 (2019).",
)
CAPTION = "<b>Table 1 | Effect of three drugs in the diet on the median lifespan of mice</b>"
HEADER = ("Drug", "Strain", "Sex", "Age (months)", "Dose (ppm)", "Route", "Control (days)", "Change (%)")
ROWS = (
    ("Acarbose", "UM-HET3", "Male", "8", "1,000", "Diet", "807", "+18*"),
    ("Acarbose", "UM-HET3", "Female", "8", "1,000", "Diet", "896", "+5*"),
    ("Acarbose", "UM-HET3", "Male", "16", "1,000", "Diet", "807", "+6*"),
    ("Acarbose", "C57BL/6J", "Male", "20", "1,000", "Diet", "861", "+3 NS"),
    ("Metformin", "UM-HET3", "Male", "8", "900", "Diet", "807", "+2 NS"),
    ("Metformin", "UM-HET3", "Female", "8", "900", "Diet", "896", "−1 NS"),
    ("Canagliflozin", "UM-HET3", "Male", "8", "180", "Diet", "807", "+13*"),
    ("Canagliflozin", "UM-HET3", "Female", "8", "180", "Diet", "896", "−4*"),
    ("Canagliflozin", "UM-HET3", "Male", "16", "180", "Diet", "807", "+9*"),
)
LEGEND = "*p &lt; 0.05 against the control diet (log-rank test). NS, not significant."


def build_pdf() -> bytes:
    """Return the article as PDF bytes."""
    file = io.BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        pageCompression=0,
        title=TITLE,
        author=", ".join(AUTHORS),
        subject=JOURNAL,
    )
    document.addPageTemplates([
        PageTemplate("first", [_frame(0, WIDTH - 2 * MARGIN, 344, 198), *_columns(50, 284)], onPage=_draw_heads),
        PageTemplate("later", _columns(50, 306), onPage=_draw_table_page),
    ])  # fmt: skip
    document.build(list(_story()))
    return file.getvalue()


def _frame(left: float, width: float, bottom: float, height: float) -> Frame:
    return Frame(MARGIN + left, bottom, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _columns(bottom: float, height: float) -> list[Frame]:
    return [_frame(left, COLUMN, bottom, height) for left in (0, COLUMN + GUTTER)]


def _story() -> list[Flowable]:
    front = [
        Paragraph(TITLE, LEAD),
        _set("Ineke Velde<super>1</super>, Tomas Okruh<super>1</super> and Sunniva Aas<super>2</super>", FRONT),
        _set("<super>1</super>Institute of Invented Biology, Nowhere. <super>2</super>Fictitious Hospital.", SMALL),
        Paragraph(INVENTED, NOTICE),
        Paragraph("Abstract", HEAD),
        Paragraph(ABSTRACT, BODY),
    ]
    body: list[Flowable] = [NextPageTemplate("later")]
    for title, paragraphs in SECTIONS:
        body += [Paragraph(title, HEAD), *(_set(text, BODY) for text in paragraphs)]
    body.append(Paragraph("References", HEAD))
    body += [Paragraph(f"{number}. {text}", SMALL) for number, text in enumerate(REFERENCES, start=1)]
    return [*front, _NextFrame(), *body]


def _set(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(text.replace("<super>", RAISED), style)


class _NextFrame(Flowable):
    """Fills what is left of the full-width frame, so that the body begins in the left column."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, height - 0.1

    def draw(self) -> None:
        """Draw nothing."""


def _draw_heads(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 7.5)
    canvas.drawString(MARGIN, HEIGHT - 30, f"{JOURNAL} | Volume 4 | May 2024 | 112–113")
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 30, "Article" if document.page == 1 else "Velde et al.")
    canvas.drawCentredString(WIDTH / 2, 26, str(111 + document.page))


def _draw_table_page(canvas: Canvas, document: BaseDocTemplate) -> None:
    _draw_heads(canvas, document)
    if document.page != 2:
        return
    widths = (62, 52, 42, 60, 56, 40, 62, 52)
    table = Table(
        [HEADER, *ROWS], colWidths=widths, rowHeights=13, hAlign="LEFT",
        style=[
            ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
            ("FONT", (0, 1), (-1, -1), "Helvetica", 8),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, "black"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, "black"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
    )  # fmt: skip
    top = HEIGHT - 48
    for item, gap in ((Paragraph(CAPTION, FRONT), 4.0), (table, 3.0), (Paragraph(LEGEND, SMALL), 0.0)):
        _, height = item.wrapOn(canvas, WIDTH - 2 * MARGIN, HEIGHT)
        item.drawOn(canvas, MARGIN, top - height)
        top -= height + gap


if __name__ == "__main__":
    SAMPLE.write_bytes(build_pdf())
