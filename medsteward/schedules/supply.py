"""What a taper starts from: the drug as it is taken now, and what can be dispensed of it."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen
from attrs.validators import in_, min_len

from medsteward.model.amount import Amount
from medsteward.model.drug import DrugClass
from medsteward.model.kept import ADDED
from medsteward.model.labels import strength_words
from medsteward.model.unit import Unit
from medsteward.schedules.day_pattern import EVERY_DAY, WEEK, DayPattern
from medsteward.schedules.moment import Moment


@frozen
class Supply:
    """A product that can be dispensed.

    ``strength`` is what one ``unit`` holds of the drug: mg a tablet, mg a mL, mcg/h a patch. ``part`` is the smallest
    share of a unit that is given: 1, 1/2 where it is split, or the mark of the syringe in mL. ``may_be_split``: halves
    can be had where the tablets at hand are scored. ``few_makers``: hardly any pharmacy has it. ``per_ml`` is the
    volume for which the label of a liquid says its strength (5 for 10 mg/5 mL); ``product`` says it so. ``by_volume``:
    a liquid is drawn up to the marks of the syringe for its volume, and ``part`` is the finest of them.
    """

    product: str
    strength: Fraction
    unit: Unit
    part: Fraction = Fraction(1)
    schedule: str = ""
    brands: tuple[str, ...] = ()
    may_be_split: bool = False
    few_makers: bool = False
    per_ml: Fraction = field(default=Fraction(1), metadata=ADDED)
    by_volume: bool = field(default=False, metadata=ADDED)

    def __attrs_post_init__(self) -> None:
        if self.strength <= 0 or self.part <= 0:
            raise ValueError(f"{self.product}: a strength and a part are more than 0")

    @property
    def with_brands(self) -> str:
        """Its name with the brands that sell it: ``oxycodone 7.5 mg tablet (Oxaydo)``."""
        return f"{self.product} ({', '.join(self.brands)})" if self.brands else self.product

    @property
    def is_liquid(self) -> bool:
        """Whether it is measured in mL."""
        return self.unit is Unit.ML

    def strength_words(self, unit: Unit) -> str:
        """Its strength as its label says it, with the unit of the drug: ``30 mg``, ``10 mg/5 mL``, ``25 mcg/h``."""
        return strength_words(Amount(self.strength, unit), self.unit, self.per_ml)


@frozen
class OwnProduct:
    """A product that the user says can be had: a row of a ``--products`` file."""

    ingredient: str
    route: str
    form: str
    release: str
    strength: Amount
    unit: Unit
    splittable: str
    per_ml: Fraction = Fraction(1)


@frozen
class OtherForm:
    """Another form of a drug by the same route, as it is asked for: ``tablet``, and IR or ER where that was said.

    ``drug`` is empty where it was not named.
    """

    form: str
    release: str | None = None
    drug: str = ""


@frozen
class Track:
    """One medication line under a taper.

    ``unit`` is that of a dose of the drug (mg, mcg, or mcg/h and mg/d for patches); ``doses`` are what is taken now at
    each time of the day. ``fewest_times`` is how often a day it must be taken at least, by its labelled interval;
    ``ends_at_bedtime``: as the last step before the stop one smallest dose at bedtime may be left all the same.
    ``wear_days`` is how long a patch stays on. ``written`` is the line as written; ``present`` the product it names,
    for days that do not change the dose. ``most_units`` is how many units one dose may have, where a partner in the
    product limits that. A drug taken as needed has its doses at that moment, as many as a day may have at most;
    ``hours_apart`` is how long is left between two of them, where the directions say so. ``told`` is what tells it from
    another line of the drug whose place it took in a plan (``IR``); empty: it took none.
    ``worn_together`` are patches that may be worn at once where one alone is worn now. ``least`` is the smallest usual
    single dose that is sold (None: the smallest of ``supplies``), from which the last dose can be left; below
    ``floor``, a day's amount, nothing is planned but the stop; below ``lowest`` not even that: another product has to
    take its place. ``days`` are those on which it is taken now; ``last_days`` those on which the smallest dose is taken
    before the stop, one after another, on fewer and fewer days; ``last_dose`` is the day's dose for that (None: the
    smallest there is).
    """

    drug: str
    drug_class: DrugClass
    route: str
    form: str
    release: str | None
    unit: Unit = field(validator=in_((Unit.MG, Unit.MCG, Unit.MCG_PER_H, Unit.MG_PER_D, Unit.G, Unit.PATCH)))
    doses: tuple[tuple[Moment, Fraction], ...] = field(validator=min_len(1))
    supplies: tuple[Supply, ...]
    fewest_times: int = 1
    wear_days: int | None = None
    written: str = ""
    present: Supply | None = None
    most_units: Fraction | None = None
    hours_apart: Fraction | None = None
    ends_at_bedtime: bool = False
    told: str = field(default="", metadata=ADDED)
    worn_together: tuple[tuple[Fraction, ...], ...] = field(default=(), metadata=ADDED)
    least: Fraction | None = field(default=None, metadata=ADDED)
    floor: Fraction = field(default=Fraction(0), metadata=ADDED)
    lowest: Fraction = field(default=Fraction(0), metadata=ADDED)
    days: DayPattern = field(default=EVERY_DAY, metadata=ADDED)
    last_days: tuple[DayPattern, ...] = field(default=(), metadata=ADDED)
    last_dose: Fraction | None = field(default=None, metadata=ADDED)

    @property
    def days_to_come(self) -> tuple[DayPattern, ...]:
        """The days on which the last dose is still to be taken, fewer each time; a night that is free stays free."""
        if self.days.off and self.last_days:
            order = dict.fromkeys(day for days in self.last_days for day in _new_first(days, self.last_days))
            free = [*self.days.off, *(day for day in order if day not in self.days.off)]
            return tuple(DayPattern(off=tuple(free[:count])) for count in range(len(self.days.off) + 1, WEEK))
        return tuple(days for days in self.last_days if days.share < self.days.share)

    @property
    def is_as_needed(self) -> bool:
        """Whether it is taken only where it is needed."""
        return all(time is Moment.AS_NEEDED for time, _ in self.doses)

    @property
    def daily(self) -> Fraction:
        """The day's amount now, in ``unit`` a day (or the rate worn); the average where it is not taken every day."""
        return sum((amount for _, amount in self.doses), Fraction(0)) * self.days.share

    @property
    def daily_unit(self) -> Unit:
        """The unit of a day's amount."""
        return DAILY_UNITS[self.unit]

    @property
    def is_extended(self) -> bool:
        """Whether it is an extended-release form or a patch."""
        return self.release == "ER" or self.wear_days is not None

    def daily_amount(self, value: Fraction) -> Amount:
        """A day's amount of this drug."""
        return Amount(value, self.daily_unit)


def _new_first(days: DayPattern, every: tuple[DayPattern, ...]) -> tuple[int, ...]:
    """The nights that come free with a pattern, in a row of patterns with more free nights each."""
    before = next((each.off for each in reversed(every) if len(each.off) < len(days.off)), ())
    return tuple(day for day in days.off if day not in before)


DAILY_UNITS = {
    Unit.MG: Unit.MG_PER_D,
    Unit.MCG: Unit.MCG_PER_D,
    Unit.MCG_PER_H: Unit.MCG_PER_H,
    Unit.MG_PER_D: Unit.MG_PER_D,
    Unit.G: Unit.G_PER_D,
    Unit.PATCH: Unit.PATCH,
    Unit.MME: Unit.MME_PER_D,
}
"""The unit of a day's amount, by that of a dose. A patch's rate is the same all day; others are counted."""


def day_amount(dose: Amount) -> Amount:
    """A day's amount that may be written without "a day": 15 mg is 15 mg/d."""
    return Amount(dose.value, DAILY_UNITS.get(dose.unit, dose.unit))
