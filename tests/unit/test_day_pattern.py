"""Days with a dose and days without: counted one by one, they are what a pattern says."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.schedules.day_pattern import EVERY_DAY, DayPattern
from medsteward.schedules.last_days import LastDays, free_nights
from tests.counts import examples

MONDAY = date(2027, 1, 4)
PATTERNS = [EVERY_DAY, DayPattern(every=2), DayPattern(every=3), *free_nights(), DayPattern(off=(0, 6))]


def on(pattern, first, days):
    return [n for n in range(days) if pattern.is_on(first + timedelta(days=n), first)]


def test_every_second_day_begins_with_a_day_without():
    assert on(DayPattern(every=2), MONDAY, 8) == [1, 3, 5, 7]
    assert on(DayPattern(every=3), MONDAY, 9) == [2, 5, 8]
    assert DayPattern(every=3).first_on(MONDAY) == date(2027, 1, 6)


def test_nights_go_by_the_days_of_the_week():
    assert on(DayPattern(off=(5, 1)), MONDAY, 7) == [0, 2, 3, 4, 6]
    assert DayPattern(off=(5, 1)) == DayPattern(off=(1, 5))


@examples(60)
@given(st.sampled_from(PATTERNS), st.integers(0, 400), st.integers(0, 60), st.integers(0, 60))
def test_the_days_of_a_span_are_those_that_are_counted(pattern, start, begin, more):
    first = MONDAY + timedelta(days=start)
    counted = [n for n in on(pattern, first, begin + more) if n >= begin]
    assert pattern.days_on(first, begin, begin + more) == len(counted)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_share_is_that_of_six_weeks(pattern):
    assert pattern.share == Fraction(len(on(pattern, MONDAY, 42)), 42)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (EVERY_DAY, ""),
        (DayPattern(every=2), "every second day"),
        (DayPattern(every=3), "every third day"),
        (DayPattern(off=(1, 3, 5, 6)), "on Monday, Wednesday and Friday"),
        (DayPattern(off=(1, 2, 3, 4, 5, 6)), "on Monday"),
    ],
)
def test_a_pattern_in_the_words_of_directions(pattern, words):
    assert pattern.words == words


@pytest.mark.parametrize(
    "parts",
    [{"every": 4}, {"every": 0}, {"off": (7,)}, {"off": (1, 1)}, {"off": tuple(range(7))}, {"every": 2, "off": (1,)}],
)
def test_other_patterns_are_refused(parts):
    with pytest.raises(ValueError, match="day"):
        DayPattern(**parts)


def test_a_night_that_came_free_stays_free():
    for first in ((), (0,), (6, 2)):
        nights = free_nights(first)
        assert [len(each.off) for each in nights] == [1, 2, 3, 4, 5, 6]
        assert all(set(one.off) < set(other.off) for one, other in pairwise(nights))
        assert all(set(first[: len(each.off)]) <= set(each.off) for each in nights)


def test_three_nights_with_a_dose_are_monday_wednesday_and_friday_where_nobody_names_them():
    assert free_nights()[3].words == "on Monday, Wednesday and Friday"


@pytest.mark.parametrize("every", [(3,), (3, 2), (2, 3, 4), (1,)])
def test_the_time_between_doses_becomes_longer_a_day_at_a_time(every):
    with pytest.raises(ValueError, match="every-2nd"):
        LastDays(every=every)


@pytest.mark.parametrize(
    ("off", "brief"),
    [
        ((5,), "every day but Saturday"),
        ((1, 3, 5), "every day but Tuesday, Thursday and Saturday"),
        ((1, 3, 5, 6), "on Monday, Wednesday and Friday"),
    ],
)
def test_beside_a_dose_the_shorter_list_is_told(off, brief):
    assert DayPattern(off=off).brief == brief
