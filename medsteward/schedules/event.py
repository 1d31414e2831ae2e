"""What happens to a plan after it is made. Events are kept and replayed; nothing is patched in place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import field, frozen
from attrs.validators import instance_of, min_len

from medsteward.model.amount import Amount
from medsteward.model.answer import Answers, answers_words
from medsteward.schedules.dates import Interval
from medsteward.schedules.trial import Measure


@frozen
class Pause:
    """Stay at the step in force from ``first`` to ``last`` day; later steps move by as many days."""

    first: date
    last: date

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a pause runs from its first day to its last, not from {self.first} to {self.last}")


@frozen
class SlowTo:
    """From the step in force on, ask for ``percent`` of the current dose every ``every``; never more, never sooner."""

    percent: Fraction
    every: Interval


@frozen
class HoldAt:
    """Stay at a step, by its number, until resumed."""

    step: int


@frozen
class Resume:
    """Go on from a hold: the next step begins on ``day``."""

    day: date


@frozen
class Taken:
    """What was really taken on a day, in the unit of the plan's total (0: nothing)."""

    day: date
    amount: Fraction


@frozen
class Reverse:
    """Go back to the last tolerated dose, that of the step before."""


@frozen
class StatedDose:
    """A drug's dose a day as a clinician states it. ``told`` says which of its lines, where it has several: ``ER``."""

    drug: str
    told: str
    amount: Amount


@frozen
class Present:
    """After a gap: what is taken a day from ``day`` on, as the clinician states it. The plan goes on from there."""

    day: date
    doses: tuple[StatedDose, ...] = field(validator=min_len(1))


@frozen
class Measured:
    """A score on the day of the event; yes is 1 and no is 0. It changes no step."""

    measure: Measure


Change = Pause | SlowTo | HoldAt | Resume | Taken | Reverse | Present | Measured


@frozen
class Event:
    """A change, the day it was entered, why, and what was answered to questions about it."""

    on: date = field(validator=instance_of(date))
    what: Change
    why: str = ""
    answers: Answers = ()

    @property
    def why_words(self) -> str:
        """Why, and what was answered, as it is printed."""
        return "; ".join(filter(None, (self.why, answers_words(self.answers))))
