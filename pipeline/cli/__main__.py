"""``python -m pipeline.cli``."""

from pipeline.cli.application import main

main()
