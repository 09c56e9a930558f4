"""Measures the quantity grammar, and the names of routes and sexes, on the development parts of TrialSieve, PHEE and
grobid-quantities.

    python -m pipeline.training.measure_quantities [--corpora FOLDER] [--part dev|work] [--errors LABEL --limit N]

A mention counts as found when a mention of the same label overlaps it (relaxed scores). ``work`` is what is left of
TrialSieve and PHEE's training part after the development part: errors may be read there, figures are told for dev.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import spacy
from spacy.tokenizer import Tokenizer

from pipeline.nlp.route_places import is_place
from pipeline.nlp.tokenizer import make_tokenizer
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.quantities import find_quantities
from pipeline.quantities.amounts import read_amounts
from pipeline.quantities.folding import fold_signs
from pipeline.training.records import DEFAULT_CORPORA, AnnotatedText, LabelledSpan

_DEV_SHARE: Final = 0.25
_TRIALSIEVE: Final[dict[str, str]] = {
    "Dosage": "DOSE", "Intervention Frequency": "SCHEDULE", "Intervention Duration": "DURATION",
    "Study Duration": "DURATION", "Sample Size": "SAMPLE_SIZE", "Statistical Significance": "PVALUE",
    "Quantitative Measurement": "EFFECT", "Intervention Administration": "ROUTE",
}  # fmt: skip
_PHEE: Final[dict[tuple[str, str], str]] = {
    ("Treatment", "Dosage"): "DOSE", ("Treatment", "Freq"): "SCHEDULE", ("Treatment", "Duration"): "DURATION",
    ("Subject", "Age"): "AGE", ("Subject", "Population"): "SAMPLE_SIZE", ("Treatment", "Route"): "ROUTE",
    ("Subject", "Gender"): "SEX",
}  # fmt: skip
_BIOMEDICAL: Final = ("inserm-", "hal-00720564")
_SCHEDULE_WORDS: Final = frozenset(
    {"chronic", "acute", "continuous", "intermittent", "repeated", "pulse", "chronically"}
)
_TEI: Final = "{http://www.tei-c.org/ns/1.0}"


@dataclass(slots=True)
class Counts:
    """Relaxed counts: gold mentions, those overlapped, found mentions, those that overlap gold."""

    gold: int = 0
    gold_hit: int = 0
    found: int = 0
    found_hit: int = 0

    def describe(self) -> str:
        """Return precision, recall and F1 with their counts in one line; an undefined rate is a dash."""
        precision = self.found_hit / self.found if self.found else None
        recall = self.gold_hit / self.gold if self.gold else None
        score = None
        if precision is not None and recall is not None and precision + recall > 0:
            score = 2 * precision * recall / (precision + recall)
        rates = "  ".join("  -  " if rate is None else f"{rate:.3f}" for rate in (precision, recall, score))
        return f"{rates}   {self.found_hit}/{self.found} found, {self.gold_hit}/{self.gold} gold"


def read_trialsieve(folder: Path, part: str) -> Iterator[AnnotatedText]:
    """Yield TrialSieve's texts with the contract's labels; a text is dev by a checksum of its words."""
    for row in json.loads((folder / "trialsieve_train_validation.json").read_text(encoding="utf-8")):
        if (zlib.crc32(row["text"].encode()) % 100 < 100 * _DEV_SHARE) != (part == "dev"):
            continue
        spans = {
            LabelledSpan(span["start"], span["end"], _TRIALSIEVE[span["tag"]])
            for span in row["spans"]
            if span["tag"] in _TRIALSIEVE and row["text"][span["start"] : span["end"]].strip()
        }
        yield AnnotatedText(str(row["pmid"]), row["text"], tuple(sorted(spans)))


def read_phee(folder: Path, part: str) -> Iterator[AnnotatedText]:
    """Yield PHEE's sentences with dose, schedule, duration, age and number of subjects."""
    name = {"dev": "dev.json", "work": "train.json"}[part]
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = {
            span
            for annotation in row["annotations"]
            for event in annotation["events"]
            for (argument, role), label in _PHEE.items()
            for span in _read_argument(event.get(argument, {}).get(role), label)
        }
        yield AnnotatedText(row["id"], row["context"], tuple(sorted(spans)))


