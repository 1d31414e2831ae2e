"""Reports to text in the format asked for, one case after another, so that a stream stays a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

import click

from medsteward.cli.running import Outcome, counted, write
from medsteward.cli.waiting import progress_shown
from medsteward.errors import OneOnly
from medsteward.model.problem import Problem
from medsteward.writers.formats import Whom, Written
from medsteward.writers.shared.several import Texts


class Report(Protocol):
    """What every answer to a case has."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way."""

    @property
    def exit_code(self) -> int:
        """0 complete, 3 needs confirmation, 4 a part is missing, 5 refused."""


C = TypeVar("C", bound=Report)
R = TypeVar("R")


def answer(
    kind: Written[C],
    reports: Iterator[C],
    style: str,
    output: str | None,
    *,
    whom: Whom | None = None,
    without_problem: str = "",
    incomplete: str = "",
    **options: bool | str,
) -> int:
    """Write the reports and give the exit code: the highest of them.

    ``without_problem`` is what is said where that code comes without a problem, ``incomplete`` what code 4 means where
    that is more than a part left out. ``options`` go to the writer, as far as the format takes them.
    """

    def noted(outcome: Outcome) -> Iterator[C]:
        for report in reports:
            outcome.note(report.exit_code, len(report.problems))
            yield report

    with progress_shown(output):
        return counted(
            lambda outcome: one_refused(kind.write(style, noted(outcome), whom, **options)),
            output,
            without_problem=without_problem,
            incomplete=incomplete,
        )


def answer_known(kind: Written[R], found: R, style: str, output: str | None) -> None:
    """Write what is known of the world, not of a patient."""
    write(kind.write(style, [found]), output, shared=True)


def one_refused(texts: Texts) -> Texts:
    """The texts; several reports in a format that holds one are wrong usage."""

    def passed(texts: Iterable[str] | Iterable[bytes]) -> Iterator[str] | Iterator[bytes]:
        try:
            yield from texts
        except OneOnly as error:
            raise click.UsageError(str(error)) from None

    return passed(texts)
