"""Drafts of steps to dated steps: intervals, pauses, holds, days to avoid, patch-change days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from attrs import evolve, frozen

from medsteward.schedules.dates import FIRST_DAY, LAST_DAY, Calendar, Interval, TooEarly, TooLate, add_months
from medsteward.schedules.event import Event, Pause
from medsteward.schedules.step import Step, StepKind

_ONE = timedelta(days=1)


@frozen
class PausedDays:
    """The calendar days on which a plan is paused, as runs from a first to a last day, apart from one another.

    A day is paused once, however often it is named.
    """

    runs: tuple[tuple[date, date], ...] = ()

    def with_run(self, first: date, last: date) -> PausedDays:
        """These days and those from ``first`` to ``last``; runs that overlap or touch become one."""
        runs: list[tuple[date, date]] = []
        for begin, end in sorted((*self.runs, (first, last))):
            if runs and begin <= runs[-1][1] + _ONE:
                runs[-1] = runs[-1][0], max(runs[-1][1], end)
            else:
                runs.append((begin, end))
        return PausedDays(tuple(runs))

    def within(self, first: date, last: date) -> int:
        """How many of the days from ``first`` to ``last`` are paused."""
        spans = ((max(first, begin), min(last, end)) for begin, end in self.runs)
        return sum(max(0, (end - begin).days + 1) for begin, end in spans)

    def run_with(self, day: date) -> tuple[date, date] | None:
        """The run that a day is in; None: it is not paused."""
        return next(((begin, end) for begin, end in self.runs if begin <= day <= end), None)


NEVER_PAUSED = PausedDays()


def paused_days(events: Iterable[Event]) -> PausedDays:
    """The days on which these events pause a plan."""
    paused = NEVER_PAUSED
    for event in events:
        if isinstance(event.what, Pause):
            paused = paused.with_run(event.what.first, event.what.last)
    return paused


@frozen
class Draft:
    """A step that has no days yet, and how long it lasts at least beside the days on which it is paused.

    ``not_before`` is the first day on which the step after it may begin, where that was set by hand. ``is_exact``: it
    was cut short, and lasts as long as ``interval`` says, pauses or not. ``until`` is its last day where that was
    set by hand, whatever day it is.
    """

    step: Step
    interval: Interval
    not_before: date | None = None
    is_exact: bool = False
    until: date | None = None


def dated(
    drafts: Sequence[Draft],
    start: date,
    calendar: Calendar,
    paused: PausedDays = NEVER_PAUSED,
    *,
    is_restart: bool = False,
) -> tuple[Step, ...]:
    """Give the drafts their days, one after another without a gap.

    A step begins at least one interval after the one before it really began, paused days not counted, and on the first
    allowed day from then; within a pause none begins but on its first day. Months are counted from the plan's first
    day, so that the 31st stays the last day of shorter months. The last day of a plan that stops is the first without
    the drug. ``is_restart``: ``start`` was set by hand and stays as it is. Raises ``NoSuchDay``; ``TooEarly`` before
    ``FIRST_DAY``, and ``TooLate`` beyond ``LAST_DAY``.
    """
    return tuple(step for step, _ in with_usual_days(drafts, start, calendar, paused, is_restart=is_restart))


def with_usual_days(
    drafts: Sequence[Draft],
    start: date,
    calendar: Calendar,
    paused: PausedDays = NEVER_PAUSED,
    *,
    is_restart: bool = False,
    later: Callable[[int], Calendar] | None = None,
) -> list[tuple[Step, int]]:
    """The same, each with how many days it would have without pauses and holds. Raises as ``dated``.

    ``later`` gives the calendar of the step of a number, where steps do not all have the same one.
    """
    if start < FIRST_DAY:
        raise TooEarly(start)
    if start > LAST_DAY:
        raise TooLate(start)
    try:
        found = _in_order(drafts, start, later or (lambda _: calendar), paused, is_restart)
    except (OverflowError, ValueError):
        raise TooLate(start) from None
    if found and found[-1][0].last_day > LAST_DAY:
        raise TooLate(start)
    return found


def _in_order(
    drafts: Sequence[Draft],
    start: date,
    calendar_of: Callable[[int], Calendar],
    paused: PausedDays,
    is_restart: bool,
) -> list[tuple[Step, int]]:
    found: list[tuple[Step, int]] = []
    day = start if is_restart or not drafts else calendar_of(drafts[0].step.number).first_from(start)
    anchor, months = day, 0
    for place, draft in enumerate(drafts):
        calendar = calendar_of(drafts[min(place + 1, len(drafts) - 1)].step.number)
        if draft.interval.months:
            months += draft.interval.months
            usual = max(add_months(anchor, months), add_months(day, draft.interval.months))
        else:
            usual = day + timedelta(days=draft.interval.days)
        after = usual if draft.is_exact else _after(draft, day, usual, calendar, paused)
        if after != usual or draft.not_before is not None or not draft.interval.months:
            months = 0
        usual, after = calendar.first_from(usual), calendar.first_from(after)
        if draft.until is not None:
            after = draft.until + _ONE
            usual = min(usual, after)
        anchor = anchor if months else after
        last = day if draft.step.kind is StepKind.STOP else after - _ONE
        found.append((evolve(draft.step, first_day=day, last_day=last), (usual - day).days))
        day = after
    return found


def _after(draft: Draft, day: date, usual: date, calendar: Calendar, paused: PausedDays) -> date:
    """The day on which the step after a draft may begin, by its interval, its pauses and what was set by hand."""
    after, more = usual, 0
    while (held := paused.within(day, after - _ONE)) != more:
        after, more = usual + timedelta(days=held), held
    if draft.not_before is not None:
        after = max(after, draft.not_before)
    while (run := paused.run_with(calendar.first_from(after))) is not None and calendar.first_from(after) > run[0]:
        after = run[1] + _ONE
    return after
