"""One dated dose of a plan, down to the tablets."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import evolve, field, frozen
from attrs.validators import ge

from medsteward.model.amount import Amount
from medsteward.model.kept import ADDED, DERIVED
from medsteward.model.unit import Unit
from medsteward.schedules.day_pattern import EVERY_DAY, DayPattern
from medsteward.schedules.moment import Moment


class StepKind(Enum):
    """What a step does."""

    START = "start"
    REDUCE = "reduce"
    BRIDGE = "bridge"
    STOP = "stop"


@frozen
class Item:
    """So many units of one product in one dose. ``strength`` is what one unit holds of the dose's drug.

    ``per_ml`` is the volume for which the label of a liquid says its strength: 5 for 10 mg/5 mL.
    """

    product: str
    strength: Amount
    unit: Unit
    count: Fraction
    per_ml: Fraction = field(default=Fraction(1), metadata=ADDED)


@frozen
class TimedDose:
    """What is taken of one line of a drug at one time of the day; for a patch, what is worn.

    ``release`` is IR, ER or None. ``told`` is what tells the line from other lines of the drug (``ER``); it is empty
    where there is no other. Both follow from the request of the plan (``naming.named``). ``days`` are those on which
    it is taken; ``amount`` and ``items`` are of such a day.
    """

    drug: str
    time: Moment
    amount: Amount
    items: tuple[Item, ...]
    days: DayPattern = field(default=EVERY_DAY, metadata=ADDED)
    release: str | None = field(default=None, eq=False, metadata=DERIVED)
    told: str = field(default="", eq=False, metadata=DERIVED)

    @property
    def name(self) -> str:
        """What the line is called."""
        return f"{self.drug} {self.told}" if self.told else self.drug


@frozen
class DrugDay:
    """A day's amount of one line of a drug: mg/d, mcg/d, or the mcg/h that is worn.

    Of what is not taken every day it is the average of a day. ``release`` and ``told`` are as of a dose.
    """

    drug: str
    amount: Amount
    release: str | None = field(default=None, eq=False, metadata=DERIVED)
    told: str = field(default="", eq=False, metadata=DERIVED)

    @property
    def name(self) -> str:
        """What the line is called."""
        return f"{self.drug} {self.told}" if self.told else self.drug


@frozen
class StepDispensed:
    """What is dispensed of one product for one step: whole units, or mL. ``taken`` is what the step uses of it.

    ``left_over`` is what stays at home after the step, carried into the next one that uses the product. ``release`` and
    ``name`` are those of the doses it is for.
    """

    product: str
    unit: Unit
    quantity: Fraction
    taken: Fraction
    left_over: Fraction
    schedule: str = ""
    release: str | None = field(default=None, eq=False, metadata=DERIVED)
    name: str = field(default="", eq=False, metadata=DERIVED)


@frozen
class Step:
    """One dose and its days, first to last, both included.

    ``total`` is the day's total that percentages are of: MME/d over several opioids, or the drug's own unit a day.
    ``mme`` is the day's MME of the opioids, None where the table gives no factor. Of what is not taken every day both
    hold the average of a day (``on_its_day`` has the dose of one). ``asked_percent`` is what the policy
    asks for, a percentage of ``basis``; ``asked`` the same in the total's unit. ``percent_of_current`` and
    ``percent_of_original`` are what the step really takes off (None for a start). ``ceiling`` is the percentage it may
    not exceed unless ``forced``. ``why_forced`` is empty unless it is. ``course`` is the plan's course it belongs to,
    from 0. ``planned``: it is forced, and the end of the policy plans for it all the same, as for the last dose.
    """

    number: int = field(validator=ge(1))
    kind: StepKind
    first_day: date
    last_day: date
    doses: tuple[TimedDose, ...]
    daily: tuple[DrugDay, ...]
    total: Amount
    mme: Amount | None = None
    asked: Fraction | None = None
    asked_percent: Fraction | None = None
    basis: str | None = None
    percent_of_current: Fraction | None = None
    percent_of_original: Fraction | None = None
    ceiling: Fraction | None = None
    forced: bool = False
    why_forced: str = ""
    dispense: tuple[StepDispensed, ...] = ()
    notes: tuple[str, ...] = ()
    course: int = 0
    planned: bool = field(default=False, metadata=ADDED)

    def starts_within(self, share: Fraction) -> bool:
        """Whether the dose before it was at most this share of the original; False where it takes nothing off."""
        if not self.percent_of_current or self.percent_of_original is None:
            return False
        return self.percent_of_original <= share * self.percent_of_current

    @property
    def is_last_dose(self) -> bool:
        """Whether it is the stop from the smallest dose: planned for, though outside the ceiling.

        Of medicines that are lowered one after the other each has its own, whatever is still taken of the others.
        """
        return self.planned and not self.total.value

    @property
    def is_of_the_end(self) -> bool:
        """Whether it is that stop, or a step before it on which the smallest dose is taken on fewer days."""
        return self.is_last_dose or (self.planned and self.is_on_fewer_days)

    @property
    def is_on_fewer_days(self) -> bool:
        """Whether something is not taken every day."""
        return not self.pattern.is_daily

    @property
    def pattern(self) -> DayPattern:
        """On which days its doses are taken, where it lowers what is not taken every day; else every day."""
        return next((dose.days for dose in self.doses if not dose.days.is_daily), EVERY_DAY)

    @property
    def on_its_day(self) -> Amount:
        """The total of a day with a dose, the highest of its days."""
        return evolve(self.total, value=self.total.value / self.pattern.share)

    def total_on(self, day: date) -> Amount:
        """The total of one of its days: nothing on one without a dose."""
        taken = self.pattern.is_on(day, self.first_day)
        return self.on_its_day if taken else evolve(self.total, value=Fraction(0))

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last_day - self.first_day).days + 1
