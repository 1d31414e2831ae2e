"""What stands beside a line and is none of its directions: its date, the number of a prescription, a day of filling."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"[(\[]?(?:(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)|(?P<iso>\d{4}-\d\d-\d\d))(?!\d)[)\]]?"
    r"\s?[:,;-]?\s(?=\S)"
)
_PRESCRIPTION = re.compile(
    r"(?:rx|prescription|script)\s?(?:#|no\.?|nr\.?|number|num|id)?\s?[:#]?\s?\d{5,12}(?:-\d{1,3})?\s?[:,;-]?\s(?=[a-z])"
)
_FILLED = re.compile(
    r"[(\[]?\b(?:earliest fill date|(?:do )?not (?:to be filled|fill) (?:before|until)|fill on or after|may fill on|"
    r"fill date|fill after|dispense on or after)\s?:?\s?"
    r"(?:(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)|(?P<iso>\d{4}-\d\d-\d\d))(?!\d)[)\]]?\.?"
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
"""Years of a date at the head of a line; another one is no date of a medication list. Ours."""


def without_fill_day(folded: str) -> tuple[str, str]:
    """A folded line without the first day on which it may be filled, and those words where it has them."""
    found = _FILLED.search(folded) if "fill" in folded or "dispense" in folded else None
    if found is None or not _is_date(found):
        return folded, ""
    return f"{folded[: found.start()]} {folded[found.end() :]}".strip(), found[0].strip(" .()[]")


def without_head(folded: str) -> tuple[str, str]:
    """A folded line without its date and the number of its prescription, and that date where there is one."""
    dated = _DATE.match(folded)
    said = ""
    if dated is not None and _is_date(dated):
        said, folded = dated[0].strip(" :,;-()[]"), folded[dated.end() :]
    numbered = _PRESCRIPTION.match(folded)
    return (folded[numbered.end() :] if numbered is not None else folded), said


def _is_date(found: re.Match[str]) -> bool:
    """Whether the numbers are a day of the calendar, with the month or the day first."""
    if found["iso"]:
        year, *rest = map(int, found["iso"].split("-"))
        orders = [(rest[0], rest[1])]
    else:
        year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
        year += 0 if year > 99 else _FIRST_YEAR
        orders = [(first, second), (second, first)]
    return _FIRST_YEAR <= year <= _LAST_YEAR and any(_exists(year, month, day) for month, day in orders)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
