"""On which days the smallest dose is taken before the stop, as it was asked for."""

from __future__ import annotations

from attrs import field, frozen

from medsteward.model.drug import DrugClass
from medsteward.schedules.day_pattern import MOST_APART, WEEK, DayPattern
from medsteward.schedules.supply import Track

FLUOXETINE = "fluoxetine"
"""The one antidepressant for which alternate days are published."""
NIGHTS = (5, 1, 3, 6, 2, 4, 0)
"""The order in which nights come free where nobody names them: far from one another. Ours."""


@frozen
class LastDays:
    """What is asked for: days between doses, nights without a dose, or neither.

    ``every``: first every so many days, then every so many more. ``nights``: the nights that come free first, 0 is
    Monday; others follow. Both empty: none of them, the stop follows the smallest dose of each day.
    """

    every: tuple[int, ...] = ()
    nights: tuple[int, ...] = field(default=())

    def __attrs_post_init__(self) -> None:
        if list(self.every) != list(range(2, 2 + len(self.every))) or len(self.every) >= MOST_APART:
            raise ValueError("every second day comes before every third day: every-2nd, or every-2nd,every-3rd")
        if len(set(self.nights)) != len(self.nights) or any(not 0 <= night < WEEK for night in self.nights):
            raise ValueError("each night is named once, as in sat,tue")

    @property
    def apart(self) -> tuple[DayPattern, ...]:
        """The days with a dose where days lie between doses, one after another."""
        return tuple(DayPattern(every=days) for days in self.every)


def free_nights(first: tuple[int, ...] = ()) -> tuple[DayPattern, ...]:
    """One night a week without a dose, then two, until one night has a dose; a night that came free stays free."""
    order = (*first, *(night for night in NIGHTS if night not in first))
    return tuple(DayPattern(off=order[:free]) for free in range(1, WEEK))


# --- what is noted of it ----------------------------------------------------------------------------------------------

_SAID = "taken on fewer days before the stop"
_OPIOID = (
    f"{_SAID}, as the prescriber asked. CDC 2022 lengthens the time between doses at the smallest dose (read in "
    "summaries). Every second and third day are medsteward's own rule"
)
_Z_DRUG = (
    "nights without it, from the lowest dose (Deprescribing guideline 2018 and the trials in its Table 2). Which "
    "nights come free, and one more at each step, are medsteward's own rule; other nights may be agreed on"
)
_ALTERNATE = (
    f"{_SAID}, as asked: alternate days are published for fluoxetine alone, from 20 mg a day (NICE NG222). From "
    "another dose they are medsteward's own rule"
)


def note_of(track: Track) -> str:
    """What is noted of the first step on fewer days."""
    if track.drug == FLUOXETINE:
        return _ALTERNATE
    return _Z_DRUG if track.drug_class is DrugClass.Z_DRUG else _OPIOID
