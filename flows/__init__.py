"""Prefect flows over the library: schedules, retries and reports; the work itself is in ``pipeline``."""

from flows.environment import prepare_environment

# Prefect reads its settings when it is imported, which every other module of this package does.
prepare_environment()
