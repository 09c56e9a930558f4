"""``litclaims evaluate``: a run against the gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import ExitCode, explain_errors


@explain_errors
def evaluate(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Files of a run; the gold's documents are run by default.")
    ] = None,
    gold: Annotated[Path | None, typer.Option("--gold", metavar="PATH", help="Gold file or folder.")] = None,
    split: Annotated[str | None, typer.Option("--split", help="Score dev or test only.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write the reconciliation as CSV.")
    ] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Exit with 4 where a score is below its threshold.")] = False,
    thresholds: Annotated[Path | None, typer.Option("--thresholds", metavar="FILE", help="Least scores.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Compare extracted claims with the gold: precision and recall for claims and for each field.

    Without DIR the papers of the corpus that are on this machine are extracted first.

    **Examples**

        litclaims evaluate

        litclaims evaluate results --split dev --out reconciliation.csv

        litclaims evaluate --gate
    """
    import json as json_module

    from pipeline.accuracy import GOLD, THRESHOLDS, evaluate_folder, write_reconciliation
    from pipeline.errors import SettingsError
    from pipeline.evaluation.gates import check_gate

    if split not in (None, "dev", "test"):
        raise SettingsError(f"there is no split {split!r}: choose dev or test")
    if folder is None:
        evaluation = _evaluate_corpus(gold or GOLD, split=split)
    else:
        evaluation = evaluate_folder(folder, gold=gold or GOLD, split=split)
    if out is not None:
        write_reconciliation(out, evaluation)
    failed = check_gate(evaluation, thresholds or THRESHOLDS) if gate else []
    if json:
        values = {**evaluation.as_dict(), "gate": [str(failure) for failure in failed] if gate else None}
        print(json_module.dumps(values, ensure_ascii=False))
    else:
        print("\n".join(evaluation.summary_lines()))
        for failure in failed:
            typer.secho(f"gate: {failure}", fg=typer.colors.RED, err=True)
    if failed:
        raise typer.Exit(ExitCode.GATE_FAILED)


def _evaluate_corpus(gold: Path, *, split: str | None):  # type: ignore[no-untyped-def]
    import tempfile

    from pipeline.accuracy import evaluate_folder, has_gold
    from pipeline.cli.progress import show_progress
    from pipeline.corpus import DOCUMENTS, SAMPLES, default_paths, read_manifest
    from pipeline.errors import SettingsError
    from pipeline.runs import extract_to_folder
    from pipeline.settings import Places

    if not has_gold(gold):
        raise SettingsError(f"there is no gold at {gold}: name a .jsonl file or a folder of them with --gold")
    paths = default_paths(Places(), manifest=read_manifest())
    if not paths:
        raise SettingsError(f"there is nothing to evaluate: put papers into {DOCUMENTS} or {SAMPLES}, or name a DIR")
    with tempfile.TemporaryDirectory(prefix="litclaims-") as place:
        with show_progress("Extracting", quiet=False) as progress:
            extract_to_folder(paths, Path(place) / "run", progress=progress)
        return evaluate_folder(Path(place) / "run", gold=gold, split=split)
