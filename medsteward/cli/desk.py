"""What a command has around it: standard input and output, the files it may open, and today.

A person's call has those of the process. A program's call (``medsteward.cli.calls``) has a desk: bytes in memory and
nothing else, so that several calls can run at once and none of them can open a file.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import BinaryIO

import click
from attrs import Factory, define

from medsteward.errors import UnreadableInput

_DESK = "medsteward.desk"


@define
class Desk:
    """In place of the process: the ``documents`` that a call may read by name, what it writes, what it says.

    ``-`` is standard input. ``today`` is the day where no other is given.
    """

    documents: Mapping[str, bytes]
    today: date
    written: list[bytes] = Factory(list)
    said: list[str] = Factory(list)

    def stream(self, name: str) -> BinaryIO:
        """A document by its name. Refuses (``UnreadableInput``) what was not handed over: no file is ever opened."""
        data = self.documents.get(name)
        if data is None:
            raise UnreadableInput(name[:40], "it was not handed over with the call")
        return io.BufferedReader(io.BytesIO(data))

    def put(self, chunks: Iterable[str] | Iterable[bytes]) -> None:
        """Keep what a command writes."""
        self.written.extend(chunk if isinstance(chunk, bytes) else chunk.encode("utf-8") for chunk in chunks)


def lay(context: click.Context, desk: Desk) -> None:
    """Give a context, and those below it, a desk."""
    context.meta[_DESK] = desk


def desk_here() -> Desk | None:
    """The desk of the present call; None where it is a person's."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(_DESK)


def today() -> date:
    """The day on which the call is made."""
    desk = desk_here()
    return date.today() if desk is None else desk.today


def opened(source: str) -> tuple[str, BinaryIO | None]:
    """The name of a file as readers take it, and the stream that ``-`` stands for: None where the caller closed it."""
    desk = desk_here()
    if desk is not None:
        return "-", desk.stream(source)
    return source, sys.stdin.buffer if sys.stdin is not None else None


def is_there(source: str) -> bool:
    """Whether a name is that of a file, or of a document that was handed over; ``-`` always is."""
    desk = desk_here()
    return source in desk.documents if desk is not None else source == "-" or os.path.exists(source)
