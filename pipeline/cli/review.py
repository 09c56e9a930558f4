"""``litclaims review``: claims to reviewers, and their decisions back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import ExitCode, explain_errors
from pipeline.cli.options import StoreOption, use_store

review = typer.Typer(
    help="Give claims to reviewers as a sheet or as Label Studio tasks, and take their decisions back.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
_SHOWN = 20


@review.command()
@explain_errors
def export(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write.")],
    run: Annotated[
        str | None, typer.Option("--run", metavar="NAME", help="Only the papers of this run of outputs/.")
    ] = None,
    paper: Annotated[
        list[str] | None,
        typer.Option("--paper", metavar="WORDS", help="Only papers with this in file name or title; may be repeated."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", "-w", metavar="FIELD=VALUE", help="Only claims of which this holds; may be repeated."),
    ] = None,
    undecided: Annotated[bool, typer.Option("--undecided", help="Only claims that nobody judged yet.")] = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the store's claims for review: claims.csv for spreadsheets, tasks.json and config.xml for Label Studio.

    In the sheet, write accepted, corrected or rejected into the column decision, and new values as the paper prints
    them into the empty columns beside the fields.

    **Examples**

        litclaims review export --out review

        litclaims review export --paper acarbose-mice --undecided --out review

        litclaims review export --run first-look --where "intervention_name=metformin" --out review
    """
    from pipeline.review.exporting import write_review
    from pipeline.settings import Places, Settings
    from pipeline.store import Store

    use_store(store)
    places = Places()
    opened = Store.open(places.store, create=False)
    try:
        count = write_review(
            opened,
            out,
            run=None if run is None else places.outputs / run,
            papers=paper or [],
            where=where or [],
            undecided=undecided,
            settings=Settings(),
        )
    finally:
        opened.close()
    if not quiet:
        print(f"{count:,} claims written to {out.as_posix()}: claims.csv, tasks.json, config.xml")


@review.command("import")
@explain_errors
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The sheet, or Label Studio's exported JSON.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who decided, where the file does not say so.")
    ] = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts and failures as JSON.")] = False,
) -> None:
    """Take decisions back from a sheet or from Label Studio's JSON; the same file twice changes nothing.

    **Examples**

        litclaims review import review/claims.csv --by "Ada Example"

        litclaims review import project-1-at-2026-11-21.json
    """
    import json as json_module
    from datetime import UTC, datetime

    from pipeline.review import import_answers, read_answers
    from pipeline.review.judgements import format_time
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(store)
    answers = read_answers(file)
    opened = Store.open(Places().store, create=False)
    try:
        report = import_answers(
            opened,
            answers,
            path=file.as_posix(),
            imported_at=format_time(datetime.now(UTC)),
            decided_by=by,
        )
    finally:
        opened.close()
    if json:
        print(json_module.dumps(report.as_dict(), ensure_ascii=False))
    else:
        if not quiet:
            told = ", ".join(f"{count:,} {verdict}" for verdict, count in report.verdicts.items())
            print(f"{report.added:,} new decisions ({told}; {report.known:,} known before)")
            if report.unanswered:
                print(f"{report.unanswered:,} claims without an answer")
        _print_failures([(failure.cause, failure.remedy) for failure in report.failures])
    raise typer.Exit(ExitCode.SOME_FAILED if report.failures else ExitCode.DONE)


