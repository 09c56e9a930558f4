"""The command line: ``litclaims COMMAND``. Commands load the library when they run, so that ``--help`` is quick."""

from pipeline.cli.application import app, main

__all__ = ["app", "main"]
