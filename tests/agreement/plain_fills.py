"""The four definitions of daily MME, written a second time and as plainly as can be: one dictionary of days.

It shares nothing with the program: its own factors, its own rounding, its own calendar, one day at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FACTORS = {"oxycodone": "1.5", "hydrocodone": "1", "morphine": "1", "tramadol": "0.2", "hydromorphone": "5"}
"""CDC 2022, mg by mouth."""


@dataclass(frozen=True)
class PlainFill:
    """One dispensing: drug, mg of each tablet, tablets, days, and the day it was filled."""

    drug: str
    strength: str
    quantity: int
    days: int
    filled: date

    @property
    def mme(self) -> int:
        """Millionths of MME per day, rounded half up."""
        exact = Fraction(self.strength) * self.quantity / self.days * Fraction(FACTORS[self.drug]) * 1_000_000
        # enough digits that rounding the decimal is rounding the fraction
        text = Decimal(exact.numerator * 10**30 // exact.denominator) / Decimal(10**30)
        return int(text.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True)
class Plain:
    """What the definitions come to: days with their MME, and numerator and denominator of each definition."""

    days: dict[date, int]
    total_days_supply: tuple[int, int]
    on_therapy_days: tuple[int, int]
    fixed_window: tuple[int, int]
    maximum_day: int
    early: list[tuple[date, int, int]]


def plain(fills: list[PlainFill], *, shifted: bool, window: int) -> Plain:
    """The definitions for one patient."""
    ordered = sorted(fills, key=lambda fill: fill.filled)
    days: dict[date, int] = {}
    early = []
    for place, fill in enumerate(ordered):
        before = [f for f in ordered[:place] if same(f, fill) and f.filled < fill.filled]
        start = fill.filled
        if before:
            last = max(f.filled for f in before)
            own = max(f.filled + timedelta(f.days) for f in before if f.filled == last)
            stock = runs_out(before)
            if own > fill.filled or stock > fill.filled:
                early.append((fill.filled, max((own - fill.filled).days, 0), max((stock - fill.filled).days, 0)))
            if shifted:
                start = max(start, stock)
        for number in range(fill.days):
            day = start + timedelta(number)
            days[day] = days.get(day, 0) + fill.mme
    total = sum(fill.mme * fill.days for fill in fills)
    first = min(days) if days else None
    inside = sum(mme for day, mme in days.items() if first is not None and first <= day < first + timedelta(window))
    return Plain(
        days,
        (total, sum(fill.days for fill in fills)),
        (total, len(days)),
        (inside, window),
        max(days.values(), default=0),
        early,
    )


def same(one: PlainFill, other: PlainFill) -> bool:
    """Whether a fill continues another."""
    return (one.drug, Fraction(one.strength)) == (other.drug, Fraction(other.strength))


def runs_out(fills: list[PlainFill]) -> date:
    """The day after all of the supply is taken, when nothing is taken before what is left over is."""
    free = date.min
    for day in sorted({fill.filled for fill in fills}):
        start = max(day, free)
        longest = max(fill.days for fill in fills if fill.filled == day)
        free = start + timedelta(longest)
    return free
