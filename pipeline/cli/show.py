"""``litclaims show``: a claim in its place."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store


@explain_errors
def show(
    claim_id: Annotated[str, typer.Argument(metavar="CLAIM_ID", help="The claim's id, or how it begins.")],
    why: Annotated[bool, typer.Option("--why", help="Say why each field is as it is.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the claim's record as JSON.")] = False,
    store: StoreOption = None,
) -> None:
    """Show a claim: its fields, and its evidence highlighted in the paragraph or the table row it stands in.

    **Examples**

        litclaims show 3f9a12bc

        litclaims show 3f9a12bc --why
    """
    import json as json_module

    from pipeline.cli.claims import print_claim
    from pipeline.errors import SettingsError
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(store)
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
