"""Doses that stand at times of the day keep their distance from each other."""

from __future__ import annotations

import pytest

from medsteward.schedules.moment import MOST_TIMES, moments_for


@pytest.mark.parametrize(("times", "hours"), [(1, 24), (2, 10), (3, 6), (4, 4), (5, 4), (6, 4)])
def test_doses_of_a_day_keep_their_distance(times, hours):
    placed = [moment.hour for moment in moments_for(times)]
    gaps = [(later - earlier) % 24 or 24 for earlier, later in zip(placed, placed[1:] + placed[:1], strict=True)]
    assert len(placed) == times
    assert sum(gaps) == 24
    assert min(gaps) >= hours


def test_no_number_of_doses_is_left_out():
    assert [len(moments_for(times)) for times in range(1, MOST_TIMES + 1)] == list(range(1, MOST_TIMES + 1))
