"""Deterministic identifiers: sha256 over a JSON array, so that no two lists of parts can collide."""

from __future__ import annotations

import hashlib
import json


def make_id(kind: str, *parts: str | int | float | None) -> str:
    """Return the first 20 hex digits of the sha256 of ``[kind, *parts]`` as JSON."""
    payload = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def hash_text(text: str) -> str:
    """Return the sha256 of the text's UTF-8 bytes as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_bytes(data: bytes) -> str:
    """Return the sha256 of the bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
