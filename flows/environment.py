"""Prefect's environment: no telemetry, its state beside our outputs, unless the user has said otherwise."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pipeline.settings import Places

_DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # The temporary server takes 9–17 s to start on a quiet machine; a busy one needs more than the default 20 s.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def prepare_environment() -> None:
    """Set Prefect's variables where they are not set; to be called before Prefect is imported."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_HOME" not in os.environ and "PREFECT_API_URL" not in os.environ:
        os.environ["PREFECT_HOME"] = str(_make_home((Places().outputs / ".prefect").absolute()))


def _make_home(wanted: Path) -> Path:
    """Return a folder for Prefect's state that exists: without one its temporary server never starts."""
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="litclaims-prefect-"))
    return wanted
