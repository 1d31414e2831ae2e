"""Values that other programs give as arguments: days and numbers, exact, or refused with what to give."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from medsteward.errors import NotADay, WrongArgument
from medsteward.model.number import exact_number, is_absent, why_no_number


def plain_day(value: Any) -> date:
    """A day that a program gives: a date, or a datetime, a Timestamp or a datetime64 at midnight.

    Refuses (``ValueError``) one with a time of day, which could be another day elsewhere, and anything else.
    """
    if type(value) is date:
        return value
    if type(value).__name__ == "datetime64":
        day, _, time = str(value).partition("T")
        if not time.strip("0:."):
            return date.fromisoformat(day)
    elif isinstance(value, datetime):
        if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
            return value.date()
    elif isinstance(value, date):
        return value
    else:
        raise ValueError("is a day as in 2027-01-04")
    raise ValueError("has a time of day; write the day alone, as in 2027-01-04")


def asked_day(value: Any, name: str = "as_of") -> date:
    """The day that a program gives, as ``plain_day`` takes it. Raises ``NotADay``, which says what to give."""
    if type(value) is date:
        return value
    if is_absent(value):
        raise NotADay(f"{name} is not stated: every answer is about a day; give one, as in date(2027, 1, 4)")
    if isinstance(value, str):
        raise NotADay(f'{name} "{value[:20]}" is text; give a date, as in date(2027, 1, 4)')
    try:
        return plain_day(value)
    except ValueError as error:
        raise NotADay(f"{name} {error}") from None


def a_day(value: Any) -> date:
    """A day of an option or a change of a plan. Raises ``NotADay``."""
    return asked_day(value, "the day")


def a_number(value: Any) -> Fraction:
    """A number of an option, exact. Raises ``WrongArgument`` for one that is not, and for what is none."""
    if type(value) is Fraction:
        return value
    found = exact_number(value)
    if found is None:
        raise WrongArgument(f'"{str(value)[:40]}" {why_no_number(value)}')
    return found


def a_whole(value: Any) -> int:
    """A whole number of an option. Raises ``WrongArgument`` for any other."""
    if type(value) is int:
        return value
    found = exact_number(value)
    if found is None or found.denominator != 1:
        raise WrongArgument(f'"{str(value)[:40]}" is no whole number; give one, as in 28')
    return int(found)
