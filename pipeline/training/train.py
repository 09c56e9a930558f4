"""Trains the `en_litclaims` pipeline from the corpora and packages its weights, in one command.

    python -m pipeline.training.train --corpora ../shared/corpora --work build/training

With `--quick` every stage runs, for a few steps on a few hundred sentences: a check of the recipe, not a model.

Tags and trees are trained beside the recogniser, in two processes that share nothing. Every step is seeded and runs in
one thread, with numpy's OpenBLAS, twice as fast here as BLIS, which reads papers; the
same corpora and versions on the same kind of processor give the same weights. A stage whose result stands in the work
folder is not run again, so an interrupted training goes on where it stopped.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from pipeline.nlp import embedding as embedding
from pipeline.nlp.tokenizer import make_tokenizer
from pipeline.training import training_sets
from pipeline.training.package import WEIGHTS_FOLDER, assemble_pipeline, write_package
from pipeline.training.records import DEFAULT_CORPORA
from pipeline.training.thresholds import choose_thresholds
from pipeline.training.unseen_words import hide_rare_words

_CONFIGS: Final = Path(__file__).parent / "configs"
_GRAMMAR: Final = 6000
_HELD_OUT_GRAMMAR: Final = 500
_QUICK_SENTENCES: Final = 120
_QUICK_STEPS: Final = 3
_DONE: Final = "done"
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Haswell"}


def train_pipeline(*, corpora: Path, work: Path, weights: Path, quick: bool = False) -> None:
    """Train every component and write the packaged pipeline to `weights`.

    `quick` runs every stage for a few steps on a few sentences, to check the recipe.
    """
    work.mkdir(parents=True, exist_ok=True)
    most = _QUICK_SENTENCES if quick else None
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        training = [
            processes.submit(train_part, corpora, work, most) for train_part in (_train_syntax, _train_recognizer)
        ]
        syntax, recognizer = [part.result() for part in training]
    nlp = assemble_pipeline(syntax, training_sets.build_lemma_table(corpora, most=most), recognizer)
    write_package(nlp, weights)


def train_component(
    config_name: str,
    files: tuple[Path, Path],
    output: Path,
    *,
    prepare: Callable[[Language], None] | None = None,
    quick: bool = False,
) -> None:
    """Train one config on its (train, dev) files; `output/model-best` holds the best.

    `prepare` gets the initialised pipeline before its first step; `quick` stops after a few steps.
    """
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    paths = {"paths.train": str(files[0]), "paths.dev": str(files[1])}
    steps = {f"training.{name}": _QUICK_STEPS for name in ("max_steps", "eval_frequency")} if quick else {}
    config = load_config(_CONFIGS / f"{config_name}.cfg", overrides={**paths, **steps}, interpolate=False)
    with _multiply_by_numpy():
        nlp = init_nlp(config)
        if prepare is not None:
            prepare(nlp)
        train(nlp, output, use_gpu=-1, stdout=sys.stdout, stderr=sys.stderr)


@contextmanager
def _multiply_by_numpy() -> Iterator[None]:
    """Let networks made inside multiply matrices by numpy's library instead of BLIS."""
    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        yield
    finally:
        set_current_ops(before)


def _train_syntax(corpora: Path, work: Path, most: int | None) -> Path:
    """Train tags and trees; return the model's folder."""
    output = work / "syntax"
    if not _is_done(output):
        files = training_sets.write_tree_files(
            _make_blank(),
            corpora,
            work,
            grammar_sentences=_GRAMMAR,
            held_out_grammar=_HELD_OUT_GRAMMAR,
            seed=training_sets.SEED,
            most=most,
        )
        train_component(
            "syntax",
            files,
            output,
            prepare=lambda nlp: hide_rare_words(nlp, files[0], seed=training_sets.SEED),
            quick=most is not None,
        )
        (output / _DONE).touch()
    return output / "model-best"


def _train_recognizer(corpora: Path, work: Path, most: int | None) -> Path:
    """Train the recogniser of mentions; return the model's folder."""
    output = work / "recognizer"
    if not _is_done(output):
        files = training_sets.write_mention_files(_make_blank(), corpora, work, most=most)
        train_component("recognizer", files, output, quick=most is not None)
        nlp = spacy.load(output / "model-best")
        nlp.get_pipe("recognizer").cfg["thresholds"] = choose_thresholds(nlp, files[1])
        nlp.to_disk(output / "model-best")
        (output / _DONE).touch()
    return output / "model-best"


def _make_blank() -> Language:
    """Return a pipeline of our tokenizer alone."""
    blank = spacy.blank("en")
    blank.tokenizer = make_tokenizer(blank)
    return blank


def _is_done(output: Path) -> bool:
    return (output / _DONE).is_file()


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
    train_pipeline(corpora=options.corpora, work=options.work, weights=options.weights, quick=options.quick)


def _restart_in_one_thread() -> None:
    """Start the command anew where the library of matrix products would use more threads: it asks before it loads."""
    if any(os.environ.get(name) != value for name, value in _ONE_THREAD.items()):
        command = [sys.executable, "-m", "pipeline.training.train", *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, **_ONE_THREAD})


if __name__ == "__main__":
    _restart_in_one_thread()
    main()
