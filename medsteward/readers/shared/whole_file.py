"""A file that is replaced whole or not at all, and a lock beside it, so that two programs do not change it at once."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES
from pathlib import Path

from medsteward.errors import CannotWrite

try:
    import fcntl
except ImportError:  # not a Unix
    fcntl = None  # type: ignore[assignment]

PREFIX = ".medsteward."
"""How the names of unfinished files and of locks begin."""
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_PERMISSIONS = 0o777
_PRIVATE = 0o600
_BUSY = "another medsteward is changing it; try again when that has ended"


def place_of(path: str) -> Path:
    """Where a file is written, links followed. Refuses (``CannotWrite``) a folder, and a file that is read-only.

    A file that nobody may write is refused to the administrator too, whom the system would let pass.
    """
    if not path or path.endswith(("/", os.sep)) or os.path.isdir(path):
        raise CannotWrite(path, "it is a folder or nothing; give a file")
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise CannotWrite(path, f"there is no folder {target.parent}")
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return target
    if not mode & _WRITABLE or not os.access(target, os.W_OK):
        raise CannotWrite(path, "the file is read-only; give another file, or make it writable first")
    return target


@contextmanager
def replacing(target: Path, *, shared: bool = False, lasting: bool = False) -> Iterator[Path]:
    """An empty file beside ``target`` to be filled, which takes its place at the end; after an error, none is left.

    A file that is replaced keeps its mode and owner. A new one is for this user alone, as it may hold what is known of
    a patient, or, ``shared``, as the user's files usually are. ``lasting``: it is on the disk before the old one goes.
    Raises ``CannotWrite``.
    """
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=PREFIX)
    except OSError as error:
        raise CannotWrite(str(target), f"its folder: {_said(error)}") from None
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        if lasting:
            _put_on_disk(fresh)
        _give_mode(fresh, target, shared=shared)
        fresh.replace(target)
        if lasting:
            with suppress(OSError):  # not every system opens a folder
                _put_on_disk(target.parent)
    except OSError as error:
        if error.filename not in (None, name):
            raise
        raise CannotWrite(str(target), _said(error)) from None
    finally:
        with suppress(OSError):
            fresh.unlink()


def _said(error: OSError) -> str:
    return (error.strerror or "it cannot be written").lower()


def _put_on_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _give_mode(fresh: Path, target: Path, *, shared: bool) -> None:
    try:
        before = target.stat()
    except FileNotFoundError:
        mode = _PRIVATE
        if shared:
            umask = os.umask(0o077)
            os.umask(umask)
            mode = 0o666 & ~umask
        fresh.chmod(mode)
        return
    mode = before.st_mode & _PERMISSIONS
    if hasattr(os, "chown"):
        now = fresh.stat()
        if before.st_uid != now.st_uid:
            with suppress(OSError):
                os.chown(fresh, before.st_uid, -1)
        if before.st_gid != now.st_gid:
            try:
                os.chown(fresh, -1, before.st_gid)
            except OSError:
                mode &= ~stat.S_IRWXG  # what one group was allowed is not for another
    fresh.chmod(mode)


@contextmanager
def locked(target: Path, *, wait: float = 20) -> Iterator[None]:
    """Hold the lock of a file while it is read, changed and replaced; ``wait`` seconds for whoever holds it now.

    The lock is a file beside it that goes at the end. Raises ``CannotWrite`` where it stays taken.
    """
    from hashlib import sha256

    lock = target.parent / f"{PREFIX}{sha256(os.fsencode(target.name)).hexdigest()[:16]}.lock"
    until = time.monotonic() + wait
    try:
        handle = _taken(lock, until, str(target))
    except OSError as error:
        raise CannotWrite(str(target), f"its folder: {_said(error)}") from None
    try:
        yield
    finally:
        if fcntl is None:  # where a file that is open cannot be removed
            os.close(handle)
        with suppress(OSError):
            lock.unlink()
        if fcntl is not None:
            os.close(handle)


def _taken(lock: Path, until: float, where: str) -> int:
    if fcntl is not None:
        handle = _by_system(lock, until, where)
        if handle is not None:
            return handle
    return _by_name(lock, until, where)


def _by_system(lock: Path, until: float, where: str) -> int | None:
    """The lock by the system, which frees it when a program dies; None on a disk that knows no locks."""
    while True:
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:
            try:
                handle = os.open(lock, os.O_RDONLY)  # somebody else's
            except FileNotFoundError:
                if os.access(lock.parent, os.W_OK):
                    continue  # they removed it just now
                raise PermissionError(EACCES, os.strerror(EACCES)) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(handle, lock):
                return handle
            os.close(handle)
        except BlockingIOError:
            os.close(handle)
            _wait(until, where, _BUSY)
        except OSError:
            os.close(handle)
            with suppress(OSError):
                lock.unlink()
            return None
        except BaseException:
            os.close(handle)
            raise


def _is_still(handle: int, lock: Path) -> bool:
    """Whether the file that was locked is the one that has the name: who held it before has removed it."""
    try:
        return os.path.samestat(os.fstat(handle), lock.stat())
    except FileNotFoundError:
        return False


def _by_name(lock: Path, until: float, where: str) -> int:
    """The lock by making its file, which fails where there is one."""
    while True:
        try:
            return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            _wait(until, where, f"{_BUSY}; if none is running, remove {lock}")


def _wait(until: float, where: str, why: str, sleep: Callable[[float], None] = time.sleep) -> None:
    if time.monotonic() >= until:
        raise CannotWrite(where, why)
    sleep(0.02)
