"""Pages to look at: every claim in its place, and a run at a glance, each one self-contained HTML file.

Pure: records, documents and scores go in, text comes out. No clock, no file, no network; the same things give the
same bytes.
"""

from pipeline.pages.claims_page import render_claims_page
from pipeline.pages.costs import find_costly_errors
from pipeline.pages.metrics import collect_metrics, summarise_scores
from pipeline.pages.passages import read_text_only
from pipeline.pages.report_page import render_report

__all__ = [
    "collect_metrics",
    "find_costly_errors",
    "read_text_only",
    "render_claims_page",
    "render_report",
    "summarise_scores",
]
