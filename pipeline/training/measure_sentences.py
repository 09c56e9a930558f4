"""Measure sentence boundaries against CRAFT: ``python -m pipeline.training.measure_sentences [FOLDER]``.

A line of the article text is a paragraph; a sentence counts when both of its ends agree. Counts add over articles.
Lines of one sentence (headings) are easy, so lines of several are also counted apart.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from pipeline.ingest.sentences import split_sentences
from pipeline.training.mention_corpora import read_archive

DEFAULT_FOLDER = Path("../shared/corpora/craft")


def read_paragraphs(folder: Path, part: str) -> list[tuple[str, str, set[tuple[int, int]]]]:
    """Return (article, text, gold sentences) of each line of a part ("dev" or "train") of CRAFT's article texts."""
    paragraphs: list[tuple[str, str, set[tuple[int, int]]]] = []
    texts = read_archive(folder / "articles_txt.tar.xz", suffix=".txt")
    trees = read_archive(folder / "dependency_conllu.tar.xz", suffix=".conllu")
    for key in (folder / f"craft-ids-{part}.txt").read_text(encoding="utf-8").split():
        text = texts[key]
        gold: list[tuple[int, int]] = []
        at = 0
        for sentence in re.findall(r"^# text = (.*)$", trees[key], re.M):
            pattern = re.compile(r"\s*".join(map(re.escape, "".join(sentence.split()))))
            match = pattern.search(text, at)
            if match is None:
                raise ValueError(f"{key}: a gold sentence is not in the article: {sentence[:60]}")
            gold.append(match.span())
            at = match.end()
        for line in re.finditer(r"[^\n]*\S[^\n]*", text):
            inside = {(start, end) for start, end in gold if line.start() <= start and end <= line.end()}
            if inside:
                paragraphs.append((key, line.group(), {(s - line.start(), e - line.start()) for s, e in inside}))
    return paragraphs


def measure_sentences(folder: Path, part: str, *, show: int = 0) -> dict[str, int]:
    """Return tp, fp and fn of sentences in paragraphs of more than one sentence, and of all as ``all_*``."""
    counts = dict.fromkeys(("tp", "fp", "fn", "all_tp", "all_fp", "all_fn"), 0)
    for key, text, gold in read_paragraphs(folder, part):
        found = {(span.start, span.end) for span in split_sentences(text)}
        for name, value in (("tp", gold & found), ("fp", found - gold), ("fn", gold - found)):
            counts[f"all_{name}"] += len(value)
            if len(gold) > 1:
                counts[name] += len(value)
        ends = {end for _, end in gold} ^ {end for _, end in found}
        for end in sorted(ends):
            if show > 0:
                show -= 1
                kind = "missed" if (end in {e for _, e in gold}) else "wrong "
                print(f"{key} {kind} {text[max(0, end - 60) : end]} ¦ {text[end : end + 40]}")
    return counts


def main() -> None:
    """Print counts, precision, recall and F1."""
    parser = argparse.ArgumentParser(description="sentence boundaries against CRAFT")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--show", type=int, default=0, help="print so many differing boundaries")
    arguments = parser.parse_args()
    counts = measure_sentences(arguments.folder, arguments.part, show=arguments.show)
    for prefix, label in (("", "paragraphs of several sentences"), ("all_", "all paragraphs")):
        tp, fp, fn = (counts[prefix + name] for name in ("tp", "fp", "fn"))
        print(f"{label}: tp {tp} fp {fp} fn {fn} P {tp / (tp + fp):.4f} R {tp / (tp + fn):.4f} "
              f"F1 {2 * tp / (2 * tp + fp + fn):.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
