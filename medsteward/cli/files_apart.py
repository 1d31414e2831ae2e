"""Files of one call that must not be the same: what is read is never written over, nor one answer by another."""

from __future__ import annotations

import os
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, TypeVar

import click

T = TypeVar("T")

_FILES = "medsteward.files"


class PassedOn(Protocol):
    """A callback that gives its value back as it is."""

    def __call__(self, ctx: click.Context, param: click.Parameter, value: T, /) -> T:
        """Note the files that the value names."""


class _Use(Enum):
    READ = auto()
    WRITTEN = auto()
    CHANGED = auto()
    """Written, and it may be the file that was read: a saved plan that is revised."""


def _noted(use: _Use) -> PassedOn:
    """The callback of an option or argument that names a file, or several."""

    def note(ctx: click.Context, param: click.Parameter, value: T) -> T:
        seen: list[tuple[_Use, str, Path]] = ctx.meta.setdefault(_FILES, [])
        for path in value if isinstance(value, tuple) else (value,):
            if not isinstance(path, str) or path in ("", "-"):
                continue
            place = Path(os.path.realpath(path))  # Path.resolve raises where links go round
            if os.path.exists(place) and not os.path.isfile(place):
                continue  # a device or a pipe is not replaced
            option = param.opts[0]
            for other, name, there in seen:
                if there != place or use is other is _Use.READ or {use, other} == {_Use.READ, _Use.CHANGED}:
                    continue
                if _Use.READ in (use, other):
                    raise click.UsageError(f"{path} is the file being read; give another one", ctx)
                raise click.UsageError(f"{name} and {option} are the same file", ctx)
            seen.append((use, option, place))
        return value

    return note


def forget_files(ctx: click.Context) -> None:
    """Begin the list of files anew: one call runs another in its place, with the same files."""
    ctx.meta.pop(_FILES, None)


read_from = _noted(_Use.READ)
"""Callback of what names a file to read. Refuses (``UsageError``) one that is written over."""
written_to = _noted(_Use.WRITTEN)
"""Callback of what names a file to write. Refuses (``UsageError``) one that is read, or written twice."""
changed_in = _noted(_Use.CHANGED)
"""Callback of what names the file of a changed plan, which may be the one it was read from."""
