"""How the reports of one call are put together in a format: one below the other, as rows, as documents, or one alone.

Each takes what writes one report, and the reports as they come, so that a stream stays a stream. Up to its colon the
first line of each says what becomes of several; the page of formats shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from medsteward.errors import OneOnly
from medsteward.writers.shared.json_text import Document, one_line, pages, pretty

R = TypeVar("R")
T = TypeVar("T", str, bytes)
Texts = Iterator[str] | Iterator[bytes]


def apart(write: Callable[[R], str], reports: Iterable[R]) -> Iterator[str]:
    """One after the other: with an empty line or two between them."""
    return _between(write, reports, "\n\n")


def below(write: Callable[[R], str], reports: Iterable[R]) -> Iterator[str]:
    """One below the other."""
    return _between(write, reports, "\n")


def _between(write: Callable[[R], str], reports: Iterable[R], gap: str) -> Iterator[str]:
    for number, report in enumerate(reports):
        yield (gap if number else "") + write(report)


def rows(write: Callable[..., str], reports: Iterable[R]) -> Iterator[str]:
    """Rows under one header: what writes them is told ``with_header`` for the first."""
    for number, report in enumerate(reports):
        yield write(report, with_header=number == 0)


def documents(document: Callable[[R], Document], reports: Iterable[R]) -> Iterator[str]:
    """An array: of one report its JSON document alone."""
    yield from pages([document(report) for report in reports])


def lines(document: Callable[[R], Document], reports: Iterable[R]) -> Iterator[str]:
    """A line each: JSON documents, as they come."""
    for report in reports:
        yield one_line(document(report))


def bundles(document: Callable[[R], Document], reports: Iterable[R]) -> Iterator[str]:
    """A line each: FHIR Bundles, as they come; one alone is indented."""
    waiting: Document | None = None
    several = False
    for report in reports:
        if waiting is not None:
            several = True
            yield one_line(waiting)
        waiting = document(report)
    if waiting is not None:
        yield one_line(waiting) if several else pretty(waiting)


def one_page(made: Callable[[R], T], reports: Iterable[R]) -> Iterator[T]:
    """Refused: a page is of one report, for more are not to be mixed up. Raises ``OneOnly`` for more, and none."""
    found = list(reports)
    if len(found) != 1:
        raise OneOnly("a page is about one plan; give one case")
    yield made(found[0])


def as_written(write: Callable[[Iterable[R]], Texts], reports: Iterable[R]) -> Texts:
    """As the writer has it: it takes all of them."""
    return write(reports)
