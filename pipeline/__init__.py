"""litclaims: biomedical papers to claim tables, each row with its place in the source.

>>> import pipeline
>>> document = pipeline.read("paper.md")  # doctest: +SKIP
>>> result = pipeline.extract(document)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.run import Extraction, extract, extract_batch, read

__version__ = "0.1.0"
__all__ = ["Extraction", "extract", "extract_batch", "read"]


def __getattr__(name: str) -> Any:
    """Load the library on first use, so that ``litclaims --help`` answers at once."""
    if name in __all__:
        from pipeline import run

        return getattr(run, name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
