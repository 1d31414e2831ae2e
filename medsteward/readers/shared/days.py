"""A day as people write it in options and cases."""

from __future__ import annotations

import re
from datetime import date

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
