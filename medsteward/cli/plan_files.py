"""The bytes of a plan or schedule: a file, or standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from medsteward.cli.desk import opened
from medsteward.errors import UnreadableInput
from medsteward.schedules.saved import MAX_BYTES

if TYPE_CHECKING:
    from medsteward.readers.plan.document import SavedPlan


def file_bytes(file: str) -> tuple[bytes, str]:
    """The bytes of a file, or of standard input for ``-``, and its name. Refuses (``UnreadableInput``) others."""
    path, stdin = opened(file)
    if path == "-":
        if stdin is None:
            raise UnreadableInput("standard input", "it is closed; give a file")
        return stdin.read(MAX_BYTES + 1), "standard input"
    if not file:
        raise UnreadableInput('""', "it names no file; give one, or - for standard input")
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MAX_BYTES + 1), file  # one more, so that its reader can say that it is too large
    except IsADirectoryError:
        raise UnreadableInput(file, "this is a folder; give a file") from None
    except OSError as error:
        raise UnreadableInput(file, (error.strerror or "it cannot be opened").lower()) from None


def own_file(file: str, saved: SavedPlan) -> str | None:
    """Where a changed plan is kept if nothing else is said: its own file; None for standard input.

    A FHIR Bundle holds more than the plan, so it is not written over: ``UsageError``.
    """
    if file == "-":
        return None
    if saved.is_attached:
        raise click.UsageError(f"{file} is a FHIR Bundle, which is not written over; give --save FILE")
    return file
