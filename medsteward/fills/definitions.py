"""The four definitions of daily MME: the same MME over four denominators. Which one is meant must be said.

The definitions are those of Dasgupta and others (2021), which the NIH HEAL calculator (Adams and others, 2025) uses
as well. They are declared here and counted from integers, so that another engine can take the same declarations.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction

from attrs import define, frozen

from medsteward.bibliography import cite
from medsteward.fills.by_day import DaySegment, Placed, within
from medsteward.fills.supply import MILLIONTHS
from medsteward.model.source import Source

DASGUPTA_2021 = cite("DASGUPTA-2021", "Abstract; definitions as the NIH HEAL calculator documents them")

WINDOW_DAYS = 90
"""Days of the fixed window where no other is asked for."""


class Denominator(Enum):
    """What the MME is divided by."""

    DAYS_SUPPLIED = "sum of days' supply, overlapping days counted twice"
    DAYS_COVERED = "calendar days with supply, each counted once"
    WINDOW = "days of the window, from the first covered day"
    WORST_DAY = "one: the calendar day with the most MME"

    __hash__ = object.__hash__


@frozen
class Definition:
    """One definition: its name in results, what it divides by, and what it is suited to."""

    name: str
    title: str
    denominator: Denominator
    suited_to: str
    source: Source


DEFINITIONS = (
    Definition(
        "total_days_supply",
        "total days' supply",
        Denominator.DAYS_SUPPLIED,
        "short, separate courses; lower where prescriptions overlap",
        DASGUPTA_2021,
    ),
    Definition(
        "on_therapy_days",
        "on-therapy days",
        Denominator.DAYS_COVERED,
        "longer use; needs rules for gaps and leftover supply",
        DASGUPTA_2021,
    ),
    Definition(
        "fixed_window",
        "fixed observation window",
        Denominator.WINDOW,
        "a known window of risk, as-needed and irregular fills; lowest for short courses",
        DASGUPTA_2021,
    ),
    Definition(
        "maximum_day",
        "maximum daily dose",
        Denominator.WORST_DAY,
        "acute toxicity; highest, and sensitive to early refills",
        DASGUPTA_2021,
    ),
)


@define
class Value:
    """One definition for one patient: MME in millionths over days. ``mme`` is None where it cannot be known."""

    definition: Definition
    mme: int | None
    days: int

    @property
    def value(self) -> Fraction | None:
        """MME per day, exact; None where there is nothing to say.

        0 MME over 0 days is none in ``total_days_supply`` and 0 in the others, as the NIH HEAL calculator gives them.
        """
        if self.mme is None or (not self.days and self.definition.denominator is Denominator.DAYS_SUPPLIED):
            return None
        return Fraction(self.mme, self.days * MILLIONTHS) if self.days else Fraction(0)

    @property
    def millionths(self) -> int | None:
        """The same as whole millionths, half up, as it is printed."""
        if self.mme is None or (not self.days and self.definition.denominator is Denominator.DAYS_SUPPLIED):
            return None
        return (2 * self.mme + self.days) // (2 * self.days) if self.days else 0


@define
class Exposure:
    """The MME of a patient's counted opioids by day, and the definitions made from it.

    ``peak`` is the first run of days with the most MME, ``peak_days`` on how many days the MME is as high.
    """

    segments: tuple[DaySegment, ...]
    total: int
    values: tuple[Value, ...]
    window: tuple[int, int] | None
    peak: DaySegment | None
    peak_days: int


def exposure(placed: Sequence[Placed], segments: Sequence[DaySegment], *, window: int, known: bool = True) -> Exposure:
    """The four definitions of counted fills on the calendar.

    ``known`` False: nothing could be counted although opioids were dispensed, so no value is given.
    """
    total = therapy = most = highest_days = 0
    peak = None
    for each in segments:
        days = each.last - each.first + 1
        total += days * each.mme
        therapy += days
        if peak is None or each.mme > most:
            peak, most, highest_days = each, each.mme, days
        elif each.mme == most:
            highest_days += days
    supplied = sum([each.last - each.first + 1 for each in placed])
    span = (segments[0].first, segments[0].first + window - 1) if segments else None
    whole = span is None or segments[-1].last <= span[1]
    inside = total if whole or span is None else within(segments, *span)
    made = {
        Denominator.DAYS_SUPPLIED: (total, supplied),
        Denominator.DAYS_COVERED: (total, therapy),
        Denominator.WINDOW: (inside, window),
        Denominator.WORST_DAY: (most, 1),
    }
    values = []
    for definition in DEFINITIONS:
        mme, days = made[definition.denominator]
        values.append(Value(definition, mme if known else None, days))
    return Exposure(tuple(segments), total, tuple(values), span, peak, highest_days)
