"""What the tests of review share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import Store

from . import building


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds the invented paper."""
    opened = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    building.save(opened, building.claims())
    yield opened
    opened.close()
