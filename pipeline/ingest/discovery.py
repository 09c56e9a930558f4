"""Which files of a directory are papers, in path order."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import DocumentError

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".pdf", ".xml", ".nxml", ".html", ".htm"})


def find_documents(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the papers under the given files and directories, each once, in path order.

    A file is taken whatever its suffix; from directories, those with a suffix of ``SUFFIXES``, hidden ones left out.
    Symbolic links are followed, but no directory is walked twice.

    Raises:
        DocumentError: a path does not exist.
    """
    found: set[Path] = set()
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            found.update(_walk(path, seen))
        elif path.exists():
            found.add(path)
        else:
            raise DocumentError(f"there is no file or directory {path}", remedy="check the path")
    return tuple(sorted(found, key=lambda path: path.as_posix()))


def _walk(root: Path, seen: set[tuple[int, int]]) -> list[Path]:
    found: list[Path] = []
    for directory, names, files in os.walk(root, followlinks=True):
        status = Path(directory).stat()
        key = (status.st_dev, status.st_ino)
        if key in seen:
            names.clear()
            continue
        seen.add(key)
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(directory, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES and path.is_file():
                found.append(path)
    return found
