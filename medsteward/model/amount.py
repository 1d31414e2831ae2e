"""A number with its unit, exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isfinite
from numbers import Real

from attrs import frozen

from medsteward.errors import UnitMismatch
from medsteward.model.number import decimal_text
from medsteward.model.unit import Unit

Number = float | Fraction | Decimal
"""A number without a unit."""


@frozen(cache_hash=True)
class Amount:
    """An exact, never negative number of one unit. Adding or comparing two units is refused (``UnitMismatch``).

    Beside a number alone it compares by its value, and ``float`` gives that.

    >>> Amount(Fraction(5), Unit.MG) + Amount(Fraction(10), Unit.MG)
    Amount(15 mg)
    """

    value: Fraction
    unit: Unit

    def __attrs_post_init__(self) -> None:
        # spelled out, not with attrs' validators: amounts are made by the million
        if type(self.value) is not Fraction:
            raise TypeError(f"an amount is exact: a Fraction, not {type(self.value).__name__}")
        if type(self.unit) is not Unit:
            raise TypeError(f"an amount has a Unit, not {type(self.unit).__name__}")
        if self.value.numerator < 0:
            raise ValueError(f"an amount is never negative: {self.value}")

    def __add__(self, other: Amount) -> Amount:
        self._same_unit(other, "add")
        return Amount(self.value + other.value, self.unit)

    def __mul__(self, times: Fraction) -> Amount:
        if not isinstance(times, (Fraction, int)):
            raise TypeError(f"an amount is multiplied by an exact number, not by {type(times).__name__}")
        return Amount(self.value * times, self.unit)

    def __float__(self) -> float:
        return float(self.value)

    def __lt__(self, other: Amount | Number) -> bool:
        if not isinstance(other, Amount):
            return self.value < _plain(other)
        self._same_unit(other, "compare")
        mine, others = self.value, other.value  # by hand: a fraction compares itself four times as slowly
        return mine.numerator * others.denominator < others.numerator * mine.denominator

    def __le__(self, other: Amount | Number) -> bool:
        if not isinstance(other, Amount):
            return self.value <= _plain(other)
        self._same_unit(other, "compare")
        mine, others = self.value, other.value
        return mine.numerator * others.denominator <= others.numerator * mine.denominator

    def __gt__(self, other: Amount | Number) -> bool:
        return other < self if isinstance(other, Amount) else self.value > _plain(other)

    def __ge__(self, other: Amount | Number) -> bool:
        return other <= self if isinstance(other, Amount) else self.value >= _plain(other)

    def to(self, unit: Unit) -> Amount:
        """The same amount in another unit of the same dimension; any other is refused (``UnitMismatch``)."""
        if unit is self.unit:
            return self
        if unit.dimension is not self.unit.dimension:
            raise UnitMismatch(f"{self.unit.value} cannot be turned into {unit.value}")
        return Amount(self.value * self.unit.scale / unit.scale, unit)

    def _same_unit(self, other: Amount, verb: str) -> None:
        if not isinstance(other, Amount):
            raise TypeError(f"cannot {verb} an amount and {type(other).__name__}")
        if self.unit is not other.unit:
            raise UnitMismatch(f"cannot {verb} {other.unit.value} and {self.unit.value}")

    def __str__(self) -> str:
        return f"{decimal_text(self.value, thousands=True)} {self.unit.counted(self.value)}"

    def __repr__(self) -> str:
        return f"Amount({self})"


def _plain(number: Number) -> float | Fraction:
    """A number alone, to compare with. Raises ``TypeError`` for anything else."""
    if isinstance(number, Fraction | int):
        return Fraction(number)
    if isinstance(number, Decimal):
        return Fraction(number)
    if isinstance(number, Real):  # by its shortest decimal, as it was written; infinite ones stay
        return Fraction(str(number)) if isfinite(number) else number
    raise TypeError(f"cannot compare an amount and {type(number).__name__}")
