"""What is said on standard error: one line each, which no text from outside can turn into commands to a terminal."""

from __future__ import annotations

from contextlib import suppress

import click

from medsteward.cli.desk import desk_here

MOST = 500
"""Characters of an error."""


def one_line(text: str) -> str:
    """A text in one line, without control characters and marks that turn the direction of writing."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def say(text: str) -> None:
    """One line on standard error, which may be closed. It never holds a patient's key."""
    desk = desk_here()
    if desk is not None:
        desk.said.append(one_line(text))
        return
    with suppress(OSError, AttributeError, ValueError):
        click.echo(f"medsteward: {one_line(text)}", err=True)
