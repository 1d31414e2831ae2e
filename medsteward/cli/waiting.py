"""How far a long job is, on a terminal: one line on standard error that is written over, and gone at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TypeVar

import click

from medsteward.cli.desk import desk_here
from medsteward.cli.saying import clear_with
from medsteward.progress import listening

F = TypeVar("F", bound=Callable[..., object])

_QUIET = "medsteward.quiet"
_BETWEEN = 0.1
"""Seconds between two lines of the same step: a terminal is slow."""
_WIDEST = 78


def quiet_option(command: F) -> F:
    """``--quiet``: no progress."""
    return click.option(
        "--quiet",
        "-q",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_keep_quiet,
        help="Show no progress on the terminal.",
    )(command)


def _keep_quiet(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[_QUIET] = True


class _Line:
    """The line as it is now."""

    def __init__(self) -> None:
        self._shown, self._step, self._at = 0, "", 0.0

    def show(self, what: str, done: int, of: int | None) -> None:
        """Write over the line; a step that goes on is shown now and then."""
        now = monotonic()
        if what == self._step and now - self._at < _BETWEEN and done != of:
            return
        self._step, self._at = what, now
        self._put(f"{what}: {_share(done, of)}"[:_WIDEST])

    def clear(self) -> None:
        """Take the line away, for what is said next."""
        if self._shown:
            self._put("")

    def _put(self, text: str) -> None:
        with suppress(OSError, ValueError, AttributeError):
            over = " " * (self._shown - len(text))
            sys.stderr.write(f"\r{text}{over}" + ("" if text else "\r"))
            sys.stderr.flush()
        self._shown = len(text)


def _share(done: int, of: int | None) -> str:
    if of is None:
        return f"{done:,}"
    return f"{min(100 * done // of, 100)} %" if of else "100 %"


@contextmanager
def progress_shown(output: str | None = None, *, streams: bool = True) -> Iterator[None]:
    """Show how far a job is while it runs: on a terminal alone, and not with ``--quiet``.

    ``streams``: the answer is written while it is made, so nothing is shown where that goes to the terminal itself.
    """
    if not _is_wanted(output, streams):
        yield
        return
    line = _Line()
    with listening(line.show), clear_with(line.clear):
        try:
            yield
        finally:
            line.clear()


def _is_wanted(output: str | None, streams: bool) -> bool:
    context = click.get_current_context(silent=True)
    if desk_here() is not None or (context is not None and context.meta.get(_QUIET)):
        return False
    try:
        return sys.stderr.isatty() and not (streams and output in (None, "-") and sys.stdout.isatty())
    except (AttributeError, ValueError):
        return False
