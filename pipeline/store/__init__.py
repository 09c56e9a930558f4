"""The store: what was read and found, by content and by make, in SQLite or PostgreSQL."""

from pipeline.store.engine import describe_url
from pipeline.store.reading import StoreCounts, StoredClaim, StoredResult
from pipeline.store.store import Store
from pipeline.store.writing import Content, NewExtraction

__all__ = ["Content", "NewExtraction", "Store", "StoreCounts", "StoredClaim", "StoredResult", "describe_url"]
