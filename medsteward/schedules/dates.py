"""Days of a plan: intervals, days to avoid, a weekday to keep. Date arithmetic only; no clock, no time zone."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from attrs import field, frozen

from medsteward.errors import MedstewardError

_LOOK_AHEAD = 400
"""Days looked through for one that fits; a year holds every weekday and every holiday."""


class NoSuchDay(MedstewardError):
    """No day within a year fits what was asked. ``after`` is where the search began."""

    def __init__(self, after: date) -> None:
        self.after = after
        super().__init__(f"no day in the year after {after} is allowed; avoid fewer days or drop the weekday")


FIRST_DAY = date(1900, 1, 1)
"""No plan begins before it: an earlier day is a slip of the pen."""
LAST_DAY = date(2300, 12, 31)
"""No plan goes beyond it: a later day is a slip of the pen, and what is reckoned from a plan's days needs room."""


class TooLate(NoSuchDay):
    """A plan whose days go beyond ``LAST_DAY``."""

    def __init__(self, after: date) -> None:
        MedstewardError.__init__(
            self, f"the plan would go beyond {LAST_DAY.year}; look at its first day, its pauses and its intervals"
        )
        self.after = after


class TooEarly(NoSuchDay):
    """A plan that would begin before ``FIRST_DAY``."""

    def __init__(self, day: date) -> None:
        MedstewardError.__init__(self, f"the plan would begin on {day}, before {FIRST_DAY.year}; look at its first day")
        self.after = day


@frozen
class Interval:
    """How long a step lasts at least: days, or calendar months."""

    days: int = field(default=0)
    months: int = field(default=0)

    def __attrs_post_init__(self) -> None:
        if self.days < 0 or self.months < 0 or (self.days > 0) == (self.months > 0):
            raise ValueError("an interval is a number of days or of months, more than 0")

    @property
    def least_days(self) -> int:
        """The fewest days it can have: a month has at least 28."""
        return self.days or 28 * self.months

    def __str__(self) -> str:
        if self.months:
            return "1 month" if self.months == 1 else f"{self.months} months"
        if self.days % 7 == 0:
            weeks = self.days // 7
            return "1 week" if weeks == 1 else f"{weeks} weeks"
        return "1 day" if self.days == 1 else f"{self.days} days"


def _never(day: date) -> bool:
    return False


@frozen
class Calendar:
    """Which days a step may begin on.

    ``avoided`` says of a day whether it is avoided; ``weekday`` 0 is Monday; ``every`` days apart from ``anchor``
    (patches are changed on their own days). A step moves later, never earlier.
    """

    avoided: Callable[[date], bool] = _never
    weekday: int | None = None
    anchor: date | None = None
    every: int = 1

    def first_from(self, day: date) -> date:
        """The first allowed day on or after ``day``; of the weekday asked for, the first that is not avoided.

        Raises ``NoSuchDay`` when a year holds none.
        """
        found = day
        if self.weekday is not None:
            found += timedelta(days=(self.weekday - found.weekday()) % 7)
        for _ in range(_LOOK_AHEAD):
            wrong_day = self.weekday is not None and found.weekday() != self.weekday
            between = self.anchor is not None and (found - self.anchor).days % self.every != 0
            if not wrong_day and not between and not self.avoided(found):
                return found
            found += timedelta(days=7 if self.weekday is not None and not wrong_day else 1)
        raise NoSuchDay(day)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
