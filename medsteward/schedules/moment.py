"""Times of the day at which a dose is taken, by name."""

from __future__ import annotations

from enum import Enum


class Moment(Enum):
    """A time of day; ``hour`` is where it stands on the clock when doses are spread or a reminder is set.

    Morning, noon, evening and bedtime are those of the universal medication schedule. The others keep doses apart that
    are taken three, five or six times a day.
    """

    hour: int

    def __new__(cls, text: str, hour: int) -> Moment:
        """Make a moment known by its name."""
        moment = object.__new__(cls)
        moment._value_ = text
        moment.hour = hour
        return moment

    EARLY_MORNING = "early morning", 6
    MORNING = "morning", 8
    MIDMORNING = "midmorning", 10
    NOON = "noon", 12
    AFTERNOON = "afternoon", 14
    EVENING = "evening", 18
    BEDTIME = "bedtime", 22
    NIGHT = "night", 26
    BEFORE_THERAPY = "before therapy", 9
    """Not an hour: 30 to 60 minutes before a session, whenever that is."""
    AS_NEEDED = "as needed", 26
    """Not a time: taken only where it is needed, so many times in a day at most."""
    WORN = "worn", 8
    """Not a time: a patch is on all day. Changed on its own days."""


_SPREAD: dict[int, tuple[Moment, ...]] = {
    1: (Moment.MORNING,),
    2: (Moment.MORNING, Moment.EVENING),
    3: (Moment.MORNING, Moment.AFTERNOON, Moment.BEDTIME),
    4: (Moment.MORNING, Moment.NOON, Moment.EVENING, Moment.BEDTIME),
    5: (Moment.EARLY_MORNING, Moment.MIDMORNING, Moment.AFTERNOON, Moment.EVENING, Moment.BEDTIME),
    6: (Moment.EARLY_MORNING, Moment.MIDMORNING, Moment.AFTERNOON, Moment.EVENING, Moment.BEDTIME, Moment.NIGHT),
}
"""Doses keep their distance: six a day are four hours apart round the clock, five at least four, three at least six."""

MOST_TIMES = max(_SPREAD)
"""The most doses a day that a plan places at times of the day."""


def moments_for(times: int) -> tuple[Moment, ...]:
    """Where ``times`` doses a day stand when the directions name no times (``KeyError`` above six)."""
    return _SPREAD[times]


def moment_named(name: str) -> Moment:
    """The moment of this name, or of its hour on the clock: ``06:00`` is early morning (``KeyError`` for any other)."""
    return _BY_NAME[name]


_AT_HOURS = {f"{moment.hour % 24:02d}:00": moment for times in _SPREAD.values() for moment in times}
_BY_NAME = {moment.value: moment for moment in Moment} | _AT_HOURS

CLOCK_HOURS = ", ".join(sorted(_AT_HOURS))
"""The hours at which a plan places doses, in words."""


def clock_words(moment: Moment) -> str:
    """The hour of a moment on the clock: ``06:00``."""
    return f"{moment.hour % 24:02d}:00"