@review.command()
@explain_errors
def status(
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Show how many claims are judged, and how many decisions lost their claim.

    **Examples**

        litclaims review status
    """
    import json as json_module

    from pipeline.review import count_reviews
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(store)
    opened = Store.open(Places().store, create=False)
    try:
        counts = count_reviews(opened)
    finally:
        opened.close()
    if json:
        print(json_module.dumps(counts, ensure_ascii=False))
        return
    for name, count in counts.items():
        print(f"{name.replace('_', ' '):<28}{count:>8,}")


@review.command()
@explain_errors
def orphans(
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """List the decisions whose claim is no longer extracted, with the reason.

    **Examples**

        litclaims review orphans
    """
    import json as json_module

    from pipeline.review import list_orphans
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(store)
    opened = Store.open(Places().store, create=False)
    try:
        found = list_orphans(opened)
    finally:
        opened.close()
    if json:
        rows = [
            {**orphan.decision.as_record(), "claim_id": orphan.decision.claim_id, "reason": orphan.reason}
            for orphan in found
        ]
        print(json_module.dumps(rows, ensure_ascii=False))
        return
    for orphan in found:
        claim = orphan.decision.claim
        print(
            f"claim-{orphan.decision.claim_id}  {orphan.decision.verdict}: {claim['intervention']['name']},"
            f" {claim['outcome']['name']}: {claim['direction']}"
        )
        print(f"    {orphan.reason}")
    if not found:
        print("no decision has lost its claim")


@review.command()
@explain_errors
def promote(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The gold file; it is added to where it is there.")],
    split: Annotated[str, typer.Option("--split", help="dev or test.")] = "dev",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Turn decided claims into gold, as `litclaims evaluate` reads it; twice is once.

    A sentence or row is labelled when each of its claims is judged. What was missed there is not known to such gold.

    **Examples**

        litclaims review promote --to reviewed.jsonl
    """
    from pipeline.errors import SettingsError
    from pipeline.review import promote_decisions
    from pipeline.settings import Places
    from pipeline.store import Store

    if split not in ("dev", "test"):
        raise SettingsError(f"there is no split {split!r}: choose dev or test")
    use_store(store)
    opened = Store.open(Places().store, create=False)
    try:
        promotion = promote_decisions(opened, to, split=split)  # type: ignore[arg-type]
    finally:
        opened.close()
    if not quiet:
        print(
            f"{promotion.added:,} claims and {promotion.scopes:,} stretches added to {to.as_posix()}"
            f" ({promotion.known:,} claims known before)"
        )
        _print_failures([(f"claim-{claim_id} stays out", reason) for claim_id, reason in promotion.left_out])


@review.command("import-entities")
@explain_errors
def import_entities(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder of brat, or a file of PubTator or BioC.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The gold file; it is added to where it is there.")],
    split: Annotated[str, typer.Option("--split", help="dev or test.")] = "dev",
    label: Annotated[
        list[str] | None,
        typer.Option("--label", metavar="LABEL", help="A label that was looked for; may be repeated; all by default."),
    ] = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take mentions back from brat, PubTator or BioC as gold: each document counts as labelled completely.

    **Examples**

        litclaims export --format brat --out brat

        litclaims review import-entities brat --to entities.jsonl --label CHEMICAL --label DISEASE
    """
    from pipeline.errors import SettingsError
    from pipeline.review.mentions import import_mentions, read_mentions
    from pipeline.settings import Places
    from pipeline.store import Store

    if split not in ("dev", "test"):
        raise SettingsError(f"there is no split {split!r}: choose dev or test")
    texts = read_mentions(path)
    use_store(store)
    opened = Store.open(Places().store, create=False)
    try:
        report = import_mentions(opened, texts, to, split=split, labels=label or ())  # type: ignore[arg-type]
    finally:
        opened.close()
    if not quiet:
        print(f"{report.entities:,} mentions of {report.documents:,} documents written to {to.as_posix()}")
    _print_failures([(item.where, item.cause) for item in report.bad])
    raise typer.Exit(ExitCode.SOME_FAILED if report.bad else ExitCode.DONE)


def _print_failures(failures: list[tuple[str, str]]) -> None:
    for where, cause in failures[:_SHOWN]:
        typer.secho(f"{where}: {cause}", fg=typer.colors.YELLOW, err=True)
    if len(failures) > _SHOWN:
        typer.secho(f"… and {len(failures) - _SHOWN:,} more; --json prints them all", fg=typer.colors.YELLOW, err=True)
