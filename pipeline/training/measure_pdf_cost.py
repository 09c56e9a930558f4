"""What reading a PDF costs: time beside a bare walk by pdfminer, and memory for a document of 400 pages."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pdfminer.high_level import extract_pages

from pipeline.ingest import read_document
from pipeline.settings import Settings

PAGES: Final = 400
_READ: Final = """
import json, resource, sys, time
from pathlib import Path
from pipeline.ingest import read_document
from pipeline.settings import Settings
start = time.perf_counter()
document = read_document(Path(sys.argv[1]), name="long.pdf", settings=Settings())
used = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"pages": document.pages, "seconds": used, "mebibytes": peak / 1024, "words": len(document.boxes)}))
"""


def time_readers(paths: Sequence[Path], *, rounds: int = 3) -> list[tuple[float, float]]:
    """Return, for each file, the least seconds of ``rounds`` runs: the reader's and bare ``extract_pages``'."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    times = []
    for path in paths:
        ours, bare = [], []
        for _ in range(rounds):
            start = time.perf_counter()
            for _page in extract_pages(str(path)):
                pass
            middle = time.perf_counter()
            read_document(path, name=path.name, settings=Settings())
            ours.append(time.perf_counter() - middle)
            bare.append(middle - start)
        times.append((min(ours), min(bare)))
    return times


def draw_long(pages: int = PAGES) -> bytes:
    """Return a PDF of two-column pages of about 900 words each, a table on every tenth."""
    from reportlab.pdfgen.canvas import Canvas

    words = "the treated mice of both groups lost less weight than controls at week and lived on longer".split()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.setTitle("A long report")
    count = 0
    for page in range(pages):
        canvas.setFont("Times-Roman", 9)
        for left in (50, 310):
            for line in range(62):
                shown = []
                for _ in range(8):
                    count += 1
                    shown.append(words[(count * 7 + count // 11) % len(words)])
                end = 24 if line % 12 == 11 else 52
                canvas.drawString(left, 780 - 11 * line, f"{' '.join(shown)[:end]} {count}.")
        if page % 10 == 0:
            canvas.drawString(50, 90, f"Table {page // 10 + 1}. Weight of the mice.")
            for row in range(3):
                for column in range(3):
                    canvas.drawString(50 + 80 * column, 78 - 11 * row, f"{row}.{column} g")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def measure_memory(path: Path) -> dict[str, float]:
    """Return pages, seconds, peak mebibytes and words of reading a file in a process of its own."""
    result = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(result.stdout)
    return found
