"""Measure the packaged vocabulary: ``python -m pipeline.training.vocabulary.measure [--corpora DIR] [--show LABEL]``.

Coverage is the share of gold mentions that ``link_mention`` gives a concept; precision is the share of ``find``'s
matches that overlap a gold mention of their label; recall is the share of gold mentions that some match overlaps.
"""

import argparse
import csv
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import spacy

from pipeline.nlp.linking import link_mention
from pipeline.nlp.tokenizer import make_tokenizer
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.training.craft import read_taxa
from pipeline.training.mention_corpora import read_bc5cdr, read_linnaeus, read_ncbi_disease
from pipeline.training.records import AnnotatedText


class Meter:
    """Counts over the texts of one corpus."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.tokenizer = make_tokenizer(spacy.blank("en"))
        self.false_names: Counter[tuple[str, str]] = Counter()
        self.missed_names: Counter[tuple[str, str]] = Counter()

    def measure(self, name: str, texts: Iterable[AnnotatedText], label: str) -> None:
        """Print coverage, precision and recall for a label, with their counts."""
        linked = gold = matches = right = found = 0
        for document in texts:
            tokens = [(token.idx, token.idx + len(token)) for token in self.tokenizer(document.text)]
            spans = [(span.start, span.end) for span in document.spans if span.label == label]
            hits = [
                match
                for match in self.vocabulary.find(document.text, tokens)
                if match.label == label and "class" not in match.flags
            ]
            for start, end in spans:
                quoted = document.text[start:end]
                gold += 1
                known = link_mention(quoted, label, self.vocabulary, abbreviations={}) is not None
                linked += known
                hit = any(match.start < end and match.end > start for match in hits)
                found += hit
                if not known:
                    self.missed_names[label, quoted.lower()] += 1
            for match in hits:
                matches += 1
                overlaps = any(match.start < end and match.end > start for start, end in spans)
                right += overlaps
                if not overlaps:
                    self.false_names[label, document.text[match.start : match.end].lower()] += 1
        print(f"{name}\t{label}\t{_share(linked, gold)}\t{_share(right, matches)}\t{_share(found, gold)}")


def measure_drugage(path: Path, vocabulary: Vocabulary) -> None:
    """Print the share of DrugAge's rows and of its distinct compound names that link."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        names = Counter(row["compound_name"] for row in csv.DictReader(lines))
    known = {name for name in names if link_mention(name, "CHEMICAL", vocabulary, abbreviations={})}
    public = {name for name in known if not _is_local(name, vocabulary)}
    print(f"drugage rows\tCHEMICAL\t{_share(sum(names[name] for name in known), sum(names.values()))}")
    print(f"drugage rows, public id\tCHEMICAL\t{_share(sum(names[name] for name in public), sum(names.values()))}")
    print(f"drugage names, public id\tCHEMICAL\t{_share(len(public), len(names))}")


def measure_speed(vocabulary: Vocabulary, texts: list[str]) -> None:
    """Print words a second of ``find`` without tokenizing, and load time and memory of a fresh process."""
    tokenizer = make_tokenizer(spacy.blank("en"))
    offsets = [[(token.idx, token.idx + len(token)) for token in tokenizer(text)] for text in texts]
    words = sum(len(text.split()) for text in texts)
    started = time.process_time()
    for text, tokens in zip(texts, offsets, strict=True):
        vocabulary.find(text, tokens)
    print(f"find, words/s of processor time\t{words / (time.process_time() - started):.0f}\t({words} words)")
    print(subprocess.run([sys.executable, "-c", _LOADING], check=True, capture_output=True, text=True).stdout, end="")


_LOADING = """
import pathlib, time
from pipeline.nlp.vocabulary import Vocabulary
def resident():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
before, started, worked = resident(), time.perf_counter(), time.process_time()
Vocabulary.load()
print(f"load, seconds\\t{time.perf_counter() - started:.2f}\\t({time.process_time() - worked:.2f} of processor time)")
print(f"load, MiB resident\\t{resident() - before:.0f}")
"""


def main() -> None:
    """Measure every corpus and the speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--part", choices=["train", "dev"], default="dev")
    parser.add_argument("--show", type=int, default=0, help="print so many of the commonest false and missed names")
    arguments = parser.parse_args()
    vocabulary = Vocabulary.load()
    meter = Meter(vocabulary)
    print("corpus\tlabel\tcoverage\tprecision\trecall")
    cdr = list(read_bc5cdr(arguments.corpora / "bc5cdr", arguments.part))
    meter.measure("bc5cdr", cdr, "CHEMICAL")
    meter.measure("bc5cdr", cdr, "DISEASE")
    ncbi = read_ncbi_disease(arguments.corpora / "ncbi_disease", arguments.part)
    meter.measure("ncbi_disease", ncbi, "DISEASE")
    meter.measure("linnaeus", read_linnaeus(arguments.corpora / "linnaeus", arguments.part), "SPECIES")
    meter.measure("craft", read_taxa(arguments.corpora / "craft", arguments.part), "SPECIES")
    measure_drugage(arguments.corpora / "longevity/drugage_build5_2024-11-29.csv", vocabulary)
    measure_speed(vocabulary, [document.text for document in cdr])
    for title, names in (("false", meter.false_names), ("missed", meter.missed_names)):
        for (label, name), count in sorted(names.items(), key=lambda item: (-item[1], item[0]))[: arguments.show]:
            print(f"{title}\t{label}\t{name}\t{count}")


def _is_local(name: str, vocabulary: Vocabulary) -> bool:
    concept = link_mention(name, "CHEMICAL", vocabulary, abbreviations={})
    return concept is not None and concept.id.startswith("LITCLAIMS:")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


if __name__ == "__main__":
    main()
