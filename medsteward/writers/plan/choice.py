"""A plan that needs a choice first: no page, calendar or file of it is made until somebody has chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from medsteward.advice.plan.report import PlanSheet
from medsteward.errors import NothingToPrint

S = TypeVar("S", bound=PlanSheet)

CHOOSE_FIRST = (
    "the plan needs a choice first. See the ways with --format text, then add --way and its number; "
    "--when-stuck smallest-step accepts the plan as shown"
)
"""What is said in place of a page."""


def that_stand(reports: Iterable[S]) -> Iterator[S]:
    """The reports as they come. Raises ``NothingToPrint`` at one whose plan waits for a choice."""
    for report in reports:
        if report.awaits_choice:
            raise NothingToPrint(CHOOSE_FIRST, report.exit_code)
        yield report
