"""The grammar's word lists, read once from ``data/words.toml`` and joined into regular expressions."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def load_words(section: str, name: str) -> str:
    """Return a word list as the alternatives of one regular expression, without a group around them."""
    return "|".join(dict.fromkeys(_load_table()[section][name].split()))


@cache
def compile_words(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern that finds any whole word of a list, whatever its case."""
    return re.compile(rf"(?<![\w-])(?:{load_words(section, name)})(?![\w])", re.IGNORECASE)


@cache
def _load_table() -> dict[str, dict[str, str]]:
    content = (resources.files(__package__) / "data" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
