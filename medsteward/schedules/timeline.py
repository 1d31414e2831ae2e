"""Drafts of steps to dated steps: intervals, holds, days to avoid, patch-change days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from attrs import evolve, frozen

from medsteward.schedules.dates import FIRST_DAY, LAST_DAY, Calendar, Interval, TooEarly, TooLate, add_months
from medsteward.schedules.step import Step, StepKind


@frozen
class Draft:
    """A step that has no days yet: how long it lasts at least, how many days it is held beyond that.

    ``not_before`` is the first day on which the step after it may begin, where that was set by hand.
    """

    step: Step
    interval: Interval
    held: int = 0
    not_before: date | None = None


def dated(drafts: Sequence[Draft], start: date, calendar: Calendar) -> tuple[Step, ...]:
    """Give the drafts their days, one after another without a gap.

    A step begins at least one interval after the one before it really began, and on the first allowed day from then.
    Months are counted from the plan's first day, so that the 31st stays the last day of shorter months. The last day
    of a plan that stops is the first without the drug. Raises ``NoSuchDay``; ``TooEarly`` before ``FIRST_DAY``,
    and ``TooLate`` beyond ``LAST_DAY``.
    """
    if start < FIRST_DAY:
        raise TooEarly(start)
    if start > LAST_DAY:
        raise TooLate(start)
    try:
        steps = _in_order(drafts, start, calendar)
    except (OverflowError, ValueError):
        raise TooLate(start) from None
    if steps and steps[-1].last_day > LAST_DAY:
        raise TooLate(start)
    return steps


def _in_order(drafts: Sequence[Draft], start: date, calendar: Calendar) -> tuple[Step, ...]:
    steps: list[Step] = []
    day = calendar.first_from(start)
    anchor, months = day, 0
    for draft in drafts:
        if draft.interval.months:
            months += draft.interval.months
            after = max(add_months(anchor, months), add_months(day, draft.interval.months))
        else:
            after = day + timedelta(days=draft.interval.days)
        after += timedelta(days=draft.held)
        if draft.not_before is not None:
            after = max(after, draft.not_before)
        after = calendar.first_from(after)
        if draft.held or draft.not_before is not None or not draft.interval.months:
            anchor, months = after, 0
        last = day if draft.step.kind is StepKind.STOP else after - timedelta(days=1)
        steps.append(evolve(draft.step, first_day=day, last_day=last))
        day = after
    return tuple(steps)
