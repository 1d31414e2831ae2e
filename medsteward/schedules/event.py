"""What happens to a plan after it is made. Events are kept and replayed; nothing is patched in place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, field, frozen
from attrs.validators import instance_of, min_len

from medsteward.model.amount import Amount
from medsteward.model.answer import Answers, answers_words
from medsteward.model.given import a_day, a_number, a_whole
from medsteward.model.kept import ADDED
from medsteward.schedules.course import Course, WhenStuck
from medsteward.schedules.dates import Interval
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Measure


@frozen
class Pause:
    """Stay at the step in force from ``first`` to ``last`` day; later steps move by as many days."""

    KIND: ClassVar[str] = "pause"

    first: date = field(converter=a_day)
    last: date = field(converter=a_day)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a pause runs from its first day to its last, not from {self.first} to {self.last}")


@frozen
class SlowTo:
    """From the step in force on, ask for ``percent`` of the current dose every ``every``; never more, never sooner."""

    KIND: ClassVar[str] = "slow_to"

    percent: Fraction = field(converter=a_number)
    every: Interval


@frozen
class HoldAt:
    """Stay at a step, by its number, until resumed."""

    KIND: ClassVar[str] = "hold_at"

    step: int = field(converter=a_whole)


@frozen
class Resume:
    """Go on from a hold: the next step begins on ``day``."""

    KIND: ClassVar[str] = "resume"

    day: date = field(converter=a_day)


@frozen
class Taken:
    """What was really taken on a day, in the unit of the plan's total (0: nothing)."""

    KIND: ClassVar[str] = "taken"

    day: date = field(converter=a_day)
    amount: Fraction = field(converter=a_number)


MOST_MISSED = 366
"""Days of one run of missed days, at most: a year."""


@frozen
class NotTaken:
    """Nothing was taken from ``first`` to ``last`` day, both included; at most a year."""

    KIND: ClassVar[str] = "missed"

    first: date = field(converter=a_day)
    last: date = field(converter=a_day)

    def __attrs_post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < MOST_MISSED:
            raise ValueError(
                f"missed days run from their first day to their last, at most a year; not from {self.first} to "
                f"{self.last}"
            )

    @property
    def each(self) -> tuple[Taken, ...]:
        """The same, day by day."""
        days = range((self.last - self.first).days + 1)
        return tuple(Taken(self.first + timedelta(days=day), Fraction(0)) for day in days)


@frozen
class Reverse:
    """Go back to the last tolerated dose, that of the step before."""

    KIND: ClassVar[str] = "reverse"


@frozen
class StatedDose:
    """A drug's dose a day as a clinician states it.

    ``told`` says which of its lines, or which form: ``ER``, ``IR tablet``. ``times`` say when it is taken,
    where that is told.
    """

    drug: str
    told: str
    amount: Amount
    times: tuple[tuple[Moment, Amount], ...] = field(default=(), metadata=ADDED)


@frozen
class Present:
    """What is taken a day from ``day`` on, as a clinician states it: after a gap, or because somebody changed it.

    The plan goes on from there. ``courses`` is empty unless it is a new regimen, of another drug or route: then these
    are lowered from there on.
    """

    KIND: ClassVar[str] = "present"

    day: date = field(converter=a_day)
    doses: tuple[StatedDose, ...] = field(validator=min_len(1))
    courses: tuple[Course, ...] = field(default=(), metadata=ADDED)


@frozen
class Measured:
    """A score on the day of the event; yes is 1 and no is 0. It changes no step."""

    KIND: ClassVar[str] = "measured"

    measure: Measure


class FillBecause(Enum):
    """Why something is dispensed outside the plan's own dispensings."""

    EARLY = "early"
    LOST = "lost"
    TRAVEL = "travel"


MOST_DISPENSED = 90
"""Days of one dispensing by hand, at most: what prescriptions of Schedule II written at once may cover together (21 CFR
1306.12(b)); a choice of this project for all others."""


@frozen
class Dispense:
    """What ``days`` days of the plan take, from ``day`` on, was dispensed on ``day``.

    What is at home counts as lost where that is why; else it is taken first, and what is dispensed later is less.
    """

    KIND: ClassVar[str] = "dispense"

    day: date = field(converter=a_day)
    days: int = field(converter=a_whole)
    because: FillBecause

    def __attrs_post_init__(self) -> None:
        if not 0 < self.days <= MOST_DISPENSED:
            raise ValueError(f"a dispensing by hand is for 1 to {MOST_DISPENSED} days, not {self.days}")


