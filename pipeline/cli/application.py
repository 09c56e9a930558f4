"""The application: every command by its name, and what all of them share."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.consensus import consensus
from pipeline.cli.crosscheck import crosscheck
from pipeline.cli.doctor import doctor
from pipeline.cli.evaluate import evaluate
from pipeline.cli.export import export
from pipeline.cli.extract import extract
from pipeline.cli.report import report
from pipeline.cli.review import review
from pipeline.cli.run import run
from pipeline.cli.show import show
from pipeline.cli.status import status
from pipeline.cli.vocab import vocab

EPILOG = (
    "Exit codes: 0 done · 1 some documents failed · 2 wrong use · 3 nothing could be done · 4 a gate failed. "
    "Try it on the samples: litclaims run"
)

app = typer.Typer(
    name="litclaims",
    help="Biomedical papers to claim tables: who got what, how much, and what it did; each row with its place.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (extract, run, evaluate, export, report, consensus, show, status, doctor, crosscheck):
    app.command()(command)
app.add_typer(review, name="review")
app.add_typer(vocab, name="vocab")


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"litclaims {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    app()
