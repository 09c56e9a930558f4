"""Measure the judge of claims: ``python -m pipeline.training.measure_judge``.

Figures on the gold's development split are of confidences whose calibration saw no claim of the same document; the
weights come from the corpora, and no document of the gold is among them. Right is a claim that matches a label with its
direction. Prints reliability by bins, expected calibration error, Brier score and area under the curve, precision of
claims at and above thresholds, the same with the shift for unseen papers that the packaged table has, and what the
scores of (drug, outcome, direction) would be without the claims below a floor. ``--shipped`` measures the packaged
table, on either split. ``--corpora-apart`` prints the areas with some of the corpora alone. The corpora's examples are
those of the last training.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.special import expit

from pipeline.accuracy import GOLD
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.judge import load_judge
from pipeline.settings import Settings
from pipeline.training.judge_examples import Example, GoldRun, gold_examples, run_gold
from pipeline.training.judge_fitting import choose_strength, cross_calibrate, hold_out, tabulate
from pipeline.training.judge_quality import measure, rank_area
from pipeline.training.train_judge import KINDS, UNSEEN, add_options, load_weak, summarise, train_weights

SETS = ("seeds", "samples", "abstracts", "tables")
FLOORS = (0.0, 0.5, 0.7, 0.75, 0.8, 0.85, 0.9)


def read_sets() -> dict[str, str]:
    """Return the set of gold that each document belongs to, by the document's name."""
    return {document.name: name for name in SETS for document in load_gold(GOLD / f"{name}.jsonl").documents}


def print_quality(examples: Sequence[Example], confidences: Mapping[str, float], sets: Mapping[str, str]) -> None:
    """Print the figures of each kind, all together with bins, each set of gold as one line."""
    for kind in KINDS:
        own = [example for example in examples if example.kind == kind]
        parts = {"all": own} | {name: [example for example in own if sets.get(example.group) == name] for name in SETS}
        for name, part in parts.items():
            if not part:
                continue
            quality = measure(
                np.array([confidences[example.claim_id] for example in part]),
                np.array([float(example.right) for example in part]),
            )
            title = f"{kind}, {name}"
            print("\n".join(quality.lines(title)) if name == "all" else quality.head(title))


def print_floors(run: GoldRun, confidences: Mapping[str, float], sets: Mapping[str, str]) -> None:
    """Print the development scores of prose claims without those below each floor, for papers and for abstracts."""
    for title, chosen in (("seeds and samples", {"seeds", "samples"}), ("abstracts", {"abstracts"})):
        names = {name for name, of in sets.items() if of in chosen}
        part = GoldRun(select_documents(run.gold, names), run.documents, run.claims, run.features)
        for floor in FLOORS:
            kept = [claim for claim in run.claims if confidences.get(str(claim["claim_id"]), 1.0) >= floor]
            score = part.evaluate("dev", claims=kept).groups["prose"].as_dict()["triple"]
            print(
                f"{title}, floor {floor:.2f}: precision {score['precision']}, recall {score['recall']}, "
                f"F1 {score['f1']} (tp {score['tp']}, fp {score['fp']}, fn {score['fn']})"
            )


def select_documents(gold: Gold, names: Iterable[str]) -> Gold:
    """Return the gold of the documents with these names."""
    wanted = {document.sha256 for document in gold.documents if document.name in set(names)}
    return Gold(
        documents=tuple(item for item in gold.documents if item.sha256 in wanted),
        scopes=tuple(item for item in gold.scopes if item.document in wanted),
        claims=tuple(item for item in gold.claims if item.document in wanted),
        entities=tuple(item for item in gold.entities if item.document in wanted),
    )


def judge_held_out(gold: Sequence[Example], weak: Sequence[Example], *, share: float | None) -> dict[str, float]:
    """Return the confidence of each prose claim of the gold by claim id, calibrated without its document."""
    fitted, _ = train_weights(weak)
    table = tabulate(gold, fitted.names)
    logits = cross_calibrate(fitted.logits(table), table, share=share)
    return {example.claim_id: float(expit(z)) for example, z in zip(gold, logits, strict=True)}


def print_corpora(gold: Sequence[Example], weak: Sequence[Example]) -> None:
    """Print areas under the curve with weights of some corpora: on the gold, and on their own held-out documents."""
    sources = sorted({example.source for example in weak})
    for kept in [sources, *([source] for source in sources), *([s for s in sources if s != out] for out in sources)]:
        own = [example for example in weak if example.source in kept]
        fitted, note = train_weights(own)
        rows = tabulate(own, fitted.names)
        table = tabulate(gold, fitted.names)
        print(f"{', '.join(kept)} ({note}): gold {rank_area(fitted.logits(table), table.labels):.3f}")
        if kept == sources:
            held = hold_out(rows, strength=choose_strength(rows))
            for source in sources:
                inside = np.array([example.source == source for example in own])
                print(f"  held-out documents of {source}: {rank_area(held[inside], rows.labels[inside]):.3f}")


def main() -> None:
    """Extract the gold's documents and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--shipped", action="store_true", help="measure the packaged table")
    parser.add_argument("--split", choices=("dev", "test"), default="dev", help="for --shipped")
    parser.add_argument("--corpora-apart", action="store_true", help="the areas with some of the corpora alone")
    options = parser.parse_args()
    settings, sets = Settings(), read_sets()
    split = options.split if options.shipped else "dev"
    run = run_gold(options.corpora, options.work / "parses", settings=settings, split=split)
    gold = gold_examples(run, split)
    if options.shipped:
        scores = load_judge().scores
        rated = {item.claim_id: scores[item.kind].assess(item.features).confidence for item in gold}
        print_quality(gold, rated, sets)
        return
    gold = [example for example in gold if example.kind == "prose"]
    weak = load_weak(options.corpora, options.work, articles=options.articles, kept=True, settings=settings)
    print(summarise([*gold, *weak]))
    if options.corpora_apart:
        print_corpora(gold, weak)
        return
    for title, share in (("as on the gold", None), (f"shifted to {UNSEEN} for unseen papers", UNSEEN)):
        print(title)
        confidences = judge_held_out(gold, weak, share=share)
        print_quality(gold, confidences, sets)
    print_floors(run, confidences, sets)


if __name__ == "__main__":
    main()
