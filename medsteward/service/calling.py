"""How the service asks for an answer: the commands, as whoever starts the service hands them over.

The service knows no command. ``medsteward.cli.calls`` has them; a call answers with the bytes of the command line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from attrs import frozen


class CallResult(Protocol):
    """What a command wrote, and how it ended. ``body`` is empty where there is no document; ``said`` says why."""

    @property
    def body(self) -> bytes:
        """The bytes of the answer."""

    @property
    def exit_code(self) -> int:
        """That of the command line."""

    @property
    def said(self) -> Sequence[str]:
        """What was said on standard error."""

    @property
    def media(self) -> str:
        """The media type of ``body``."""


class CommandCall(Protocol):
    """Calls one command with options and documents."""

    def __call__(
        self,
        options: Sequence[tuple[str, Any]],
        documents: Mapping[str, bytes],
        *,
        today: date,
        media: str,
    ) -> CallResult:
        """The answer; it never raises for what is asked."""


@frozen
class Command:
    """A command as the API offers it.

    ``document`` is what its one document is called in a body (None: it has none), ``documents`` the options that hold
    one, ``options`` the JSON Schema of each option by name, ``media`` the types it can be answered in, ``schema`` the
    name of the JSON Schema of its answer. ``is_slow``: it takes tens of milliseconds. ``takes_drafts``:
    it is about proposed orders, which stand beside the document as ``drafts``.
    """

    name: str
    about: str
    document: str | None
    needs_document: bool
    documents: tuple[str, ...]
    options: Mapping[str, Mapping[str, Any]]
    needed: tuple[str, ...]
    media: tuple[str, ...]
    schema: str
    is_slow: bool
    takes_drafts: bool
    ask: CommandCall
