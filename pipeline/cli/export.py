"""``litclaims export``: the store's claims as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store


@explain_errors
def export(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write.")],
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="csv, parquet, jsonl, xlsx, drugage; brat, pubtator, bioc."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", "-w", metavar="FIELD=VALUE", help="Only claims of which this holds; may be repeated."),
    ] = None,
    include_rejected: Annotated[
        bool, typer.Option("--include-rejected", help="Write the claims that somebody rejected too.")
    ] = False,
    store: StoreOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Export the store's claims to one table, or its papers with their mentions to another tool's format.

    Fields are the columns of the table: intervention_name, dose_low, species_name, outcome_name, direction, …
    Compare with =, !=, and numbers with <, <=, >, >= too; an empty value means unknown.
    What was decided in review stands in the columns decision, decided_by, decided_at, decision_why and extracted.
    The format is the file's ending by default. brat is written to a folder, with the texts beside the annotations.

    **Examples**

        litclaims export --format xlsx --out claims.xlsx

        litclaims export --out mice.csv --where "species_name=Mus musculus" --where direction=increase

        litclaims export --out high.parquet --where "dose_low>=10" --where dose_unit=mg/kg

        litclaims export --format drugage --out lifespan.csv

        litclaims export --format brat --out brat
    """
    from pipeline.export import FORMATS
    from pipeline.export.mentions import MENTION_FORMATS
    from pipeline.line import export_mentions, export_store
    from pipeline.settings import Places, Settings
    from pipeline.store import Store

    use_store(store)
    chosen = format or (out.suffix[1:] if out.suffix[1:] in FORMATS else "csv")
    opened = Store.open(Places().store, create=False)
    things = "claims"
    try:
        if chosen in MENTION_FORMATS:
            things = "documents with their mentions"
            count = export_mentions(opened, out, format=chosen)
        else:
            count = export_store(
                opened,
                out,
                format=chosen,
                where=where or [],
                include_rejected=include_rejected,
                settings=Settings(),
            )
    finally:
        opened.close()
    if not quiet:
        print(f"{count:,} {things} written to {out.as_posix()}")
