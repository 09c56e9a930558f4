"""Which failures of a task are worth another try."""

from __future__ import annotations

from typing import Any

from pipeline.errors import SourceError


def is_worth_retrying(task: Any, task_run: Any, state: Any) -> bool:
    """Whether a task failed for something outside (a busy store, a full disk) that may pass."""
    try:
        state.result()
    except SourceError:
        return True
    except Exception:
        return False
    return False


RETRYING: dict[str, Any] = {"retries": 2, "retry_delay_seconds": [2, 10], "retry_condition_fn": is_worth_retrying}
