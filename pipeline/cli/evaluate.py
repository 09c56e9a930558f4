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
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write the reconciliation as CSV, and as Parquet beside it."),
    ] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Exit with 4 where a score is below its threshold.")] = False,
    thresholds: Annotated[Path | None, typer.Option("--thresholds", metavar="FILE", help="Least scores.")] = None,
    accepted: Annotated[
        Path | None, typer.Option("--accepted", metavar="FILE", help="The last accepted run, for --gate and --accept.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Make this run the accepted one, unless --gate fails.")
    ] = False,
    store: Annotated[bool, typer.Option(help="Keep the reconciliation in the store.")] = True,
    json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Compare extracted claims with the gold: precision and recall for claims and for each field.

    Without DIR the papers of the corpus that are on this machine are extracted first. A labelled paper that the run
    read in another format is scored all the same: its labels are moved there, and what finds no place is told.

    With --gate, errors that the accepted run did not make are printed, worst first. Of the test part only their number
    is told.

    **Examples**

        litclaims evaluate

        litclaims evaluate results --split dev --out reconciliation.csv

        litclaims evaluate --gate

        litclaims evaluate --gate --accept
    """
    import json as json_module

    from pipeline.accuracy import (
        ACCEPTED,
        GOLD,
        THRESHOLDS,
        evaluate_folder,
        store_reconciliation,
        write_reconciliation,
    )
    from pipeline.errors import SettingsError
    from pipeline.evaluation.accepted import accept_run, compare_errors, load_accepted, note_rates, save_accepted
    from pipeline.evaluation.gates import check_gate, gated_rates
    from pipeline.settings import Places

    if split not in (None, "dev", "test"):
        raise SettingsError(f"there is no split {split!r}: choose dev or test")
    if accept and split is not None:
        raise SettingsError("only a run over the whole gold can be accepted: leave out --split")
    least = thresholds or THRESHOLDS
    before = load_accepted(accepted or ACCEPTED) if gate or accept else None
    if folder is None:
        evaluation = _evaluate_corpus(gold or GOLD, split=split)
    else:
        evaluation = evaluate_folder(folder, gold=gold or GOLD, split=split)
    if out is not None:
        write_reconciliation(out, evaluation)
    if store:
        store_reconciliation(Places().store, evaluation)
    failed = note_rates(check_gate(evaluation, least), before) if gate else []
    new = compare_errors(evaluation, before) if gate and before is not None else None
    if json:
        values = {
            **evaluation.as_dict(),
            "gate": failed if gate else None,
            "new_errors": None if new is None else new.as_dict(),
        }
        print(json_module.dumps(values, ensure_ascii=False))
    else:
        print("\n".join(evaluation.summary_lines()))
        for failure in failed:
            typer.secho(f"gate: {failure}", fg=typer.colors.RED, err=True)
        for line in () if new is None else new.lines():
            typer.secho(line, fg=typer.colors.RED if failed else None, err=True)
    if failed:
        raise typer.Exit(ExitCode.GATE_FAILED)
    if accept:
        rates = gated_rates(evaluation, least)
        save_accepted(accept_run(evaluation, rates, before=before), accepted or ACCEPTED)


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
