"""What is said on standard error: one line each, which no text from outside can turn into commands to a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import click

from medsteward.cli.desk import desk_here

MOST = 500
"""Characters of an error."""


_CLEAR: ContextVar[Callable[[], None] | None] = ContextVar("medsteward.line", default=None)


@contextmanager
def clear_with(clear: Callable[[], None]) -> Iterator[None]:
    """Take a line away by ``clear`` before each sentence, which would else be written behind it."""
    token = _CLEAR.set(clear)
    try:
        yield
    finally:
        _CLEAR.reset(token)


def one_line(text: str) -> str:
    """A text in one line, without control characters and marks that turn the direction of writing."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def say(text: str) -> None:
    """One line on standard error, which may be closed. It never holds a patient's key."""
    desk = desk_here()
    if desk is not None:
        desk.said.append(one_line(text))
        return
    clear = _CLEAR.get()
    if clear is not None:
        clear()
    with suppress(OSError, AttributeError, ValueError):
        click.echo(f"medsteward: {one_line(text)}", err=True)
