"""A day as people write it in options and cases."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from medsteward.caches import remembered

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
"""Two numbers and a year: day and month in one order or the other."""


@remembered(1024)
def day_of(text: str) -> date:
    """A day as 2027-01-04, and in no other way (``ValueError``, in words that say what to write)."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # there is no such day
    raise ValueError(_refusal(text))


def plain_day(value: Any) -> date:
    """A day that a program gives: a date, or a datetime, a Timestamp or a datetime64 at midnight.

    Refuses (``ValueError``) one with a time of day, which could be another day elsewhere, and anything else.
    """
    if type(value) is date:
        return value
    if type(value).__name__ == "datetime64":
        day, _, time = str(value).partition("T")
        if not time.strip("0:."):
            return day_of(day)
    elif isinstance(value, datetime):
        if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
            return value.date()
    elif isinstance(value, date):
        return value
    else:
        raise ValueError("is a day as in 2027-01-04")
    raise ValueError("has a time of day; write the day alone, as in 2027-01-04")


def _refusal(text: str) -> str:
    """Why a text is not a day. A day is never guessed: the month may stand before it or after it."""
    match = _NUMBERS.fullmatch(text.strip())
    first, other, year = (int(match[1]), int(match[3]), int(match[4])) if match else (0, 0, 0)
    ways = []
    for month, day in dict.fromkeys([(first, other), (other, first)]):
        try:
            ways.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    if len(ways) == 2:
        return f'"{text[:20]}" can be read two ways; write {ways[0]} or {ways[1]}'
    return f'"{text[:40]}" is not a day; write it as {ways[0] if ways else "2027-01-04"}'