def read_grobid(folder: Path) -> Iterator[AnnotatedText]:
    """Yield the paragraphs of the biomedical documents, each measure of value and unit as a QUANTITY span."""
    for path in sorted((folder / "quantities").iterdir()):
        if not path.name.startswith(_BIOMEDICAL):
            continue
        for place, paragraph in enumerate(ElementTree.parse(path).getroot().iter(f"{_TEI}p")):
            pieces: list[str] = []
            spans: list[LabelledSpan] = []
            _read_tei(paragraph, pieces, spans)
            yield AnnotatedText(f"{path.name}:{place}", "".join(pieces), tuple(sorted(spans)))


def measure(
    texts: list[AnnotatedText], *, forgive_repeats: bool = False, leave_words: bool = False
) -> dict[str, Counts]:
    """Return relaxed counts for each label annotated in the texts.

    Args:
        forgive_repeats: leave out texts without any annotation of the label, and count as right a found mention
            that shares its first number with an annotated one of its text (TrialSieve marks few repetitions).
        leave_words: leave found mentions in words out that TrialSieve hardly annotates and the contract does ("low
            dose", "long-term", "chronic", "not significant").
    """
    labels = {span.label for text in texts for span in text.spans}
    counts = {label: Counts() for label in sorted(labels)}
    for text in texts:
        found = find_spans(text.text)
        if leave_words:
            found = [span for span in found if not _is_wording(text.text[span.start : span.end], span.label)]
        for label, count in counts.items():
            gold = [span for span in text.spans if span.label == label]
            if forgive_repeats and not gold:
                continue
            hits = [span for span in found if span.label == label]
            known = {_read_key(text.text, span) for span in gold} if forgive_repeats else set()
            count.gold += len(gold)
            count.found += len(hits)
            count.gold_hit += sum(any(overlaps(span, hit) for hit in hits) for span in gold)
            count.found_hit += sum(
                any(overlaps(hit, span) for span in gold) or _read_key(text.text, hit) in known for hit in hits
            )
    return counts


def find_spans(text: str) -> list[LabelledSpan]:
    """Return the grammar's mentions of a text, sentence by sentence as lines and full stops part them."""
    amounts = [
        LabelledSpan(amount.start, amount.end, "QUANTITY")
        for amount in read_amounts(fold_signs(text))
        if amount.unit is not None
    ]
    return (
        amounts
        + _find_names(text)
        + [
            LabelledSpan(match.start, match.end, match.label)
            for piece in re.finditer(r".+?(?:(?<=[a-z)%\d])[.?!](?=\s[A-Z])|\n|$)", text)
            for match in find_quantities(piece.group(), offset=piece.start())
        ]
    )


@cache
def _load_names() -> tuple[Vocabulary, Tokenizer]:
    return Vocabulary.load(), make_tokenizer(spacy.blank("en"))


def _find_names(text: str) -> list[LabelledSpan]:
    """Return the routes and sexes that the vocabulary finds."""
    vocabulary, tokenizer = _load_names()
    tokens = [(token.idx, token.idx + len(token)) for token in tokenizer(text)]
    return [
        LabelledSpan(match.start, match.end, match.label)
        for match in vocabulary.find(text, tokens)
        if (match.label == "ROUTE" and not is_place(text, match.start, match.end))
        or (match.label == "SEX" and text[match.start : match.end].lower() != "both")
    ]


def _is_wording(written: str, label: str) -> bool:
    if label == "SCHEDULE":
        return written.lower() in _SCHEDULE_WORDS
    is_worded = not any(character.isdigit() for character in written)
    if label == "PVALUE":
        return is_worded and "significan" in written.lower()
    return is_worded and ("dos" in written.lower() if label == "DOSE" else label == "DURATION" and "term" in written)


