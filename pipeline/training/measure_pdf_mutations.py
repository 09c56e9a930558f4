"""Damage to PDF files, at random from a fixed seed: no crash, no hang, and no loss that is not recorded.

Run as ``python -m pipeline.training.measure_pdf_mutations --count 2000``. Pages drawn here are damaged byte by byte, in
their objects and in their unpacked contents. A reading passes when it ends in time, in a document or in an error with
cause and remedy; a document without a failure must hold what the sound one holds, apart from what the damage touched.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.errors import DocumentError
from pipeline.ingest.pdf import read_pdf
from pipeline.model import Document
from pipeline.settings import Settings

SECONDS: Final = 20
_SHARE: Final = 0.75
"""A silent reading must keep this share of the sound words: a mutation within unpacked text may spoil a few."""
_TEXT: Final = (
    "The mice were weighed in every week of the study and their food was weighed on every day.",
    "Treated animals lived longer than their controls, and the difference was seen in both sexes.",
    "No animal was lost before the end, and none was left out of the values that are given below.",
)
_TOKENS: Final = (
    b"null", b"<<", b">>", b"[", b"]", b"-1", b"99999999999", b"0 0 R", b"1 0 R", b"3 0 R", b"endobj", b"stream", b"(",
    b")", b"/Length", b"/Kids", b"/Parent", b"q ", b"Q ", b"BT ", b"ET ", b"/F9 9 Tf ", b"1e400", b"\x00", b"%",
)  # fmt: skip


@dataclass(slots=True)
class MutationScore:
    """Counts of readings by outcome; ``wrong`` holds seeds and what was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0


class _TooLong(Exception):
    pass


def draw_subject(*, packed: bool, pages: int = 3) -> bytes:
    """Return a PDF of a few pages with two columns, a table, two fonts and a drawing that is used twice."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas: Any = Canvas(buffer, pagesize=(595, 842), invariant=1, pageCompression=int(packed))
    canvas.beginForm("mark")
    canvas.setFont("Helvetica", 7)
    canvas.drawString(50, 30, "Drawn to be damaged")
    canvas.endForm()
    for page in range(pages):
        canvas.doForm("mark")
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(50, 790, ("Introduction", "Methods", "Results")[page % 3])
        canvas.setFont("Times-Roman", 9)
        for line in range(30):
            canvas.drawString(50, 770 - 11 * line, f"{line + page * 30} {_TEXT[line % 3]}")
        canvas.drawString(50, 400, f"Table {page + 1}. Weight of the mice.")
        canvas.line(50, 395, 400, 395)
        for row in range(4):
            for column in range(3):
                canvas.drawString(50 + 100 * column, 380 - 12 * row, f"{page}{row}.{column} g")
        canvas.line(50, 335, 400, 335)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def mutate(data: bytes, dice: random.Random) -> bytes:
    """Return the file with one to four damages."""
    spoiled = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        at = dice.randrange(len(spoiled) or 1)
        match dice.randrange(9):
            case 0:
                for _ in range(dice.choice((1, 8, 64))):
                    spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
            case 1:
                del spoiled[at : at + dice.choice((1, 16, 200, 2000))]
            case 2:
                spoiled[at:at] = spoiled[at : at + dice.choice((8, 100, 1000))]
            case 3:
                del spoiled[at:]
            case 4:
                spoiled[at:at] = dice.choice(_TOKENS)
            case 5:
                _replace(spoiled, rb"\d+ 0 R", b"%d 0 R" % dice.randrange(40), dice)
            case 6:
                _replace(spoiled, rb"(?<=[ /\[])-?\d+(?=[ \]/>])", b"%d" % dice.choice((0, -1, 7, 10**9, 10**20)), dice)
            case 7:
                _replace(spoiled, rb"/[A-Z][A-Za-z]+", dice.choice((b"/X", b"/Page", b"/Pages", b"/Font", b"")), dice)
            case _:
                spoiled[at : at + 40] = bytes(dice.randrange(256) for _ in range(40))
        if not spoiled:
            return b""
    return bytes(spoiled)


def _replace(data: bytearray, pattern: bytes, replacement: bytes, dice: random.Random) -> None:
    found = list(re.finditer(pattern, bytes(data)))
    if found:
        place = dice.choice(found)
        data[place.start() : place.end()] = replacement


@contextmanager
def _limit(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run_mutations(count: int, *, first: int = 0) -> MutationScore:
    """Return what became of ``count`` damaged files, the seeds running from ``first``."""
    subjects = [draw_subject(packed=True), draw_subject(packed=False)]
    sound = [_read(data) for data in subjects]
    score = MutationScore()
    for seed in range(first, first + count):
        which = seed % len(subjects)
        data = mutate(subjects[which], random.Random(seed))
        start = time.perf_counter()
        try:
            with _limit(SECONDS):
                outcome = _judge(_read(data), sound[which])
        except DocumentError as error:
            outcome = "refused" if error.cause and error.remedy else "wrong: an error without cause or remedy"
        except _TooLong:
            outcome = f"wrong: not done in {SECONDS} s"
        except Exception as error:
            outcome = f"wrong: {type(error).__name__}: {error}"
        score.slowest = max(score.slowest, time.perf_counter() - start)
        score.counts[outcome.split(":")[0]] += 1
        if outcome.startswith("wrong"):
            score.wrong.append(f"seed {seed}: {outcome}")
    return score


def _read(data: bytes) -> Document:
    return read_pdf(data, name="damaged.pdf", sha256="0" * 64, settings=Settings())


def _judge(document: Document, sound: Document) -> str:
    words, kept = Counter(sound.source.split()), Counter(document.source.split())
    share = (words & kept).total() / words.total()
    if document.failures:
        complete = all(failure.cause and failure.remedy for failure in document.failures)
        return "kept in part" if complete else "wrong: a failure without cause or remedy"
    if share >= _SHARE:
        return "read"
    return f"wrong: {share:.2f} of the words kept, {document.pages} pages, no failure"


def main(arguments: Sequence[str] | None = None) -> None:
    """Damage, read and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args(arguments)
    score = run_mutations(options.count, first=options.first)
    for outcome, count in sorted(score.counts.items()):
        print(f"{outcome:14} {count}")
    print(f"slowest {score.slowest:.1f} s")
    for line in score.wrong:
        print(line)


if __name__ == "__main__":
    main()
