"""Read mutated files: ``python -m pipeline.training.measure_reading_fuzz [--files N] [--seed N] FILE_OR_FOLDER ...``.

Each file is a seed file with bytes flipped, cut, doubled, moved, or spliced with another's. A reader may refuse it
with a ``DocumentError`` or read it; whatever else it raises, and whatever takes longer than the limit, is a defect.
A document that was read must keep the invariants of offsets, and say so if a byte could not be read.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.ingest import read_bytes
from pipeline.model.documents import Cell, Document
from pipeline.model.spans import read_spans
from pipeline.settings import Settings

SUFFIXES = (".txt", ".md", ".xml", ".nxml", ".html")
_SLOWEST = 20.0
_PIECES = (
    b"<", b">", b"</p>", b"<table>", b"<td rowspan='9999'>", b"]]>", b"<!--", b"&#0;", b"&amp;", b"&bogus;", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b"\r", b"\x0c", b"\xe2\x80\x8b", b"[1-99999]", b"(((((", b"|---|", b"Table 1 | ",
    b"References\n", b"<xref ref-type='bibr' rid='zz'>9</xref>", b"\n\n\n", b"9999999999999", b"e\xcc\x81", b"#" * 9,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Defect:
    """A mutated file that a reader did not survive."""

    number: int
    name: str
    what: str


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return the bytes after one to eight random changes."""
    for _ in range(chance.randint(1, 8)):
        size = max(len(data), 1)
        at, to = chance.randrange(size), chance.randrange(size)
        low, high = min(at, to), min(max(at, to), min(at, to) + 4000)
        kind = chance.randrange(8)
        if kind == 0:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(chance.randint(1, 6))) + data[at + 1 :]
        elif kind == 1:
            data = data[:low] + data[high:]
        elif kind == 2:
            data = data[:at] + data[low:high] * chance.randint(1, 4) + data[at:]
        elif kind == 3:
            data = data[:at] + chance.choice(_PIECES) * chance.randint(1, 40) + data[at:]
        elif kind == 4:
            start = chance.randrange(max(len(other), 1))
            data = data[:at] + other[start : start + chance.randint(1, 4000)] + data[at:]
        elif kind == 5:
            data = data[: max(at, 1)]
        elif kind == 6:
            data = data.replace(b"\n", chance.choice((b"\r\n", b"\r", b" ", b"\n\n", b"\x0c")))
        else:
            data = data.replace(chance.choice((b" ", b".", b"</p>", b">", b"e")), chance.choice(_PIECES), 50)
    return data


def check_document(document: Document) -> str | None:
    """Return what is wrong with a document's offsets, ``None`` if every kept character leads back."""
    view, end = document.clean, 0
    seen: list[tuple[int, int]] = []
    for piece in view.pieces:
        if piece.clean < end or piece.length <= 0:
            return f"pieces overlap at clean {piece.clean}"
        end = piece.clean + piece.length
        source = document.source[piece.source : piece.source + piece.length]
        clean = view.text[piece.clean : end]
        if len(source) != len(clean) or any(
            a != b and not (a == " " and b.isspace()) and not (a == "-" and b in "\x02\ufffe")
            for a, b in zip(clean, source, strict=True)
        ):
            return f"clean {piece.clean} reads other characters than its source"
        seen.append((piece.source, piece.source + piece.length))
    seen.sort()
    if any(first[1] > second[0] for first, second in pairwise(seen)):
        return "a source character stands twice in the clean text"
    for sentence in document.sentences:
        text = view.text[sentence.clean.start : sentence.clean.end]
        if read_spans(view, view.to_source(sentence.clean.start, sentence.clean.end)) != " ".join(text.split()):
            return f"the sentence at {sentence.clean.start} does not read back"
    return next((why for table in document.tables if (why := _check_cells(document, table.cells))), None)


def find_unrecorded(data: bytes, document: Document) -> str | None:
    """Return what was lost without a failure: bytes that are no text, an XML file cut off or torn."""
    if document.status != "done":
        return None
    if "\ufffd" in document.source and b"\xef\xbf\xbd" not in data and b"\xfd\xff" not in data:
        return "replacement characters without a failure"
    marked = data[:3] in (b"\xef\xbb\xbf",) or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    declared = re.search(rb"(?:encoding|charset)\s*=\s*[\"']?([A-Za-z0-9._-]+)", data[:4096])
    if not marked and (declared is None or declared[1].lower() in (b"utf-8", b"utf8")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return "invalid UTF-8 without a failure"
    if document.reader == "jats" and not data.rstrip().endswith(b">"):
        return "an XML file cut off without a failure"
    return None


def _check_cells(document: Document, cells: Sequence[Cell]) -> str | None:
    for cell in cells:
        if any(span.end > len(document.source) or span.start >= span.end for span in cell.spans):
            return "a cell lies outside the source"
        if any(document.clean.to_clean(span) is not None for span in cell.spans):
            return "a cell stands in the clean text"
    return None


def read_mutants(seeds: Sequence[Path], *, files: int, seed: int) -> Iterator[tuple[int, str, bytes]]:
    """Yield number, name and bytes of each mutated file; the same for the same seed files and seed."""
    chance = random.Random(seed)
    contents = [(path.name, path.read_bytes()) for path in seeds]
    for number in range(files):
        name, data = contents[number % len(contents)]
        yield number, name, mutate(data, chance.choice(contents)[1], chance)


def measure_mutants(seeds: Sequence[Path], *, files: int, seed: int) -> tuple[Counter[str], list[Defect], float]:
    """Return how many files of each suffix were read, refused or broken, the defects, and the longest time."""
    counts: Counter[str] = Counter()
    defects: list[Defect] = []
    longest = 0.0
    settings = Settings()
    for number, name, data in read_mutants(seeds, files=files, seed=seed):
        begun = time.perf_counter()
        what: str | None = None
        suffix = Path(name).suffix
        try:
            document = read_bytes(data, name=name, settings=settings)
        except DocumentError as error:
            counts[f"{suffix} refused"] += 1
            what = None if str(error) else "a refusal without a cause"
        except Exception as error:
            what = f"{type(error).__name__}: {error}"[:200]
        else:
            counts[f"{suffix} {document.status}"] += 1
            what = check_document(document) or find_unrecorded(data, document)
        spent = time.perf_counter() - begun
        longest = max(longest, spent)
        if what is None and spent > _SLOWEST:
            what = f"took {spent:.0f} s"
        if what is not None:
            defects.append(Defect(number, name, what))
    return counts, defects, longest


def find_seeds(paths: Sequence[Path]) -> list[Path]:
    """Return the files of the readers' formats among the paths and in the folders among them, in name order."""
    found = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return [file for file in found if file.suffix in SUFFIXES]


def main() -> None:
    """Print the counts and each defect; end with 1 if there is one."""
    parser = argparse.ArgumentParser(description="mutated files through the readers")
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("corpus/samples")])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    counts, defects, longest = measure_mutants(find_seeds(arguments.paths), files=arguments.files, seed=arguments.seed)
    for key, value in sorted(counts.items()):
        print(f"{key}: {value}")
    for defect in defects:
        print(f"defect in mutant {defect.number} of {defect.name}: {defect.what}")
    print(f"{arguments.files} files, {len(defects)} defects, longest {longest:.1f} s")
    raise SystemExit(1 if defects else 0)


if __name__ == "__main__":
    main()
