"""Trains the `en_litclaims` pipeline from the corpora and packages its weights, in one command.

    python -m pipeline.training.train --corpora ../shared/corpora --work build/training

With `--quick` every stage runs, for a few steps on a few hundred sentences: a check of the recipe, not a model.

Every step is seeded and single-threaded; the same corpora and versions give the same weights. A stage whose
result stands in the work folder is not run again, so an interrupted training goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from pipeline.nlp import embedding as embedding
from pipeline.nlp.tokenizer import make_tokenizer
from pipeline.training import training_sets
from pipeline.training.package import WEIGHTS_FOLDER, assemble_pipeline, write_package
from pipeline.training.records import DEFAULT_CORPORA
from pipeline.training.thresholds import choose_thresholds
from pipeline.training.widening import average_syntax, widen_syntax

_CONFIGS: Final = Path(__file__).parent / "configs"
_FIRST_GRAMMAR: Final = 2500
_MORE_GRAMMAR: Final = 6000
_HELD_OUT_GRAMMAR: Final = 500
_QUICK_SENTENCES: Final = 120
_QUICK_STEPS: Final = 3


def train_pipeline(*, corpora: Path, work: Path, weights: Path, quick: bool = False) -> None:
    """Train every component and write the packaged pipeline to `weights`.

    `quick` runs every stage for a few steps on a few sentences, to check the recipe.
    """
    work.mkdir(parents=True, exist_ok=True)
    blank = spacy.blank("en")
    blank.tokenizer = make_tokenizer(blank)
    most = _QUICK_SENTENCES if quick else None

    syntax = _train_syntax(blank, corpora=corpora, work=work, most=most)
    recognizer = _train_recognizer(blank, corpora=corpora, work=work, most=most)
    nlp = assemble_pipeline(syntax, training_sets.build_lemma_table(corpora, most=most), recognizer)
    write_package(nlp, weights)


def train_component(
    config_name: str,
    files: tuple[Path, Path],
    output: Path,
    overrides: Mapping[str, Any] | None = None,
    *,
    labels: Language | None = None,
    prepare: Callable[[Language], None] | None = None,
    quick: bool = False,
) -> None:
    """Train one config on its (train, dev) files; `output/model-best` holds the best, marked done at the end.

    Tags and moves of the parser are those of `labels`, else those of the files. `prepare` gets the initialised pipeline
    before its first step; `quick` stops after a few steps.
    """
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    paths = {"paths.train": str(files[0]), "paths.dev": str(files[1])}
    steps = {f"training.{name}": _QUICK_STEPS for name in ("max_steps", "eval_frequency")} if quick else {}
    chosen = {**paths, **(overrides or {}), **steps}
    config = load_config(_CONFIGS / f"{config_name}.cfg", overrides=chosen, interpolate=False)
    if labels is not None:
        config["initialize"] = {"components": _write_labels(labels, output)}
    nlp = init_nlp(config)
    if prepare is not None:
        prepare(nlp)
    train(nlp, output, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)
    (output / "done").touch()


def _write_labels(nlp: Language, folder: Path) -> dict[str, Any]:
    """Write the labels of a pipeline's tagger and parser; return what a config says to read them."""
    read = {}
    for name in ("tagger", "parser"):
        component: Any = nlp.get_pipe(name)
        path = folder / f"{name}_labels.json"
        path.write_text(json.dumps(component.label_data), encoding="utf-8")
        read[name] = {"labels": {"@readers": "spacy.read_labels.v1", "path": str(path)}}
    return read


def _train_syntax(blank: Language, *, corpora: Path, work: Path, most: int | None) -> Path:
    """Train tags and trees in three steps, each from the one before; return the mean of the last two."""
    quick = most is not None
    first, claims, affixes = work / "syntax_first", work / "syntax_claims", work / "syntax_affixes"
    if not _is_done(first):
        files = training_sets.write_tree_files(
            blank, corpora, work, grammar_sentences=_FIRST_GRAMMAR, seed=training_sets.SEED, most=most
        )
        train_component("syntax", files, first, quick=quick)
    syntax = work / "syntax"
    if _is_done(syntax):
        return syntax / "model-best"
    files = training_sets.write_tree_files(
        blank,
        corpora,
        work,
        grammar_sentences=_MORE_GRAMMAR,
        held_out_grammar=_HELD_OUT_GRAMMAR,
        seed=training_sets.SEED + 1,
        most=most,
    )
    if not _is_done(claims):
        train_component("syntax_claims", files, claims, {"paths.syntax": str(first / "model-best")}, quick=quick)
    trained = spacy.load(claims / "model-best")
    if not _is_done(affixes):
        train_component(
            "syntax_affixes",
            files,
            affixes,
            labels=trained,
            prepare=lambda nlp: widen_syntax(nlp, trained),
            quick=quick,
        )
    wide, start = spacy.load(affixes / "model-best"), spacy.load(affixes / "model-best")
    widen_syntax(start, trained)
    average_syntax(wide, start)
    syntax.mkdir(parents=True, exist_ok=True)
    wide.to_disk(syntax / "model-best")
    (syntax / "done").touch()
    return syntax / "model-best"


def _train_recognizer(blank: Language, *, corpora: Path, work: Path, most: int | None) -> Path:
    """Train the recogniser of mentions; return the model's folder."""
    output = work / "recognizer"
    if not _is_done(output):
        files = training_sets.write_mention_files(blank, corpora, work, most=most)
        train_component("recognizer", files, output, quick=most is not None)
        nlp = spacy.load(output / "model-best")
        nlp.get_pipe("recognizer").cfg["thresholds"] = choose_thresholds(nlp, files[1])
        nlp.to_disk(output / "model-best")
    return output / "model-best"


def _is_done(output: Path) -> bool:
    return (output / "done").is_file()


def main(arguments: list[str] | None = None) -> None:
    """Run the training from the command line."""
    parser = argparse.ArgumentParser(description="Train and package the en_litclaims pipeline.")
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA, help="folder of the corpora")
    parser.add_argument(
        "--work", type=Path, default=Path("build/training"), help="folder for training files and checkpoints"
    )
    parser.add_argument(
        "--weights", type=Path, default=WEIGHTS_FOLDER, help="folder the packaged pipeline is written to"
    )
    parser.add_argument("--quick", action="store_true", help="a few steps of every stage: a check, not a model")
    options = parser.parse_args(arguments)
    if options.quick and options.weights == WEIGHTS_FOLDER:
        parser.error("--quick writes weights of no use: name another folder with --weights")
    if os.environ.get("OMP_NUM_THREADS") != "1":
        print("note: set OMP_NUM_THREADS=1 for weights that do not depend on the machine's cores", file=sys.stderr)
    train_pipeline(corpora=options.corpora, work=options.work, weights=options.weights, quick=options.quick)


if __name__ == "__main__":
    main()
