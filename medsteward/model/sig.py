"""Directions: how much, how often, at most how much."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen
from attrs.validators import instance_of

from medsteward.model.amount import Amount


@frozen(cache_hash=True)
class Span:
    """A range of exact numbers, low end to high end; a single number has both the same."""

    low: Fraction = field(validator=instance_of(Fraction))
    high: Fraction = field(validator=instance_of(Fraction))

    def __attrs_post_init__(self) -> None:
        low, high = self.low, self.high
        if low.numerator < 0 or (
            high is not low and high.numerator * low.denominator < low.numerator * high.denominator
        ):
            raise ValueError(f"a span runs from its low end to its high end, not from {self.low} to {self.high}")


@frozen
class Dose:
    """The amount taken at one time, low end to high end, in one unit: a count, a mass, a volume or a patch rate."""

    low: Amount
    high: Amount

    def __attrs_post_init__(self) -> None:
        if self.high is not self.low and self.high < self.low:
            raise ValueError(f"a dose runs from its low end to its high end, not from {self.low} to {self.high}")

    def __str__(self) -> str:
        return str(self.high) if self.low == self.high else f"{self.low} to {self.high}"


@frozen
class Taking:
    """One dose and how often it is taken.

    ``dose`` None: the directions do not state one. ``times_per_day`` None: they do not state how often; a number
    below 1 is a dose taken less often than daily. ``moments`` are the times of day by name, where they are named.
    """

    dose: Dose | None
    times_per_day: Span | None
    moments: tuple[str, ...] = ()


@frozen
class Sig:
    """The directions of one medication line.

    ``limit`` is the most per day the directions allow, as a count, mass or volume; ``limit_doses`` the same as a
    number of doses. ``daily_total`` is a dose stated as a whole day's amount (``20.5 mg/d``). ``wear_hours`` is how
    long a patch stays on. ``duration_days`` is how long the directions say to take it.
    """

    takings: tuple[Taking, ...] = ()
    as_needed: bool = False
    reason: str | None = None
    limit: Amount | None = None
    limit_doses: Fraction | None = None
    daily_total: Dose | None = None
    wear_hours: Span | None = None
    while_awake: bool = False
    duration_days: Fraction | None = None
