"""Readers of the mention corpora: BC5CDR, NCBI Disease, LINNAEUS, EvidenceOutcomes, TrialSieve.

Each reader takes the folder of its corpus and the part wanted ("train" or "dev") and yields texts in a fixed order.
A mention whose offsets do not show its quoted text is an error of the file and stops the reading.
"""

from __future__ import annotations

import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pipeline.training.records import AnnotatedText, LabelledSpan
from pipeline.training.species_lexicon import is_species_mention

Part = Literal["train", "dev"]

_PUBTATOR_LABELS: Final[dict[str, str]] = {
    "Chemical": "CHEMICAL",
    "Disease": "DISEASE",
    "SpecificDisease": "DISEASE",
    "DiseaseClass": "DISEASE",
    "Modifier": "DISEASE",
    "CompositeMention": "DISEASE",
}
_OUTCOME_DEV_SHARE: Final = 0.15


def read_bc5cdr(folder: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield title and abstract of BC5CDR with CHEMICAL and DISEASE mentions (the task's own train and dev sets)."""
    name = {"train": "CDR_Train500.PubTator.txt", "dev": "CDR_DevelopmentSet.PubTator.txt"}[part]
    yield from parse_pubtator((folder / name).read_text(encoding="utf-8"))


def read_ncbi_disease(folder: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield title and abstract of the NCBI Disease corpus with DISEASE mentions; a repeated abstract comes once."""
    name = {"train": "train/NCBItrainset_corpus.txt", "dev": "devel/NCBIdevelopset_corpus.txt"}[part]
    seen: set[str] = set()
    for document in parse_pubtator((folder / name).read_text(encoding="utf-8")):
        if document.key not in seen:
            seen.add(document.key)
            yield document


@dataclass(frozen=True, slots=True)
class PubtatorBlock:
    """A document of a PubTator file: title and abstract, as its offsets count them, and its lines' cells."""

    key: str
    title: str
    abstract: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.abstract}"


def split_pubtator(content: str) -> Iterator[PubtatorBlock]:
    """Yield the documents of a PubTator file, their annotations as they stand."""
    for block in content.replace("\r\n", "\n").split("\n\n"):
        key, parts, rows = "", {}, []
        for line in block.split("\n"):
            if "|t|" in line[:20] or "|a|" in line[:20]:
                key, kind, text = line.split("|", 2)
                parts[kind] = text
            else:
                rows.append(tuple(line.split("\t")))
        if parts:
            yield PubtatorBlock(key, parts.get("t", ""), parts.get("a", ""), tuple(rows))


def parse_pubtator(content: str) -> Iterator[AnnotatedText]:
    """Yield the documents of a PubTator file: title and abstract joined by one character, as its offsets count.

    Raises ValueError where a mention's quoted text does not stand at its offsets.
    """
    for block in split_pubtator(content):
        spans = [
            (int(row[1]), int(row[2]), row[3], _PUBTATOR_LABELS[row[4]])
            for row in block.rows
            if len(row) >= 5 and row[4] in _PUBTATOR_LABELS
        ]
        for start, end, quoted, _ in spans:
            _check_quote(block.key, block.text, start, end, quoted)
        yield AnnotatedText(
            block.key, block.text, tuple(sorted(LabelledSpan(start, end, label) for start, end, _, label in spans))
        )


def read_linnaeus(folder: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield the full texts of LINNAEUS with SPECIES mentions, words for people left out."""
    keys = (folder / "split" / {"train": "train.txt", "dev": "devel.txt"}[part]).read_text(encoding="utf-8").split()
    mentions: dict[str, list[LabelledSpan]] = {}
    quotes: dict[str, list[tuple[int, int, str]]] = {}
    for line in (folder / "tags.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        key, start, end, quoted = fields[1], int(fields[2]), int(fields[3]), fields[4]
        quotes.setdefault(key, []).append((start, end, quoted))
        if is_species_mention(quoted):
            mentions.setdefault(key, []).append(LabelledSpan(start, end, "SPECIES"))
    texts = read_archive(folder / "txt.tar.xz", suffix=".txt")
    for key in sorted(keys):
        for start, end, quoted in quotes.get(key, []):
            _check_quote(key, texts[key], start, end, quoted)
        yield AnnotatedText(key, texts[key], tuple(sorted(mentions.get(key, []))))


def read_evidence_outcomes(folder: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield the results and conclusions of EvidenceOutcomes abstracts with OUTCOME spans.

    Only those sections were annotated, so the text before the first of them is left out. The corpus names no parts:
    a document belongs to dev by a checksum of its identifier.
    """
    texts = read_archive(folder / "consensus.tar.xz", suffix=".txt")
    annotations = read_archive(folder / "consensus.tar.xz", suffix=".ann")
    for key in sorted(texts):
        if choose_part(key) != part or key not in annotations:
            continue
        text = texts[key]
        spans = list(_parse_brat(annotations[key]))
        for start, end, quoted in spans:
            _check_quote(key, text, start, end, quoted)
        first = _find_results(text, [start for start, _, _ in spans])
        if first is None:
            continue
        shifted = {LabelledSpan(start - first, end - first, "OUTCOME") for start, end, _ in spans if start >= first}
        yield AnnotatedText(key, text[first:], tuple(sorted(shifted)))


def read_trialsieve(folder: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield title and abstract of TrialSieve with OUTCOME spans (its own train and validation parts)."""
    split = {"train": "train", "dev": "validation"}[part]
    for row in json.loads((folder / "trialsieve_train_validation.json").read_text(encoding="utf-8")):
        if row["split"] != split:
            continue
        spans = [span for span in row["spans"] if span["tag"] == "Outcome (Study Endpoint)"]
        for span in spans:
            _check_quote(str(row["pmid"]), row["text"], span["start"], span["end"], span["text"])
        found = tuple(sorted({LabelledSpan(span["start"], span["end"], "OUTCOME") for span in spans}))
        yield AnnotatedText(str(row["pmid"]), row["text"], found)


def read_archive(path: Path, *, suffix: str) -> dict[str, str]:
    """Return the UTF-8 members of a tar archive that end in `suffix`: file name without suffix → content."""
    found = {}
    with tarfile.open(path) as archive:
        for member in archive:
            name = member.name.rsplit("/", 1)[-1]
            handle = archive.extractfile(member) if member.isfile() and name.endswith(suffix) else None
            if handle is not None:
                found[name.removesuffix(suffix)] = io.TextIOWrapper(handle, encoding="utf-8", newline="").read()
    return found


def choose_part(key: str) -> Part:
    """Return the part of a document of a corpus without parts of its own: dev for about 15 of 100 identifiers."""
    return "dev" if zlib.crc32(key.encode()) % 100 < 100 * _OUTCOME_DEV_SHARE else "train"


def keep_longest(spans: Iterable[LabelledSpan]) -> tuple[LabelledSpan, ...]:
    """Return the spans without overlap, longer ones first in line, then in text order."""
    kept: list[LabelledSpan] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start, span.label)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def _parse_brat(content: str) -> Iterator[tuple[int, int, str]]:
    for line in content.splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[0].startswith("T") and ";" not in fields[1]:
            _, start, end = fields[1].split(" ")
            yield int(start), int(end), fields[2]


def _find_results(text: str, starts: list[int]) -> int | None:
    """Return where the annotated sections begin: the start of the line of the first mention, or None without one."""
    if not starts:
        return None
    return text.rfind("\n", 0, min(starts)) + 1


def _check_quote(key: str, text: str, start: int, end: int, quoted: str) -> None:
    if text[start:end].split() != quoted.split():
        raise ValueError(f"{key}: offsets {start}-{end} show {text[start:end]!r}, the file quotes {quoted!r}")