def _read_key(text: str, span: LabelledSpan) -> str:
    """Return what makes two mentions repetitions of each other: their first number, else their words."""
    written = text[span.start : span.end].lower()
    number = re.search(r"\d[\d.,]*", written)
    return number.group().rstrip(".,") if number else written


def overlaps(left: LabelledSpan, right: LabelledSpan) -> bool:
    """Tell whether two half-open spans share a character."""
    return left.start < right.end and right.start < left.end


def show_errors(texts: list[AnnotatedText], label: str, limit: int) -> None:
    """Print missed and spurious mentions of a label with the words around them."""
    missed: list[str] = []
    spurious: list[str] = []
    for text in texts:
        gold = [span for span in text.spans if span.label == label]
        hits = [span for span in find_spans(text.text) if span.label == label]
        missed += [_quote(text, span) for span in gold if not any(overlaps(span, hit) for hit in hits)]
        spurious += [_quote(text, hit) for hit in hits if not any(overlaps(hit, span) for span in gold)]
    for name, lines in (("missed", missed), ("spurious", spurious)):
        print(f"-- {name}: {len(lines)}")
        for line in lines[:: max(1, len(lines) // limit)][:limit]:
            print("  ", line)


def main() -> None:
    """Print a table of scores for each corpus, or the errors of one label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--part", choices=("dev", "work"), default="dev")
    parser.add_argument("--errors", metavar="LABEL")
    parser.add_argument("--corpus", choices=("trialsieve", "phee", "grobid_quantities"))
    parser.add_argument("--limit", type=int, default=30)
    options = parser.parse_args()
    readers: dict[str, Callable[[], list[AnnotatedText]]] = {
        "trialsieve": lambda: list(read_trialsieve(options.corpora / "trialsieve", options.part)),
        "phee": lambda: list(read_phee(options.corpora / "phee", options.part)),
        "grobid_quantities": lambda: list(read_grobid(options.corpora / "grobid_quantities")),
    }
    for name, read in readers.items():
        if options.corpus not in (None, name):
            continue
        texts = read()
        print(f"{name} ({options.part}): {len(texts)} texts")
        if options.errors:
            show_errors(texts, options.errors, options.limit)
            continue
        for label, count in measure(texts).items():
            print(f"  {label:12} P R F1  {count.describe()}")
        if name == "trialsieve":
            print("  texts with that label annotated, repetitions of an annotated number forgiven:")
            for label, count in measure(texts, forgive_repeats=True).items():
                print(f"  {label:12} P R F1  {count.describe()}")
            print("  the same, without found mentions in words alone, which it hardly annotates:")
            for label, count in measure(texts, forgive_repeats=True, leave_words=True).items():
                if label in ("DOSE", "DURATION", "PVALUE", "SCHEDULE"):
                    print(f"  {label:12} P R F1  {count.describe()}")


def _read_argument(argument: dict[str, Any] | None, label: str) -> Iterator[LabelledSpan]:
    if argument is None:
        return
    for texts, starts in zip(argument["text"], argument["start"], strict=True):
        for written, start in zip(texts, starts, strict=True):
            yield LabelledSpan(start, start + len(written), label)


def _read_tei(element: ElementTree.Element, pieces: list[str], spans: list[LabelledSpan]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _read_tei(child, pieces, spans)
        pieces.append(child.tail or "")
    is_measure = element.tag == f"{_TEI}measure" and element.get("type") in ("value", "interval", "list")
    if is_measure and any(child.get("unit") for child in element.iter(f"{_TEI}measure")):
        end = sum(map(len, pieces))
        spans.append(LabelledSpan(start, end, "QUANTITY"))


def _quote(text: AnnotatedText, span: LabelledSpan) -> str:
    left = text.text[max(0, span.start - 60) : span.start].replace("\n", " ")
    right = text.text[span.end : span.end + 40].replace("\n", " ")
    return f"{left}[[{text.text[span.start : span.end]}]]{right}"


if __name__ == "__main__":
    main()
