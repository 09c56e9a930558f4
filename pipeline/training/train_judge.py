"""Train the judge of claims and write its table: ``python -m pipeline.training.train_judge``.

Claims of the corpora are extracted by today's rules, their features weighted by a logistic regression; the penalty is
chosen by the loss on held-out documents. The development gold gives the scores their scale alone. Parses are kept in
``--work`` by text and model, so that a second training takes a few minutes. ``measure_judge`` gives the figures.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.special import logit

import pipeline.judge
from pipeline.evaluation.gold import load_gold
from pipeline.judge import Judge, LinearScore
from pipeline.judge.scoring import write_judge
from pipeline.model.claims import ClaimKind
from pipeline.settings import Settings
from pipeline.training.judge_examples import Example, fold_text, gold_examples, run_gold, weak_examples
from pipeline.training.judge_fitting import (
    Examples,
    Fitted,
    calibrate,
    choose_strength,
    find_shift,
    fit,
    list_names,
    tabulate,
)
from pipeline.training.measure_abstracts import ABSTRACTS, rebuild_abstracts
from pipeline.training.records import DEFAULT_CORPORA

TABLE = Path(pipeline.judge.__file__).parent / "data" / "judge.tsv"
WORK = Path("build/judge")
KINDS: tuple[ClaimKind, ...] = ("prose", "table")
ENOUGH = 10
"""So many wrong claims in the gold a kind needs for weights of its features; else it gets one figure for all."""
NEGLIGIBLE = 0.005
UNSEEN = 0.845
"""The share of right prose claims on development abstracts before any rule was written with them in view: 95 of 106
(``measure_abstracts --split dev`` at commit a1e7081) and 30 of 42 (``--gold corpus/gold/later_abstracts.jsonl`` at
commit afb4713). The gold's own share is higher, since its errors were mended."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned of one kind of claim, and how in words."""

    score: LinearScore
    note: str


def train_kind(gold: Sequence[Example], weak: Sequence[Example], *, unseen: float | None = None) -> Trained:
    """Return the score of one kind of claim: weights from the corpora, calibrated on the gold.

    Args:
        unseen: the share of right claims to expect of papers that no rule was written on, ``None`` for the gold's own.
    """
    if not weak or sum(not example.right for example in gold) < ENOUGH:
        return _one_figure(gold)
    fitted, note = train_weights(weak)
    table = tabulate(gold, fitted.names)
    logits = fitted.logits(table)
    slope, offset = calibrate(logits, table.labels, table.weights)
    note += f", slope {slope:.3f}, offset {offset:.3f}"
    if unseen is not None:
        shift = find_shift(slope * logits + offset, table.weights, unseen)
        note += f", shifted by {shift:.3f} so that the gold's claims average {unseen}"
        offset += shift
    return Trained(_fold(fitted, table, slope=slope, offset=offset), note)


def train_weights(weak: Sequence[Example]) -> tuple[Fitted, str]:
    """Return the weights learned from corpora, and how in words."""
    table = tabulate(weak, list_names(weak))
    strength = choose_strength(table)
    return fit(table, strength=strength), f"penalty {strength:g}"


def _one_figure(gold: Sequence[Example]) -> Trained:
    """Return one confidence for all: the mean of the documents' shares of right claims, with half a wrong document."""
    groups: dict[str, list[Example]] = {}
    for example in gold:
        groups.setdefault(example.group, []).append(example)
    shares = [
        sum(example.weight * example.right for example in group) / sum(example.weight for example in group)
        for group in groups.values()
    ]
    figure = (sum(shares) + 0.5) / (len(shares) + 1)
    note = f"too few wrong claims for weights: {figure:.3f} for all, from {len(shares)} documents"
    return Trained(LinearScore(round(float(logit(figure)), 4), {}, {}), note)


def _fold(fitted: Fitted, gold: Examples, *, slope: float, offset: float) -> LinearScore:
    """Return the weights with the calibration folded in; those that move nothing are left out."""
    weights = {
        name: round(float(weight) * slope, 4)
        for name, weight in zip(fitted.names, fitted.weights, strict=True)
        if abs(weight * slope) >= NEGLIGIBLE
    }
    typical = zip(fitted.names, gold.table.mean(axis=0), strict=True)
    means = {name: round(float(mean), 4) for name, mean in typical if name in weights}
    return LinearScore(round(offset, 4), weights, means)


def read_gold_texts(corpora: Path) -> frozenset[str]:
    """Return the folded texts of the gold's abstracts, which come from the same corpora."""
    with tempfile.TemporaryDirectory(prefix="litclaims-judge-") as place:
        rebuild_abstracts(load_gold(ABSTRACTS), corpora, Path(place))
        return frozenset(fold_text(path.read_bytes()) for path in Path(place).iterdir())


def load_weak(corpora: Path, work: Path, *, articles: int, kept: bool, settings: Settings) -> list[Example]:
    """Return the corpora's examples, extracted anew and kept in ``work``, or those kept by the last training."""
    path = work / "weak.pickle"
    if kept and path.is_file():
        found: list[Example] = pickle.loads(path.read_bytes())  # our own file, written below
        return found
    without = read_gold_texts(corpora)
    weak = weak_examples(corpora, work / "parses", articles=articles, without=without, settings=settings)
    path.write_bytes(pickle.dumps(weak))
    return weak


def summarise(examples: Sequence[Example]) -> str:
    """Return the numbers of examples by source and label as one line."""
    counts = Counter((example.source, example.right) for example in examples)
    sources = sorted({example.source for example in examples})
    return "; ".join(f"{source} {counts[source, True]} right, {counts[source, False]} wrong" for source in sources)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what examples are made of."""
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--work", type=Path, default=WORK, help="where parses and examples are kept")
    parser.add_argument("--articles", type=int, default=400, help="articles of Evidence Inference to read")


def main() -> None:
    """Extract the examples, train, write the table and print how."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--unseen", type=float, default=UNSEEN, help="share of right prose claims on unseen papers")
    parser.add_argument("--keep-weak", action="store_true", help="take the corpora's examples of the last training")
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    settings = Settings()
    run = run_gold(options.corpora, options.work / "parses", settings=settings, split="dev")
    gold = gold_examples(run, "dev")
    weak = load_weak(
        options.corpora, options.work, articles=options.articles, kept=options.keep_weak, settings=settings
    )
    scores: dict[ClaimKind, LinearScore] = {}
    for kind in KINDS:
        own, others = ([item for item in items if item.kind == kind] for items in (gold, weak))
        trained = train_kind(own, others, unseen=options.unseen)
        scores[kind] = trained.score
        print(f"{kind}: {summarise([*own, *others])}; {trained.note}")
    comment = "Weights of the judge, written by python -m pipeline.training.train_judge: do not edit."
    options.out.write_text(write_judge(Judge(scores), comment=comment), encoding="utf-8", newline="\n")
    print(f"{options.out}: {sum(len(score.weights) for score in scores.values())} weights")


if __name__ == "__main__":
    main()
