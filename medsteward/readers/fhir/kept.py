"""What was read before, kept by its text, as prescriptions repeat; bounded, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from medsteward.readers.fhir.element import Remarks, Table

V = TypeVar("V")

KEPT = 10_000
"""How many different things of one kind are kept."""
LONGEST = 8000
"""Characters of a text under which something is kept."""

Text = str | bytes
"""A value as a text that no other value has."""


class Kept(Generic[V]):
    """Values by their keys; when there are too many, all are forgotten and the keeping begins again."""

    def __init__(self, most: int = KEPT) -> None:
        """Nothing yet; at most so many."""
        self._most = most
        self._values: dict[Any, V] = {}
        self.get: Callable[[Any], V | None] = self._values.get

    def keep(self, key: Any, value: V) -> V:
        """Keep a value, and give it back."""
        if len(self._values) >= self._most:
            self._values.clear()
        self._values[key] = value
        return value


def key_of(value: Any, write: Callable[[Any], Text] = repr) -> Text | None:
    """A value as a text that no other value has; None where it is too long, or has none."""
    try:
        text = write(value)
    except (ValueError, RecursionError):  # an endless number, an object within an object within ...
        return None
    return text if len(text) <= LONGEST else None


def kept(read: Callable[[Table, str, Remarks], V]) -> Callable[[Table, str, Remarks], V]:
    """A reader of one kind of element that reads equal elements at one place once, and notes its remarks each time."""
    known: Kept[tuple[V, Remarks]] = Kept()

    def reader(table: Table, at: str, remarks: Remarks) -> V:
        text = key_of(table)
        found = None if text is None else known.get((at, text))
        if found is None:
            own = Remarks()
            found = read(table, at, own), own
            if text is not None:
                known.keep((at, text), found)
        value, own = found
        if own.problems or own.cautions:
            remarks.add(own.problems, own.cautions)
        return value

    reader.__doc__ = read.__doc__
    return reader
