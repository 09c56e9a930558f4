"""What could not be done, for whom, and what helps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A recorded failure; ``survivable`` is true where the rest of the document was kept."""

    path: str
    stage: str
    cause: str
    remedy: str
    survivable: bool
    doc_id: str | None = None
    page: int | None = None
    table: str | None = None
