"""A time-limited trial: what it is measured by, its ramp by day, and the days on which something is decided."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen
from attrs.validators import ge, min_len

from medsteward.model.regimen import Line
from medsteward.schedules.moment import Moment

ENDS_WITHOUT_STEPS = "ends_without_steps"
"""The id of the policy of a trial that needs no taper at its end."""

Days = tuple[int, int]
"""From and to, in days after the first day: (7, 14) is the second week's end."""


def _days(instance: object, attribute: object, value: Days) -> None:
    if not 0 < value[0] <= value[1]:
        raise ValueError("days run from one after the first day to the same or a later one")


@frozen
class Measure:
    """A score at one time: the measure by its id, its base or joint where it has several, the value."""

    name: str = field(validator=min_len(1))
    value: Fraction
    variant: str = ""


@frozen
class Stage:
    """The doses from a day of the trial on, 0 being the first. No doses: nothing is taken on these days."""

    day: int = field(validator=ge(0))
    doses: tuple[tuple[Moment, Fraction], ...]
    note: str = ""


@frozen
class Trial:
    """What a trial follows from.

    ``of`` is the id of its declaration. ``safety``, ``first_impression`` and ``fair_trial`` are spans of days; the
    decision falls on the last day of ``fair_trial``. ``ceiling`` is the most a day, in the unit of the doses. ``label``
    is whose tables count: us or uk. ``sessions`` are the days of therapy before which it is taken. ``written`` is the
    line of an opioid by its directions, with every ingredient of its product.
    """

    of: str
    goal: str
    baseline: tuple[Measure, ...] = field(validator=min_len(1))
    stages: tuple[Stage, ...] = field(validator=min_len(1))
    safety: Days = field(validator=_days)
    first_impression: Days = field(validator=_days)
    fair_trial: Days = field(validator=_days)
    ceiling: Fraction
    pain: str = ""
    site: str = ""
    label: str = "us"
    sessions: tuple[date, ...] = ()
    written: Line | None = None

    def __attrs_post_init__(self) -> None:
        days = [stage.day for stage in self.stages]
        if days[0] != 0 or any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError("stages begin on day 0 and follow one another")
        if days[-1] >= self.fair_trial[1]:
            raise ValueError("the last stage begins before the decision")
        if any(sum((amount for _, amount in stage.doses), Fraction(0)) > self.ceiling for stage in self.stages):
            raise ValueError("no stage is above the ceiling")

    @property
    def days(self) -> int:
        """How many days are taken until the decision."""
        return self.fair_trial[1]
