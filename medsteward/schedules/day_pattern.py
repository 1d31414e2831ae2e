"""On which days a dose is taken: every day, every second or third one, or on all nights of the week but some.

The one home of such patterns: what is counted, dispensed, printed, drawn up or sent follows from ``DayPattern``.
"""

from __future__ import annotations

from calendar import day_name
from datetime import date, timedelta
from fractions import Fraction

from attrs import field, frozen

WEEK = 7
_ORDINALS = {2: "second", 3: "third"}
MOST_APART = max(_ORDINALS)
"""The longest time between doses that is planned, in days."""


def _in_order(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(days))


@frozen
class DayPattern:
    """On which days a line is taken.

    ``every``: on the last of each so many days, counted from the first day of a step: the time since the dose before
    is so never shorter than that. ``off``: on all days of the week but these, 0 is Monday; one of the two.
    """

    every: int = 1
    off: tuple[int, ...] = field(default=(), converter=_in_order)

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.every <= MOST_APART:
            raise ValueError(f"a dose is taken every day, or every 2 to {MOST_APART} days")
        if len(set(self.off)) != len(self.off) or any(not 0 <= day < WEEK for day in self.off):
            raise ValueError("days of the week without a dose are named once each, 0 to 6")
        if len(self.off) == WEEK or (self.off and self.every > 1):
            raise ValueError("some days have a dose, by their number or by the days of the week")

    @property
    def is_daily(self) -> bool:
        """Whether it is every day."""
        return self.every == 1 and not self.off

    @property
    def share(self) -> Fraction:
        """The share of days with a dose: what makes the average of a day from the dose of a day."""
        return Fraction(WEEK - len(self.off), WEEK) if self.off else Fraction(1, self.every)

    @property
    def on(self) -> tuple[int, ...]:
        """The days of the week with a dose, where it goes by these; empty: it does not."""
        return tuple(day for day in range(WEEK) if day not in self.off) if self.off else ()

    def is_on(self, day: date, first_day: date) -> bool:
        """Whether there is a dose on a day of a step that began on ``first_day``."""
        if self.off:
            return day.weekday() not in self.off
        return ((day - first_day).days + 1) % self.every == 0

    def days_on(self, first_day: date, begin: int, end: int) -> int:
        """How many days with a dose a step has from its day ``begin``, counted from 0, until before ``end``."""
        if end <= begin:
            return 0
        if not self.off:
            return end // self.every - begin // self.every
        weeks, rest = divmod(end - begin, WEEK)
        odd = (first_day.weekday() + begin + number for number in range(rest))
        return weeks * (WEEK - len(self.off)) + sum(day % WEEK not in self.off for day in odd)

    def first_on(self, first_day: date, since: date | None = None) -> date:
        """The first day with a dose of a step that began on ``first_day``, from a day of it on."""
        day = since or first_day
        while not self.is_on(day, first_day):
            day += timedelta(days=1)
        return day

    @property
    def words(self) -> str:
        """In directions: ``every second day``, ``on Monday, Wednesday and Friday``; empty: every day."""
        if self.is_daily:
            return ""
        if not self.off:
            return f"every {_ORDINALS[self.every]} day"
        names = [day_name[day] for day in self.on]
        return f"on {_listed(names)}"

    @property
    def brief(self) -> str:
        """Beside a dose: ``every second day``, ``on Monday and Friday``; of more days than not the others."""
        if len(self.on) <= len(self.off) or not self.off:
            return self.words
        names = [day_name[day] for day in self.off]
        return f"every day but {_listed(names)}"

    @property
    def short_words(self) -> str:
        """In a table: ``every second day``, ``5 of 7 days``; empty: every day."""
        return f"{len(self.on)} of {WEEK} days" if self.off else self.words


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


EVERY_DAY = DayPattern()
