"""Whole results or none: a folder or file is written beside its place and moved there when it is complete."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import SettingsError, SourceError

_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def stage_folder(target: Path, *, owned: Collection[str]) -> Iterator[Path]:
    """Yield an empty folder that becomes ``target`` when the block ends without an error.

    A former ``target`` is replaced as a whole, but only where all its entries are ``owned``, so that nobody's own
    files are lost. When the block fails, ``target`` is as it was. The staging folder stands beside ``target``, or
    inside where ``target`` is a mount point or its parent cannot be written.

    Args:
        owned: the names of the files and folders that this program writes there.

    Raises:
        SettingsError: ``target`` holds other files, or is no folder.
        SourceError: ``target`` cannot be written, or the disk is full.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 -- resolve() would follow a link and replace its end
    with _explain(target):
        _restore(target)
        _check_ownership(target, owned)
        target.parent.mkdir(parents=True, exist_ok=True)
        inside = target.is_dir() and (target.is_mount() or not os.access(target.parent, os.W_OK))
        home = target if inside else target.parent
        _remove_stale(home, target.name)
        staging = home / f".{target.name}.staging-{os.getpid()}"
        staging.mkdir()
    try:
        with _explain(target):
            yield staging
            if inside:
                _move_members(staging, target, owned)
            else:
                _swap(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def stage_file(target: Path) -> Iterator[Path]:
    """Yield a path to write to, which becomes ``target`` when the block ends without an error.

    Raises:
        SettingsError: ``target`` is a folder.
        SourceError: ``target`` cannot be written, or the disk is full.
    """
    if target.is_dir():
        raise SettingsError(f"{target} is a folder: name the file to write")
    staging = target.with_name(f".{target.name}.staging-{os.getpid()}")
    try:
        with _explain(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            yield staging
            staging.replace(target)
    finally:
        staging.unlink(missing_ok=True)


@contextmanager
def _explain(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _SPACE:
            raise SourceError(
                f"no space is left to write {target} (nothing was changed there): free some, or choose another place"
            ) from error
        if error.errno in _FORBIDDEN:
            raise SourceError(
                f"{target} cannot be written ({error.strerror}; nothing was changed there): choose another place"
            ) from error
        if isinstance(error, FileExistsError | NotADirectoryError):
            raise SettingsError(f"{target} cannot be a folder ({error.strerror}: {error.filename})") from error
        raise


def _check_ownership(target: Path, owned: Collection[str]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise SettingsError(f"{target} is a file: name a folder to write the results to")
    prefix = f".{target.name}."
    foreign = sorted(
        entry.name
        for entry in target.iterdir()
        if entry.name not in owned and not entry.name.startswith(prefix) and entry.name != "lost+found"
    )
    if foreign:
        named = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        raise SettingsError(f"{target} holds files that are no results of litclaims ({named}): name another folder")


def _swap(staging: Path, target: Path) -> None:
    previous = _previous(target)
    if target.exists():
        target.rename(previous)
    staging.rename(target)
    shutil.rmtree(previous, ignore_errors=True)


def _move_members(staging: Path, target: Path, owned: Collection[str]) -> None:
    for name in sorted(owned):
        old = target / name
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if (staging / name).exists():
            (staging / name).rename(old)


def _previous(target: Path) -> Path:
    return target.with_name(f".{target.name}.previous")


def _restore(target: Path) -> None:
    """Undo a swap that was cut off between its two renames."""
    previous = _previous(target)
    if not previous.exists():
        return
    if target.exists():
        shutil.rmtree(previous, ignore_errors=True)
    else:
        previous.rename(target)


def _remove_stale(home: Path, name: str) -> None:
    """Remove staging folders whose process is gone."""
    for stale in home.glob(f".{name}.staging-*"):
        process = stale.name.rsplit("-", 1)[-1]
        if not process.isdigit() or not _is_running(int(process)):
            shutil.rmtree(stale, ignore_errors=True)


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
