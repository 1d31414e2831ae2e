"""Reports to text in the format asked for, one case after another, so that a stream stays a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from medsteward.cli.running import Outcome, counted
from medsteward.model.problem import Problem


class Report(Protocol):
    """What every answer to a case has."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way."""

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused."""


Writer = Callable[[Iterable[Any]], Iterator[str] | Iterator[bytes]]


def one_by_one(write: Callable[[Any], str], between: str = "\n\n") -> Writer:
    """Each report written by itself, with a gap between them."""

    def writer(reports: Iterable[Any]) -> Iterator[str]:
        for number, report in enumerate(reports):
            yield (between if number else "") + write(report)

    return writer


def rows(write: Callable[..., str]) -> Writer:
    """Rows with one header for all reports."""

    def writer(reports: Iterable[Any]) -> Iterator[str]:
        for number, report in enumerate(reports):
            yield write(report, with_header=number == 0)

    return writer


def document_pages(document: Callable[[Any], Any]) -> Writer:
    """One JSON document, or an array of several."""

    def writer(reports: Iterable[Any]) -> Iterator[str]:
        from medsteward.writers.shared.json_text import pages

        yield from pages([document(report) for report in reports])

    return writer


def document_lines(document: Callable[[Any], Any]) -> Writer:
    """One JSON document a line, as they come."""

    def writer(reports: Iterable[Any]) -> Iterator[str]:
        from medsteward.writers.shared.json_text import one_line

        for report in reports:
            yield one_line(document(report))

    return writer


def bundles(document: Callable[[Any], Any]) -> Writer:
    """One FHIR Bundle, indented, or several, one a line as they come."""

    def writer(reports: Iterable[Any]) -> Iterator[str]:
        from medsteward.writers.shared.json_text import one_line, pretty

        waiting: Any = None
        several = False
        for report in reports:
            if waiting is not None:
                several = True
                yield one_line(waiting)
            waiting = document(report)
        if waiting is not None:
            yield one_line(waiting) if several else pretty(waiting)

    return writer


def answer(
    reports: Iterator[Any],
    writers: Mapping[str, Writer],
    style: str,
    output: str | None,
    *,
    without_problem: str = "",
    incomplete: str = "",
) -> int:
    """Write the reports and give the exit code: the highest of them.

    ``without_problem`` is what is said where that code comes without a problem, ``incomplete`` what code 4 means where
    that is more than a part left out.
    """

    def noted(outcome: Outcome) -> Iterator[Any]:
        for report in reports:
            outcome.note(report.exit_code, len(report.problems))
            yield report

    return counted(
        lambda outcome: writers[style](noted(outcome)), output, without_problem=without_problem, incomplete=incomplete
    )
