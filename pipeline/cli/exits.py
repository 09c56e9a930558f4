"""Exit codes, and errors turned into one message and the right code."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import IntEnum
from typing import ParamSpec, TypeVar

import typer

from pipeline.errors import DocumentError, LitclaimsError, SettingsError

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    NOTHING_DONE = 3
    GATE_FAILED = 4


def explain_errors(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a command answer an expected error with its message and exit code instead of a traceback."""

    @functools.wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except LitclaimsError as error:
            code = ExitCode.WRONG_USE if isinstance(error, SettingsError) else ExitCode.NOTHING_DONE
            remedy = f"; {error.remedy}" if isinstance(error, DocumentError) else ""
            typer.secho(f"litclaims: {error}{remedy}", fg=typer.colors.RED, err=True)
            raise typer.Exit(code) from error

    return run


def code_for(*, documents: int, failed: int) -> ExitCode:
    """Return the exit code of a run over documents: how many gave a result, and how many inputs failed."""
    if documents == 0:
        return ExitCode.NOTHING_DONE
    return ExitCode.SOME_FAILED if failed else ExitCode.DONE