@frozen
class End:
    """The plan ends: ``day`` is its last. The dose in force goes on outside it; nothing is stopped at once."""

    KIND: ClassVar[str] = "end"

    day: date = field(converter=a_day)


@frozen
class StatedDay:
    """A line's dose a day as somebody wants it, by its name; ``times`` say when it is taken, where that is told."""

    drug: str
    told: str
    amount: Amount
    times: tuple[tuple[Moment, Amount], ...] = ()


@frozen
class SetStep:
    """A future step, by its number, lowers its line to this dose instead."""

    KIND: ClassVar[str] = "set"

    step: int = field(converter=a_whole)
    day: StatedDay


@frozen
class SkipStep:
    """A future step is left out; the next one takes its days."""

    KIND: ClassVar[str] = "skip"

    step: int = field(converter=a_whole)


@frozen
class InsertStep:
    """Before a future step another one is taken, which lowers a line to this dose; it has that step's number then."""

    KIND: ClassVar[str] = "insert"

    step: int = field(converter=a_whole)
    day: StatedDay


@frozen
class Relabeled:
    """A dose that its new label writes in other mg: ``share`` of those for each mg of the label before.

    ``words`` say so, with how it is taken now.
    """

    share: Fraction
    words: str


@frozen
class Replan:
    """From ``day`` on the steps are planned anew, by ``courses`` of the same drugs and routes at the doses then.

    Their tracks have the doses before the plan, in the form and of the products that are dispensed from then on.
    ``said`` is what was asked anew, in words. ``avoid`` and ``weekday`` are as in a request; None: as before.
    ``relabeled``: the one line has the dose in force, in mg of another label, and is lowered on from there.
    """

    KIND: ClassVar[str] = "replan"

    day: date
    courses: tuple[Course, ...] = field(validator=min_len(1))
    when_stuck: WhenStuck = WhenStuck.ASK
    larger: Moment | None = None
    split: bool = False
    mark: Fraction = Fraction(1, 10)
    fill_days: int | None = None
    said: tuple[str, ...] = ()
    avoid: str | None = field(default=None, metadata=ADDED)
    weekday: int | None = field(default=None, metadata=ADDED)
    relabeled: Relabeled | None = field(default=None, metadata=ADDED)


@frozen
class Undo:
    """Take back the last change that stands, with those entered together with it."""

    KIND: ClassVar[str] = "undo"


Change = (
    Pause
    | SlowTo
    | HoldAt
    | Resume
    | Taken
    | NotTaken
    | Reverse
    | Present
    | Measured
    | Dispense
    | End
    | SetStep
    | SkipStep
    | InsertStep
    | Replan
    | Undo
)


@frozen
class Event:
    """A change, the day it was entered, why, and what was answered to questions about it.

    ``together``: it was entered in one go with the event before it.
    """

    on: date = field(validator=instance_of(date))
    what: Change
    why: str = ""
    answers: Answers = ()
    together: bool = field(default=False, metadata=ADDED)

    @property
    def why_words(self) -> str:
        """Why, and what was answered, as it is printed."""
        return "; ".join(filter(None, (self.why, answers_words(self.answers))))


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that were not taken back, in the order they were entered."""
    found: list[Event] = []
    for event in events:
        if isinstance(event.what, Undo):
            del found[len(found) - len(last_change(found)) :]
        else:
            found.append(event)
    return tuple(found)


def taken_back(events: Iterable[Event], undo: Event) -> tuple[Event, ...]:
    """What one of these events took back."""
    before: list[Event] = []
    for event in events:
        if event is undo:
            break
        before.append(event)
    return last_change(standing(before))


def last_change(events: Iterable[Event]) -> tuple[Event, ...]:
    """The last event of these, and those before it that were entered together with it; nothing where there is none."""
    found = list(events)
    place = len(found) - 1
    while place > 0 and found[place].together:
        place -= 1
    return tuple(found[max(place, 0) :])


def day_by_day(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events, runs of missed days as one event for each day."""
    return tuple(
        each
        for event in events
        for each in (
            [evolve(event, what=day) for day in event.what.each] if isinstance(event.what, NotTaken) else [event]
        )
    )
