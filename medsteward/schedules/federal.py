"""Federal holidays of the United States, by the rule of 5 U.S.C. 6103 (recalled; the tests hold it against a library).

By rule and not by the ``holidays`` library: every plan says by them when a prescription is due, with or without that
extra, and a saved plan is dated alike under every version of it.
"""

from __future__ import annotations

from datetime import date, timedelta

from medsteward.caches import remembered

_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 3, 4, 5, 6
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
"""New Year, Juneteenth, Independence Day, Veterans Day, Christmas: month and day."""
_NTH = ((1, _MONDAY, 3), (2, _MONDAY, 3), (9, _MONDAY, 1), (10, _MONDAY, 2), (11, _THURSDAY, 4))
"""King, Washington, Labor Day, Columbus, Thanksgiving: month, weekday, which one of the month."""
_WEEK = 7


def is_federal_holiday(day: date) -> bool:
    """Whether offices of the United States are closed on a day for a holiday, on itself or where it is observed."""
    # a New Year's Day on a Saturday is observed on the Friday of the year before
    return day in _closed(day.year) or ((day.month, day.day) == (12, 31) and day.weekday() == _FRIDAY)


@remembered(64)
def _closed(year: int) -> frozenset[date]:
    found: set[date] = set()
    for month, number in _FIXED:
        day = date(year, month, number)
        found |= {day, day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))}
    for month, weekday, which in _NTH:
        first = date(year, month, 1)
        found.add(first + timedelta(days=(weekday - first.weekday()) % _WEEK + _WEEK * (which - 1)))
    june = date(year, 6, 1)
    found.add(june - timedelta(days=(june.weekday() - _MONDAY) % _WEEK or _WEEK))  # Memorial Day, the last one of May
    return frozenset(found)
