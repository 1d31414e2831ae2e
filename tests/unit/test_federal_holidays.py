"""Federal holidays by rule, held against the ``holidays`` library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from medsteward.schedules.avoid import closed_days
from medsteward.schedules.federal import is_federal_holiday
from medsteward.schedules.quantities import _due

FIRST, LAST = date(2022, 1, 1), date(2100, 12, 31)
"""Since Juneteenth became one."""


def test_holidays_by_rule_are_those_of_the_library():
    library = pytest.importorskip("holidays").country_holidays("US")
    days = [FIRST + timedelta(days=count) for count in range((LAST - FIRST).days + 1)]
    assert [day for day in days if is_federal_holiday(day) != (day in library)] == []


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2027, 12, 31), True),  # New Year's Day of 2028 is a Saturday
        (date(2027, 7, 5), True),  # the fourth is a Sunday
        (date(2027, 5, 31), True),
        (date(2027, 11, 25), True),
        (date(2027, 11, 26), False),
        (date(2026, 12, 31), False),
    ],
)
def test_days_on_which_offices_are_closed(day, closed):
    assert is_federal_holiday(day) is closed


def test_another_country_takes_the_place_of_the_united_states():
    thanksgiving = date(2027, 11, 25)
    assert closed_days("weekends", lambda day: False)(thanksgiving)
    assert not closed_days("holidays:GB", lambda day: False)(thanksgiving)


def test_a_prescription_is_due_on_a_working_day_at_most_three_days_before_the_tablets_end():
    days = [FIRST + timedelta(days=count) for count in range(366 * 5)]
    for begins in days:
        due = _due(begins, None, is_federal_holiday)
        ends = begins - timedelta(days=1)
        assert due.weekday() < 5
        assert not is_federal_holiday(due)
        # three only over a weekend with a holiday at its side
        near = any(is_federal_holiday(ends - timedelta(days=back)) for back in range(3))
        assert (ends - due).days <= (3 if near else 2)
