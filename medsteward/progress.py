"""How far a long job has come, for whoever waits for it.

What works long says so (``told``) wherever it stands; who shows it listens (``listening``). Where nobody listens, as in
a library call, a service or a pipe, nothing happens. It never holds a patient's key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

Listener = Callable[[str, int, int | None], None]
"""What is done, how much of it, and of how much: None where that is not known."""

_LISTENER: ContextVar[Listener | None] = ContextVar("medsteward.progress", default=None)


def is_heard() -> bool:
    """Whether anybody listens."""
    return _LISTENER.get() is not None


def told(what: str, done: int, of: int | None = None) -> None:
    """Say how far it is."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(what, done, of)


def counted_off(what: str, items: Iterable[T], of: int | None = None) -> Iterator[T]:
    """The items as they are; each says that it is taken."""
    for done, item in enumerate(items, start=1):
        yield item
        told(what, done, of)


def far_in(what: str, of: int) -> Callable[[int], None] | None:
    """What says how far into ``of`` it is; None where nobody listens, so that nothing is counted for nobody."""
    if not is_heard():
        return None
    return lambda done: told(what, done, of)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell ``listener`` what is said meanwhile."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
