"""How many days one dispensing of a step lasts where nobody asks for another length. Ours, by what cartons hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from math import ceil, lcm

from attrs import frozen

from medsteward.thresholds import whole

USUAL_DAYS = whole("controlled_fill")
"""Days of one dispensing of a controlled medicine at most: whole weeks, so that the weekday stays."""
PATCH_DAYS = whole("patch_fill")
"""The same of patches that are worn for less than a week: two cartons of those worn for 3 days."""
CARTON = whole("patch_carton")
"""Patches in a carton of those that are worn for less than a week."""
WEEKLY_CARTON = whole("weekly_carton")
"""The same of those that are worn for a week."""
ONE_FILL_DAYS = whole("one_fill")
"""A plan that is over within so many days is dispensed once."""
_WEEK, _SATURDAY = 7, 5


EARLY_DAYS = whole("early_fill")
"""A dispensing that begins on a weekend or holiday is filled at most so many days earlier."""


def fill_from(first_day: date, avoided: Callable[[date], bool] | None = None) -> date:
    """The day from which a dispensing may be filled: its first day, or a working day at most two days before it.

    Where none of them is a working day, the earliest that is no holiday; else the first day itself.
    """
    days = [first_day - timedelta(days=back) for back in range(EARLY_DAYS + 1)]
    open_days = [day for day in days if avoided is None or not avoided(day)]
    working = [day for day in open_days if day.weekday() < _SATURDAY]
    return working[0] if working else min(open_days, default=first_day)


def is_controlled(schedule: str) -> bool:
    """Whether a product of this schedule is a controlled substance (``CII`` to ``CV``)."""
    return schedule.startswith(("CI", "CV"))


@frozen
class FillLength:
    """The most days of one dispensing, and the days that it is a whole number of: weeks, or what a carton lasts."""

    most: int
    unit: int

    def of(self, days: int) -> int:
        """The days of one dispensing of a step that lasts ``days``: as few dispensings as the most allows, alike.

        A month of 31 days is 21 and 10, and not 28 and 3.
        """
        if days <= self.most:
            return days
        share = ceil(days / ceil(days / self.most))
        return min(self.most, ceil(share / self.unit) * self.unit)


def fill_length(wear_days: Iterable[int | None]) -> FillLength | None:
    """The length for controlled medicines that are taken together, each by how long a patch of it is worn (else None).

    Patches alone: whole cartons. Beside others: days on which the patch is changed as well. None: there are none.
    """
    worn = list(wear_days)
    if not worn:
        return None
    days = lcm(*(each or 1 for each in worn))
    if days > USUAL_DAYS:
        days = max(each or 1 for each in worn)
    if None not in worn and len(set(worn)) == 1 and worn[0] == _WEEK:
        return FillLength(USUAL_DAYS, USUAL_DAYS)
    if None not in worn and len(set(worn)) == 1:
        return FillLength(max(days, PATCH_DAYS // days * days), CARTON * days)
    return FillLength(max(days, USUAL_DAYS // days * days), days if days > 1 else _WEEK)


_SPARED = 3
"""Patches of 3 days: steps begin on a day of change, after 9 or 10 of them, one patch or none short of two cartons."""


def whole_cartons(days: int, wear_days: Iterable[int | None]) -> int:
    """The days of a step of patches alone that lasts for one or more usual dispensings: made as long as whole cartons.

    Patches of 2 days: 30 for 28 and 60 for 56. Other lengths stay, and so do those of patches of 3 days, whose steps
    end on a day of change, and of weekly ones, whose carton lasts 28 days.
    """
    worn = set(wear_days)
    wear = next(iter(worn)) if len(worn) == 1 else None
    if wear is None or wear in (_SPARED, _WEEK) or days % USUAL_DAYS or PATCH_DAYS % (CARTON * wear):
        return days
    return days // USUAL_DAYS * PATCH_DAYS
