"""Days that a plan's steps keep away from: weekends, and the public holidays of a country."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from medsteward.errors import MedstewardError, part_for
from medsteward.schedules.federal import is_federal_holiday

_SATURDAY = 5


class UnknownDays(MedstewardError):
    """Days to avoid that are not known. ``text`` is what was asked."""

    def __init__(self, text: str, hint: str) -> None:
        self.text = text
        super().__init__(f'"{text}": {hint}')


def avoided_days(asked: str) -> Callable[[date], bool]:
    """Whether a day is avoided, from ``weekends``, ``holidays:US``, or both with a comma; empty: no day is.

    Holidays are those of the ``holidays`` library, as observed. Raises ``UnknownDays``, or ``MissingPart`` where the
    library is not installed.
    """
    tests = [_test(part.strip()) for part in asked.split(",") if part.strip()]
    return lambda day: any(test(day) for test in tests)


def closed_days(asked: str, avoided: Callable[[date], bool]) -> Callable[[date], bool]:
    """Whether a clinic is closed on a day for a holiday: of the country that is named, else of the United States.

    ``avoided`` is the test of what is asked. Prescriptions are due and filled before such days.
    """
    if "holidays:" in asked.casefold():
        return avoided
    return lambda day: is_federal_holiday(day) or avoided(day)


def _test(part: str) -> Callable[[date], bool]:
    if part.casefold() == "weekends":
        return lambda day: day.weekday() >= _SATURDAY
    match = re.fullmatch(r"holidays:([A-Za-z]{2})(?:-([A-Za-z0-9]{1,6}))?", part)
    if not match:
        raise UnknownDays(part[:40], "write weekends, holidays:US, or both with a comma")
    with part_for("avoiding holidays", "holidays", 'pip install "medsteward[calendar]"'):
        import holidays
    country, region = match[1].upper(), match[2] and match[2].upper()
    try:
        days = holidays.country_holidays(country, subdiv=region)
    except (NotImplementedError, KeyError) as error:
        raise UnknownDays(part, "its holidays are not known; use a country's two letters, as in US") from error
    return lambda day: day in days
