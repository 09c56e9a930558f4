"""Options that several commands share."""

from __future__ import annotations

import os
from typing import Annotated

import typer

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="The store, as sqlite:///FILE or postgresql://USER@HOST/NAME; LITCLAIMS_STORE by default.",
    ),
]


def use_store(url: str | None) -> None:
    """Make a store this process's; through the environment, so that a password is in no flow's parameters."""
    if url is not None:
        os.environ["LITCLAIMS_STORE"] = url
