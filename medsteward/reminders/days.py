"""Days and ISO 8601 durations: ``P14D``, ``P2W``, ``P3M``, ``P1Y``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_DURATION = re.compile(r"P(?P<number>[1-9]\d{0,3})(?P<unit>[DWMY])")
_WORDS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def after(day: date, duration: str) -> date:
    """The day that lies a duration after ``day``.

    A month has no fixed length: the same day of the later month, or its last day where it has no such day. A day
    beyond the calendar's end is its last day.

    >>> after(date(2026, 11, 30), "P3M")
    datetime.date(2027, 2, 28)
    """
    number, unit = _parts(duration)
    try:
        if unit in "DW":
            return day + timedelta(days=number * (7 if unit == "W" else 1))
        months = day.month - 1 + number * (12 if unit == "Y" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    except (OverflowError, ValueError):
        return date.max


def before(day: date, days: int) -> date:
    """The day that lies ``days`` before; never before the calendar's first."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return date.min


def in_words(duration: str) -> str:
    """A duration as said: ``every 3 months``, ``every year``."""
    number, unit = _parts(duration)
    return f"every {_WORDS[unit]}" if number == 1 else f"every {number} {_WORDS[unit]}s"


def shorter(one: str, other: str) -> str:
    """The shorter of two durations."""
    start = date(2001, 1, 1)
    return one if after(start, one) <= after(start, other) else other


def _parts(duration: str) -> tuple[int, str]:
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(f'"{duration}" is not a duration such as P14D, P2W, P3M or P1Y')
    return int(match["number"]), match["unit"]
