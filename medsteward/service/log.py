"""What the service writes down: a line a request, without names, query, body or text of an error."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from medsteward.service.answer import json_bytes

Write = Callable[[str], None]


def to_stderr(line: str) -> None:
    """A line on standard error, which may be closed."""
    if sys.stderr is not None:
        try:
            print(line, file=sys.stderr, flush=True)
        except (OSError, ValueError):
            return


def now() -> str:
    """The time in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def request_line(template: str, status: int, milliseconds: float, issuer: str | None) -> str:
    """Time, route, status, how long, and who called by the name in the list of clients."""
    return f"{now()} {template} {status} {milliseconds:.1f} ms{f' {issuer}' if issuer else ''}"


def place_of(error: BaseException) -> str:
    """The kind of an error and where it was raised in our code; never its text, which may hold input."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if "medsteward" in each.filename] or list(frames)
    where = f"{Path(ours[-1].filename).name}, line {ours[-1].lineno}" if ours else "unknown place"
    return f"{type(error).__name__} in {where}"


class Audit:
    """Lines of JSON in a file, each written whole: what was advised, under which table, and what became of it."""

    def __init__(self, path: str | None, log: Write = to_stderr) -> None:
        """Nothing is opened until there is something to write; None keeps nothing. ``log`` is told what fails."""
        self._path, self._log = path, log
        self._lock = Lock()

    def write(self, line: Mapping[str, object]) -> None:
        """Add a line, which names no patient. Where that fails it is said: a card is not withheld for it."""
        if self._path is None:
            return
        data = json_bytes({"at": now(), **line}) + b"\n"
        try:
            with self._lock:
                descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)  # for this user alone
                try:
                    os.write(descriptor, data)
                finally:
                    os.close(descriptor)
        except OSError as error:
            self._log(f"the record of --audit cannot be written: {(error.strerror or 'it failed').lower()}")
