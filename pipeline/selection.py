"""Which files a run reads: paths and directories made into one ordered list, and what was left out and why."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.discovery import SUFFIXES
from pipeline.model import Failure

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Selection:
    """The files to read, in path order, and the failures of paths that are none of them."""

    files: tuple[Path, ...]
    failures: tuple[Failure, ...]


def select_documents(paths: Iterable[Path | str]) -> Selection:
    """Return the papers under files and directories, each content once, in the order of their paths.

    A file named directly is taken whatever its suffix. Directories are walked, links followed; taken are the files
    whose suffix a reader knows, but no hidden files and no ``README``. Where two paths hold the same bytes the first
    one, in path order, is read, and the other is recorded as a failure that nothing was lost by.
    """
    failures: list[Failure] = []
    found: dict[str, Path] = {}
    for path in (Path(path) for path in paths):
        for file in _expand(path, failures):
            found.setdefault(os.path.abspath(file), file)  # noqa: PTH100 -- links must stay links here
    files = sorted(found.values(), key=order_key)
    kept, repeated = _separate_repeated(files)
    return Selection(kept, tuple(sorted([*failures, *repeated], key=lambda failure: (failure.path, failure.cause))))


def order_key(path: Path | str) -> str:
    """Return what document order is by: the path with ``/`` between its parts."""
    return Path(path).as_posix()


def hash_file(path: Path) -> str:
    """Return the sha256 of a file's bytes as 64 hex digits.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _expand(path: Path, failures: list[Failure]) -> Iterator[Path]:
    try:
        if path.is_dir():
            yield from _walk(path, failures)
        elif path.is_file():
            yield path
        elif path.exists():
            failures.append(_failure(path, "this is neither a file nor a directory", "name a file that holds a paper"))
        elif path.is_symlink():
            failures.append(_failure(path, "the link leads nowhere or back to itself", "mend or remove the link"))
        else:
            failures.append(_failure(path, "there is no such file or directory", "check the path"))
    except OSError as error:
        failures.append(_failure(path, f"cannot be looked at: {error.strerror}", "check its permissions"))


def _walk(root: Path, failures: list[Failure]) -> Iterator[Path]:
    visited: set[tuple[int, int]] = set()

    def record(error: OSError) -> None:
        place = Path(error.filename or root)
        failures.append(_failure(place, f"the directory cannot be read: {error.strerror}", "check its permissions"))

    for directory, names, files in os.walk(root, followlinks=True, onerror=record):
        status = Path(directory).stat()
        visited.add((status.st_dev, status.st_ino))
        descend = []
        for name in sorted(names):
            place = Path(directory, name)
            if name.startswith("."):
                continue
            status = place.stat()
            if place.is_symlink() and (status.st_dev, status.st_ino) in visited:
                cause = "the link leads back to a directory that is already being read"
                failures.append(_failure(place, cause, "remove the link", survivable=True))
            else:
                descend.append(name)
        names[:] = descend
        for name in sorted(files):
            place = Path(directory, name)
            if name.startswith(".") or place.suffix.lower() not in SUFFIXES or place.stem.lower() == "readme":
                continue
            yield from _expand(place, failures)


def _separate_repeated(files: list[Path]) -> tuple[tuple[Path, ...], list[Failure]]:
    sizes: dict[int, list[Path]] = defaultdict(list)
    for file in files:
        try:
            sizes[file.stat().st_size].append(file)
        except OSError:
            continue
    first: dict[str, Path] = {}
    repeated: dict[Path, Path] = {}
    for group in sizes.values():
        for file in group if len(group) > 1 else ():
            try:
                digest = hash_file(file)
            except OSError:
                continue
            if first.setdefault(digest, file) is not file:
                repeated[file] = first[digest]
    failures = [
        _failure(
            file,
            f"the file holds the same bytes as {original.as_posix()}, which was read instead",
            "nothing is lost; remove one of the two",
            survivable=True,
        )
        for file, original in repeated.items()
    ]
    return tuple(file for file in files if file not in repeated), failures


def _failure(path: Path, cause: str, remedy: str, *, survivable: bool = False) -> Failure:
    return Failure(path.as_posix(), "discover", cause, remedy, survivable)
