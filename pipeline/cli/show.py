"""``litclaims show``: a claim in its place, or a table of a paper."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store


@explain_errors
def show(
    claim_id: Annotated[
        str,
        typer.Argument(metavar="CLAIM_ID", help="The claim's id, or how it begins; with --table a paper or its file."),
    ],
    table: Annotated[
        str | None, typer.Option("--table", "-t", metavar="NUMBER", help="Show this table of a paper; #1 is its first.")
    ] = None,
    page: Annotated[
        int | None,
        typer.Option("--page", "-p", min=1, help="Draw this page of a PDF, as it was read, into an SVG file."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say why each field is as it is.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the claim's record as JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Show a claim: its fields, and its evidence highlighted in the paragraph or the table row it stands in.

    With --table a table instead: its source lines and typed rows side by side, and every cell that is in doubt.

    **Examples**

        litclaims show 3f9a12bc

        litclaims show 3f9a12bc --why

        litclaims show paper.pdf --table 1

        litclaims show paper.pdf --page 3
    """
    import json as json_module

    from pipeline.cli.claims import print_claim
    from pipeline.errors import SettingsError
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(store)
    if page is not None:
        from pipeline.cli.show_page import write_page

        write_page(claim_id, page)
        return
    if table is not None:
        _show_table(claim_id, table)
        return
    opened = Store.open(Places().store, create=False)
    try:
        found = opened.find_claims(claim_id)
    finally:
        opened.close()
    if not found:
        raise SettingsError(f"there is no claim {claim_id!r} in the store: see claims.csv of a run for the ids")
    if len(found) > 1:
        ids = ", ".join(claim.claim["claim_id"] for claim in found[:6])
        raise SettingsError(f"{claim_id!r} begins several ids: {ids}{' …' if len(found) > 6 else ''}")
    if json:
        print(json_module.dumps(found[0].claim, ensure_ascii=False))
    else:
        print_claim(found[0], why=why)


def _show_table(paper: str, number: str) -> None:
    from pathlib import Path

    from pipeline.cli.tables import open_paper, print_table
    from pipeline.settings import Places
    from pipeline.store import Store

    if Path(paper).is_file():
        print_table(open_paper(paper, None), number)
        return
    opened = Store.open(Places().store, create=False)
    try:
        document = open_paper(paper, opened)
    finally:
        opened.close()
    print_table(document, number)
